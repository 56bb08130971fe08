import { describe, expect, it } from 'vitest'
import {
  enterAxis,
  leaveAxis,
  noteNothingAfter,
  noteNothingBefore,
  noteRestTooLarge,
  noteSent,
  noteTooLarge,
  noteWholeTooLarge,
  restartSearch,
  restFits,
  timeOf,
} from '../../../src/mirror/state/piece-state.ts'
import { LIMIT, stateOf } from './states.ts'

const TIP = 'a'.repeat(40)
const OTHER = 'b'.repeat(40)

describe('restFits', () => {
  it('tries it while its size is not known, and asks the weight afterwards', () => {
    expect(restFits(stateOf({ left: undefined }), LIMIT)).toBe(true)
    expect(restFits(stateOf({ left: 10 }), LIMIT)).toBe(false)
    const known = { lastWeight: 100, weightBefore: 100, objects: 10, bytes: 1000 }
    expect(restFits(stateOf({ ...known, left: 5000 }), LIMIT)).toBe(true)
    expect(restFits(stateOf({ ...known, left: 9600 }), LIMIT)).toBe(false)
  })

  it('never tries again what has just gone over the limit, until something arrives', () => {
    const over = noteWholeTooLarge(stateOf({ left: undefined }), 1)
    expect(restFits(over, LIMIT)).toBe(false)
    const light = { lastWeight: 100, weightBefore: 100, objects: 10, bytes: 1000 }
    expect(restFits(noteWholeTooLarge(stateOf(light), 5000), LIMIT)).toBe(false)
    expect(restFits(noteSent({ ...over, left: undefined }, { at: 1100, objects: 1, bytes: 1 }), LIMIT)).toBe(
      true,
    )
  })
})

describe('the notes', () => {
  it('move on behind what was sent, and keep what was learned of the rest', () => {
    const before = noteTooLarge(stateOf(), 1800, 90_000)
    const state = noteSent(before, { at: 1200, objects: 20_000, bytes: 900_000 })
    expect(state).toMatchObject({
      low: 1200,
      high: 2000,
      left: 80_000,
      tries: 0,
      pieces: 1,
      marks: [{ at: 1800, objects: 70_000 }],
      lastWeight: 45,
      lastBytes: 900_000,
    })
  })

  it('forget marks that what was sent has passed, or that were far from right', () => {
    const marked = noteTooLarge(stateOf({ left: 90_000 }), 1500, 45_000)
    const marks = (at: number, objects: number) => noteSent(marked, { at, objects, bytes: 1 }).marks
    // A third of the 22,500 that were expected is not yet far from right.
    expect(marks(1250, 7500)).toEqual([{ at: 1500, objects: 37_500 }])
    expect(marks(1250, 7499)).toEqual([])
    expect(marks(1499, 44_999)).toEqual([{ at: 1500, objects: 1 }])
    expect(marks(1500, 44_000)).toEqual([])
    expect(marks(1400, 45_000)).toEqual([])
  })

  it('shrink a history to where its commits are', () => {
    expect(noteNothingAfter(noteNothingBefore(stateOf(), 1400), 1700)).toMatchObject({
      low: 1400,
      high: 1700,
      top: 1700,
    })
  })

  it('weigh a rest that did not fit, but not by the least that it may have', () => {
    expect(noteRestTooLarge(stateOf({ high: 1100 }), 5000, LIMIT)).toMatchObject({
      high: 2000,
      left: 5000,
      lastWeight: 0,
    })
    expect(noteRestTooLarge(stateOf({ pieces: 1, lastWeight: 10 }), 5000, LIMIT).lastWeight).toBe(240)
  })

  it('count how often the rest was taken to fit and did not', () => {
    const once = noteRestTooLarge(stateOf(), 5000, LIMIT)
    expect(noteRestTooLarge(once, 5000, LIMIT)).toMatchObject({ restOverflows: 2, isWholeTooLarge: true })
  })

  it('leave the state before as it was', () => {
    const state = Object.freeze(stateOf())
    noteTooLarge(state, 1500, 10)
    noteSent(state, { at: 1200, objects: 1, bytes: 1 })
    enterAxis(state, { kind: 'depth', tip: TIP, isAll: false })
    expect(state).toEqual(stateOf())
  })
})

describe('a search along another axis', () => {
  const stuck = noteTooLarge(noteNothingBefore(stateOf(), 1499), 1500, 30_000)

  it('begins with what is known of the size, and knows the moment around it', () => {
    const inner = enterAxis(stuck, { kind: 'tips', ids: [TIP, OTHER], isAll: false })
    expect(inner).toMatchObject({
      low: 0,
      high: 2,
      top: 2,
      left: 30_000,
      isWholeTooLarge: true,
      isLowKnown: true,
    })
    expect(timeOf(inner)).toBe(1499)
    const deeper = enterAxis(noteTooLarge(inner, 1, 20_000), { kind: 'depth', tip: TIP, isAll: false })
    expect(deeper).toMatchObject({ top: 0, high: 0, left: 20_000, isLowKnown: false })
    expect(timeOf(deeper)).toBe(1499)
  })

  it('asks for the size where it is not known', () => {
    const unknown = { ...stuck, marks: [] }
    const inner = enterAxis(unknown, { kind: 'depth', tip: TIP, isAll: false })
    expect(inner).toMatchObject({ left: undefined, isWholeTooLarge: false })
    expect(restFits(inner, LIMIT)).toBe(true)
  })

  it('ends where the one around it was stuck, with what was sent taken off', () => {
    // What was sent before is taken off already.
    const inner = enterAxis({ ...stuck, objects: 1 }, { kind: 'depth', tip: TIP, isAll: false })
    const sent = noteSent({ ...inner, low: -8, isLowKnown: true }, { at: 0, objects: 30_000, bytes: 900_000 })
    expect(leaveAxis(sent)).toMatchObject({
      axis: { kind: 'time' },
      low: 1500,
      high: 2000,
      left: 70_000,
      marks: [],
      tries: 0,
      outer: [],
      isAllSent: false,
      pieces: 1,
      lastWeight: 30,
    })
  })

  it('of all tips leaves nothing to send', () => {
    const inner = enterAxis({ ...stuck, high: 2000 }, { kind: 'tips', ids: [TIP], isAll: true })
    const left = leaveAxis(noteSent(inner, { at: 1, objects: 100_000, bytes: LIMIT }))
    expect(left).toMatchObject({ isAllSent: true, low: 2000 })
    expect(restartSearch(left).isAllSent).toBe(false)
  })

  it('is forgotten when a round begins, but for the moment and the weights', () => {
    const inner = enterAxis(stuck, { kind: 'depth', tip: TIP, isAll: false })
    const sent = noteSent({ ...inner, low: -8, isLowKnown: true }, { at: -4, objects: 100, bytes: 5000 })
    expect(restartSearch(sent)).toMatchObject({
      axis: { kind: 'time' },
      low: 1499,
      high: 2000,
      outer: [],
      left: undefined,
      lastWeight: 50,
      pieces: 1,
    })
  })
})
