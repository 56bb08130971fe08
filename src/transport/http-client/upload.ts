import { type Slices, giveUp } from '../connection/connection.ts'

/**
 * A request body that can be stopped from outside while its own source still waits: a server that has
 * answered shall not have to wait for a source that has stalled.
 */
export class Upload implements AsyncIterableIterator<Slices> {
  readonly #slices: AsyncIterator<Slices>
  #stopped = false
  #reject: ((reason: unknown) => void) | undefined

  constructor(body: AsyncIterable<Slices>) {
    this.#slices = body[Symbol.asyncIterator]()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** `written`: as for a body (`TurnBody`). */
  next(written?: boolean): Promise<IteratorResult<Slices>> {
    return new Promise((resolve, reject) => {
      // Whoever pulls a stopped body waits for `fail`: an end would make a cut body look whole.
      this.#reject = reject
      if (this.#stopped) return
      this.#slices.next(written).then(
        (result) => {
          if (this.#stopped) return
          if (result.done) this.#stopped = true
          resolve(result)
        },
        (reason: unknown) => {
          if (this.#stopped) return
          this.#stopped = true
          reject(reason)
        },
      )
    })
  }

  return(): Promise<IteratorResult<Slices>> {
    this.stop()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Pulls no more and tells the source so. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    giveUp(this.#slices)
  }

  /** Stops, and makes whoever waits for the next slice throw `reason`. */
  fail(reason: unknown): void {
    this.stop()
    this.#reject?.(reason)
  }
}
