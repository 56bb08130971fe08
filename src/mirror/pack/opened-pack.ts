import { MirrorError, toMirrorError } from '../../base/errors.ts'
import { concatBytes } from '../../base/bytes.ts'
import { PACK_HEADER_LENGTH, parsePackHeader } from '../../protocol/pack.ts'
import type { Fetching } from '../sessions/fetching.ts'

/** Slices of a pack with control over the server that makes them. */
export interface PackSource {
  next(): Promise<Uint8Array | undefined>
  nextNow(): Uint8Array | undefined
  cancel(reason?: unknown): void
  pause(): void
  resume(): void
}

/** A pack whose header has arrived: the source has done its counting. */
export interface OpenedPack {
  readonly objects: number
  /** Others read the same slices. */
  readonly shared: boolean
  /** The slices, header included. */
  readonly source: PackSource
}

/** Waits for the pack's header. @throws MirrorError `pack` or the source's own. */
export async function openPack(fetching: Fetching): Promise<OpenedPack> {
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
  let handed = false
  return {
    objects: header.objects,
    shared: fetching.shared === true,
    source: {
      next: async () => {
        if (handed) return await fetching.next()
        handed = true
        return first
      },
      nextNow: () => (handed ? fetching.nextNow() : undefined),
      cancel: fetching.cancel,
      pause: fetching.pause,
      resume: fetching.resume,
    },
  }
}
