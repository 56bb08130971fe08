import { MirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { enterAxis, type PieceState } from '../state/piece-state.ts'
import type { MakerOptions, Step } from './piece-maker.ts'

/** Each of these searches is about ancestors of the one around it: no real history needs nearly so many. */
const MOST_SEARCHES = 1000

/**
 * What lies behind `ids` is too large, and everything before it has arrived: several are sent in parts, and one is
 * cut by depth.
 * @param isAll they are all that is wanted.
 */
export async function narrowDown(
  { run }: MakerOptions,
  state: PieceState,
  ids: readonly ObjectId[],
  { isAll }: { readonly isAll: boolean },
): Promise<Step> {
  if (state.outer.length >= MOST_SEARCHES) {
    throw new MirrorError('the source shows a history that cannot be cut into pieces', {
      code: 'limit',
      side: 'source',
    })
  }
  const [tip, ...others] = isAll ? await orderTips(run.source, ids) : ids
  if (tip === undefined) throw new MirrorError('there is nothing to cut into pieces', { code: 'protocol' })
  const isOne = others.length === 0 && !state.byTips
  const axis = isOne
    ? { kind: 'depth' as const, tip, isAll }
    : { kind: 'tips' as const, ids: [tip, ...others], isAll }
  return { kind: 'again', state: enterAxis(state, axis) }
}

/** Tags in the order of their versions, then the other refs: older history first, as far as names tell. */
async function orderTips(
  source: MakerOptions['run']['source'],
  ids: readonly ObjectId[],
): Promise<readonly ObjectId[]> {
  const { refs } = await source.listing()
  const collator = new Intl.Collator('en', { numeric: true })
  const rank = (name: string): number => (name.startsWith('refs/tags/') ? 0 : 1)
  const wanted = new Set(ids)
  const named = refs
    .filter((ref) => wanted.has(ref.id))
    .toSorted((a, b) => rank(a.name) - rank(b.name) || collator.compare(a.name, b.name))
  return [...new Set([...named.map((ref) => ref.id), ...ids])]
}
