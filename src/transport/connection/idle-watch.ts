/** The limit is looked at so often: what moves bytes only has to set a flag. */
const TICKS = 4

/**
 * Fires once when nothing has touched it for `limit` milliseconds, or a quarter of that later. While it is paused
 * no time passes: a server is not blamed for the silence of the other one.
 */
export class IdleWatch {
  readonly #limit: number
  readonly #onIdle: () => void
  #touched = false
  #paused = true
  /** Ticks in a row in which nothing happened. */
  #quiet = 0
  #timer: NodeJS.Timeout | undefined

  constructor(limit: number, onIdle: () => void) {
    this.#limit = limit
    this.#onIdle = onIdle
    this.resume()
  }

  touch(): void {
    this.#touched = true
  }

  /** Called for each batch of a pack, so the timer runs on. */
  pause(): void {
    this.#paused = true
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#touched = true
    this.#timer ??= setInterval(() => this.#tick(), Math.max(1, this.#limit / TICKS))
  }

  /** Pauses, and leaves nothing that keeps the process alive. */
  stop(): void {
    this.#paused = true
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #tick(): void {
    if (this.#paused) return this.stop()
    this.#quiet = this.#touched ? 0 : this.#quiet + 1
    this.#touched = false
    if (this.#quiet < TICKS) return
    this.stop()
    this.#onIdle()
  }
}
