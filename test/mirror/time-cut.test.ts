import { describe, expect, it } from 'vitest'
import { chooseCut } from '../../src/mirror/time-cut.ts'

describe('chooseCut', () => {
  it('halves what is left while nothing is known of the density', () => {
    expect(chooseCut({ low: 1000, high: 2000, density: undefined }, 100)).toBe(1500)
  })

  it('aims below the limit by the density of the last piece', () => {
    expect(chooseCut({ low: 1000, high: 2000, density: 1 }, 100)).toBe(1065)
  })

  it('[D5] moves at least a second on and stays under what was too large', () => {
    expect(chooseCut({ low: 1000, high: 2000, density: 1000 }, 100)).toBe(1001)
    expect(chooseCut({ low: 1000, high: 1010, density: 0.001 }, 1000)).toBe(1005)
  })

  it('gives up when no second lies between', () => {
    expect(chooseCut({ low: 1000, high: 1001, density: undefined }, 100)).toBeUndefined()
  })
})
