import { forEachInSteps, someInSteps, type Steps } from '../../base/steps.ts'
import { isNullId, type ObjectId } from '../../protocol/object-id.ts'

/**
 * The ids to send as haves, each once, at most `max` (A6, A7). First what the source shows too, for that is
 * common for sure; then the old values of the refs that move, whose history is most likely shared, and for which up
 * to half of the room is kept; then the rest. Ids of tags, trees and blobs are as good as those of commits.
 */
export function* orderHaves(options: {
  /** What the destination advertises: its refs, then its `.have` lines. */
  readonly destination: Iterable<ObjectId>
  readonly sourceIds: ReadonlySet<ObjectId>
  readonly oldValues: Iterable<ObjectId>
  readonly max: number
}): Steps<readonly ObjectId[]> {
  const haves = new Set<ObjectId>()
  function* add(ids: Iterable<ObjectId>, max: number, isWanted?: (id: ObjectId) => boolean): Steps<void> {
    yield* someInSteps(ids, (id) => {
      if (haves.size >= max) return true
      if (!isNullId(id) && (isWanted === undefined || isWanted(id))) haves.add(id)
      return false
    })
  }
  const isShared = (id: ObjectId): boolean => options.sourceIds.has(id)
  const unshared = new Set<ObjectId>()
  yield* forEachInSteps(options.oldValues, (id) => {
    if (!isNullId(id) && !isShared(id)) unshared.add(id)
  })
  yield* add(
    options.destination,
    options.max - Math.min(unshared.size, Math.floor(options.max / 2)),
    isShared,
  )
  yield* add(unshared, options.max)
  yield* add(options.oldValues, options.max)
  yield* add(options.destination, options.max)
  return [...haves]
}
