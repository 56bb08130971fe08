import { describe, expect, it } from 'vitest'
import { expectSpan } from '../../../src/mirror/state/cut-search.ts'
import {
  enterAxis,
  leaveAxis,
  leaveOutNewer,
  newPieceState,
  noteLeft,
  noteNewer,
  noteNothingAfter,
  noteNothingBefore,
  noteOverflow,
  noteRestTooLarge,
  noteSent,
  noteTooLarge,
  noteWholeTooLarge,
  restartSearch,
  restFits,
  timeOf,
} from '../../../src/mirror/state/piece-state.ts'
import { leftOfOverflow } from '../../../src/mirror/state/piece-weight.ts'
import { LIMIT, stateOf } from './states.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)

describe('a history in pieces', () => {
  it('begins with nothing known', () => {
    expect(newPieceState(2000)).toMatchObject({
      isLowKnown: false,
      isTimeless: false,
      byTips: false,
      isAllSent: false,
      left: undefined,
      tries: 0,
      floor: [],
      marks: [],
    })
    expect(restFits(newPieceState(2000), LIMIT)).toBe(true)
    expect(restFits(noteWholeTooLarge(newPieceState(2000), 10), LIMIT)).toBe(false)
    expect(restFits(noteLeft(stateOf(), 5), LIMIT)).toBe(false)
    expect(noteLeft(stateOf(), 5).left).toBe(5)
  })

  it('learns from each try where nothing and where too much lies', () => {
    expect(noteNothingBefore(stateOf(), 1500)).toMatchObject({ low: 1500, floor: [], tries: 1 })
    expect(noteNothingAfter(stateOf(), 1500)).toMatchObject({ high: 1500, top: 1500, tries: 1 })
    const first = noteTooLarge(stateOf(), 1800, 900)
    expect(first).toMatchObject({ high: 1800, tries: 1, marks: [{ at: 1800, objects: 900 }] })
    expect(noteTooLarge(first, 1500, 500).marks).toEqual([{ at: 1500, objects: 500 }])
    expect(noteTooLarge(first, 1900, 950).marks).toEqual([
      { at: 1800, objects: 900 },
      { at: 1900, objects: 950 },
    ])
    const two = { ...stateOf(), marks: [{ at: 1900, objects: 950 }] }
    expect(noteTooLarge(two, 1900, undefined).marks).toEqual([{ at: 1900, objects: 950 }])
    expect(noteTooLarge({ ...two, marks: [{ at: 1800, objects: 900 }] }, 1700, undefined).marks).toEqual([])
  })

  it('remembers which commits are newer', () => {
    const once = noteNewer(stateOf(), [A], 1500)
    expect(leaveOutNewer(once, [A, B], 1500)).toEqual([B])
    expect(leaveOutNewer(once, [A, B], 1501)).toEqual([A, B])
    expect(leaveOutNewer(noteNewer(once, [A], 1200), [A], 1400)).toEqual([])
    expect(leaveOutNewer(noteNewer(once, [A], 1800), [A], 1700)).toEqual([])
  })

  it('goes on behind what was sent', () => {
    const state = {
      ...stateOf(),
      marks: [
        { at: 1400, objects: 40_000 },
        { at: 1600, objects: 60_000 },
        { at: 1700, objects: 30_000 },
      ],
      tries: 2,
    }
    const sent = noteSent(state, { at: 1400, objects: 40_000, bytes: 400_000 })
    expect(sent).toMatchObject({
      low: 1400,
      isLowKnown: true,
      floor: [],
      left: 60_000,
      tries: 0,
      pieces: 1,
      bytes: 400_000,
      objects: 40_000,
      isWholeTooLarge: false,
      lastWeight: 10,
      weightBefore: 0,
      lastBytes: 400_000,
    })
    expect(sent.marks).toEqual([{ at: 1600, objects: 20_000 }])
    expect(noteSent(sent, { at: 1500, objects: 20_000, bytes: 100_000 })).toMatchObject({
      bytes: 500_000,
      objects: 60_000,
      weightBefore: 10,
    })
    expect(noteSent(state, { at: 1400, objects: 10, bytes: 100 }).marks).toEqual([])
    expect(
      noteSent({ ...stateOf(), left: undefined }, { at: 1400, objects: 10, bytes: 100 }).left,
    ).toBeUndefined()
    expect(noteSent(stateOf(), { at: 900, objects: 1, bytes: 1 }).low).toBe(1000)
  })

  it('leaves time for tips, and comes back to it', () => {
    const outer = {
      ...stateOf(),
      high: 1600,
      marks: [
        { at: 1500, objects: 5 },
        { at: 1600, objects: 700 },
      ],
    }
    const inner = enterAxis(outer, { kind: 'tips', ids: [A, B], isAll: true })
    expect(inner).toMatchObject({ low: 0, top: 2, left: 700, isWholeTooLarge: true, overflow: undefined })
    expect(timeOf(inner)).toBe(1000)
    const sent = noteSent(inner, { at: 2, objects: 700, bytes: 7000 })
    const back = leaveAxis(sent)
    expect(back).toMatchObject({
      axis: { kind: 'time' },
      low: 1600,
      isLowKnown: true,
      floor: [],
      high: 2000,
      isWholeTooLarge: false,
      left: 99_300,
      marks: [],
      tries: 0,
      outer: [],
      isAllSent: true,
    })
    expect(leaveAxis(stateOf())).toEqual(stateOf())
    expect(
      leaveAxis(enterAxis({ ...outer, left: undefined }, { kind: 'tips', ids: [A], isAll: false })),
    ).toMatchObject({ left: undefined, isAllSent: false })
    const whole = enterAxis({ ...stateOf(), high: 2000 }, { kind: 'tips', ids: [A], isAll: false })
    expect(whole.left).toBe(100_000)
    const unseen = enterAxis({ ...stateOf(), high: 1700 }, { kind: 'tips', ids: [A], isAll: false })
    expect(unseen).toMatchObject({ left: undefined, isWholeTooLarge: false })
    const overflow = { at: 2000, objects: 10, bytes: 10 }
    expect(restartSearch({ ...stateOf(), overflow })).toMatchObject({
      low: 1000,
      left: 100_000,
      overflow,
      outer: [],
    })
    expect(restartSearch({ ...inner, overflow })).toMatchObject({
      low: 1000,
      left: undefined,
      overflow: undefined,
      outer: [],
    })
  })

  it('weighs what was cut off', () => {
    expect(noteOverflow(stateOf(), { at: 2000, objects: 100, bytes: 1000 })).toMatchObject({
      lastWeight: 12,
      weightBefore: 12,
    })
    expect(noteRestTooLarge(stateOf(), 50, 500)).toMatchObject({
      left: 50,
      isWholeTooLarge: true,
      restOverflows: 1,
      overflow: undefined,
    })
    expect(noteRestTooLarge({ ...stateOf(), pieces: 1 }, 50, 500).overflow).toEqual({
      at: 2000,
      objects: 50,
      bytes: 500,
    })
    const overflow = { at: 2000, objects: 100, bytes: 1000 }
    const rest = (at: number, objects: number, bytes: number) =>
      leftOfOverflow(overflow, { at, objects, bytes })
    expect(rest(1500, 40, 400)).toEqual({ at: 2000, objects: 60, bytes: 600 })
    expect(rest(1500, 40, 2000)).toEqual({ at: 2000, objects: 60, bytes: 0 })
    expect(rest(2000, 40, 400)).toBeUndefined()
    expect(rest(1500, 100, 1000)).toBeUndefined()
    expect(rest(1500, 40, 100)).toBeUndefined()
    expect(leftOfOverflow(undefined, overflow)).toBeUndefined()
  })

  it('knows how far a piece reaches, if all of the history is alike', () => {
    expect(expectSpan(stateOf({ left: undefined }), LIMIT)).toBe(1000)
    expect(expectSpan(stateOf({ left: 10_000 }), LIMIT)).toBe(125)
    expect(
      expectSpan(stateOf({ left: 100, pieces: 5, objects: 1000, bytes: 1000, lastWeight: 1 }), LIMIT),
    ).toBe(1000)
  })
})
