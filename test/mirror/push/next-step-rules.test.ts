import { describe, expect, it } from 'vitest'
import type { PushOutcome } from '../../../src/mirror/push/push-outcome.ts'
import type { Verdict } from '../../../src/mirror/push/verdict.ts'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'
import {
  broken,
  CUT,
  error,
  failOf,
  LEARNED,
  MAIN,
  ng,
  OTHER,
  PLAINEST,
  retryOf,
  SILENCE,
  stepAfter,
} from './facts.ts'
import { NEW, outcomeOf, pushOf, updateOf } from './pushes.ts'

const BACKUP = { ...updateOf('refs/kalandra/backup/T/heads/x'), keeps: 'refs/heads/x' }

describe('after a failure of the source', () => {
  const source = (retryable: boolean): PushOutcome =>
    broken({ code: 'cut', side: 'source', retryable }, { lines: ['remote: words'] })

  it('is waited for as often as the run may, the last time not', () => {
    const passing = source(true)
    for (const failures of [0, 1, 2]) {
      expect(stepAfter(passing, { failures })).toEqual(retryOf(passing, { refreshSource: true }))
    }
    expect(stepAfter(passing, { failures: 3 })).toEqual(failOf(passing, { lines: [] }))
    expect(stepAfter(passing, { failures: 4 })).toEqual(failOf(passing, { lines: [] }))
    const lasting = source(false)
    expect(stepAfter(lasting)).toEqual(failOf(lasting, { lines: [] }))
  })

  it('is looked at anew for an id of any ref, as long as the run may try again', () => {
    const other = { ...OTHER, new: 'c'.repeat(40) }
    const serverText = `upload-pack: not our ref ${NEW}`
    const outcome = broken({ code: 'server', side: 'source', serverText }, { updates: [other, MAIN] })
    const suspect = { ...LEARNED, suspectIds: new Set([NEW]) }
    const again = { kind: 'again', refreshSource: true }
    expect(stepAfter(outcome)).toEqual({ ...again, learned: suspect, records: [] })
    expect(stepAfter(outcome, { learned: suspect, failures: 2 })).toEqual({
      ...again,
      learned: { ...suspect, brokenIds: new Set([NEW]) },
      records: [
        {
          kind: 'warning',
          text: `the source lists ${NEW} and cannot give it: refs with that id are left out`,
        },
      ],
    })
    expect(stepAfter(outcome, { failures: 3 })).toEqual(failOf(outcome, { lines: [] }))
    const nameless = broken({ code: 'server', side: 'source', serverText: 'upload-pack: not our ref' })
    expect(stepAfter(nameless)).toEqual(failOf(nameless))
  })
})

describe('after names for old values were not taken', () => {
  it.each([
    ['refused', { refs: { [BACKUP.ref]: ng('deny updating a hidden ref') } }, 'deny updating a hidden ref'],
    ['passed over', {}, SILENCE],
  ])('tries the next namespace where they were %s', (_, said, reason) => {
    const outcome = outcomeOf([
      pushOf([MAIN, BACKUP], { unpack: 'ok', refs: { [MAIN.ref]: ng('no') }, ...said }),
    ])
    expect(stepAfter(outcome)).toEqual({
      kind: 'again',
      learned: { ...LEARNED, backups: { prefixAt: 1, reason } },
      records: [
        {
          kind: 'note',
          text: `the destination does not take ${BACKUP.ref}, which was to keep an old value: ${reason}`,
        },
      ],
      refreshSource: false,
    })
  })

  it('tries the next namespace where one was moved without its objects, and reports no ref of ours', () => {
    const outcome = outcomeOf([pushOf([BACKUP], { unpack: 'EOF', refs: { [BACKUP.ref]: { ok: true } } })])
    const listing = { refs: [{ name: BACKUP.ref, id: NEW }], format: 'sha1' } as const
    const step = stepAfter(outcome, { listing })
    expect(step.learned.backups.prefixAt).toBe(1)
    expect(step.records).toEqual([
      { kind: 'note', text: expect.stringMatching(/ an old value: the server said .*\(EOF\)/) },
    ])
  })

  it('keeps the namespace where another writer was faster, and names no ref of ours in a refusal', () => {
    const push = pushOf([BACKUP, MAIN], { unpack: 'ok' })
    const raced: Verdict = { kind: 'raced', update: BACKUP, reason: 'lost', push }
    const step = stepAfter(outcomeOf([push]), { verdicts: [raced] })
    expect(step.learned.backups.prefixAt).toBe(0)
    expect(step.refreshSource).toBe(true)
    const failed = outcomeOf([{ ...push, error: error({ ...CUT, retryable: false }) }])
    const verdicts: readonly Verdict[] = [
      { kind: 'refused', update: BACKUP, reason: 'no', push },
      { kind: 'silent', update: BACKUP, push },
      { kind: 'silent', update: MAIN, push },
    ]
    expect(stepAfter(failed, { verdicts, learned: PLAINEST }).records).toEqual([
      { kind: 'refusal', update: MAIN, reason: SILENCE, lines: [], isWarning: false },
    ])
  })
})

describe('after a destination that waited for the source', () => {
  const starved = { starved: 5000, bytes: 100_000 }

  it('fetches for it alone where the pack was shared, and only where it starved', () => {
    expect(stepAfter(broken(CUT, { ...starved, isShared: true }))).toEqual({
      kind: 'again',
      learned: LEARNED,
      records: [
        {
          kind: 'note',
          text: 'the destination gave up while it waited for a slower one: fetching for it alone',
        },
      ],
      refreshSource: false,
    })
    const alone = stepAfter(broken(CUT, starved))
    expect(alone.learned.mode).toEqual({ ...LEARNED.mode, spool: true })
    const fed = broken(CUT, { isShared: true, bytes: 100_000 })
    expect(stepAfter(fed)).toEqual(retryOf(fed))
  })
})

describe('after a cut in the middle of a pack', () => {
  const cut = (bytes: number): PushOutcome => broken(CUT, { bytes })

  it('goes the same way once more behind 64 KiB, and no earlier', () => {
    const late = cut(65_537)
    expect(stepAfter(late)).toEqual(retryOf(late))
    expect(stepAfter(cut(65_536)).learned.mode.thin).toBe(false)
    expect(stepAfter(late, { failures: 1 }).learned.mode.thin).toBe(false)
    expect(stepAfter(late, { options: { retries: 0 } })).toEqual(failOf(late))
  })

  it.each([
    ['with a status', broken({ ...CUT, status: 500 }, { bytes: 100_000 })],
    [
      'in its report',
      outcomeOf([pushOf([MAIN], { unpack: 'unpacker error', error: error(CUT) })], { bytes: 100_000 }),
    ],
  ])('does not where the server said so %s', (_, outcome) => {
    expect(stepAfter(outcome)).toMatchObject({ kind: 'again', learned: { mode: { thin: false } } })
  })

  it('does not where it was no cut, but words', () => {
    const words = broken({ code: 'server', side: 'destination', serverText: 'no room' }, { bytes: 100_000 })
    expect(stepAfter(words)).toEqual(failOf(words))
  })

  it('does not where nothing is left to be pushed', () => {
    const listing = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' } as const
    expect(stepAfter(cut(100_000), { listing, learned: PLAINEST })).toEqual({
      kind: 'again',
      learned: PLAINEST,
      records: [],
      refreshSource: false,
    })
  })
})

describe('after a push that lacked objects', () => {
  it('says that each push brings its own', () => {
    const first = pushOf([MAIN], { unpack: 'ok', refs: { [MAIN.ref]: { ok: true } } })
    const second = pushOf([OTHER], { unpack: 'unpacker error', hasObjects: false })
    const listing = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' } as const
    expect(stepAfter(outcomeOf([first, second]), { listing })).toEqual({
      kind: 'again',
      learned: { ...LEARNED, mode: { ...LEARNED.mode, ownObjects: true } },
      records: [
        {
          kind: 'note',
          text: 'the destination does not find objects that an earlier push brought: each push brings its own from now on',
        },
      ],
      refreshSource: false,
    })
  })
})

describe('the plainer way', () => {
  it('is told with what it is tried for', () => {
    expect(stepAfter(broken(CUT))).toEqual({
      kind: 'again',
      learned: { ...LEARNED, mode: { ...LEARNED.mode, thin: false } },
      records: [
        {
          kind: 'note',
          text: 'the destination broke the push off: trying once more with a pack that stands alone (not thin)',
        },
      ],
      refreshSource: false,
    })
  })

  it('is found by the first of several declined pushes that has one', () => {
    const said = (reason: string) => ({
      unpack: 'ok',
      refs: { [MAIN.ref]: ng(reason), [OTHER.ref]: ng(reason) },
    })
    const pairs = [MAIN, OTHER].map((update) => [update, updateOf(`${update.ref}2`)])
    const declined = pairs.map((pair) =>
      pushOf(pair, {
        unpack: 'ok',
        refs: Object.fromEntries(pair.map(({ ref }) => [ref, ng('hook declined')])),
      }),
    )
    expect(stepAfter(outcomeOf(declined)).learned.mode.maxRefs).toBe(1)
    const once = { ...LEARNED, mode: { ...LEARNED.mode, maxRefs: 1, byKind: true } }
    const step = stepAfter(outcomeOf([pushOf([MAIN, OTHER], said('hook declined'))]), { learned: once })
    expect(step).toMatchObject({ kind: 'again', learned: once })
    expect(step.records).toHaveLength(2)
  })

  it('is that of a later push where the first that was declined has none', () => {
    const many = Array.from({ length: 501 }, (_, at) => updateOf(`refs/heads/many/${at}`))
    const declined = (updates: readonly RefUpdate[]) =>
      pushOf(updates, {
        unpack: 'ok',
        refs: Object.fromEntries(updates.map(({ ref }) => [ref, ng('hook declined')])),
      })
    expect(stepAfter(outcomeOf([declined(many)])).learned).toEqual(LEARNED)
    const both = stepAfter(outcomeOf([declined(many), declined([MAIN, OTHER])]))
    expect(both.learned.mode.maxRefs).toBe(1)
  })

  const FORBIDDEN =
    'The destination wants the pack at once or its length beforehand, and transfer: stream forbids to collect it: set transfer: auto or spool.'

  it.each([408, 411, 504])('is none where status %i asks for a pack that may not be collected', (status) => {
    const outcome = broken({ code: 'http', side: 'destination', status })
    expect(stepAfter(outcome).learned.mode.spool).toBe(true)
    const step = stepAfter(outcome, { options: { transfer: 'stream' } })
    expect(step).toMatchObject({ kind: 'fail', learned: LEARNED, records: [] })
    expect(step.kind === 'fail' && step.error).toMatchObject({
      message: 'it broke',
      code: 'http',
      status,
      hint: FORBIDDEN,
    })
  })

  it('is tried where collecting would not help', () => {
    const stream = { options: { transfer: 'stream' } } as const
    const plain = broken({ code: 'http', side: 'destination', status: 503 })
    expect(stepAfter(plain, stream).learned.mode).toEqual({ ...LEARNED.mode, thin: false })
    const unfed = { ...PLAINEST, mode: { ...PLAINEST.mode, spool: false } }
    const cut = broken({ ...CUT, retryable: false }, { bytes: 100 })
    expect(stepAfter(cut, { ...stream, learned: unfed })).toEqual(failOf(cut, { learned: unfed }))
    const unpacked = outcomeOf([pushOf([MAIN], { unpack: 'unpacker error' })])
    expect(stepAfter(unpacked, stream).learned.mode).toEqual({ ...LEARNED.mode, thin: false })
    const large = broken({ code: 'http', side: 'destination', status: 504 }, { bytes: 20_000_000 })
    expect(stepAfter(large, stream).learned.mode).toMatchObject({ pieces: true, spool: false })
    const serverText = 'Proxy Authentication Required'
    const told = broken({ code: 'http', side: 'destination', status: 411, serverText, hint: 'Ask them.' })
    expect(stepAfter(told, stream)).toEqual(failOf(told))
    const spooled = broken({ code: 'http', side: 'destination', status: 411 })
    expect(stepAfter(spooled, { ...stream, learned: PLAINEST })).toEqual(
      failOf(spooled, { learned: PLAINEST }),
    )
  })
})
