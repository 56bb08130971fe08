import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../../src/base/steps.ts'
import type { MirrorErrorDetails } from '../../../src/base/errors.ts'
import type { AdvertisedRef } from '../../../src/protocol/advertisement.ts'
import { chooseNextStep } from '../../../src/mirror/push/next-step.ts'
import type { PushOutcome } from '../../../src/mirror/push/push-outcome.ts'
import type { Shown } from '../../../src/mirror/push/verdict.ts'
import { noteRaces } from '../../../src/mirror/state/learned.ts'
import { broken, error, factsOf, LEARNED, MAIN, ng, OTHER } from './facts.ts'
import { NEW, outcomeOf, pushOf, updateOf } from './pushes.ts'

describe('chooseNextStep', () => {
  it('goes on when all moved', () => {
    const outcome = outcomeOf([pushOf([MAIN], { unpack: 'ok', refs: { [MAIN.ref]: { ok: true } } })])
    const listing: Shown = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' }
    expect(runToEnd(chooseNextStep(factsOf(outcome, { listing })))).toEqual({
      kind: 'again',
      learned: LEARNED,
      records: [],
      refreshSource: false,
    })
  })

  it('changes nothing that it is given', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
      Object.freeze(value)
      for (const one of Object.values(value)) freeze(one)
    }
    const facts = factsOf(broken({ code: 'server', side: 'destination' }))
    freeze(facts)
    expect(runToEnd(chooseNextStep(facts))).toEqual(runToEnd(chooseNextStep(facts)))
  })

  it('refuses a ref in the words of its own push, and of no other', () => {
    const outcome = outcomeOf([
      pushOf([MAIN], { unpack: 'ok', refs: { [MAIN.ref]: ng('declined') }, lines: ['main is protected'] }),
      pushOf([OTHER], { unpack: 'ok', refs: { [OTHER.ref]: ng('declined') }, lines: ['other is too large'] }),
    ])
    const { kind, records } = runToEnd(chooseNextStep(factsOf(outcome)))
    expect(kind).toBe('again')
    expect(records).toMatchObject([
      { kind: 'refusal', update: MAIN, reason: 'declined', lines: ['main is protected'] },
      { kind: 'refusal', update: OTHER, reason: 'declined', lines: ['other is too large'] },
    ])
  })

  it('only warns of a default branch that stays', () => {
    const gone = updateOf('refs/heads/old', 'delete')
    const outcome = outcomeOf([pushOf([gone], { unpack: 'ok', refs: { [gone.ref]: ng('prohibited') } })])
    const listing: Shown = { refs: [{ name: gone.ref, id: gone.old }], format: 'sha1' }
    const records = (defaultBranch: string | undefined): unknown =>
      runToEnd(chooseNextStep(factsOf(outcome, { listing, defaultBranch }))).records
    expect(records(gone.ref)).toMatchObject([{ kind: 'refusal', isWarning: true }])
    expect(records(undefined)).toMatchObject([{ kind: 'refusal', isWarning: false }])
  })

  it('refuses what the server is silent about', () => {
    const { kind, records } = runToEnd(chooseNextStep(factsOf(outcomeOf([pushOf([MAIN], { unpack: 'ok' })]))))
    expect(kind).toBe('again')
    expect(records).toMatchObject([{ kind: 'refusal', reason: expect.stringContaining('said nothing') }])
  })

  it('lists and plans again after a lost race, and gives a ref up after five', () => {
    const reason = 'incorrect old value provided'
    const outcome = outcomeOf([pushOf([MAIN], { unpack: 'ok', refs: { [MAIN.ref]: ng(reason) } })])
    const first = runToEnd(chooseNextStep(factsOf(outcome)))
    expect(first).toMatchObject({ kind: 'again', refreshSource: true })
    expect(first.records).toMatchObject([{ kind: 'note' }])
    expect(first.learned.races).toEqual(new Map([[MAIN.ref, 1]]))
    const four = [1, 2, 3, 4].reduce((learned) => noteRaces(learned, [MAIN.ref]), LEARNED)
    const { records } = runToEnd(chooseNextStep(factsOf(outcome, { learned: four })))
    expect(records).toMatchObject([{ kind: 'refusal', reason: `${reason} (5 times)` }])
  })

  it('keeps old values in the next namespace when one is refused, and reports no ref of ours', () => {
    const backup = { ...updateOf('refs/kalandra/backup/20261130T120000Z/heads/x'), keeps: 'refs/heads/x' }
    for (const refs of [{ [backup.ref]: ng('deny updating a hidden ref') }, {}]) {
      const step = runToEnd(chooseNextStep(factsOf(outcomeOf([pushOf([backup], { unpack: 'ok', refs })]))))
      expect(step).toMatchObject({ kind: 'again', learned: { backups: { prefixAt: 1 } } })
      expect(step.records.map(({ kind }) => kind)).toEqual(['note'])
      expect(step.learned.backups.reason).not.toBe('')
    }
  })

  it('tries the same namespace again when the push of old values broke off', () => {
    const backup = { ...updateOf('refs/kalandra/backup/20261130T120000Z/heads/x'), keeps: 'refs/heads/x' }
    const cut = error({ code: 'cut', side: 'destination', retryable: true })
    const step = runToEnd(
      chooseNextStep(factsOf(outcomeOf([pushOf([backup], { error: cut })]), { failures: 1 })),
    )
    expect(step).toMatchObject({ learned: { backups: { prefixAt: 0 } } })
  })

  describe('after a failure of the source', () => {
    const lost = (retryable: boolean): PushOutcome =>
      broken({ code: 'cut', side: 'source', retryable }, { updates: [MAIN] })

    it('tries again as long as it may, with a new listing', () => {
      expect(runToEnd(chooseNextStep(factsOf(lost(true))))).toMatchObject({
        kind: 'retry',
        refreshSource: true,
      })
      expect(runToEnd(chooseNextStep(factsOf(lost(true), { failures: 3 }))).kind).toBe('fail')
      expect(runToEnd(chooseNextStep(factsOf(lost(false)))).kind).toBe('fail')
    })

    it('keeps the words of the destination out of it', () => {
      const outcome = { ...lost(false), lines: ['remote: something else'] }
      expect(runToEnd(chooseNextStep(factsOf(outcome)))).toMatchObject({ kind: 'fail', lines: [] })
    })

    it.each([
      ['git', `upload-pack: not our ref ${NEW}`],
      ['JGit', `want ${NEW} not valid`],
    ])(
      '[G19] looks again for an id that is refused by %s, once more after a wait, and then leaves it out',
      (_, serverText) => {
        const outcome = broken({ code: 'server', side: 'source', serverText })
        const first = runToEnd(chooseNextStep(factsOf(outcome)))
        expect(first).toMatchObject({ kind: 'again', refreshSource: true, records: [] })
        const second = runToEnd(chooseNextStep(factsOf(outcome, { learned: first.learned })))
        expect(second).toMatchObject({
          kind: 'retry',
          refreshSource: true,
          learned: first.learned,
          records: [],
        })
        const third = runToEnd(chooseNextStep(factsOf(outcome, { learned: second.learned, failures: 1 })))
        expect(third.learned.brokenIds).toEqual(new Set([NEW]))
        expect(third.records).toMatchObject([{ kind: 'warning', text: expect.stringContaining(NEW) }])
      },
    )
  })

  it('does not look again for an object that no ref of the push names', () => {
    const serverText = `Missing blob ${'e'.repeat(40)}`
    const outcome = broken({ code: 'server', side: 'source', serverText })
    expect(runToEnd(chooseNextStep(factsOf(outcome)))).toMatchObject({ kind: 'fail' })
  })

  describe('after a push that broke off', () => {
    const cut: MirrorErrorDetails = { code: 'cut', side: 'destination', retryable: true }

    it('goes the same way once more when it was cut in the middle of a pack', () => {
      const outcome = broken(cut, { bytes: 100_000 })
      expect(runToEnd(chooseNextStep(factsOf(outcome)))).toMatchObject({ kind: 'retry', learned: LEARNED })
      expect(runToEnd(chooseNextStep(factsOf(outcome, { options: { retries: 0 } }))).kind).toBe('fail')
      const second = runToEnd(chooseNextStep(factsOf(outcome, { failures: 1 })))
      expect(second.kind).toBe('again')
      expect(second.learned.mode.thin).toBe(false)
    })

    it('pushes in a plainer way when it ended early, and says so', () => {
      const step = runToEnd(chooseNextStep(factsOf(broken(cut))))
      expect(step).toMatchObject({ kind: 'again', records: [{ kind: 'note' }] })
      expect(step.learned).toEqual({ ...LEARNED, mode: { ...LEARNED.mode, thin: false } })
    })

    it('fails with what the server wrote once nothing is left to try', () => {
      const learned = { ...LEARNED, mode: { ...LEARNED.mode, thin: false, agent: false, spool: true } }
      const outcome = { ...broken({ ...cut, retryable: false }), lines: ['disk full'] }
      expect(runToEnd(chooseNextStep(factsOf(outcome, { learned })))).toMatchObject({
        kind: 'fail',
        lines: ['disk full'],
      })
      const passing = runToEnd(chooseNextStep(factsOf(broken(cut), { learned })))
      expect(passing).toMatchObject({ kind: 'retry', refreshSource: false })
    })

    it('fetches for the destination alone when it starved beside a slower one', () => {
      const outcome = broken(cut, { starved: 5000, isShared: true })
      expect(runToEnd(chooseNextStep(factsOf(outcome)))).toMatchObject({ kind: 'again', learned: LEARNED })
    })

    it('collects the pack first when it starved, and says what forbids that', () => {
      const outcome = broken({ ...cut, retryable: false }, { starved: 5000 })
      expect(runToEnd(chooseNextStep(factsOf(outcome))).learned.mode.spool).toBe(true)
      const forbidden = runToEnd(chooseNextStep(factsOf(outcome, { options: { transfer: 'stream' } })))
      expect(forbidden).toMatchObject({ kind: 'fail', learned: LEARNED })
      expect(forbidden.kind === 'fail' && forbidden.error.hint).toContain('transfer: auto')
    })

    it('counts for nothing when all of it arrived', () => {
      const listing: Shown = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' }
      const learned = { ...LEARNED, mode: { ...LEARNED.mode, thin: false, agent: false, spool: true } }
      const step = runToEnd(chooseNextStep(factsOf(broken(cut), { listing, learned })))
      expect(step).toMatchObject({ kind: 'again', records: [] })
    })
  })

  it('cuts the history where the pack is larger than one push takes', () => {
    const mode = { ...LEARNED.mode, maxBytes: 1_000_000 }
    const tooLarge = broken({ code: 'too-large', side: 'destination' }, { overLimit: true, objects: 5000 })
    const { kind, learned } = runToEnd(chooseNextStep(factsOf(tooLarge, { learned: { ...LEARNED, mode } })))
    expect(kind).toBe('again')
    expect(learned.mode.pieces).toBe(true)
    expect(learned.pieces.left).toBe(5000)
  })

  it('[G3] refuses a ref that moved without its objects, whatever comes next', () => {
    const unpack = 'EOF before end of zlib stream'
    const outcome = outcomeOf([pushOf([MAIN], { unpack, refs: { [MAIN.ref]: { ok: true } } })])
    const listing: Shown = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' }
    const { records } = runToEnd(chooseNextStep(factsOf(outcome, { listing })))
    expect(records[0]).toMatchObject({
      kind: 'refusal',
      update: MAIN,
      reason: expect.stringContaining(unpack),
    })
  })

  describe('where objects of an earlier push are missing to a later one', () => {
    const first = pushOf([MAIN], { unpack: 'ok', refs: { [MAIN.ref]: { ok: true } } })
    const listing: Shown = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' }

    it.each([
      ['its pack is not taken', { unpack: `error Missing unknown ${NEW}` }],
      ['its refs are refused', { unpack: 'ok', refs: { [OTHER.ref]: ng('missing necessary objects') } }],
    ])('lets each push bring its own when %s', (_, said) => {
      const outcome = outcomeOf([first, pushOf([OTHER], { ...said, hasObjects: false })])
      const step = runToEnd(chooseNextStep(factsOf(outcome, { listing })))
      expect(step).toMatchObject({ kind: 'again', learned: { mode: { ...LEARNED.mode, ownObjects: true } } })
      const once = { ...LEARNED, mode: { ...LEARNED.mode, ownObjects: true } }
      expect(runToEnd(chooseNextStep(factsOf(outcome, { listing, learned: once }))).records).not.toEqual(
        step.records,
      )
    })

    it('does not think so of a push that brought its own, or was refused for another reason', () => {
      const own = outcomeOf([first, pushOf([OTHER], { unpack: 'index-pack failed' })])
      expect(runToEnd(chooseNextStep(factsOf(own, { listing }))).learned.mode.ownObjects).toBe(false)
      const refs = { [OTHER.ref]: ng('denied') }
      const denied = outcomeOf([first, pushOf([OTHER], { unpack: 'ok', refs, hasObjects: false })])
      expect(runToEnd(chooseNextStep(factsOf(denied, { listing }))).learned.mode.ownObjects).toBe(false)
    })
  })

  it('[G7] tries refs apart that were declined together, and none that were declined alone', () => {
    const tag = updateOf('refs/tags/v1')
    const declined = ng('pre-receive hook declined')
    const refs = { [MAIN.ref]: declined, [OTHER.ref]: declined, [tag.ref]: declined }
    const together = outcomeOf([pushOf([MAIN, OTHER], { unpack: 'ok', refs })])
    expect(runToEnd(chooseNextStep(factsOf(together))).learned.mode.maxRefs).toBe(1)
    const kinds = outcomeOf([pushOf([MAIN, tag], { unpack: 'ok', refs })])
    expect(runToEnd(chooseNextStep(factsOf(kinds))).learned.mode.byKind).toBe(true)
    expect(runToEnd(chooseNextStep(factsOf(together, { options: { atomic: true } }))).records).toHaveLength(2)
    const alone = outcomeOf([MAIN, OTHER].map((update) => pushOf([update], { unpack: 'ok', refs })))
    expect(runToEnd(chooseNextStep(factsOf(alone)))).toMatchObject({ learned: LEARNED, records: [{}, {}] })
  })

  describe('where an atomic push was ended', () => {
    const raced = [
      { name: MAIN.ref, id: 'e'.repeat(40) },
      { name: OTHER.ref, id: OTHER.old },
    ]
    const namesAfter = (reason: string, refs: readonly AdvertisedRef[] = raced) => {
      const told = { [MAIN.ref]: ng(reason), [OTHER.ref]: ng(reason) }
      const outcome = outcomeOf([pushOf([MAIN, OTHER], { unpack: 'ok', refs: told })])
      const listing = { refs, format: 'sha1' } as const
      const facts = factsOf(outcome, { listing, options: { atomic: true } })
      return JSON.stringify(runToEnd(chooseNextStep(facts)).records)
    }

    it('[G8] says nothing of a ref that went down with one that another writer moved', () => {
      for (const words of ['atomic push failure', 'Atomic transaction failed', 'transaction aborted']) {
        expect(namesAfter(words)).toContain(MAIN.ref)
        expect(namesAfter(words)).not.toContain(OTHER.ref)
      }
    })

    it('[G8] says of each ref why it was refused where none was moved, or where the reason is its own', () => {
      const unmoved = [MAIN, OTHER].map(({ ref, old }) => ({ name: ref, id: old }))
      expect(namesAfter('atomic push failure', unmoved)).toContain(OTHER.ref)
      for (const words of ['protected branch', 'transaction aborted1', 'xatomic push failure']) {
        expect(namesAfter(words)).toContain(OTHER.ref)
      }
    })
  })
})
