/** Mirrors that talk with one host at the same time, where nobody says it. */
export const DEFAULT_MIRRORS_AT_ONCE = 4
/** Mirrors that went well before one more is let in. */
const WELL_BEFORE_MORE = 20
const FIRST_PAUSE_MS = 10_000
const LONGEST_PAUSE_MS = 300_000

/**
 * How many mirrors may talk with one host: fewer when it asks to slow down, slowly more when all is well again
 * (additive increase, multiplicative decrease). Knows no clock: `now` in milliseconds is given.
 */
export class HostGate {
  readonly #most: number
  #allowed: number
  #running = 0
  #closedUntil = 0
  #pause = FIRST_PAUSE_MS
  #well = 0

  constructor(most: number = DEFAULT_MIRRORS_AT_ONCE) {
    this.#most = most
    this.#allowed = most
  }

  get allowed(): number {
    return this.#allowed
  }

  /** The time before which nothing starts here. */
  get closedUntil(): number {
    return this.#closedUntil
  }

  isOpen(now: number): boolean {
    return this.#running < this.#allowed && now >= this.#closedUntil
  }

  enter(): void {
    this.#running++
  }

  leave(): void {
    this.#running--
  }

  /** A mirror ended, and the host had nothing against it. */
  well(): void {
    this.#well++
    this.#pause = FIRST_PAUSE_MS
    if (this.#well % WELL_BEFORE_MORE === 0) this.#allowed = Math.min(this.#most, this.#allowed + 1)
  }

  /** The host asked to slow down: for `wait` milliseconds, or for longer each time that it does not say. */
  slower(wait: number | undefined, now: number): void {
    this.#well = 0
    const until = now + Math.min(wait ?? this.#pause, LONGEST_PAUSE_MS)
    if (wait === undefined) this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2)
    // Those that run at the same time are all told so: once is meant.
    if (now >= this.#closedUntil) this.#allowed = Math.max(1, Math.floor(this.#allowed / 2))
    this.#closedUntil = Math.max(this.#closedUntil, until)
  }
}
