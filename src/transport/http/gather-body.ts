import { concatBytes } from '../../base/bytes.ts'
import { listSlices, type Slices } from '../connection/connection.ts'
import { Upload } from '../http-client/upload.ts'

/** A body that ended within the limit, or its first slices and the rest. */
export type Gathered = { readonly whole: Uint8Array } | { readonly rest: AsyncIterable<Slices> }

/**
 * Pulls up to `limit` bytes to see whether that is all.
 * @throws what the body throws; the signal's reason.
 */
export async function gatherBody(
  body: AsyncIterable<Slices>,
  limit: number,
  signal: AbortSignal,
): Promise<Gathered> {
  const upload = new Upload(body)
  const abort = (): void => upload.fail(signal.reason)
  signal.throwIfAborted()
  signal.addEventListener('abort', abort, { once: true })
  try {
    const parts: Slices[] = []
    for (let length = 0; length <= limit;) {
      const next = await upload.next()
      if (next.done) return { whole: concatBytes(parts.flatMap(listSlices)) }
      parts.push(next.value)
      for (const slice of listSlices(next.value)) length += slice.length
    }
    return { rest: startWith(parts, upload) }
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** No generator: its `return` would wait for a slice that is under way. */
export function startWith(parts: Slices[], rest: AsyncIterator<Slices>): AsyncIterable<Slices> {
  const slices: AsyncIterator<Slices, unknown, boolean | undefined> = {
    next(written) {
      const part = parts.shift()
      return part ? Promise.resolve({ done: false, value: part }) : rest.next(written)
    },
    return() {
      parts.length = 0
      return rest.return!()
    },
  }
  return { [Symbol.asyncIterator]: () => slices }
}
