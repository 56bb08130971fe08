import { askAncestry } from '../history/ancestry.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'

/** So many are asked about after the push, more beside it. */
export const FEW_LABELS = 8

/** More branches than this are reported as `update` without asking which of them were forced. */
export const MOST_LABELS = 200

/** For a branch by its name: whether its update is a fast-forward, where that is known. */
export type ForceLabels = ReadonlyMap<string, boolean>

/** Asked beside the transfer: which of the updates are no fast-forwards. `force`: any of them may be none. */
export async function askLabels(
  source: UploadPackPool,
  updates: readonly RefUpdate[],
  force: boolean,
): Promise<ForceLabels> {
  const labels = new Map<string, boolean>()
  const asked = questions(updates)
  if (asked.length > MOST_LABELS) return labels
  try {
    const answers =
      force || asked.some((update) => update.forced)
        ? await askAncestry(source, asked)
        : asked.map(() => true)
    for (const [index, update] of asked.entries()) {
      const answer = answers[index]
      if (answer !== undefined) labels.set(update.ref, answer)
    }
  } catch {
    // A label is not worth a failure: the ref is then reported as `update`.
  }
  return labels
}

/** Whether `askLabels` will have to ask, once the push is over. */
export function asksAfterwards(updates: readonly RefUpdate[], force: boolean): boolean {
  const asked = questions(updates)
  const isFew = asked.length > 0 && asked.length <= FEW_LABELS
  return isFew && (force || asked.some((update) => update.forced))
}

/** Updates of which history tells whether they are forced. */
export function questions(updates: readonly RefUpdate[]): readonly RefUpdate[] {
  return updates.filter((update) => update.action === 'update')
}
