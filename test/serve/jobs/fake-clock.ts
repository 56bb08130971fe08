import type { WallClock } from '../../../src/serve/jobs/clock.ts'

/** A clock that a test moves. */
export class FakeClock implements WallClock {
  #now: number
  #timers: { at: number; readonly callback: () => void }[] = []
  /** Of the timers alone: it never goes back. */
  #elapsed = 0

  constructor(now = Date.parse('2026-03-01T00:00:00Z')) {
    this.#now = now
  }

  now = (): number => this.#now

  after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.#elapsed + Math.max(0, ms), callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  get timers(): number {
    return this.#timers.length
  }

  /** Lets time pass, and calls back what is due, in order. */
  pass(ms: number): void {
    const end = this.#elapsed + ms
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
      if (next === undefined) break
      this.#timers = this.#timers.filter((other) => other !== next)
      this.#now += next.at - this.#elapsed
      this.#elapsed = next.at
      next.callback()
    }
    this.#now += end - this.#elapsed
    this.#elapsed = end
  }

  /** Somebody sets the clock. */
  jump(ms: number): void {
    this.#now += ms
  }
}
