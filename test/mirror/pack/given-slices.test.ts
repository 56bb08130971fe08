import { describe, expect, it } from 'vitest'
import { GivenSlices } from '../../../src/mirror/pack/given-slices.ts'

const canRelease = 'transfer' in ArrayBuffer.prototype

/** Slices of `chunks` chunks, two of each, with memory of their own. */
function makeSlices(chunks: number, length = 1000): readonly Uint8Array[] {
  return Array.from({ length: chunks }, () => new Uint8Array(2 * length)).flatMap((chunk) => [
    chunk.subarray(0, length),
    chunk.subarray(length),
  ])
}

function sizes(slices: readonly Uint8Array[]): readonly number[] {
  return slices.map(({ length }) => length)
}

describe.skipIf(!canRelease)('GivenSlices', () => {
  it('gives back what is written, but not the chunk from which more comes', () => {
    const given = new GivenSlices()
    const [a, b, c, d, e, f] = makeSlices(3) as [Uint8Array, ...Uint8Array[]] as Uint8Array[]
    given.settle([a!, b!, c!], { written: true, next: d! })
    expect(sizes([a!, b!, c!, d!])).toEqual([0, 0, 1000, 1000])
    given.settle([d!, e!], { written: true, next: f! })
    expect(sizes([c!, d!, e!, f!])).toEqual([0, 0, 1000, 1000])
  })

  it('waits for what is not written yet, and forgets it when it is too much', () => {
    const given = new GivenSlices()
    const few = makeSlices(2)
    given.settle(few.slice(0, 2), { written: false, next: few[2]! })
    expect(sizes(few)).toEqual([1000, 1000, 1000, 1000])
    const next = new Uint8Array(1)
    given.settle(few.slice(2), { written: true, next })
    expect(sizes(few)).toEqual([0, 0, 0, 0])
    const many = makeSlices(2, 600_000)
    given.settle(many.slice(0, 2), { written: false, next: many[2]! })
    given.settle(many.slice(2), { written: true, next })
    expect(sizes(many)).toEqual([600_000, 600_000, 0, 0])
  })
})
