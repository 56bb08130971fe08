/** Failures of one address in a minute before it is told to slow down. */
export const MOST_FAILURES = 10
const WINDOW_MS = 60_000
/** Addresses that are counted. */
const MOST_ADDRESSES = 10_000

/**
 * Counts failed logins by address. An address that has too many is told so; a right secret is taken all the same, or
 * whoever shares an address with it could keep pushes away.
 */
export class FailureCounts {
  readonly #now: () => number
  readonly #counts = new Map<string, { readonly since: number; count: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  get size(): number {
    return this.#counts.size
  }

  /** @returns whether it is too much by now */
  add(address: string): boolean {
    const now = this.#now()
    const found = this.#counts.get(address)
    if (found !== undefined && now - found.since < WINDOW_MS) return ++found.count > MOST_FAILURES
    this.#counts.delete(address)
    this.#counts.set(address, { since: now, count: 1 })
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= MOST_ADDRESSES) break
      this.#counts.delete(oldest)
    }
    return false
  }
}
