import type { MirrorEvent } from './events.ts'
import { formatBytes, formatCount, formatPlural } from './wording.ts'

/** Turns a flood of byte counts into a line now and then. */
export interface ProgressMeter {
  /** A line when `interval` has passed since the last one of this destination, else undefined. */
  update(destination: string, bytes: number, objects: number): string | undefined
  /** As `update`, of LFS objects. */
  updateLfs(event: MirrorEvent & { kind: 'lfs-progress' }): string | undefined
}

interface Mark {
  time: number
  bytes: number
}

/** `interval`: milliseconds between two lines of one destination; `now`: milliseconds of a clock. */
export function createProgressMeter(interval: number, now: () => number): ProgressMeter {
  const marks = new Map<string, Mark>()
  /** Bytes a second since the last line; undefined: none is due. */
  const measure = (key: string, bytes: number): number | undefined => {
    const time = now()
    const mark = marks.get(key)
    // A second push counts from nothing again.
    if (!mark || bytes < mark.bytes) {
      marks.set(key, { time, bytes })
      return undefined
    }
    const elapsed = time - mark.time
    if (elapsed < interval) return undefined
    const rate = ((bytes - mark.bytes) / elapsed) * 1000
    mark.time = time
    mark.bytes = bytes
    return rate
  }
  return {
    update(destination, bytes, objects) {
      const rate = measure(destination, bytes)
      if (rate === undefined) return undefined
      const count = objects > 0 ? `, pack of ${formatPlural(objects, 'object')}` : ''
      return `sent ${formatBytes(bytes)}${count}, ${formatBytes(rate)}/s`
    },
    updateLfs({ destination, bytes, objects, missing }) {
      const rate = measure(`lfs ${destination}`, bytes)
      if (rate === undefined) return undefined
      const count = `${formatCount(objects)} of ${formatPlural(missing, 'LFS object')}`
      return `sent ${count}, ${formatBytes(bytes)}, ${formatBytes(rate)}/s`
    },
  }
}
