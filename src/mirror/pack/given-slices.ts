import { releaseMemory } from '../../base/memory.ts'

/** Bytes that are remembered until they are written; the memory of more is left to the garbage collector. */
const MOST = 1024 * 1024

/** Slices of a pack that were handed on and are not known to be written. */
export class GivenSlices {
  #slices: Uint8Array[] = []
  #bytes = 0

  /** `batch` was handed on. `written`: all of it, and what was handed on before, is written; `next` comes behind it. */
  settle(batch: readonly Uint8Array[], o: { readonly written: boolean; readonly next: Uint8Array }): void {
    for (const slice of batch) {
      this.#slices.push(slice)
      this.#bytes += slice.length
    }
    // Slices come in the order of the chunks that they are cut from: of one before that of `next`, nothing is left.
    if (o.written) releaseMemory(this.#slices.filter(({ buffer }) => buffer !== o.next.buffer))
    if (!o.written && this.#bytes <= MOST) return
    this.#slices = []
    this.#bytes = 0
  }
}
