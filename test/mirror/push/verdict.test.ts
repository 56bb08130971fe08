import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../../src/base/steps.ts'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'
import { createRaceTest } from '../../../src/mirror/push/race-test.ts'
import { isAllDone, judgePushes, type Verdict } from '../../../src/mirror/push/verdict.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import { pushOf } from './pushes.ts'
import type { RefReport } from '../../../src/protocol/report-status.ts'

const OLD = 'a'.repeat(40)

const NEW = 'b'.repeat(40)

const OTHER = 'c'.repeat(40)

const NONE = '0'.repeat(40)

const REF = 'refs/heads/main'

function update(action: RefUpdate['action'], ref: string = REF): RefUpdate {
  return {
    ref,
    sourceRef: action === 'delete' ? undefined : REF,
    action,
    old: action === 'create' ? NONE : OLD,
    new: action === 'delete' ? NONE : NEW,
    reason: '',
  }
}

function judge(given: {
  readonly action?: RefUpdate['action']
  readonly report?: RefReport | undefined
  readonly unpack?: string
  readonly error?: MirrorError
  readonly found: string
}): Verdict {
  const updates = [update(given.action ?? 'update')]
  const { unpack, error } = given
  const refs = given.report === undefined ? {} : { [REF]: given.report }
  const push = pushOf(updates, { unpack, refs, error })
  const [verdict] = runToEnd(
    judgePushes(
      { updates, pushes: [push] },
      { refs: given.found === NONE ? [] : [{ name: REF, id: given.found }], format: 'sha1' },
      createRaceTest(undefined),
    ),
  )
  return verdict!
}

const OK: RefReport = { ok: true }

const NG: RefReport = { ok: false, reason: 'hook declined' }

const CUT = new MirrorError('the connection ended', { code: 'cut', side: 'destination' })

describe('judgePushes', () => {
  it.each([
    ['create', NEW],
    ['update', NEW],
    ['force', NEW],
    ['delete', NONE],
  ] as const)('%s is done when the listing shows it', (action, found) => {
    for (const report of [OK, undefined]) {
      expect(judge({ action, report, unpack: 'ok', found })).toEqual({
        kind: 'changed',
        update: update(action),
      })
    }
  })

  it('[B18] believes the listing, not an ng for a ref that moved, nor a push that broke off', () => {
    expect(judge({ report: NG, unpack: 'ok', found: NEW }).kind).toBe('changed')
    expect(judge({ error: CUT, found: NEW }).kind).toBe('changed')
  })

  it('does not believe an ok for a ref that did not move', () => {
    expect(judge({ report: OK, unpack: 'ok', found: OLD })).toMatchObject({
      kind: 'refused',
      reason: `the server reported ok but the listing shows ${OLD}`,
    })
    expect(judge({ action: 'create', report: OK, unpack: 'ok', found: NONE })).toMatchObject({
      kind: 'refused',
      reason: 'the server reported ok but the listing shows no such ref',
    })
    expect(judge({ action: 'delete', report: OK, unpack: 'ok', found: OLD }).kind).toBe('refused')
  })

  it('quotes the server where it refused', () => {
    expect(judge({ report: NG, unpack: 'ok', found: OLD })).toMatchObject({
      kind: 'refused',
      reason: 'hook declined',
    })
  })

  it.each([OK, NG, undefined])('calls a third value a race, whatever was reported (%j)', (report) => {
    expect(judge({ report, unpack: 'ok', found: OTHER })).toMatchObject({
      kind: 'raced',
      reason: 'another writer moved it',
    })
    expect(judge({ report, unpack: 'ok', found: NONE }).kind).toBe('raced')
    expect(judge({ action: 'create', report, unpack: 'ok', found: OTHER }).kind).toBe('raced')
  })

  it.each(['failed to update ref', 'incorrect old value provided', "cannot lock ref 'refs/heads/main'"])(
    '[G8] knows a lost race by its words: %s',
    (reason) => {
      const report: RefReport = { ok: false, reason }
      expect(judge({ report, unpack: 'ok', found: OLD })).toMatchObject({ kind: 'raced', reason })
      expect(judge({ report, unpack: 'index-pack failed', found: OLD }).kind).toBe('raced')
    },
  )

  it('tells a server that said nothing from a push that said nothing because it broke off', () => {
    expect(judge({ report: undefined, unpack: 'ok', found: OLD }).kind).toBe('silent')
    expect(judge({ found: OLD }).kind).toBe('silent')
    expect(judge({ error: CUT, found: OLD }).kind).toBe('open')
  })

  it('[B17] takes a failed unpack for the failure of all of its push, whatever the ref lines say', () => {
    for (const report of [OK, NG, undefined]) {
      expect(judge({ report, unpack: 'index-pack failed', found: OLD }).kind).toBe('open')
    }
  })

  it('[G3] says so when a server that could not take the pack moved the ref all the same', () => {
    const unpack = 'EOF before end of zlib stream'
    expect(judge({ report: OK, unpack, found: NEW })).toMatchObject({
      kind: 'doubted',
      reason: expect.stringContaining(unpack),
    })
    expect(judge({ report: OK, unpack, found: NEW })).toMatchObject({
      reason: `the server said that it could not take the pack (${unpack}) and moved the ref all the same`,
    })
    expect(judge({ report: OK, unpack: 'x'.repeat(500), found: NEW })).toMatchObject({
      reason: expect.stringMatching(/\(x{299}…\)/),
    })
    expect(judge({ action: 'delete', report: OK, unpack, found: NONE }).kind).toBe('changed')
  })

  it('names the other ref that a server says it moved', () => {
    const report = { ok: true, refname: 'refs/pull/7/head' } as const
    expect(judge({ report, unpack: 'ok', found: OLD })).toMatchObject({
      kind: 'refused',
      reason: `the server reported ok but the listing shows ${OLD}; it says that it moved refs/pull/7/head`,
    })
    expect(judge({ report: { ok: true, refname: REF }, unpack: 'ok', found: OLD })).toMatchObject({
      reason: `the server reported ok but the listing shows ${OLD}`,
    })
  })

  it('judges each update for itself, in their order', () => {
    const updates = ['a', 'b', 'c', 'unsent'].map((name) => update('update', `refs/heads/${name}`))
    const push = pushOf(updates.slice(0, 3), { unpack: 'ok', refs: { 'refs/heads/b': NG } })
    const verdicts = runToEnd(
      judgePushes(
        { updates, pushes: [push] },
        {
          refs: [
            { name: 'refs/heads/a', id: NEW },
            { name: 'refs/heads/b', id: OLD },
            { name: 'refs/heads/c', id: OTHER },
          ],
          format: 'sha1',
        },
        createRaceTest(undefined),
      ),
    )
    expect(verdicts.map(({ kind, update: { ref } }) => `${ref} ${kind}`)).toEqual([
      'refs/heads/a changed',
      'refs/heads/b refused',
      'refs/heads/c raced',
      'refs/heads/unsent open',
    ])
  })

  it('lays the failure of a push on its own refs and on no others', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => update('create', `refs/heads/${name}`))
    const first = pushOf([a!, b!], { unpack: 'ok', refs: { 'refs/heads/a': OK, 'refs/heads/b': NG } })
    const second = pushOf([c!], { unpack: `error Missing unknown ${NEW}`, refs: { 'refs/heads/c': NG } })
    const verdicts = runToEnd(
      judgePushes(
        { updates: [a!, b!, c!], pushes: [first, second] },
        { refs: [{ name: 'refs/heads/a', id: NEW }], format: 'sha1' },
        createRaceTest(undefined),
      ),
    )
    expect(verdicts.map(({ kind }) => kind)).toEqual(['changed', 'refused', 'open'])
  })

  it('knows a lost race by the words beside the report, where the reason tells nothing', () => {
    const updates = [update('update')]
    const push = pushOf(updates, {
      unpack: 'ok',
      refs: { [REF]: { ok: false, reason: 'failed' } },
      lines: ['error: Cannot lock /srv/x.git/packed-refs. Ensure that no other process has it.'],
    })
    const listing = { refs: [{ name: REF, id: OLD }], format: 'sha1' } as const
    const judged = (one: typeof push) =>
      runToEnd(judgePushes({ updates, pushes: [one] }, listing, createRaceTest(undefined)))
    expect(judged(push)).toEqual([{ kind: 'raced', update: updates[0], reason: 'failed', push }])
    expect(judged({ ...push, lines: [] })).toMatchObject([{ kind: 'refused', reason: 'failed' }])
  })

  it('judges in steps where there is much to be judged', () => {
    const updates = Array.from({ length: 20_000 }, (_, at) => update('update', `refs/heads/${at}`))
    const refs = updates.map(({ ref }, at) => ({ name: ref, id: at % 2 === 0 ? NEW : OLD }))
    const steps = judgePushes(
      { updates, pushes: [pushOf(updates, { unpack: 'ok' })] },
      { refs, format: 'sha1' },
      createRaceTest(undefined),
    )
    let stops = 0
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) stops++
    expect(stops).toBe(2)
    expect(step.value.map(({ kind }) => kind)).toEqual(
      updates.map((_, at) => (at % 2 === 0 ? 'changed' : 'silent')),
    )
  })

  it('leaves open what was never sent', () => {
    const updates = [update('create')]
    const push = { ...pushOf(updates, { error: CUT }), isSent: false }
    const verdicts = runToEnd(
      judgePushes({ updates, pushes: [push] }, { refs: [], format: 'sha1' }, createRaceTest(undefined)),
    )
    expect(verdicts).toEqual([{ kind: 'open', update: updates[0] }])
    // Whoever moved it, it was not this push.
    for (const id of [NEW, OTHER]) {
      const listing = { refs: [{ name: REF, id }], format: 'sha1' } as const
      const judged = runToEnd(judgePushes({ updates, pushes: [push] }, listing, createRaceTest(undefined)))
      expect(judged).toEqual([{ kind: 'open', update: updates[0] }])
    }
  })

  it('knows the null id of SHA-256', () => {
    const gone = { ...update('delete'), old: 'a'.repeat(64), new: '0'.repeat(64) }
    const [verdict] = runToEnd(
      judgePushes(
        { updates: [gone], pushes: [pushOf([gone], {})] },
        { refs: [], format: 'sha256' },
        createRaceTest(undefined),
      ),
    )
    expect(verdict?.kind).toBe('changed')
  })
})

describe('isAllDone', () => {
  const updates = [update('create'), update('create', 'refs/heads/other')]
  const done = (push: ReturnType<typeof pushOf>, names: readonly string[], error = push.error): boolean => {
    const listing = { refs: names.map((name) => ({ name, id: NEW })), format: 'sha1' } as const
    const verdicts = runToEnd(judgePushes({ updates, pushes: [push] }, listing, () => false))
    return runToEnd(isAllDone({ pushes: [push], error }, verdicts))
  }
  const both = updates.map(({ ref }) => ref)

  it('needs every ref to be there, whatever the report says', () => {
    expect(done(pushOf(updates, { unpack: 'ok' }), both)).toBe(true)
    expect(done(pushOf(updates, {}), both)).toBe(true)
    expect(done(pushOf(updates, { unpack: 'ok' }), both.slice(1))).toBe(false)
  })

  it('is no more where a push or the round has failed, even if all is there', () => {
    expect(done(pushOf(updates, { unpack: 'error no space' }), both)).toBe(false)
    expect(done(pushOf(updates, { unpack: 'ok' }), both, CUT)).toBe(false)
    const gone = { ...update('delete', 'refs/heads/gone'), new: NONE }
    const failed = pushOf([gone], { unpack: 'error no space' })
    const verdicts: readonly Verdict[] = [{ kind: 'changed', update: gone }]
    for (const pushes of [[failed], [pushOf(updates, { unpack: 'ok' }), failed]]) {
      expect(runToEnd(isAllDone({ pushes, error: undefined }, verdicts))).toBe(false)
    }
  })
})
