const WINDOW_BYTES = 2 ** 32
const FIRST_ROOM = 1024

interface Window {
  offsets: Uint32Array
  length: number
}

/**
 * Places in a pack that are added from the first to the last: four bytes each, where a `Set` takes forty. A pack of
 * eight million trees and commits costs 32 MB.
 */
export class OffsetSet {
  readonly #windows: Window[] = []

  /** `offset` lies behind every one before it. */
  add(offset: number): void {
    const window = (this.#windows[Math.floor(offset / WINDOW_BYTES)] ??= {
      offsets: new Uint32Array(FIRST_ROOM),
      length: 0,
    })
    if (window.length === window.offsets.length) {
      const larger = new Uint32Array(window.length * 2)
      larger.set(window.offsets)
      window.offsets = larger
    }
    window.offsets[window.length++] = offset % WINDOW_BYTES
  }

  has(offset: number): boolean {
    const window = this.#windows[Math.floor(offset / WINDOW_BYTES)]
    if (window === undefined) return false
    const wanted = offset % WINDOW_BYTES
    let low = 0
    let high = window.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (window.offsets[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low < window.length && window.offsets[low] === wanted
  }
}
