import { describe, expect, it } from 'vitest'
import { LineBudget, LISTING_BYTES, LISTING_LINES } from '../../src/protocol/line-budget.ts'

describe('LineBudget', () => {
  it('takes as many lines and bytes as it was given, and not one more', () => {
    const lines = new LineBudget('refs', { lines: 2 })
    lines.take(1_000_000)
    lines.take(1_000_000)
    expect(() => lines.take(0)).toThrow(
      expect.objectContaining({ code: 'limit', message: expect.stringContaining('more refs than') }),
    )
    const bytes = new LineBudget('refs', { bytes: 10 })
    bytes.take(6)
    bytes.take(4)
    bytes.take(0)
    expect(() => bytes.take(1)).toThrow(expect.objectContaining({ code: 'limit' }))
  })

  it('is by default far above a million refs with long names', () => {
    expect(LISTING_LINES).toBeGreaterThan(3_000_000)
    expect(LISTING_BYTES).toBeGreaterThan(1_000_000 * 1000)
    const budget = new LineBudget('refs')
    expect(() => budget.take(LISTING_BYTES)).not.toThrow()
    expect(() => budget.take(1)).toThrow(/more refs/)
  })
})
