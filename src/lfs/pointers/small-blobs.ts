import { loadCrypto } from '../../base/crypto.ts'
import type { ByteReader } from '../../base/bytes.ts'
import type { ObjectFormat } from '../../protocol/object-id.ts'
import { applyDelta, readDeltaSizes } from './delta.ts'
import { OffsetSet } from './offset-set.ts'
import { type PackEntry, readPackEntries } from './pack-entries.ts'

/** What is kept of blobs that a later delta may build upon. Git puts a base shortly before what builds on it. */
const KEPT_LIMIT_BYTES = 32 * 1024 * 1024
/** Larger blobs are not kept: the base of a pointer is nearly always a pointer. */
const BASE_LIMIT_BYTES = 64 * 1024
/** Deltas that came before their base. */
const WAITING_LIMIT_BYTES = 8 * 1024 * 1024
const HASH = /[0-9a-f]{48}/

export interface SmallBlobs {
  readonly objects: number
  /**
   * Small objects that may be pointers and whose delta could not be resolved: the base was too large to be kept, or is
   * not there.
   */
  readonly unreadable: number
}

export interface SmallBlobsOptions {
  readonly format: ObjectFormat
  readonly limit: number
  readonly onBlob: (data: Uint8Array) => void
  /** Whether a delta upon something that is not here may make a pointer; default: it holds most of a hash. */
  readonly isSuspect?: ((delta: Uint8Array) => boolean) | undefined
}

/**
 * Hands on every blob of a pack that is shorter than `limit` bytes, deltas resolved, in flat memory. Of a thin pack, deltas
 * upon what the pack lacks stay unresolved.
 * @throws MirrorError `pack`, `cut`; the stream's own.
 */
export async function readSmallBlobs(bytes: ByteReader, options: SmallBlobsOptions): Promise<SmallBlobs> {
  const resolver = new Resolver(options)
  const { objects } = await readPackEntries(bytes, {
    format: options.format,
    keepBytes: BASE_LIMIT_BYTES,
    onEntry: (entry) => resolver.take(entry),
  })
  return { objects, unreadable: resolver.unreadable }
}

interface Kept {
  readonly offset: number
  readonly data: Uint8Array
  readonly id: string
}

interface Waiting {
  readonly offset: number
  readonly delta: Uint8Array
}

class Resolver {
  #unresolved = 0
  readonly #format: ObjectFormat
  readonly #limit: number
  readonly #onBlob: (data: Uint8Array) => void
  readonly #isSuspect: (delta: Uint8Array) => boolean
  /** By offset, the longest unused first. */
  readonly #kept = new Map<number, Kept>()
  readonly #offsets = new Map<string, number>()
  #keptBytes = 0
  /** Places of commits, trees and tags: a delta upon one of them is no blob. */
  readonly #others = new OffsetSet()
  readonly #waiting = new Map<string, Waiting[]>()
  #waitingBytes = 0
  #waitingPointers = 0

  constructor(options: SmallBlobsOptions) {
    this.#format = options.format
    this.#limit = options.limit
    this.#onBlob = options.onBlob
    this.#isSuspect = options.isSuspect ?? holdsHash
  }

  get unreadable(): number {
    return this.#unresolved + this.#waitingPointers
  }

  take(entry: PackEntry): void {
    const { type, offset, data, base } = entry
    if (type === 'blob') {
      if (data !== undefined) this.#found(offset, data)
      return
    }
    if (base === undefined) {
      this.#others.add(offset)
      return
    }
    if ('offset' in base && this.#others.has(base.offset)) {
      this.#others.add(offset)
      return
    }
    // A delta that is this long itself makes no small blob, and nothing that is kept.
    if (data === undefined) return
    const kept = this.#kept.get('offset' in base ? base.offset : (this.#offsets.get(base.id) ?? -1))
    if (kept !== undefined) this.#resolve(offset, kept, data)
    else if ('id' in base) this.#wait(base.id, { offset, delta: data })
    else if (this.#mayBePointer(data)) this.#unresolved++
  }

  #mayBePointer(delta: Uint8Array): boolean {
    return readDeltaSizes(delta).result < this.#limit && this.#isSuspect(delta)
  }

  #resolve(offset: number, base: Kept, delta: Uint8Array): void {
    // Used again: it becomes the youngest.
    this.#kept.delete(base.offset)
    this.#kept.set(base.offset, base)
    if (readDeltaSizes(delta).result <= BASE_LIMIT_BYTES) this.#found(offset, applyDelta(base.data, delta))
  }

  #found(offset: number, data: Uint8Array): void {
    if (data.length < this.#limit) this.#onBlob(data)
    const id = this.#idOf(data)
    this.#keep({ offset, data, id })
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    this.#waiting.delete(id)
    for (const { offset: at, delta } of waiting) {
      this.#waitingBytes -= delta.length
      if (this.#mayBePointer(delta)) this.#waitingPointers--
      this.#resolve(at, { offset, data, id }, delta)
    }
  }

  #keep(kept: Kept): void {
    this.#kept.set(kept.offset, kept)
    this.#offsets.set(kept.id, kept.offset)
    this.#keptBytes += kept.data.length
    for (const [offset, oldest] of this.#kept) {
      if (this.#keptBytes <= KEPT_LIMIT_BYTES) break
      this.#kept.delete(offset)
      if (this.#offsets.get(oldest.id) === offset) this.#offsets.delete(oldest.id)
      this.#keptBytes -= oldest.data.length
    }
  }

  #wait(id: string, waiting: Waiting): void {
    const counts = this.#mayBePointer(waiting.delta)
    if (this.#waitingBytes + waiting.delta.length > WAITING_LIMIT_BYTES) {
      if (counts) this.#unresolved++
      return
    }
    this.#waitingBytes += waiting.delta.length
    if (counts) this.#waitingPointers++
    const list = this.#waiting.get(id)
    if (list === undefined) this.#waiting.set(id, [waiting])
    else list.push(waiting)
  }

  #idOf(data: Uint8Array): string {
    return loadCrypto().createHash(this.#format).update(`blob ${data.length}\0`).update(data).digest('hex')
  }
}

/** A delta copies runs of sixteen bytes and more: a hash that its base does not hold stands in it as it is. */
function holdsHash(delta: Uint8Array): boolean {
  return HASH.test(Buffer.from(delta).toString('latin1'))
}
