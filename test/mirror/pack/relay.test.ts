import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { emptyPack } from '../../../src/protocol/pack.ts'
import { openPack } from '../../../src/mirror/pack/opened-pack.ts'
import { Relay, type RelayOptions } from '../../../src/mirror/pack/relay.ts'
import type { Fetching } from '../../../src/mirror/sessions/fetching.ts'
import { runGit } from '../../support/git.ts'
import { makeFilledRepository } from '../../support/repositories.ts'

interface Source {
  readonly fetching: Fetching
  readonly cancelled: () => boolean
}

/** A fetch whose pack comes in slices of `size` bytes, `together` of them at once, and then `end`. */
function fetchOf(pack: Uint8Array, size: number, end?: MirrorError, together = 1): Source {
  let offset = 0
  let here = 0
  let cancelled = false
  const take = (): Uint8Array => {
    const slice = pack.subarray(offset, offset + size)
    offset += slice.length
    return slice
  }
  return {
    cancelled: () => cancelled,
    fetching: {
      answer: { acks: [], ready: false, shallow: [], pack: undefined },
      next: async () => {
        if (offset >= pack.length) {
          if (end) throw end
          return undefined
        }
        here = together - 1
        return take()
      },
      nextNow: () => (offset < pack.length && here-- > 0 ? take() : undefined),
      cancel: () => (cancelled = true),
      pause: () => undefined,
      resume: () => undefined,
    },
  }
}

const CLOCK = { pause: () => undefined, resume: () => undefined }

async function relayOf(source: Source, options: Partial<RelayOptions> = {}): Promise<Relay> {
  const pack = await openPack(source.fetching)
  return new Relay({
    pack,
    format: 'sha1',
    maxBytes: undefined,
    destination: CLOCK,
    onBytes: () => undefined,
    ...options,
  })
}

async function collect(relay: Relay): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const batch of relay.body()) parts.push(...batch)
  return Buffer.concat(parts)
}

async function realPack(): Promise<Buffer> {
  await using repository = await makeFilledRepository()
  const { stdout } = await runGit(repository.path, ['pack-objects', '--all', '--stdout', '-q'])
  return stdout
}

describe('Relay', () => {
  it('hands a pack on byte for byte, however it is cut', async () => {
    const pack = await realPack()
    for (const size of [1000, 8192, 65_515, pack.length]) {
      const relay = await relayOf(fetchOf(pack, size))
      expect((await collect(relay)).equals(pack)).toBe(true)
      expect(relay).toMatchObject({ complete: true, bytes: pack.length, error: undefined })
    }
  })

  it('hands on together what came together, up to about 256 KiB', async () => {
    const pack = Buffer.concat([await realPack(), Buffer.alloc(3_000_000)])
    const whole = Buffer.concat([pack, createHash('sha1').update(pack).digest()])
    const relay = await relayOf(fetchOf(whole, 10_000, undefined, 1000))
    const batches: (readonly Uint8Array[])[] = []
    for await (const batch of relay.body()) batches.push(batch)
    expect(Buffer.concat(batches.flat()).equals(whole)).toBe(true)
    const sizes = batches.map((batch) => batch.reduce((sum, { length }) => sum + length, 0))
    expect(Math.max(...sizes)).toBeLessThan(256 * 1024 + 2 * 10_000)
    // The first batch is the header's slice, which is held back; the last one is what was held back at the end.
    expect(Math.min(...sizes.slice(1, -2))).toBeGreaterThanOrEqual(256 * 1024)
    expect(sizes.at(-1)).toBeLessThanOrEqual(10_000)
  })

  it.each([
    ['gives back the memory of what was written', true, false],
    ['leaves alone what nobody called written', undefined, false],
    ['leaves alone what others read, too', true, true],
  ])('%s', async (_, written, shared) => {
    const pack = await realPack()
    const chunks = Array.from(
      { length: Math.ceil(pack.length / 20_000) },
      (_, index) => new Uint8Array(pack.subarray(index * 20_000, (index + 1) * 20_000)),
    )
    const left = [...chunks]
    const { fetching } = fetchOf(pack, 1)
    const opened = await openPack({
      ...fetching,
      shared,
      next: async () => left.shift(),
      nextNow: () => undefined,
    })
    const relay = new Relay({
      pack: opened,
      format: 'sha1',
      maxBytes: undefined,
      destination: CLOCK,
      onBytes: () => undefined,
    })
    const copies: Buffer[] = []
    const body = relay.body()
    for (let next = await body.next(); next.done !== true; next = await body.next(written)) {
      copies.push(Buffer.concat(next.value))
    }
    expect(Buffer.concat(copies).equals(pack)).toBe(true)
    expect(relay.complete).toBe(true)
    const isGiven = written === true && !shared && 'transfer' in ArrayBuffer.prototype
    const kept = chunks.map((chunk) => chunk.length > 0)
    expect(kept.slice(0, -1).every((isKept) => isKept === !isGiven)).toBe(true)
    expect(kept.at(-1)).toBe(true)
  })

  it('[A9] hands the empty pack on as it is', async () => {
    const relay = await relayOf(fetchOf(emptyPack('sha1'), 5))
    expect(await collect(relay)).toEqual(Buffer.from(emptyPack('sha1')))
  })

  it('[E7] never hands on the last slice of a pack whose trailer is wrong', async () => {
    const pack = await realPack()
    pack[pack.length >> 1]! ^= 1
    const relay = await relayOf(fetchOf(pack, 4096))
    const parts: Uint8Array[] = []
    const read = async (): Promise<void> => {
      for await (const batch of relay.body()) parts.push(...batch)
    }
    await expect(read()).rejects.toMatchObject({ code: 'pack', side: 'source' })
    expect(Buffer.concat(parts).length).toBeLessThan(pack.length)
    expect(relay.complete).toBe(false)
  })

  it('[G1] throws the source’s error inside the body, so that the push ends unfinished', async () => {
    const pack = await realPack()
    const death = new MirrorError('source died', { code: 'cut', side: 'source', retryable: true })
    const source = fetchOf(pack.subarray(0, 20_000), 4096, death)
    const relay = await relayOf(source)
    await expect(collect(relay)).rejects.toThrow('source died')
    expect(relay.error).toMatchObject({ side: 'source', code: 'cut' })
  })

  it('[G4] stops the source when the destination stops reading', async () => {
    const source = fetchOf(await realPack(), 4096)
    const relay = await relayOf(source)
    for await (const slice of relay.body()) if (slice.length > 0) break
    expect(source.cancelled()).toBe(true)
    expect(relay.complete).toBe(false)
  })

  it('[D5] ends at the limit before the byte that would pass it', async () => {
    const source = fetchOf(await realPack(), 4096)
    const relay = await relayOf(source, { maxBytes: 50_000 })
    await expect(collect(relay)).rejects.toMatchObject({ code: 'too-large' })
    expect(relay.bytes).toBeLessThanOrEqual(50_000)
    expect(source.cancelled()).toBe(true)
  })

  it('[C6] holds the limit on the stream, whatever the acknowledgments promised', async () => {
    const source = fetchOf(await realPack(), 4096)
    const answer = { ...source.fetching.answer, acks: ['a'.repeat(40)], ready: true }
    const relay = await relayOf({ ...source, fetching: { ...source.fetching, answer } }, { maxBytes: 30_000 })
    await expect(collect(relay)).rejects.toMatchObject({ code: 'too-large' })
    expect(relay.bytes).toBeLessThanOrEqual(30_000)
  })

  it('reports what is no pack before anything is sent', async () => {
    const source = fetchOf(Buffer.from('<html>not a pack at all'), 7)
    await expect(openPack(source.fetching)).rejects.toMatchObject({ code: 'pack', side: 'source' })
    expect(source.cancelled()).toBe(true)
  })
})
