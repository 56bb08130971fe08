import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../../src/base/steps.ts'
import { describeDeclined, describeFailure } from '../../../src/mirror/push/failure.ts'
import type { Push } from '../../../src/mirror/push/push-outcome.ts'
import { broken, error, factsOf, MAIN, ng, OTHER } from './facts.ts'
import { NEW, outcomeOf, pushOf, updateOf } from './pushes.ts'

const CUT = { code: 'cut', side: 'destination' } as const

describe('what ended the pushes of a round', () => {
  const first = pushOf([MAIN, OTHER], { unpack: 'ok', lines: ['before'] })
  const last = pushOf([updateOf('refs/heads/last')], {
    unpack: 'unpacker error',
    error: error(CUT),
    lines: ['words'],
  })
  const outcome = outcomeOf([first, last], {
    bytes: 1234,
    overLimit: true,
    starved: 77,
    greetedAhead: true,
  })

  it('is told by the last of them, and by the size of the largest', () => {
    expect(describeFailure(factsOf(outcome, { host: 'host.example' }))).toEqual({
      error: last.error,
      unpack: 'unpacker error',
      refused: [],
      words: ['words'],
      host: 'host.example',
      commands: 2,
      bytes: 1234,
      overOurLimit: true,
      starved: 77,
      greetedAhead: true,
      transferAllowed: { spool: true },
    })
    const quiet = describeFailure(factsOf(broken(CUT)))
    expect(quiet).toMatchObject({ unpack: undefined, overOurLimit: false, greetedAhead: false, starved: 0 })
  })

  it('counts as one command where all have to move together', () => {
    expect(describeFailure(factsOf(outcome, { options: { atomic: true } })).commands).toBe(1)
  })

  it('knows whether the pack may be collected', () => {
    const allowed = (transfer: 'auto' | 'spool' | 'stream') =>
      describeFailure(factsOf(outcome, { options: { transfer } })).transferAllowed.spool
    expect([allowed('auto'), allowed('spool'), allowed('stream')]).toEqual([true, true, false])
  })
})

describe('pushes that were declined to the last ref', () => {
  const said = (reason: string) => ({
    unpack: 'ok',
    refs: { [MAIN.ref]: ng(reason), [OTHER.ref]: ng(reason) },
  })
  const declined = pushOf([MAIN, OTHER], { ...said('hook declined'), lines: ['about both'] })

  function describeAll(pushes: readonly Push[], given: Parameters<typeof factsOf>[1] = {}) {
    return runToEnd(describeDeclined(factsOf(outcomeOf(pushes), given)))
  }

  it('are told each by its own words and refs', () => {
    const third = updateOf('refs/tags/c', 'update')
    const fourth = updateOf('refs/tags/d', 'delete')
    const refs = { [third.ref]: ng('hook declined'), [fourth.ref]: ng('denied') }
    const others = pushOf([third, fourth], { unpack: 'ok', refs })
    const listing = {
      refs: [third, fourth].map(({ ref, old }) => ({ name: ref, id: old })),
      format: 'sha1',
    } as const
    const found = describeAll([declined, others], { listing })
    expect(found).toEqual([
      {
        ...describeFailure(factsOf(outcomeOf([declined, others]))),
        refused: [
          { ref: MAIN.ref, action: 'create', reason: 'hook declined' },
          { ref: OTHER.ref, action: 'create', reason: 'hook declined' },
        ],
        words: ['about both'],
        commands: 2,
      },
      {
        ...describeFailure(factsOf(outcomeOf([declined, others]))),
        refused: [
          { ref: third.ref, action: 'update', reason: 'hook declined' },
          { ref: fourth.ref, action: 'delete', reason: 'denied' },
        ],
        words: [],
        commands: 2,
      },
    ])
  })

  it('are none where all have to move together, where some moved, or where one was alone', () => {
    expect(describeAll([declined], { options: { atomic: true } })).toEqual([])
    const listing = { refs: [{ name: MAIN.ref, id: NEW }], format: 'sha1' } as const
    expect(describeAll([declined], { listing })).toEqual([])
    expect(describeAll([pushOf([MAIN], said('hook declined'))])).toEqual([])
    expect(describeAll([pushOf([MAIN, OTHER], { unpack: 'ok' })])).toEqual([])
  })

  it('are none where another writer took one of them', () => {
    const verdicts = [
      { kind: 'refused', update: MAIN, reason: 'hook declined', push: declined },
      { kind: 'raced', update: OTHER, reason: 'hook declined', push: declined },
    ] as const
    expect(describeAll([declined], { verdicts })).toEqual([])
    const both = [verdicts[0], { ...verdicts[1], kind: 'refused' }] as const
    expect(describeAll([declined], { verdicts: both })).toHaveLength(1)
  })

  it('are none where one of them would be refused alone, too', () => {
    const refs = { [MAIN.ref]: ng('hook declined'), [OTHER.ref]: ng('non-fast-forward') }
    expect(describeAll([pushOf([MAIN, OTHER], { unpack: 'ok', refs })])).toEqual([])
    expect(describeAll([pushOf([MAIN, OTHER], said('deletion prohibited'))])).toEqual([])
  })

  it('may pass apart by the words beside the report', () => {
    const failed = said('failed')
    expect(describeAll([pushOf([MAIN, OTHER], failed)])).toEqual([])
    const lines = ['error: GH001: Large files detected.']
    expect(describeAll([pushOf([MAIN, OTHER], { ...failed, lines })])).toHaveLength(1)
  })
})
