import type { ChunkIterator } from '../../base/bytes.ts'

export interface ChunkSourceOptions {
  /** Called with the length of each chunk. */
  readonly onChunk?: ((bytes: number) => void) | undefined
  /** Asked when the stream is over, with what it threw if it broke off: returns what the reader shall get
   *  instead of a clean end. */
  readonly explainEnd?: ((thrown: unknown) => Promise<Error | undefined>) | undefined
}

/**
 * The chunks of a stream, for one reader, with two abilities that streams lack: whoever waits can be made to
 * fail from outside, and what is left can be drained beside a read that still waits.
 */
export class ChunkSource implements AsyncIterableIterator<Uint8Array>, ChunkIterator {
  readonly #chunks: ChunkIterator
  readonly #options: ChunkSourceOptions
  // Not Promise.race against one long-lived promise: that would keep every chunk until the end.
  readonly #waiting = new Set<(reason: unknown) => void>()
  #failure: { readonly reason: unknown } | undefined

  constructor(chunks: AsyncIterable<Uint8Array>, options: ChunkSourceOptions = {}) {
    this.#chunks = chunks[Symbol.asyncIterator]()
    this.#options = options
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#failure) return Promise.reject(this.#failure.reason)
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject)
      this.#pull().then(
        (result) => {
          this.#waiting.delete(reject)
          resolve(result)
        },
        (thrown: unknown) => {
          this.#waiting.delete(reject)
          reject(thrown)
        },
      )
    })
  }

  takeNow(): Uint8Array | undefined {
    // Those that wait come first.
    if (this.#failure || this.#waiting.size > 0) return undefined
    const chunk = this.#chunks.takeNow?.()
    if (chunk) this.#options.onChunk?.(chunk.length)
    return chunk
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    await this.#chunks.return?.()
    return { done: true, value: undefined }
  }

  /** Every read that waits, and every later one, throws `reason`; what still comes is dropped. The first reason
   *  stays. */
  fail(reason: unknown): void {
    if (this.#failure) return
    this.#failure = { reason }
    for (const reject of this.#waiting) reject(reason)
    this.#waiting.clear()
    void this.#discard()
  }

  /** Reads and drops what is left, to the end or to the first error. Never throws. */
  async drain(): Promise<void> {
    try {
      while (!(await this.next()).done);
    } catch {
      // An end is an end.
    }
  }

  async #discard(): Promise<void> {
    try {
      while (!(await this.#chunks.next()).done);
    } catch {
      // It was given up.
    }
  }

  async #pull(): Promise<IteratorResult<Uint8Array>> {
    let result: IteratorResult<Uint8Array>
    try {
      result = await this.#chunks.next()
    } catch (thrown) {
      throw (await this.#options.explainEnd?.(thrown)) ?? thrown
    }
    if (!result.done) {
      this.#options.onChunk?.(result.value.length)
      return result
    }
    const error = await this.#options.explainEnd?.(undefined)
    if (error) throw error
    return result
  }
}
