import type { ChunkIterator } from '../bytes.ts'

type Result = IteratorResult<Uint8Array>

interface Waiter {
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
