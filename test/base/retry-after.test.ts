import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from '../../src/base/retry-after.ts'

describe('parseRetryAfter', () => {
  const now = Date.parse('2024-01-01T00:00:00Z')

  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['Mon, 01 Jan 2024 00:00:10 GMT', 10_000],
    ['Sun, 31 Dec 2023 00:00:00 GMT', 0],
    ['-5', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads %s as %s', (value, wait) => {
    expect(parseRetryAfter(value, now)).toBe(wait)
  })
})
