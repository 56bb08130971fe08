/** The time of the day, and a way to wait; tests have their own. */
export interface WallClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back after `ms` milliseconds; returns how to give it up. */
  after(ms: number, callback: () => void): () => void
}

/** Longest wait of a timer: what it waits for is compared with the clock again, which may have jumped. */
export const LONGEST_WAIT_MS = 60_000

export const WALL_CLOCK: WallClock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.max(0, ms))
    return () => clearTimeout(timer)
  },
}
