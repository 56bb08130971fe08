import { toMirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { skipEmptyPack } from '../pack/opened-pack.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'

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
  source: UploadPackPool,
  tips: readonly ObjectId[],
  since: number,
): Promise<TimeCut> {
  const session = await source.lease()
  source.openAhead()
  try {
    const fetching = await session.fetch({
      wants: tips,
      haves: tips,
      thin: true,
      ofsDelta: true,
      deepenSince: since,
    })
    await skipEmptyPack(fetching)
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

/** Questions of one search: what is not found by then is not worth more of them. */
const SEARCH_QUESTIONS = 40

/** Which of `ids` are newer than `limit` (seconds since 1970), a few of many: asked for halves, and halves of halves. */
export async function findNewer(
  source: UploadPackPool,
  ids: readonly ObjectId[],
  limit: number,
): Promise<readonly ObjectId[]> {
  const newer: ObjectId[] = []
  const parts = [ids]
  for (let asked = 0; parts.length > 0 && asked < SEARCH_QUESTIONS; asked++) {
    const part = parts.pop()!
    const { kind } = await askTimeCut(source, part, limit)
    if (kind === 'after') continue
    if (part.length === 1) newer.push(...part)
    else parts.push(part.slice(part.length >> 1), part.slice(0, part.length >> 1))
  }
  return newer
}

/**
 * Those of `ids` that come first after `from` (seconds since 1970): a merge of what ended before, made long after,
 * would bring everything up to itself.
 *
 * @param top a moment after all of them
 */
export async function findOldest(
  source: UploadPackPool,
  ids: readonly ObjectId[],
  { from, top }: { readonly from: number; readonly top: number },
): Promise<readonly ObjectId[]> {
  for (let span = 1; ids.length > 1 && from + span < top; span *= 4) {
    const newer = new Set(await findNewer(source, ids, from + span))
    if (newer.size < ids.length) return ids.filter((id) => !newer.has(id))
  }
  return ids
}

function isEmptySlice(words: string): boolean {
  return /no commits selected/i.test(words)
}
