import type { ChunkIterator } from '../../base/bytes.ts'

/** Bytes that wait for the reader before the producer is made to wait, and below which it goes on. */
const QUEUE_HIGH_BYTES = 512 * 1024
const QUEUE_LOW_BYTES = 128 * 1024

/** Chunks that were taken and are still in the array; cutting them off one by one would move all others each time. */
const MOST_TAKEN_CHUNKS = 256

export interface ChunkProducer {
  pause(): void
  resume(): void
  /** The reader wants no more. */
  cancel?(): void
  /** Bytes were taken, or dropped because nobody wants them any more. */
  taken?(): void
}

export interface QueueLimits {
  /** Waiting bytes at which the producer is paused, and down to which it stays so. */
  readonly high: number
  readonly low: number
}

interface Waiting {
  resolve(result: IteratorResult<Uint8Array>): void
  reject(reason: unknown): void
}

const DEFAULT_LIMITS: QueueLimits = { high: QUEUE_HIGH_BYTES, low: QUEUE_LOW_BYTES }

/**
 * Chunks between a producer that pushes them and the reader that pulls them; none is copied. Several reads may wait
 * at once. A producer that cannot wait at once may push on after it was paused.
 */
export class ChunkQueue implements AsyncIterableIterator<Uint8Array>, ChunkIterator {
  /** Bytes pushed and not yet taken. */
  waiting = 0
  readonly #producer: ChunkProducer
  readonly #limits: QueueLimits
  #chunks: Uint8Array[] = []
  /** Index of the next chunk; those before it were taken. */
  #next = 0
  #paused = false
  #end: { readonly reason?: unknown; readonly failed: boolean } | undefined
  readonly #reads: Waiting[] = []

  constructor(producer: ChunkProducer, limits: QueueLimits = DEFAULT_LIMITS) {
    this.#producer = producer
    this.#limits = limits
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Nothing more will come from the server. */
  get over(): boolean {
    return this.#end !== undefined
  }

  /** Hands `chunk` to the read that waits longest, or keeps it; after the end it is dropped. */
  push(chunk: Uint8Array): void {
    const read = this.#end ? undefined : this.#reads.shift()
    if (read) read.resolve({ done: false, value: chunk })
    if (read || this.#end) {
      this.#producer.taken?.()
      return
    }
    this.#chunks.push(chunk)
    this.waiting += chunk.length
    if (this.waiting >= this.#limits.high && !this.#paused) {
      this.#paused = true
      this.#producer.pause()
    }
  }

  /** A clean end behind what is here. The first end or failure stays. */
  end(): void {
    this.#finish({ failed: false })
  }

  /** What is here can still be read, then `reason` is thrown by every read. */
  fail(reason: unknown): void {
    this.#finish({ failed: true, reason })
  }

  takeNow(): Uint8Array | undefined {
    const chunk = this.#chunks[this.#next]
    if (!chunk) return undefined
    this.#next++
    this.waiting -= chunk.length
    if (this.#next === this.#chunks.length) this.#clear()
    else if (this.#next >= MOST_TAKEN_CHUNKS) {
      this.#chunks.splice(0, this.#next)
      this.#next = 0
    }
    this.#producer.taken?.()
    if (this.#paused && this.waiting <= this.#limits.low) {
      this.#paused = false
      this.#producer.resume()
    }
    return chunk
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.takeNow()
    if (chunk) return Promise.resolve({ done: false, value: chunk })
    return new Promise((resolve, reject) => {
      if (this.#end) this.#settle({ resolve, reject })
      else this.#reads.push({ resolve, reject })
    })
  }

  /** Gives up what waits and what still comes. */
  return(): Promise<IteratorResult<Uint8Array>> {
    this.#clear()
    this.waiting = 0
    if (!this.#end) {
      this.end()
      this.#producer.cancel?.()
    }
    this.#producer.taken?.()
    return Promise.resolve({ done: true, value: undefined })
  }

  #clear(): void {
    this.#chunks = []
    this.#next = 0
  }

  #finish(end: { readonly reason?: unknown; readonly failed: boolean }): void {
    if (this.#end) return
    this.#end = end
    for (const read of this.#reads.splice(0)) this.#settle(read)
  }

  #settle({ resolve, reject }: Waiting): void {
    if (this.#end?.failed) reject(this.#end.reason)
    else resolve({ done: true, value: undefined })
  }
}
