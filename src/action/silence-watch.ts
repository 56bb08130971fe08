import { readClock } from '../base/clock.ts'

export interface SilenceWatch {
  /** Something was printed. */
  heard(): void
  close(): void
}

/** Calls `onSilence` whenever nothing was heard for `interval` milliseconds, a quarter of it more at most. */
export function watchSilence(interval: number, onSilence: () => void): SilenceWatch {
  let last = readClock()
  const timer = setInterval(() => {
    if (readClock() - last >= interval) onSilence()
  }, interval / 4)
  timer.unref()
  return {
    heard() {
      last = readClock()
    },
    close: () => clearInterval(timer),
  }
}
