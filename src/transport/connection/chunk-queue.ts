import type { ChunkIterator } from '../../base/bytes.ts'

/** Bytes that wait for the reader before the server is made to wait. */
const HIGH = 512 * 1024

const LOW = 128 * 1024

export interface ChunkProducer {
  pause(): void
  resume(): void
  /** The reader wants no more. */
  cancel(): void
}

interface Waiting {
  resolve(result: IteratorResult<Uint8Array>): void
  reject(reason: unknown): void
}

/** Chunks between a producer that pushes them and can be made to wait, and the reader that pulls them; none is copied. */
export class ChunkQueue implements AsyncIterableIterator<Uint8Array>, ChunkIterator {
  readonly #source: ChunkProducer
  readonly #chunks: Uint8Array[] = []
  #length = 0
  #paused = false
  #ended = false
  #failure: { readonly reason: unknown } | undefined
  readonly #waiting: Waiting[] = []

  constructor(source: ChunkProducer) {
    this.#source = source
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Nothing more will come from the server. */
  get over(): boolean {
    return this.#ended || this.#failure !== undefined
  }

  push(chunk: Uint8Array): void {
    if (this.over) return
    const waiting = this.#waiting.shift()
    if (waiting) {
      waiting.resolve({ done: false, value: chunk })
      return
    }
    this.#chunks.push(chunk)
    this.#length += chunk.length
    if (this.#length >= HIGH && !this.#paused) {
      this.#paused = true
      this.#source.pause()
    }
  }

  end(): void {
    this.#ended = true
    for (const waiting of this.#waiting.splice(0)) waiting.resolve({ done: true, value: undefined })
  }

  /** What is here can still be read, then `reason` is thrown. The first reason stays. */
  fail(reason: unknown): void {
    if (this.over) return
    this.#failure = { reason }
    for (const waiting of this.#waiting.splice(0)) waiting.reject(reason)
  }

  takeNow(): Uint8Array | undefined {
    const chunk = this.#chunks.shift()
    this.#length -= chunk?.length ?? 0
    if (this.#paused && this.#length <= LOW) {
      this.#paused = false
      this.#source.resume()
    }
    return chunk
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.takeNow()
    if (chunk) return Promise.resolve({ done: false, value: chunk })
    if (this.#failure) return Promise.reject(this.#failure.reason)
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
    })
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.#chunks.length = 0
    this.#length = 0
    if (!this.over) {
      this.end()
      this.#source.cancel()
    }
    return Promise.resolve({ done: true, value: undefined })
  }
}

export type Result = IteratorResult<Uint8Array>

export interface Waiter {
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/** Chunks between a producer that cannot wait and one reader; several reads may wait at once. */
export class Inbox implements AsyncIterableIterator<Uint8Array>, ChunkIterator {
  /** Bytes put in and not yet taken. */
  waiting = 0
  readonly #onTaken: () => void
  #chunks: Uint8Array[] = []
  #next = 0
  readonly #waiters: Waiter[] = []
  #end: { readonly reason: unknown } | undefined
  #refused = false

  /** `onTaken`: bytes were taken, or dropped because nobody wants them any more. */
  constructor(onTaken: () => void) {
    this.#onTaken = onTaken
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  put(chunk: Uint8Array): void {
    if (this.#end) return
    const waiter = this.#waiters.shift()
    if (waiter) waiter.resolve({ done: false, value: chunk })
    else if (!this.#refused) {
      this.waiting += chunk.length
      this.#chunks.push(chunk)
      return
    }
    this.#onTaken()
  }

  /** Nothing more comes: with a reason, reads past the last chunk throw it. The first call counts. */
  end(reason?: unknown): void {
    if (this.#end) return
    this.#end = { reason }
    for (const waiter of this.#waiters.splice(0)) this.#settle(waiter)
  }

  takeNow(): Uint8Array | undefined {
    const chunk = this.#chunks[this.#next]
    if (chunk) this.#take(chunk)
    return chunk
  }

  next(): Promise<Result> {
    const chunk = this.takeNow()
    if (chunk) return Promise.resolve({ done: false, value: chunk })
    return new Promise((resolve, reject) => {
      if (this.#end) this.#settle({ resolve, reject })
      else this.#waiters.push({ resolve, reject })
    })
  }

  return(): Promise<Result> {
    this.#refused = true
    this.#chunks = []
    this.#next = 0
    this.waiting = 0
    for (const waiter of this.#waiters.splice(0)) waiter.resolve({ done: true, value: undefined })
    this.#onTaken()
    return Promise.resolve({ done: true, value: undefined })
  }

  #take(chunk: Uint8Array): void {
    this.#next++
    this.waiting -= chunk.length
    if (this.#next === this.#chunks.length) {
      this.#chunks = []
      this.#next = 0
    } else if (this.#next >= 256) {
      this.#chunks.splice(0, this.#next)
      this.#next = 0
    }
    this.#onTaken()
  }

  #settle({ resolve, reject }: Waiter): void {
    if (this.#end?.reason !== undefined && !this.#refused) reject(this.#end.reason)
    else resolve({ done: true, value: undefined })
  }
}
