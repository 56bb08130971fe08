import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { concatBytes } from '../../../src/base/bytes.ts'
import { MirrorError, withDetails } from '../../../src/base/errors.ts'
import { readSmallBlobs } from '../../../src/lfs/pointers/small-blobs.ts'
import { emptyPack, PackChecker, parsePackHeader } from '../../../src/protocol/pack.ts'
import { readerOf } from '../../protocol/feed.ts'
import type { Random } from '../random.ts'
import { changeBytes } from '../change.ts'
import type { Target } from '../target.ts'

const BLOB = 3
const OFS_DELTA = 6
const REF_DELTA = 7

interface Entry {
  readonly type: number
  readonly size: number
  readonly base: Uint8Array
  readonly data: Uint8Array
}

function entry(type: number, data: Uint8Array, base: Uint8Array = new Uint8Array(0)): Entry {
  return { type, size: data.length, base, data }
}

/** gitformat-pack: four bits of the size, then seven a byte, the lowest first. */
function headOf({ type, size }: Entry): Uint8Array {
  const bytes = [(type << 4) | (size & 15)]
  for (let left = size >> 4; left > 0; left >>= 7) {
    bytes[bytes.length - 1]! |= 0x80
    bytes.push(left & 0x7f)
  }
  return Uint8Array.from(bytes)
}

function makePack(entries: readonly Entry[]): Uint8Array {
  const head = Buffer.from(emptyPack('sha1').subarray(0, 12))
  head.writeUInt32BE(entries.length, 8)
  const body = concatBytes([
    head,
    ...entries.flatMap((one) => [headOf(one), one.base, deflateSync(one.data)]),
  ])
  return concatBytes([body, createHash('sha1').update(body).digest()])
}

function idOf(data: Uint8Array): Buffer {
  return createHash('sha1').update(`blob ${data.length}\0`).update(data).digest()
}

const POINTER = Buffer.from(
  `version https://git-lfs.github.com/spec/v1\noid sha256:${'1f'.repeat(32)}\nsize 12345\n`,
)
/** Copies the base from 0 to 40, then writes two bytes. */
const DELTA = Uint8Array.of(POINTER.length, 1, 42, 0x90, 40, 2, 0x41, 0x42)

function randomPack(random: Random): Uint8Array {
  const words = ['\u0080', '\u00ff', '\u0000', '\u0090', 'version ', 'sha256:']
  const entries = Array.from({ length: 1 + random.below(4) }, (): Entry => {
    const seed = random.pick([POINTER, DELTA, Buffer.from('x'.repeat(200)), new Uint8Array(0)])
    const data = random.oneIn(2) ? seed : changeBytes(seed, { words, others: [POINTER, DELTA], random })
    const type = random.pick([BLOB, BLOB, OFS_DELTA, REF_DELTA, 1, 2, random.below(8)])
    if (type === OFS_DELTA) return entry(type, data, Uint8Array.of(random.below(128)))
    if (type === REF_DELTA) return entry(type, data, random.pick([idOf(POINTER), Buffer.alloc(20)]))
    const made = entry(type, data)
    return random.oneIn(10) ? { ...made, size: random.below(70_000) } : made
  })
  return makePack(entries)
}

/** Of two damages, the chunks decide which is met first. */
function refuse(error: unknown): never {
  if (error instanceof MirrorError && error.code === 'pack')
    throw withDetails(error, {}, 'the pack is damaged')
  throw error
}

const BLOBS: Target = {
  name: 'pack-blobs',
  isStream: true,
  words: ['PACK'],
  seeds: [
    emptyPack('sha1'),
    makePack([entry(BLOB, POINTER), entry(1, Buffer.from('tree x')), entry(REF_DELTA, DELTA, idOf(POINTER))]),
    makePack([entry(REF_DELTA, DELTA, idOf(POINTER)), entry(BLOB, POINTER)]),
    makePack([{ ...entry(BLOB, Buffer.alloc(70_000)), size: 70_000 }]),
  ],
  change: (bytes, random) =>
    random.oneIn(2) ? randomPack(random) : changeBytes(bytes, { words: ['PACK'], others: [bytes], random }),
  async parse(chunks) {
    const blobs: string[] = []
    const reading = readSmallBlobs(readerOf(...chunks), {
      format: 'sha1',
      limit: 1024,
      onBlob: (data) => blobs.push(Buffer.from(data).toString('latin1')),
    })
    return { ...(await reading.catch(refuse)), blobs }
  },
}

const CHECKED: Target = {
  name: 'pack-header',
  isStream: true,
  words: ['PACK', '\u0000\u0000\u0000\u0002'],
  seeds: [emptyPack('sha1'), emptyPack('sha256'), makePack([entry(BLOB, POINTER)])],
  async parse(chunks) {
    const checker = new PackChecker('sha1')
    for (const chunk of chunks) checker.update(chunk)
    const { objects } = checker
    checker.finish()
    return { objects, bytes: checker.bytes, header: parsePackHeader(concatBytes(chunks)) }
  },
}

export const PACK_TARGETS: readonly Target[] = [CHECKED, BLOBS]
