import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { holdEarly } from '../../../src/mirror/lfs/held-early.ts'
import { HeldPack } from '../../../src/mirror/lfs/held-pack.ts'
import type { Fetching } from '../../../src/mirror/sessions/fetching.ts'

interface Source {
  readonly fetching: Fetching
  /** Slices that were taken. */
  taken(): number
  cancelled(): boolean
}

/** Slices `0`, `1`, … of ten bytes each, then the end or `failure`. A cancelled one ends, as those of servers do. */
function makeSource(count: number, failure?: Error): Source {
  let taken = 0
  let isCancelled = false
  const take = (): Uint8Array | undefined => {
    if (isCancelled || taken === count) return undefined
    return Buffer.alloc(10, String(taken++))
  }
  return {
    taken: () => taken,
    cancelled: () => isCancelled,
    fetching: {
      answer: { acks: [], ready: false, shallow: [], pack: undefined },
      next: async () => {
        const slice = take()
        if (slice === undefined && failure && !isCancelled) throw failure
        return slice
      },
      nextNow: () => undefined,
      cancel: () => void (isCancelled = true),
      pause: () => undefined,
      resume: () => undefined,
    },
  }
}

async function readAll({ next, nextNow }: Fetching): Promise<string> {
  let text = ''
  for (;;) {
    const slice = nextNow() ?? (await next())
    if (slice === undefined) return text
    text += Buffer.from(slice).toString()
  }
}

const WHOLE = '0000000000111111111122222222223333333333'

describe('a pack of a slow source', () => {
  /** Two slices at once; the third, and the end, come when they are let go. */
  function makeSlow(): { readonly fetching: Fetching; readonly letGo: () => void } {
    const { fetching } = makeSource(3)
    let letGo = (): void => undefined
    const gate = new Promise<void>((resolve) => (letGo = resolve))
    let asked = 0
    const next: Fetching['next'] = async () => {
      if (++asked > 2) await gate
      return await fetching.next()
    }
    return { fetching: { ...fetching, next }, letGo: () => letGo() }
  }

  it('is handed on as far as it is here, once no more is to be collected', async () => {
    const { fetching, letGo } = makeSlow()
    const held = new HeldPack(fetching)
    const collecting = held.collect(1000)
    await new Promise((resolve) => setTimeout(resolve, 10))
    held.stop()
    const first = [await held.fetching.next(), await held.fetching.next()]
    expect(first.map(String)).toEqual(['0000000000', '1111111111'])
    letGo()
    expect(await collecting).toBeUndefined()
    expect(await readAll(held.fetching)).toBe('2222222222')
  })

  it('is looked into for so long, and then asked about', async () => {
    const { fetching, letGo } = makeSlow()
    const early = holdEarly({
      fetching: Promise.resolve({ ...fetching, answer: { ...fetching.answer, pack: fetching } } as Fetching),
      format: 'sha1',
      signal: new AbortController().signal,
      glances: true,
    })
    expect(await early.glance!.read(1000, 30)).toBeUndefined()
    expect(early.isGivenUp()).toBe(false)
    const pack = (await early.fetching)!
    expect(String(await pack.next())).toBe('0000000000')
    letGo()
    expect(await readAll(pack)).toBe('11111111112222222222')
    early.release()
  })
})

describe('a pack that is held', () => {
  it('is there as a whole within the limit, and still to be read from its first byte', async () => {
    const source = makeSource(4)
    const held = new HeldPack(source.fetching)
    const slices = await held.collect(40)
    expect(Buffer.concat(slices!).toString()).toBe(WHOLE)
    expect(held.isWhole).toBe(true)
    expect(await held.collect(1000)).toHaveLength(4)
    // What is here needs no turn of the loop.
    expect(Buffer.from(held.fetching.nextNow()!).toString()).toBe(WHOLE.slice(0, 10))
    expect(await readAll(held.fetching)).toBe(WHOLE.slice(10))
  })

  it('is read no further than one slice beyond the limit, goes on later, and comes in order', async () => {
    const source = makeSource(4)
    const held = new HeldPack(source.fetching)
    expect(await held.collect(15)).toBeUndefined()
    expect([source.taken(), held.isWhole]).toEqual([2, false])
    expect(await held.collect(25)).toBeUndefined()
    expect(source.taken()).toBe(3)
    expect(await readAll(held.fetching)).toBe(WHOLE)
    const other = new HeldPack(makeSource(4).fetching)
    await other.collect(15)
    expect(Buffer.concat((await other.collect(1000))!).toString()).toBe(WHOLE)
    expect(await readAll(other.fetching)).toBe(WHOLE)
  })

  it('that is no more collected is read on in order, behind the slice that was waited for', async () => {
    const source = makeSource(4)
    let release!: () => void
    const gate = new Promise<void>((resolve) => (release = resolve))
    const held = new HeldPack({
      ...source.fetching,
      next: async () => {
        const slice = await source.fetching.next()
        if (source.taken() === 3) await gate
        return slice
      },
    })
    const collecting = held.collect(1000)
    const reading = readAll(held.fetching)
    held.stop()
    release()
    expect(await collecting).toBeUndefined()
    expect(await reading).toBe(WHOLE)
  })

  it('gives copies, which what is sent on does not take along', async () => {
    const held = new HeldPack(makeSource(4).fetching)
    const slices = (await held.collect(1000))!
    for (let slice = held.fetching.nextNow(); slice !== undefined; slice = held.fetching.nextNow()) {
      // As the sockets and files do whose work is done.
      structuredClone(slice.buffer, { transfer: [slice.buffer as ArrayBuffer] })
    }
    expect(Buffer.concat(slices).toString()).toBe(WHOLE)
  })

  it('is not collected once it is read on: it would lack its first bytes', async () => {
    const source = makeSource(4)
    const held = new HeldPack(source.fetching)
    await held.collect(15)
    expect(String(await held.fetching.next())).toBe(WHOLE.slice(0, 10))
    expect(await held.collect(1000)).toBeUndefined()
    expect(source.taken()).toBe(2)
    expect(await readAll(held.fetching)).toBe(WHOLE.slice(10))
    const whole = new HeldPack(makeSource(2).fetching)
    await whole.collect(1000)
    whole.fetching.nextNow()
    expect(await whole.collect(1000)).toBeUndefined()
  })

  it('whose source fails gives what came, then the failure, and is never whole', async () => {
    const failure = new MirrorError('the source hung up', { code: 'cut', side: 'source' })
    const held = new HeldPack(makeSource(2, failure).fetching)
    expect(await held.collect(1000)).toBeUndefined()
    expect(held.isWhole).toBe(false)
    const { next } = held.fetching
    expect(Buffer.concat([(await next())!, (await next())!]).toString()).toBe(WHOLE.slice(0, 20))
    await expect(next()).rejects.toBe(failure)
    await expect(next()).rejects.toBe(failure)
  })

  it('that is given up while it is collected is not taken for whole', async () => {
    const source = makeSource(1)
    let release!: () => void
    const gate = new Promise<void>((resolve) => (release = resolve))
    const held = new HeldPack({
      ...source.fetching,
      next: async () => {
        const slice = await source.fetching.next()
        if (slice === undefined) await gate
        return slice
      },
    })
    const collecting = held.collect(1000)
    held.fetching.cancel()
    release()
    expect(await collecting).toBeUndefined()
    expect([source.cancelled(), held.isWhole]).toEqual([true, false])
    expect(await held.fetching.next()).toBeUndefined()
    expect(await held.collect(1000)).toBeUndefined()
  })
})
