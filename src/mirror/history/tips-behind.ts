import type { ObjectId } from '../../protocol/object-id.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'
import { askAncestry } from './ancestry.ts'
import { askKnownIds } from './known-ids.ts'

/** Tips on either side that are asked about: each pair may be a question of its own. */
const TIPS_ASKED = 16
const TIPS_BEHIND_ASKED = 4

export interface TipsBehind {
  /** The destination has at least one of the source's tips. */
  readonly shared: boolean
  /** Tips of the source with all that is behind them, shown to be behind what the destination has. */
  readonly ids: readonly ObjectId[]
}

/**
 * Looks for tips of the source behind those of the destination, which is then ahead: the source knows nothing of what
 * came after them.
 * @throws MirrorError of the destination.
 */
export async function findTipsBehind(
  destination: UploadPackPool,
  {
    sourceTips,
    tips,
  }: {
    readonly sourceTips: readonly ObjectId[]
    /** Of the destination. */
    readonly tips: readonly ObjectId[]
  },
): Promise<TipsBehind> {
  const known = await askKnownIds(destination, { ids: sourceTips, want: tips[0] })
  if (known.size === 0) return { shared: false, ids: [] }
  const questions = tips
    .slice(0, TIPS_ASKED)
    .flatMap((tip) => [...known].slice(0, TIPS_BEHIND_ASKED).map((old) => ({ old, new: tip })))
  const answers = await askAncestry(destination, questions)
  const ids = new Set(questions.filter((_, index) => answers[index] === true).map(({ old }) => old))
  return { shared: true, ids: [...ids] }
}
