/**
 * Fires once when nothing has touched it for `limit` milliseconds. While it is paused no time passes: a
 * server is not blamed for the silence of the other one.
 */
export class IdleWatch {
  readonly #limit: number
  readonly #onIdle: () => void
  #last = performance.now()
  #timer: NodeJS.Timeout | undefined

  constructor(limit: number, onIdle: () => void) {
    this.#limit = limit
    this.#onIdle = onIdle
    this.resume()
  }

  touch(): void {
    this.#last = performance.now()
  }

  pause(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  resume(): void {
    if (this.#timer !== undefined) return
    this.touch()
    this.#schedule(this.#limit)
  }

  #schedule(delay: number): void {
    this.#timer = setTimeout(
      () => {
        const left = this.#limit - (performance.now() - this.#last)
        if (left <= 0) this.#onIdle()
        else this.#schedule(left)
      },
      Math.max(1, delay),
    )
  }
}
