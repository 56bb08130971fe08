import { askAncestry } from './history/ancestry.ts'
import type { DestinationRun } from './state/destination-state.ts'
import type { Planned } from './planned-round.ts'
import type { RefUpdate } from '../plan/plan-types.ts'

/** So many are asked about after the push, more beside it. */
export const FEW_LABELS = 8

/** More branches than this are reported as `update` without asking which of them were forced. */
export const MOST_LABELS = 200

/** Asked beside the transfer: which of the updates are no fast-forwards. */
export async function askLabels(
  run: DestinationRun,
  planned: Planned,
): Promise<ReadonlyMap<string, boolean>> {
  const labels = new Map<string, boolean>()
  const asked = questions(planned.updates)
  if (asked.length > MOST_LABELS) return labels
  try {
    const answers =
      run.options.force || asked.some((update) => update.forced)
        ? await askAncestry(run.source.questions, asked)
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

/** Updates of which history tells whether they are forced. */
export function questions(updates: readonly RefUpdate[]): readonly RefUpdate[] {
  return updates.filter((update) => update.action === 'update')
}
