import { releaseMemory } from '../../base/memory.ts'

/** Bytes that are remembered until they are written; the memory of more is left to the garbage collector. */
const REMEMBERED_BYTES = 1024 * 1024

/**
 * The same slices, counted when the next one is asked for, with the memory of those that are written given back at once:
 * a reader says so by `next(true)` (`TurnBody`). Nobody else may use them. Slices come in the order of the chunks that
 * they are parts of: every chunk before that of the newest slice is used up.
 */
export function passOn(
  slices: AsyncIterable<Uint8Array>,
  options: { readonly onBytes: (bytes: number) => void; readonly mayRelease: boolean },
): AsyncIterableIterator<Uint8Array, undefined, boolean | undefined> {
  const source = slices[Symbol.asyncIterator]()
  let given: Uint8Array[] = []
  let bytes = 0
  let last = 0
  const settle = (next: Uint8Array, written: boolean): void => {
    if (written) releaseMemory(given.filter(({ buffer }) => buffer !== next.buffer))
    if (written || bytes > REMEMBERED_BYTES) {
      given = []
      bytes = 0
    }
    given.push(next)
    bytes += next.length
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next(written) {
      if (last > 0) options.onBytes(last)
      last = 0
      const result = await source.next()
      if (result.done === true) return { done: true, value: undefined }
      last = result.value.length
      if (options.mayRelease) settle(result.value, written === true)
      return { done: false, value: result.value }
    },
    async return() {
      await source.return?.()
      return { done: true, value: undefined }
    },
  }
}
