import { describe, expect, it } from 'vitest'
import { judgePiece, judgeTooLarge, THIN } from '../../../src/mirror/state/thin-or-whole.ts'

const slow = { isThin: true, objects: 50_000, streaming: 700, working: 5000, surprise: 1 }

describe('thin packs between pieces', () => {
  it('stay where the way is slower than the destination, or the destination is quick', () => {
    expect(judgePiece(THIN, { ...slow, streaming: 9000 })).toEqual(THIN)
    expect(judgePiece(THIN, { ...slow, working: 900, streaming: 10 })).toEqual(THIN)
    expect(judgePiece(THIN, { ...slow, objects: 5000 })).toEqual(THIN)
  })

  it('are what a run begins with', () => {
    expect(THIN).toEqual({ isThin: true, isSettled: false })
  })

  it.each([
    [{}, false],
    [{ objects: 10_000 }, false],
    [{ objects: 9999 }, true],
    [{ working: 700 }, true],
    [{ working: 1000 }, false],
    [{ working: 999 }, true],
    [{ streaming: 5000 }, false],
    [{ streaming: 5001 }, true],
  ])('are kept or not: %j', (given, isThin) => {
    expect(judgePiece(THIN, { ...slow, ...given })).toEqual({ isThin, isSettled: false })
  })

  it.each([
    [{ objects: 10_000, surprise: 2 }, false],
    [{ objects: 9999, surprise: 2 }, true],
    [{ surprise: 2.01 }, true],
  ])('come back or not after a whole one: %j', (given, isThin) => {
    const whole = judgePiece(THIN, slow)
    expect(judgePiece(whole, { ...slow, isThin: false, ...given }).isThin).toBe(isThin)
    expect(judgeTooLarge(whole, false, 2)).toBe(whole)
  })

  it('give way to whole ones where the destination takes longer than the way', () => {
    const whole = judgePiece(THIN, slow)
    expect(whole.isThin).toBe(false)
    // One that was asked for before says nothing of whole ones.
    expect(judgePiece(whole, { ...slow, surprise: 5 })).toEqual(whole)
    expect(judgeTooLarge(whole, true, 5)).toEqual(whole)
    // A little too large is a matter of the next cut.
    expect(judgeTooLarge(whole, false, 1.5)).toEqual(whole)
    expect(judgePiece(whole, { ...slow, isThin: false })).toEqual(whole)
  })

  it('come back for good when a whole one is far heavier, small, or far too large', () => {
    const whole = judgePiece(THIN, slow)
    for (const thin of [
      judgePiece(whole, { ...slow, isThin: false, surprise: 3 }),
      judgePiece(whole, { ...slow, isThin: false, objects: 5000 }),
      judgeTooLarge(whole, false, 3),
    ]) {
      expect(thin.isThin).toBe(true)
      expect(judgePiece(thin, slow)).toEqual(thin)
    }
  })
})
