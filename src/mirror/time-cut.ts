import { toMirrorError } from '../errors.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import type { UploadPackServer } from './upload-pack-server.ts'

/**
 * What lies at a moment of a history:
 * - `cut`: the oldest commits that are not older than the moment, with everything behind them
 * - `before`: the moment is older than all of it
 * - `after`: the moment is newer than all of it
 */
export type TimeCut =
  | { readonly kind: 'cut'; readonly ids: readonly ObjectId[] }
  | { readonly kind: 'before' }
  | { readonly kind: 'after' }

/**
 * Asks for the boundary of the history of `tips` at `since` (seconds since 1970): `want`, `have`,
 * `deepen-since`, `done` is answered with shallow lines and an empty pack (gitprotocol-v2, "fetch").
 * A moment after the newest commit makes git end the answer early (D4).
 * @throws MirrorError of the source.
 */
export async function askTimeCut(
  source: UploadPackServer,
  tips: readonly ObjectId[],
  since: number,
): Promise<TimeCut> {
  const session = await source.lease()
  try {
    const fetching = await session.fetch({
      wants: tips,
      haves: tips,
      thin: true,
      ofsDelta: true,
      deepenSince: since,
    })
    while (await fetching.next());
    source.release(session)
    const ids = fetching.answer.shallow
    return ids.length === 0 ? { kind: 'before' } : { kind: 'cut', ids }
  } catch (thrown) {
    source.server.signal.throwIfAborted()
    const error = toMirrorError(thrown, { code: 'cut', side: 'source' })
    if (isEmptySlice(error.serverText ?? '') || error.code === 'cut') return { kind: 'after' }
    throw error
  }
}

/** Which of `ids` are newer than `limit` (seconds since 1970): asked for halves, and halves of halves. */
export async function findNewer(
  source: UploadPackServer,
  ids: readonly ObjectId[],
  limit: number,
): Promise<readonly ObjectId[]> {
  const answer = await askTimeCut(source, ids, limit)
  if (answer.kind === 'after') return []
  if (ids.length === 1) return ids
  const half = Math.ceil(ids.length / 2)
  return [
    ...(await findNewer(source, ids.slice(0, half), limit)),
    ...(await findNewer(source, ids.slice(half), limit)),
  ]
}

function isEmptySlice(words: string): boolean {
  return /no commits selected/i.test(words)
}

/** The limits within which the next cut lies, and what is known of the density of the history. */
export interface CutRange {
  /** Everything up to here has arrived. */
  readonly low: number
  /** A piece up to here is too large, or the history ends before. */
  readonly high: number
  /** Bytes of pack for each second of history, from the last piece; undefined when it has misled. */
  readonly density: number | undefined
}

/** A little less than the limit: the density of a history is never even. */
const FILL = 0.65

/** The next second to cut at; undefined when none lies between the limits. */
export function chooseCut(range: CutRange, maxBytes: number): number | undefined {
  const { low, high, density } = range
  if (high - low < 2) return undefined
  const middle = low + Math.floor((high - low) / 2)
  if (density === undefined || density <= 0) return middle
  const guess = low + Math.floor((FILL * maxBytes) / density)
  return guess >= high ? middle : Math.max(low + 1, guess)
}
