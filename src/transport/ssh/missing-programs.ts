import { readClock } from '../../base/clock.ts'

/** Milliseconds that a program counts as missing: whoever installs it does not start a server of mirrors anew for it. */
const BELIEVED_MS = 10 * 60_000

/** Names of programs that an ssh server was found not to have, each for some minutes. */
export class MissingPrograms {
  readonly #untilMs = new Map<string, number>()
  readonly #now: () => number

  /** @param now Milliseconds that never go back. */
  constructor(now: () => number = readClock) {
    this.#now = now
  }

  has(name: string): boolean {
    const until = this.#untilMs.get(name)
    return until !== undefined && this.#now() < until
  }

  add(name: string): void {
    this.#untilMs.set(name, this.#now() + BELIEVED_MS)
  }
}
