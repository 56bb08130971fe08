import { describe, expect, it } from 'vitest'
import { teeFetching } from '../../../src/mirror/pack/tee-pack.ts'
import type { Fetching } from '../../../src/mirror/sessions/fetching.ts'

const MEGABYTE = 1024 * 1024

/** A fetch of `count` slices of one megabyte that counts what was taken. */
function countingFetch(count: number): { fetching: Fetching; taken: () => number; cancelled: () => boolean } {
  let taken = 0
  let cancelled = false
  return {
    taken: () => taken,
    cancelled: () => cancelled,
    fetching: {
      answer: { acks: [], ready: false, shallow: [], pack: undefined },
      next: async () => {
        if (taken === count) return undefined
        return new Uint8Array(MEGABYTE).fill(taken++)
      },
      nextNow: () => undefined,
      cancel: () => (cancelled = true),
      pause: () => undefined,
      resume: () => undefined,
    },
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('teeFetching', () => {
  it('gives every reader the same slices', async () => {
    const { fetching } = countingFetch(20)
    const read = async (view: Fetching): Promise<number[]> => {
      const seen: number[] = []
      for (let slice = await view.next(); slice; slice = await view.next()) seen.push(slice[0]!)
      return seen
    }
    const [first, second] = await Promise.all(teeFetching(fetching, 2).map(read))
    expect(first).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect(second).toEqual(first)
  })

  it('lets a fast reader be eight megabytes ahead of a slow one and no more', async () => {
    const { fetching, taken } = countingFetch(100)
    const [fast, slow] = teeFetching(fetching, 2)
    void (async () => {
      while (await fast!.next());
    })()
    await settle()
    expect(taken()).toBe(8)
    await slow!.next()
    await settle()
    expect(taken()).toBe(9)
  })

  it('leaves the others whole when one is given up', async () => {
    const { fetching, cancelled } = countingFetch(30)
    const [kept, given] = teeFetching(fetching, 2)
    await given!.next()
    given!.cancel()
    let bytes = 0
    for (let slice = await kept!.next(); slice; slice = await kept!.next()) bytes += slice.length
    expect(bytes).toBe(30 * MEGABYTE)
    expect(cancelled()).toBe(false)
  })

  it('cancels the fetch when all are given up', async () => {
    const { fetching, cancelled } = countingFetch(1000)
    const views = teeFetching(fetching, 2)
    await Promise.all(views.map((view) => view.next()))
    for (const view of views) view.cancel()
    await settle()
    expect(cancelled()).toBe(true)
  })

  it('hands the failure of the source to every reader, after what came before it', async () => {
    const { fetching } = countingFetch(3)
    const failing: Fetching = {
      ...fetching,
      next: async () => {
        const slice = await fetching.next()
        if (slice === undefined) throw new Error('source died')
        return slice
      },
    }
    for (const view of teeFetching(failing, 2)) {
      for (let index = 0; index < 3; index++) expect((await view.next())?.[0]).toBe(index)
      await expect(view.next()).rejects.toThrow('source died')
    }
  })
})
