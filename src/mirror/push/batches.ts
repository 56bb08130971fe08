import { isNullId } from '../../protocol/object-id.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { DestinationRun } from '../state/destination-state.ts'

/** The ref commands of one push. */
export interface Batch {
  readonly updates: readonly RefUpdate[]
  /** Brings the objects of all batches: the first one that creates or moves a ref. */
  readonly carriesPack: boolean
}

/**
 * Cuts the updates into pushes of at most `maxRefs` commands, in their order: hosts refuse more than
 * some thousands.
 */
export function makeBatches(updates: readonly RefUpdate[], maxRefs: number): readonly Batch[] {
  const size = Math.max(1, Math.floor(maxRefs))
  const batches: Batch[] = []
  let carried = false
  for (let at = 0; at < updates.length; at += size) {
    const part = updates.slice(at, at + size)
    const carriesPack: boolean = !carried && part.some((update) => !isNullId(update.new))
    carried ||= carriesPack
    batches.push({ updates: part, carriesPack })
  }
  return batches
}

export function batchesOf(run: DestinationRun, updates: readonly RefUpdate[]): readonly Batch[] {
  const { byKind, maxRefs } = run.manner
  if (!byKind) return makeBatches(updates, maxRefs)
  const kinds = ['refs/heads/', 'refs/tags/']
  const groups = [
    ...kinds.map((prefix) => updates.filter((update) => update.ref.startsWith(prefix))),
    updates.filter((update) => !kinds.some((prefix) => update.ref.startsWith(prefix))),
  ]
  let carried = false
  return groups
    .flatMap((group) => makeBatches(group, maxRefs))
    .map((batch) => {
      const carriesPack = batch.carriesPack && !carried
      carried ||= carriesPack
      return { ...batch, carriesPack }
    })
}
