import type { WallClock } from './clock.ts'

/** Milliseconds between two rings: whoever listens looks for himself what changed. */
const INTERVAL_MS = 1000

/** Tells listeners that something changed, at most once a second. */
export class Bell {
  readonly #clock: WallClock
  readonly #listeners = new Set<() => void>()
  #isWaiting = false

  constructor(clock: WallClock) {
    this.#clock = clock
  }

  ring(): void {
    if (this.#isWaiting || this.#listeners.size === 0) return
    this.#isWaiting = true
    this.#clock.after(INTERVAL_MS, () => {
      this.#isWaiting = false
      for (const listener of this.#listeners) listener()
    })
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
