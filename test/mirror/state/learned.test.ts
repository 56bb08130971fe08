import { describe, expect, it } from 'vitest'
import {
  noteBackupRefused,
  noteMode,
  noteRaces,
  noteRefused,
  startLearned,
} from '../../../src/mirror/state/learned.ts'

const MODE = {
  thin: true,
  agent: true,
  spool: false,
  maxRefs: 5000,
  byKind: false,
  ownObjects: false,
  maxBytes: 1_000_000,
  pieces: false,
  greetAhead: true,
}

const TOP = 2_000_000_000

describe('Learned', () => {
  it('suspects an id that was refused once, and calls it broken the second time', () => {
    const start = startLearned(MODE, TOP)
    const once = noteRefused(start, 'a')
    expect([[...once.suspectIds], [...once.brokenIds]]).toEqual([['a'], []])
    const other = noteRefused(once, 'b')
    expect([...other.brokenIds]).toEqual([])
    expect([...noteRefused(other, 'a').brokenIds]).toEqual(['a'])
    expect(start.suspectIds.size + start.brokenIds.size).toBe(0)
  })

  it('counts races by ref', () => {
    const start = startLearned(MODE, TOP)
    const learned = noteRaces(noteRaces(start, ['x', 'y']), ['x'])
    expect(learned.races).toEqual(
      new Map([
        ['x', 2],
        ['y', 1],
      ]),
    )
    expect(start.races.size).toBe(0)
    expect(noteRaces(start, [])).toBe(start)
  })

  it('goes on to the next namespace for old values, and keeps why', () => {
    const start = startLearned(MODE, TOP)
    expect(start.backups).toEqual({ prefixAt: 0, reason: '' })
    expect(noteBackupRefused(start, 'hidden')).toEqual({
      ...start,
      backups: { prefixAt: 1, reason: 'hidden' },
    })
  })

  it('weighs what did not arrive by the limit at least, and by what was sent of it', () => {
    const start = startLearned(MODE, TOP)
    const sent = {
      ...start,
      pieces: { ...start.pieces, pieces: 1, objects: 10, bytes: 1000, lastWeight: 100 },
    }
    const weight = (bytes: number, maxBytes: number | undefined) =>
      noteMode(sent, { ...MODE, maxBytes, pieces: true }, { objects: 1000, bytes }).pieces.overflow?.bytes
    expect(weight(10, 1_000_000)).toBe(1_000_000)
    expect(weight(2_000_000, 1_000_000)).toBe(2_000_000)
    expect(weight(10, undefined)).toBe(10)
  })

  it('goes back to thin packs where a whole one is far heavier than expected', () => {
    const start = startLearned(MODE, TOP)
    const whole = {
      ...start,
      thinness: { isThin: false, isSettled: false },
      pieces: { ...start.pieces, pieces: 1, objects: 10, bytes: 1000, lastWeight: 100, weightBefore: 100 },
    }
    const thinness = (bytes: number) =>
      noteMode(whole, { ...MODE, maxBytes: undefined, pieces: true }, { objects: 10, bytes }).thinness
    expect(thinness(2000)).toBe(whole.thinness)
    expect(thinness(2001)).toEqual({ isThin: true, isSettled: true })
  })

  it('takes a plainer mode alone, and with the first cut what the pack told of the history', () => {
    const start = startLearned(MODE, TOP)
    const plain = { ...MODE, thin: false }
    expect(noteMode(start, plain, { objects: 10, bytes: 0 })).toEqual({ ...start, mode: plain })
    const cut = noteMode(start, { ...MODE, pieces: true }, { objects: 10_000, bytes: 0 })
    expect(cut.mode.pieces).toBe(true)
    expect(cut.pieces.left).toBe(10_000)
    const unseen = noteMode(start, { ...MODE, pieces: true }, { objects: 0, bytes: 0 })
    expect(unseen.pieces).toBe(start.pieces)
  })
})
