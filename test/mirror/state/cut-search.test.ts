import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseCut, expectObjects, newSearch } from '../../../src/mirror/state/cut-search.ts'
import {
  noteNothingBefore,
  noteOverflow,
  noteSent,
  noteTooLarge,
} from '../../../src/mirror/state/piece-state.ts'
import { aimAt, isHopeless } from '../../../src/mirror/state/piece-weight.ts'
import { LIMIT, stateOf } from './states.ts'

describe('chooseCut', () => {
  it('begins with a small piece while nothing is known of the weight', () => {
    // Half of the limit at 400 bytes an object are 1,250 objects, of 100,000 in 1,000 seconds.
    expect(chooseCut(stateOf(), LIMIT)).toBe(1012)
    // At most an eighth of what there is.
    expect(chooseCut(stateOf({ left: 1600 }), LIMIT)).toBe(1125)
    // Nor of the objects: in the middle.
    expect(chooseCut(stateOf({ left: undefined }), LIMIT)).toBe(1500)
  })

  it('aims below the limit by the weight of the last pieces, as it grows', () => {
    const known = { objects: 20_000, bytes: 1_000_000, pieces: 2, lastWeight: 50, weightBefore: 50 }
    // 65 % of the limit at 50 bytes an object.
    expect(chooseCut(stateOf(known), LIMIT)).toBe(1130)
    expect(chooseCut(stateOf({ ...known, lastWeight: 60 }), LIMIT)).toBe(1090)
    // After three, 80 % of it, and half of the growth.
    expect(chooseCut(stateOf({ ...known, lastWeight: 60, pieces: 3 }), LIMIT)).toBe(1121)
    // The first of them is taken to be followed by one that is a fifth heavier.
    expect(chooseCut(stateOf({ ...known, weightBefore: 0 }), LIMIT)).toBe(1108)
    // No lighter than all of them are.
    expect(chooseCut(stateOf({ ...known, bytes: 2_000_000 }), LIMIT)).toBe(1065)
  })

  it('does not trust a small piece with a large one', () => {
    const known = { bytes: 1000, pieces: 1, lastWeight: 1, weightBefore: 1 }
    expect(chooseCut(stateOf({ ...known, objects: 1000 }), LIMIT)).toBe(1060)
    expect(chooseCut(stateOf({ ...known, objects: 3000 }), LIMIT)).toBe(1180)
    expect(chooseCut(stateOf({ ...known, objects: 10 }), LIMIT)).toBe(1060)
  })

  it('goes by what was cut off before anything has arrived', () => {
    expect(chooseCut(stateOf({ lastWeight: 100, weightBefore: 100 }), LIMIT)).toBe(1050)
  })

  it('trusts the estimate for three tries, then the middle', () => {
    expect(chooseCut(stateOf({ tries: 2 }), LIMIT)).toBe(1012)
    expect(chooseCut(stateOf({ tries: 3 }), LIMIT)).toBe(1500)
  })

  it('remembers what was cut off until all of it has arrived', () => {
    const known = { objects: 20_000, bytes: 1_000_000, pieces: 2, lastWeight: 50, weightBefore: 50 }
    const cutOff = noteOverflow(stateOf(known), { at: 1200, objects: 10_000, bytes: LIMIT })
    // At least 100 bytes an object, taken for 120: 5,416 objects.
    expect(chooseCut(cutOff, LIMIT)).toBe(1054)
    // 2,000 light ones of them arrived: the others are heavier yet, 920,000 bytes in 8,000.
    const behind = noteSent(cutOff, { at: 1020, objects: 2000, bytes: 80_000 })
    expect(behind.overflow).toEqual({ at: 1200, objects: 8000, bytes: 920_000 })
    expect(isHopeless(behind, 6900, LIMIT)).toBe(false)
    expect(isHopeless(behind, 6910, LIMIT)).toBe(true)
    // What is so much lighter was packed otherwise: it tells nothing of the others.
    expect(noteSent(cutOff, { at: 1020, objects: 2000, bytes: 20_000 }).overflow).toBeUndefined()
    expect(noteSent(behind, { at: 1200, objects: 8000, bytes: LIMIT }).overflow).toBeUndefined()
  })

  it('reckons with what packs that were too large have shown', () => {
    const known = { objects: 20_000, bytes: 1_000_000, pieces: 3 }
    const state = stateOf({ ...known, lastWeight: 50, weightBefore: 50 })
    // 60,000 of the objects lie in the first hundred seconds.
    expect(chooseCut(noteTooLarge(state, 1100, 60_000), LIMIT)).toBe(1026)
    // Less than it aims at lies below the mark: 15,000 of the 99,000 above it.
    expect(chooseCut({ ...state, marks: [{ at: 1100, objects: 1000 }] }, LIMIT)).toBe(1236)
  })

  it('[D5] moves at least a second on, stays under what was too large, and ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 1_000_000 }), (at, objects) => {
        // All the weight lies at one second: no estimate finds it.
        let state = stateOf({ lastWeight: 100, weightBefore: 100, objects: 1, bytes: 100, left: objects + 1 })
        for (let turn = 0; turn < 60; turn++) {
          const since = chooseCut(state, LIMIT)
          if (since === undefined) {
            expect(state.high - state.low).toBeLessThan(2)
            return
          }
          expect(since).toBeGreaterThan(state.low)
          expect(since).toBeLessThan(state.high)
          state = since <= 1000 + at ? noteNothingBefore(state, since) : noteTooLarge(state, since, objects)
        }
        expect.unreachable('it never ends')
      }),
    )
  })

  it('makes two pieces of like size of what is left rather than a tiny one at the end', () => {
    const state = stateOf({
      lastWeight: 50,
      weightBefore: 50,
      objects: 20_000,
      bytes: 1_000_000,
      pieces: 3,
      left: 20_000,
    })
    expect(chooseCut(state, LIMIT)).toBe(1500)
    expect(aimAt(state, LIMIT)).toBe(10_000)
    // All of it is aimed at where that is as much as fits: then just below the end.
    expect(aimAt({ ...state, left: 16_000 }, LIMIT)).toBe(16_000)
    expect(chooseCut({ ...state, left: 16_000 }, LIMIT)).toBe(1999)
  })

  it('gives up when no second lies between', () => {
    expect(chooseCut(stateOf({ high: 1001 }), LIMIT)).toBeUndefined()
  })
})

describe('chooseCut along depth', () => {
  const axis = { kind: 'depth', tip: 'a'.repeat(40), isAll: false } as const
  const range = { low: -1025, top: 0, isLowKnown: true, from: Number.NEGATIVE_INFINITY }

  it('counts from the deepest commit up to the tip', () => {
    const known = { lastWeight: 100, weightBefore: 100, objects: 5000, bytes: 500_000, pieces: 3 }
    const state = { ...stateOf(known), ...newSearch(axis, range), left: 40_000 }
    // 80 % of the limit at 100 bytes an object are a fifth of all.
    expect(chooseCut(state, LIMIT)).toBe(-820)
  })

  it('tries every depth down to the tip itself before it gives up', () => {
    const state = { ...stateOf(), ...newSearch(axis, { ...range, low: -3 }), left: 40_000 }
    const first = chooseCut({ ...state, tries: 3 }, LIMIT)!
    expect(first).toBe(-2)
    expect(chooseCut({ ...state, low: first, tries: 4 }, LIMIT)).toBe(-1)
    expect(chooseCut({ ...state, low: first, high: -1, tries: 5 }, LIMIT)).toBeUndefined()
  })
})

describe('what is reckoned with', () => {
  it('is even between what is known', () => {
    const state = noteTooLarge(stateOf(), 1500, 80_000)
    expect(expectObjects(state, 1250)).toBe(40_000)
    expect(expectObjects(state, 1750)).toBe(90_000)
    // Before the history begins there is nothing.
    expect(expectObjects({ ...state, from: 1300 }, 1400)).toBe(40_000)
    expect(expectObjects(stateOf({ left: undefined }), 1250)).toBeUndefined()
    // What a pack up to the very end showed is nearer than what was told before.
    expect(expectObjects(noteTooLarge(stateOf(), 2000, 80_000), 2000)).toBe(80_000)
  })
})
