import type { ReceiveListing } from '../sessions/receive-pack-session.ts'
import { openPack, type OpenedPack } from '../pack/opened-pack.ts'
import type { PiecesRun } from './pieces-run.ts'
import type { Fetching, FetchQuestion } from '../sessions/fetching.ts'

/** A pack of the source whose header has arrived, with the answer that it came in. */
export interface OpenedFetch {
  readonly pack: OpenedPack<Fetching>
  /** It was asked for as a thin pack. */
  readonly isThin: boolean
}

export interface FetchOptions extends Pick<FetchQuestion, 'wants' | 'haves'> {
  /** What the destination's receive-pack offers. */
  readonly listing: ReceiveListing
  /** Where the destination takes thin packs at all. */
  readonly thin: boolean
  /** Tells by the number of objects that the pack is not wanted. */
  readonly refuses: (objects: number) => boolean
}

/**
 * Asks the source and waits for the header of the pack.
 * @returns the number of objects alone where that is refused.
 * @throws MirrorError of the source.
 */
export async function openFetch(
  run: PiecesRun,
  { listing, refuses, thin, ...question }: FetchOptions,
): Promise<OpenedFetch | number> {
  const fetching = await run.source.uploadPack.fetch({
    ...question,
    thin: thin && run.mode.thin && !listing.capabilities.has('no-thin'),
    ofsDelta: listing.capabilities.has('ofs-delta'),
  })
  const pack = await openPack(fetching)
  if (!refuses(pack.objects)) return { pack, isThin: thin }
  pack.source.cancel()
  return pack.objects
}

/** Bytes of a pack that fits nowhere: read and thrown away, up to `most`. */
export async function measurePack(pack: OpenedPack, most: number): Promise<number> {
  let bytes = 0
  for (let slice = await pack.source.next(); slice; slice = await pack.source.next()) {
    bytes += slice.length
    if (bytes < most) continue
    pack.source.cancel()
    break
  }
  return bytes
}
