import { MirrorError, toMirrorError } from '../../base/errors.ts'
import { concatBytes } from '../../base/bytes.ts'
import { PACK_HEADER_LENGTH, parsePackHeader } from '../../protocol/pack.ts'
import type { Fetching } from '../sessions/fetching.ts'
import { type PackStream, putBack } from '../sessions/pack-stream.ts'

/** A pack whose header has arrived: the source has done its counting. */
export interface OpenedPack<T extends PackStream = PackStream> {
  readonly objects: number
  /** Others read the same slices. */
  readonly shared: boolean
  /** The slices, header included. */
  readonly source: T
}

/**
 * Reads the pack of an answer that was asked for its other lines: it has no objects. One that has some, because the server
 * did not understand the question, is given up.
 * @throws MirrorError `pack` or the source's own.
 */
export async function skipEmptyPack(fetching: Fetching): Promise<void> {
  if (fetching.answer.pack === undefined) return
  const { objects, source } = await openPack(fetching)
  if (objects > 0) source.cancel()
  else while (await source.next());
}

/** Waits for the pack's header. @throws MirrorError `pack` or the source's own. */
export async function openPack(fetching: Fetching): Promise<OpenedPack<Fetching>> {
  const held: Uint8Array[] = []
  let length = 0
  while (length < PACK_HEADER_LENGTH) {
    const slice = await fetching.next()
    if (slice === undefined) {
      throw new MirrorError('the source sent no pack', { code: 'pack', side: 'source', retryable: true })
    }
    held.push(slice)
    length += slice.length
  }
  const first = concatBytes(held)
  let header
  try {
    header = parsePackHeader(first)
  } catch (error) {
    fetching.cancel(error)
    throw toMirrorError(error, { code: 'pack', side: 'source' })
  }
  return { objects: header.objects, shared: fetching.shared === true, source: putBack(fetching, first) }
}
