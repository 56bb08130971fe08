const MOST_DELIVERIES = 1000
const KEPT_MS = 600_000

/** Deliveries of the last minutes: a repeated one asks for nothing new. */
export class Deliveries {
  readonly #now: () => number
  readonly #seen = new Map<string, number>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** @returns whether it came before */
  isRepeated(id: string): boolean {
    const now = this.#now()
    const before = this.#seen.get(id)
    this.#seen.delete(id)
    this.#seen.set(id, now)
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= MOST_DELIVERIES) break
      this.#seen.delete(oldest)
    }
    return before !== undefined && now - before < KEPT_MS
  }
}
