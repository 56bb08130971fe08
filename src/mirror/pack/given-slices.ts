import { releaseMemory } from '../../base/memory.ts'

/** Bytes that are remembered until they are written; the memory of more is left to the garbage collector. */
const REMEMBERED_BYTES = 1024 * 1024

/** Slices of a pack that were handed on and are not known to be written. */
export class GivenSlices {
  #slices: Uint8Array[] = []
  #bytes = 0

  /** `batch` was handed on. `written`: all of it, and what was handed on before, is written; `next` comes behind it. */
  settle(
    batch: readonly Uint8Array[],
    { written, next }: { readonly written: boolean; readonly next: Uint8Array },
  ): void {
    for (const slice of batch) {
      this.#slices.push(slice)
      this.#bytes += slice.length
    }
    // Slices arrive in chunk order, so every chunk before the one of `next` is fully used.
    if (written) releaseMemory(this.#slices.filter(({ buffer }) => buffer !== next.buffer))
    if (!written && this.#bytes <= REMEMBERED_BYTES) return
    this.#slices = []
    this.#bytes = 0
  }
}
