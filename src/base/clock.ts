/**
 * Milliseconds by a clock that never goes back, from some moment on. `performance.now()` would do, but Node loads a dozen
 * modules for it, which takes longer than to compare two listings.
 */
export function readClock(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1_000_000
}
