import { MirrorError } from './errors.ts'

const EMPTY = new Uint8Array(0)

/** Chunks of a stream, where the producer keeps those that nobody has asked for yet. */
export interface ChunkIterator extends AsyncIterator<Uint8Array> {
  /** The next chunk if it is here already; undefined when it has to be waited for, or at the end. */
  takeNow?(): Uint8Array | undefined
}

/**
 * Pulls bytes from a stream of chunks, as many as the caller asks for. Slices of a chunk are handed out
 * without a copy where one chunk holds them; a slice stays valid because chunks are never reused.
 */
export class ByteReader {
  /** Bytes handed out so far. */
  consumed = 0
  readonly #chunks: ChunkIterator
  #chunk: Uint8Array = EMPTY
  #offset = 0
  #ended = false

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Bytes that can be taken without waiting. */
  get buffered(): number {
    return this.#chunk.length - this.#offset
  }

  /** Exactly `length` bytes, or undefined when the stream ends before the first of them.
   *  @throws MirrorError `cut` when it ends between the first and the last. */
  async read(length: number): Promise<Uint8Array | undefined> {
    if (this.buffered >= length) return this.#take(length)
    if (!(await this.#fill(length))) {
      if (this.buffered === 0) return undefined
      throw new MirrorError(`the stream ended after ${this.buffered} of ${length} bytes`, {
        code: 'cut',
        retryable: true,
      })
    }
    return this.#take(length)
  }

  /** `length` bytes when they are here already, else undefined; never waits. */
  readNow(length: number): Uint8Array | undefined {
    return this.#fillNow(length) ? this.#take(length) : undefined
  }

  /** What `readNow` would give, not consumed. */
  peekNow(length: number): Uint8Array | undefined {
    return this.#fillNow(length) ? this.#chunk.subarray(this.#offset, this.#offset + length) : undefined
  }

  /** What is here already: at least one byte and at most `max`, else undefined; never waits. */
  readSomeNow(max: number): Uint8Array | undefined {
    return this.#fillNow(1) ? this.#take(Math.min(max, this.buffered)) : undefined
  }

  /** At least one byte and at most `max`, whatever is here; undefined at the end. */
  async readSome(max = Number.MAX_SAFE_INTEGER): Promise<Uint8Array | undefined> {
    if (this.buffered === 0 && !(await this.#fill(1))) return undefined
    return this.#take(Math.min(max, this.buffered))
  }

  /** Up to `length` bytes without consuming them; fewer only when the stream ends. */
  async peek(length: number): Promise<Uint8Array> {
    if (this.buffered < length) await this.#fill(length)
    return this.#chunk.subarray(this.#offset, this.#offset + Math.min(length, this.buffered))
  }

  /** Everything until the end. @throws MirrorError `limit` past `max` bytes. */
  async readAll(max: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let total = 0
    for (let part = await this.readSome(); part; part = await this.readSome()) {
      total += part.length
      if (total > max) throw new MirrorError(`the answer is longer than ${max} bytes`, { code: 'limit' })
      parts.push(part)
    }
    return concatBytes(parts)
  }

  /** Reads and drops what is left. */
  async drain(): Promise<void> {
    while (await this.readSome());
  }

  /** Gives the stream up: its producer is told to stop. */
  async cancel(): Promise<void> {
    this.#ended = true
    this.#chunk = EMPTY
    this.#offset = 0
    await this.#chunks.return?.()
  }

  #take(length: number): Uint8Array {
    const slice = this.#chunk.subarray(this.#offset, this.#offset + length)
    this.#offset += length
    this.consumed += length
    return slice
  }

  #fillNow(length: number): boolean {
    while (this.buffered < length && !this.#ended) {
      const next = this.#chunks.takeNow?.()
      if (next === undefined) return false
      this.#chunk = this.buffered === 0 ? next : concatBytes([this.#chunk.subarray(this.#offset), next])
      this.#offset = 0
    }
    return this.buffered >= length
  }

  async #fill(length: number): Promise<boolean> {
    if (this.buffered >= length) return true
    const parts = this.buffered > 0 ? [this.#chunk.subarray(this.#offset)] : []
    let total = this.buffered
    while (total < length && !this.#ended) {
      const next = await this.#chunks.next()
      if (next.done) this.#ended = true
      else if (next.value.length > 0) {
        parts.push(next.value)
        total += next.value.length
      }
    }
    this.#chunk = parts.length === 1 ? parts[0]! : concatBytes(parts)
    this.#offset = 0
    return total >= length
  }
}

/** The parts as one array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  return Buffer.concat(parts as Uint8Array[])
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function toBytes(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Bytes as UTF-8 text; what is no UTF-8 becomes U+FFFD. */
export function toText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
