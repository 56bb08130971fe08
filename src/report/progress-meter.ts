import { formatBytes, formatPlural } from './wording.ts'

/** Turns a flood of byte counts into a line now and then. */
export interface ProgressMeter {
  /** A line when `interval` has passed since the last one of this destination, else undefined. */
  update(destination: string, bytes: number, objects: number): string | undefined
}

interface Mark {
  time: number
  bytes: number
}

/** `interval`: milliseconds between two lines of one destination; `now`: milliseconds of a clock. */
export function createProgressMeter(interval: number, now: () => number): ProgressMeter {
  const marks = new Map<string, Mark>()
  return {
    update(destination, bytes, objects) {
      const time = now()
      const mark = marks.get(destination)
      // A second push counts from nothing again.
      if (!mark || bytes < mark.bytes) {
        marks.set(destination, { time, bytes })
        return undefined
      }
      const elapsed = time - mark.time
      if (elapsed < interval) return undefined
      const rate = ((bytes - mark.bytes) / elapsed) * 1000
      mark.time = time
      mark.bytes = bytes
      const count = objects > 0 ? `, pack of ${formatPlural(objects, 'object')}` : ''
      return `sent ${formatBytes(bytes)}${count}, ${formatBytes(rate)}/s`
    },
  }
}
