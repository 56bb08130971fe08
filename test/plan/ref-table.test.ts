import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRefTable } from '../../src/plan/ref-table.ts'

describe('makeRefTable', () => {
  it('finds every name and no other, in whatever order they are asked', () => {
    const name = fc
      .integer({ min: 0, max: 60 })
      .map((number) => `refs/heads/${String(number).padStart(2, '0')}`)
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.array(name), fc.boolean(), (names, asked, sorted) => {
        const listed = sorted ? names.toSorted() : names
        const table = makeRefTable(listed.map((one) => ({ name: one, id: '' })))
        for (const one of sorted ? asked.toSorted() : asked) expect(table.find(one)).toBe(listed.indexOf(one))
      }),
      { numRuns: 1000 },
    )
  })
})
