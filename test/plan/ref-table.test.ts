import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STEP_ITEMS } from '../../src/base/steps.ts'
import { makeRefTable } from '../../src/plan/ref-table.ts'
import { runAndCount } from '../protocol/feed.ts'

/** So many refs in the order of their names, and how often a name was read. */
function listRefs(count: number) {
  const seen = { reads: 0 }
  const refs = Array.from({ length: count }, (_, index) => ({
    id: '',
    get name() {
      seen.reads += 1
      return nameOf(index)
    },
  }))
  return { refs, seen }
}

function nameOf(index: number): string {
  return `refs/heads/${String(index).padStart(6, '0')}`
}

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

  it('goes on behind the last name that was found, and stays there for one that is missing', () => {
    const table = makeRefTable(listRefs(3).refs)
    const steps = [nameOf(0), nameOf(1), 'refs/heads/x', nameOf(2), nameOf(0)].map((name) => [
      table.find(name),
      table.next,
    ])
    expect(steps).toEqual([
      [0, 1],
      [1, 2],
      [-1, 2],
      [2, 3],
      [0, 1],
    ])
  })

  it('reads one name for each that is in step, and no more than eight for one that is near', () => {
    const { refs, seen } = listRefs(1000)
    const table = makeRefTable(refs)
    for (let index = 0; index < 900; index++) table.find(nameOf(index))
    expect(seen.reads).toBe(900)
    table.find(nameOf(907))
    expect(seen.reads).toBe(908)
    table.find(nameOf(916))
    expect(seen.reads).toBeGreaterThan(2000)
  })

  it('stops now and then while it makes ready for a name that is far, and does so once', () => {
    const { refs, seen } = listRefs(3 * STEP_ITEMS + 1)
    const table = makeRefTable(refs)
    const far = nameOf(3 * STEP_ITEMS)
    for (const near of [nameOf(0), nameOf(7)]) expect(runAndCount(table.prepareFor(near)).stops).toBe(0)
    expect(seen.reads).toBe(9)
    expect(runAndCount(table.prepareFor(far)).stops).toBe(3)
    expect(runAndCount(table.prepareFor(far)).stops).toBe(0)
    seen.reads = 0
    expect(table.find(far)).toBe(3 * STEP_ITEMS)
    expect(seen.reads).toBeLessThan(100)
  })

  it('makes a map only of a listing that is out of order', () => {
    const { refs } = listRefs(STEP_ITEMS)
    const far = nameOf(STEP_ITEMS - 1)
    const countStops = (from: typeof refs): number => runAndCount(makeRefTable(from).prepareFor(far)).stops
    expect(countStops(refs)).toBe(0)
    expect(countStops([refs[1]!, refs[0]!, ...refs.slice(2)])).toBe(1)
    expect(countStops([refs[1]!, refs[0]!, ...refs.slice(2, -1)])).toBe(0)
  })
})
