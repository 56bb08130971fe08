import { describe, expect, it } from 'vitest'
import {
  isHopeless,
  isLeftLight,
  leftOfOverflow,
  surpriseOf,
} from '../../../src/mirror/state/piece-weight.ts'
import { LIMIT, stateOf } from './states.ts'

describe('isHopeless', () => {
  it('is sure of little before the first piece, and leaves some to spare after it', () => {
    expect(isHopeless(stateOf(), 2500, LIMIT)).toBe(false)
    expect(isHopeless(stateOf(), 2501, LIMIT)).toBe(true)
    const known = stateOf({ lastWeight: 100, weightBefore: 100, objects: 10, bytes: 1000 })
    expect(isHopeless(known, 9500, LIMIT)).toBe(false)
    expect(isHopeless(known, 9600, LIMIT)).toBe(true)
  })

  it('tries what cannot be cut any more', () => {
    expect(isHopeless(stateOf({ lastWeight: 2 * LIMIT, objects: 1, bytes: 2 * LIMIT }), 1, LIMIT)).toBe(false)
  })

  it('trusts the estimate half as much with each try that failed', () => {
    const known = stateOf({ lastWeight: 100, weightBefore: 100, objects: 10, bytes: 1000 })
    expect(isHopeless({ ...known, tries: 3 }, 9600, LIMIT)).toBe(true)
    expect(isHopeless({ ...known, tries: 4 }, 9600, LIMIT)).toBe(false)
    expect(isHopeless({ ...known, tries: 4 }, 19_200, LIMIT)).toBe(true)
    expect(isHopeless({ ...known, tries: 5 }, 19_200, LIMIT)).toBe(false)
  })
})

describe('isLeftLight', () => {
  it('says nothing before a weight and a number are known', () => {
    expect(isLeftLight(stateOf({ left: 10 }), LIMIT)).toBe(false)
    const known = { lastWeight: 100, weightBefore: 100, objects: 10, bytes: 1000 }
    expect(isLeftLight(stateOf({ ...known, left: undefined }), LIMIT)).toBe(false)
    expect(isLeftLight(stateOf({ ...known, left: 9000 }), LIMIT)).toBe(true)
    // What is tried too often for one piece does not make all that is left lighter.
    expect(isLeftLight(stateOf({ ...known, left: 9600, tries: 9 }), LIMIT)).toBe(false)
  })
})

describe('leftOfOverflow', () => {
  it('believes in a rest unless what arrived was more than three times as light', () => {
    const piece = { at: 1100, objects: 2000, bytes: 80_000 }
    const rest = (bytes: number) => leftOfOverflow({ at: 1200, objects: 10_000, bytes }, piece)
    expect(rest(1_200_000)).toEqual({ at: 1200, objects: 8000, bytes: 1_120_000 })
    expect(rest(1_200_001)).toBeUndefined()
  })
})

describe('surpriseOf', () => {
  it('tells how much heavier an object was than reckoned', () => {
    expect(surpriseOf(stateOf(), { objects: 10, bytes: 5000 })).toBe(1)
    const known = stateOf({ lastWeight: 100, weightBefore: 100, objects: 10, bytes: 1000 })
    expect(surpriseOf(known, { objects: 10, bytes: 3000 })).toBe(3)
  })
})
