import type { WallClock } from './clock.ts'

/** Milliseconds without a hint after which a mirror is queued: branches of one change are pushed one by one. */
const QUIET_MS = 2000
/** Milliseconds after the first hint when it is queued anyhow. */
const LONGEST_MS = 10_000

interface Hints {
  readonly first: number
  last: number
  stop: () => void
}

/** Waits for quiet after hints, for each key on its own. */
export class Debounce {
  readonly #clock: WallClock
  readonly #fire: (key: string) => void
  readonly #hints = new Map<string, Hints>()

  constructor(clock: WallClock, fire: (key: string) => void) {
    this.#clock = clock
    this.#fire = fire
  }

  get size(): number {
    return this.#hints.size
  }

  hint(key: string): void {
    const now = this.#clock.now()
    const hints = this.#hints.get(key)
    if (hints !== undefined) hints.last = now
    else
      this.#hints.set(key, {
        first: now,
        last: now,
        stop: this.#clock.after(QUIET_MS, () => this.#look(key)),
      })
  }

  /** Forgets all that was hinted. */
  stop(): void {
    for (const { stop } of this.#hints.values()) stop()
    this.#hints.clear()
  }

  /** One timer a key, however many hints come: it looks how long there has been quiet, and waits for the rest. */
  #look(key: string): void {
    const hints = this.#hints.get(key)
    if (hints === undefined) return
    const now = this.#clock.now()
    const due = Math.min(hints.last + QUIET_MS, hints.first + LONGEST_MS)
    // A clock that was set back must not hold a hint up.
    if (now < due && due - now <= QUIET_MS) {
      hints.stop = this.#clock.after(due - now, () => this.#look(key))
      return
    }
    this.#hints.delete(key)
    this.#fire(key)
  }
}
