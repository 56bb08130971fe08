import type { ChunkIterator } from '../bytes.ts'

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
