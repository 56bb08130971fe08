import type { WallClock } from './clock.ts'

/** Milliseconds for which the same `Idempotency-Key` means the same. */
const KEPT_MS = 600_000
const MOST_KEYS = 1000

/** What was answered to the last keys. */
export class IdempotencyKeys {
  readonly #clock: WallClock
  readonly #known = new Map<string, { readonly id: string; readonly at: number }>()

  constructor(clock: WallClock) {
    this.#clock = clock
  }

  find<Value>(key: string | undefined, get: (id: string) => Value | undefined): Value | undefined {
    const found = key === undefined ? undefined : this.#known.get(key)
    if (found === undefined || this.#clock.now() - found.at > KEPT_MS) return undefined
    return get(found.id)
  }

  remember(key: string | undefined, id: string): void {
    if (key === undefined) return
    this.#known.delete(key)
    this.#known.set(key, { id, at: this.#clock.now() })
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KEYS) break
      this.#known.delete(oldest)
    }
  }
}
