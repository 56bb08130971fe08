import { describe, expect, it } from 'vitest'
import { fanOut } from '../../../src/lfs/relay/fan-out.ts'

async function* count(most: number): AsyncGenerator<Uint8Array, void> {
  for (let value = 0; value < most; value++) yield Uint8Array.of(value)
}

async function readAll(reader: AsyncIterable<Uint8Array>): Promise<readonly number[]> {
  const found: number[] = []
  for await (const [value] of reader) found.push(value!)
  return found
}

describe('a source for several readers', () => {
  it('gives every slice to each of them', async () => {
    const readers = fanOut(count(5), 3)
    expect(await Promise.all(readers.map(readAll))).toEqual(readers.map(() => [0, 1, 2, 3, 4]))
  })

  it('gives every slice to those that are left when one is given up while it waits', async () => {
    const [quick, slow] = fanOut(count(5), 2)
    const first = quick!.next()
    expect(await slow!.next()).toEqual({ done: false, value: Uint8Array.of(0) })
    expect(await first).toEqual({ done: false, value: Uint8Array.of(0) })
    const pending = quick!.next()
    await quick!.return!()
    expect(await readAll(slow!)).toEqual([1, 2, 3, 4])
    expect(await pending).toEqual({ done: true, value: undefined })
  })
})
