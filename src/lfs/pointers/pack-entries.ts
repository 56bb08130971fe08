import { createInflate, inflateSync } from 'node:zlib'
import { ByteReader } from '../../base/bytes.ts'
import { MirrorError } from '../../base/errors.ts'
import { parsePackHeader, PACK_HEADER_LENGTH } from '../../protocol/pack.ts'
import type { ObjectFormat, ObjectId } from '../../protocol/object-id.ts'

/** Where the delta of an entry begins: at an earlier place of the pack, or at an object by its id. */
export type EntryBase = { readonly offset: number } | { readonly id: ObjectId }

/** One object of a pack (gitformat-pack, "pack-*.pack files"). */
export interface PackEntry {
  /** Bytes from the pack's beginning. */
  readonly offset: number
  readonly type: 'commit' | 'tree' | 'blob' | 'tag' | 'delta'
  readonly base: EntryBase | undefined
  /** Bytes of `data`, or what they would be. */
  readonly size: number
  /** Undefined where the entry is larger than was asked for. */
  readonly data: Uint8Array | undefined
}

const TYPES = [undefined, 'commit', 'tree', 'blob', 'tag', undefined, 'delta', 'delta'] as const
const OFS_DELTA = 6
const REF_DELTA = 7
/** Longest head: a size of 10 bytes, and the id of a base. */
const HEAD_LIMIT_BYTES = 10 + 32
/** What zlib adds at most to bytes that it cannot shrink, for entries that are read at once. */
const DEFLATE_OVERHEAD_BYTES = 128

/**
 * Reads a pack from its first byte, entry by entry, without keeping any. Entries above `keepBytes` are read over.
 * @throws MirrorError `pack`, `cut`; the stream's own.
 */
export async function readPackEntries(
  bytes: ByteReader,
  options: {
    readonly format: ObjectFormat
    /** Entries of at most so many bytes come with their data. */
    readonly keepBytes: number
    readonly onEntry: (entry: PackEntry) => void
  },
): Promise<{ readonly objects: number }> {
  const header = await bytes.read(PACK_HEADER_LENGTH)
  if (header === undefined) throw damaged('it is empty')
  const { objects } = parsePackHeader(header)
  for (let count = 0; count < objects; count++) {
    const offset = bytes.consumed
    const head = parseHead(await bytes.peek(HEAD_LIMIT_BYTES), offset, options.format)
    await bytes.read(head.length)
    const isKept = head.size <= options.keepBytes
    const data = isKept ? await inflateNext(bytes, head.size) : await skipNext(bytes, head.size)
    options.onEntry({ offset, type: head.type, base: head.base, size: head.size, data })
  }
  return { objects }
}

interface Head {
  readonly type: PackEntry['type']
  readonly size: number
  readonly base: EntryBase | undefined
  readonly length: number
}

function parseHead(bytes: Uint8Array, offset: number, format: ObjectFormat): Head {
  let at = 0
  const next = (): number => {
    const byte = bytes[at++]
    if (byte === undefined) throw damaged('it ends within an object')
    return byte
  }
  let byte = next()
  const kind = (byte >> 4) & 7
  const type = TYPES[kind]
  if (type === undefined) throw damaged(`an object has the unknown type ${kind}`)
  let size = byte & 0x0f
  for (let scale = 16; byte & 0x80; scale *= 128) {
    if (scale > 2 ** 46) throw damaged('an object has an impossible size')
    byte = next()
    size += (byte & 0x7f) * scale
  }
  if (kind === OFS_DELTA) {
    byte = next()
    let back = byte & 0x7f
    while (byte & 0x80) {
      byte = next()
      back = (back + 1) * 128 + (byte & 0x7f)
      if (back > offset) throw damaged('a delta begins before the pack')
    }
    return { type, size, base: { offset: offset - back }, length: at }
  }
  if (kind === REF_DELTA) {
    const length = format === 'sha1' ? 20 : 32
    const id = bytes.subarray(at, at + length)
    if (id.length < length) throw damaged('it ends within an object')
    return { type, size, base: { id: Buffer.from(id).toString('hex') }, length: at + length }
  }
  return { type, size, base: undefined, length: at }
}

/** Small objects are inflated at once: a stream for each would take longer than its bytes. */
async function inflateNext(bytes: ByteReader, size: number): Promise<Uint8Array> {
  const input = await bytes.peek(size + DEFLATE_OVERHEAD_BYTES)
  let result
  try {
    result = inflateSync(input, { info: true, maxOutputLength: Math.max(1, size) }) as unknown as {
      readonly buffer: Buffer
      readonly engine: { readonly bytesWritten: number }
    }
  } catch {
    throw damaged('an object cannot be inflated')
  }
  if (result.buffer.length !== size) throw damaged('an object has another size than it says')
  await bytes.read(result.engine.bytesWritten)
  return result.buffer
}

/** Reads over a large object: what it inflates to is counted and dropped. */
async function skipNext(bytes: ByteReader, size: number): Promise<undefined> {
  const inflate = createInflate()
  let inflated = 0
  inflate.on('data', (part: Buffer) => (inflated += part.length))
  const ended = new Promise<void>((resolve, reject) => {
    inflate.on('end', resolve)
    inflate.on('error', () => reject(damaged('an object cannot be inflated')))
  })
  ended.catch(() => undefined)
  try {
    for (let before = 0; ; before = inflate.bytesWritten) {
      if ((await bytes.peek(1)).length === 0) throw damaged('it ends within an object')
      const input = bytes.peekNow(bytes.buffered)!
      await Promise.race([new Promise((resolve) => inflate.write(input, resolve)), ended])
      const taken = inflate.bytesWritten - before
      await bytes.read(taken)
      // What the decoder leaves lies behind the object's end.
      if (taken < input.length) break
      if (inflated > size) throw damaged('an object has another size than it says')
    }
    await ended
  } finally {
    inflate.destroy()
  }
  if (inflated !== size) throw damaged('an object has another size than it says')
  return undefined
}

function damaged(why: string): MirrorError {
  return new MirrorError(`the pack is damaged: ${why}`, { code: 'pack', side: 'source', retryable: true })
}
