import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import type { Verdict } from '../../../src/mirror/push/verdict.ts'
import { noteRaces } from '../../../src/mirror/state/learned.ts'
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
import { NEW, OLD, outcomeOf, pushOf, updateOf } from './pushes.ts'

describe('what is left when nothing else is to be tried', () => {
  it('waits for a passing failure as often as the run may', () => {
    const passing = broken({ ...CUT, hint: 'Wait.' }, { lines: ['words'] })
    const learned = PLAINEST
    expect(stepAfter(passing, { learned, failures: 2 })).toEqual(retryOf(passing, { learned }))
    expect(stepAfter(passing, { learned, failures: 3 })).toEqual(failOf(passing, { learned }))
    expect(stepAfter(passing, { learned, failures: 4 })).toEqual(failOf(passing, { learned }))
    const lasting = broken({ ...CUT, retryable: false })
    const step = stepAfter(lasting, { learned })
    expect(step).toEqual(failOf(lasting, { learned }))
    expect(step.kind === 'fail' && step.error).toBe(lasting.error)
  })

  it('writes refusals and lost races down with a failure', () => {
    const push = pushOf([MAIN, OTHER], { error: error({ ...CUT, retryable: false }), lines: ['words'] })
    const third = updateOf('refs/heads/third')
    const verdicts: readonly Verdict[] = [
      { kind: 'raced', update: OTHER, reason: 'lost', push },
      { kind: 'refused', update: MAIN, reason: 'declined', push },
      { kind: 'open', update: third },
    ]
    const outcome = outcomeOf([push])
    expect(stepAfter(outcome, { verdicts, learned: PLAINEST })).toEqual(
      failOf(outcome, {
        learned: { ...PLAINEST, races: new Map([[OTHER.ref, 1]]) },
        records: [
          { kind: 'refusal', update: MAIN, reason: 'declined', lines: ['words'], isWarning: false },
          { kind: 'note', text: `${OTHER.ref} moved while it was pushed (lost): listing and planning again` },
        ],
      }),
    )
  })

  it('fails with what the server said of a pack that it did not take', () => {
    const lines = Array.from({ length: 25 }, (_, at) => `line ${at}`)
    const outcome = outcomeOf([pushOf([MAIN], { unpack: 'unpacker error', lines })])
    const step = stepAfter(outcome, { learned: PLAINEST })
    expect(step).toMatchObject({ kind: 'fail', lines, learned: PLAINEST, records: [], refreshSource: false })
    expect(step.kind === 'fail' && step.error).toEqual(
      new MirrorError('the destination could not take the pack: unpacker error', {
        code: 'unpack',
        side: 'destination',
        serverText: ['unpacker error', ...lines.slice(5)].join('\n'),
      }),
    )
    expect(step.kind === 'fail' && { ...step.error }).toMatchObject({
      code: 'unpack',
      side: 'destination',
      serverText: ['unpacker error', ...lines.slice(5)].join('\n'),
    })
  })

  it('goes on where the pushes ended early for want of room for refs', () => {
    const refs = { [MAIN.ref]: ng('maximum ref updates exceeded') }
    const outcome = outcomeOf([pushOf([MAIN], { unpack: 'ok', refs })], { updates: [MAIN, OTHER] })
    expect(stepAfter(outcome)).toEqual({
      kind: 'again',
      learned: LEARNED,
      records: [
        {
          kind: 'refusal',
          update: MAIN,
          reason: 'maximum ref updates exceeded',
          lines: [],
          isWarning: false,
        },
      ],
      refreshSource: false,
    })
  })

  it('goes on where a pack was not taken and nothing needed it', () => {
    const gone = updateOf('refs/heads/gone', 'delete')
    const outcome = outcomeOf([pushOf([gone], { unpack: 'unpacker error' })])
    expect(stepAfter(outcome, { learned: PLAINEST })).toEqual({
      kind: 'again',
      learned: PLAINEST,
      records: [],
      refreshSource: false,
    })
  })

  it('refuses what stayed, and lists the source again only after a lost race', () => {
    const said = { [MAIN.ref]: ng('declined') }
    const outcome = outcomeOf([
      pushOf([MAIN], { unpack: 'ok', refs: said }),
      pushOf([OTHER], { unpack: 'ok' }),
    ])
    expect(stepAfter(outcome)).toEqual({
      kind: 'again',
      learned: LEARNED,
      records: [
        { kind: 'refusal', update: MAIN, reason: 'declined', lines: [], isWarning: false },
        { kind: 'refusal', update: OTHER, reason: SILENCE, lines: [], isWarning: false },
      ],
      refreshSource: false,
    })
    const raced = outcomeOf([pushOf([MAIN], { unpack: 'ok', refs: { [MAIN.ref]: ng('failed to lock') } })])
    const note = `${MAIN.ref} moved while it was pushed (failed to lock): listing and planning again`
    expect(stepAfter(raced)).toEqual({
      kind: 'again',
      learned: { ...LEARNED, races: new Map([[MAIN.ref, 1]]) },
      records: [{ kind: 'note', text: note }],
      refreshSource: true,
    })
    const three = [1, 2, 3].reduce((learned) => noteRaces(learned, [MAIN.ref]), LEARNED)
    expect(stepAfter(raced, { learned: three }).records).toEqual([{ kind: 'note', text: note }])
  })

  it('warns only of the default branch, and only where it is to go', () => {
    const [gone, moved] = [updateOf(MAIN.ref, 'delete'), updateOf(MAIN.ref, 'update')]
    for (const [update, isWarning] of [
      [gone, true],
      [moved, false],
    ] as const) {
      const outcome = outcomeOf([pushOf([update], { unpack: 'ok', refs: { [MAIN.ref]: ng('prohibited') } })])
      const listing = { refs: [{ name: MAIN.ref, id: OLD }], format: 'sha1' } as const
      expect(stepAfter(outcome, { listing, defaultBranch: MAIN.ref }).records).toEqual([
        { kind: 'refusal', update, reason: 'prohibited', lines: [], isWarning },
      ])
    }
  })

  it('refuses first what moved without its objects', () => {
    const outcome = outcomeOf([
      pushOf([MAIN, OTHER], {
        unpack: 'unpacker error',
        refs: { [MAIN.ref]: { ok: true } },
        lines: ['words'],
      }),
    ])
    const listing = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' } as const
    const { kind, records } = stepAfter(outcome, { listing })
    expect(kind).toBe('again')
    expect(records).toEqual([
      {
        kind: 'refusal',
        update: MAIN,
        reason:
          'the server said that it could not take the pack (unpacker error) and moved the ref all the same',
        lines: ['words'],
        isWarning: false,
      },
      { kind: 'note', text: expect.stringContaining('refused the pack') },
    ])
  })
})
