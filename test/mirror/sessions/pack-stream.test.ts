import { describe, expect, it } from 'vitest'
import { type PackStream, putBack, tap } from '../../../src/mirror/sessions/pack-stream.ts'

/** A stream of `slices`, of which all but the first of each group are here at once. */
function streamOf(groups: readonly (readonly number[])[]): PackStream & { readonly name: string } {
  const left = groups.map((group) => group.map((byte) => Uint8Array.of(byte)))
  let here: Uint8Array[] = []
  return {
    name: 'source',
    next: async () => {
      here = left.shift() ?? []
      return here.shift()
    },
    nextNow: () => here.shift(),
    cancel: () => left.splice(0),
    pause: () => undefined,
    resume: () => undefined,
  }
}

async function readAll(stream: PackStream): Promise<readonly number[]> {
  const bytes: number[] = []
  for (let slice = await stream.next(); slice; slice = await stream.next()) {
    bytes.push(...slice)
    for (let more = stream.nextNow(); more; more = stream.nextNow()) bytes.push(...more)
  }
  return bytes
}

describe('tap', () => {
  it('tells of every slice, of waiting and of the end, and changes nothing', async () => {
    const told: string[] = []
    const tapped = tap(streamOf([[1, 2], [3]]), {
      onWait: (isWaiting) => told.push(isWaiting ? 'waits' : 'goes on'),
      onSlice: (slice) => told.push(`slice ${slice[0]}`),
      onEnd: () => told.push('end'),
    })
    expect(tapped.name).toBe('source')
    expect(await readAll(tapped)).toEqual([1, 2, 3])
    const waits = ['waits', 'goes on']
    expect(told).toEqual([...waits, 'slice 1', 'slice 2', ...waits, 'slice 3', ...waits, 'end'])
  })

  it('tells that the waiting is over when the stream fails, and of no end', async () => {
    const told: (boolean | string)[] = []
    const failing = { ...streamOf([]), next: () => Promise.reject(new Error('source died')) }
    const tapped = tap(failing, { onWait: (is) => told.push(is), onEnd: () => told.push('end') })
    await expect(tapped.next()).rejects.toThrow('source died')
    expect(told).toEqual([true, false])
  })

  it('ends the stream below when it is cancelled', async () => {
    const tapped = tap(streamOf([[1], [2], [3]]), {})
    await tapped.next()
    tapped.cancel()
    expect(await tapped.next()).toBeUndefined()
  })
})

describe('putBack', () => {
  it('gives the slice first, and nothing before it', async () => {
    const stream = streamOf([[1, 2], [3]])
    const first = await stream.next()
    const whole = putBack(stream, first!)
    expect(whole.nextNow()).toBeUndefined()
    expect(await readAll(whole)).toEqual([1, 2, 3])
  })
})
