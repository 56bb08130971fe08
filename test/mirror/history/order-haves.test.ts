import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../../src/base/steps.ts'
import { orderHaves } from '../../../src/mirror/history/order-haves.ts'

const ZERO = '0'.repeat(40)
const ids = [...'abcdef'].map((digit) => digit.repeat(40))
const [A = '', B = '', C = '', D = '', E = ''] = ids

describe('orderHaves', () => {
  it('[A6] sends every id of the advertisement once, .have lines included, and no null id', () => {
    const haves = runToEnd(
      orderHaves({
        destination: [A, B, A, ZERO, '0'.repeat(64), C, B],
        sourceIds: new Set(),
        oldValues: [ZERO, B],
        max: 100,
      }),
    )
    expect(haves.toSorted()).toEqual([A, B, C])
  })

  it('[A7] sends first what the source shows too, then old values, then the rest, and drops the excess', () => {
    const given = { destination: [A, B, C, D, E], sourceIds: new Set([D, 'f'.repeat(40)]), oldValues: [C, D] }
    expect(runToEnd(orderHaves({ ...given, max: 100 }))).toEqual([D, C, A, B, E])
    expect(runToEnd(orderHaves({ ...given, max: 3 }))).toEqual([D, C, A])
    expect(runToEnd(orderHaves({ ...given, max: 1 }))).toEqual([D])
    expect(runToEnd(orderHaves({ ...given, max: 0 }))).toEqual([])
  })

  it('keeps room for old values where more is shared than may be sent', () => {
    const given = { destination: [A, B, C, D, E], sourceIds: new Set([A, B, C, D]), oldValues: [E] }
    expect(runToEnd(orderHaves({ ...given, max: 3 }))).toEqual([A, B, E])
    expect(runToEnd(orderHaves({ ...given, oldValues: [E, A, E, ZERO], max: 4 }))).toEqual([A, B, C, E])
    expect(runToEnd(orderHaves({ ...given, max: 1 }))).toEqual([A])
  })

  it('never sends an id twice, nor more than allowed', () => {
    const some = fc.array(fc.constantFrom(...ids, ZERO))
    fc.assert(
      fc.property(some, some, some, fc.nat(8), (destination, source, oldValues, max) => {
        const haves = runToEnd(orderHaves({ destination, sourceIds: new Set(source), oldValues, max }))
        const all = new Set([...destination, ...oldValues].filter((id) => id !== ZERO))
        expect(new Set(haves).size).toBe(haves.length)
        expect(haves.length).toBe(Math.min(max, all.size))
        expect(haves.every((id) => all.has(id))).toBe(true)
      }),
    )
  })
})
