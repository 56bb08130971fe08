import { isNullId, type ObjectId } from '../../protocol/object-id.ts'

/**
 * The ids to send as haves, each once, at most `max` (A6, A7). First what the source shows too, for that is
 * common for sure; then the old values of the refs that move, whose history is most likely shared, and for which up
 * to half of the room is kept; then the rest. Ids of tags, trees and blobs are as good as those of commits.
 */
export function orderHaves(options: {
  /** What the destination advertises: its refs, then its `.have` lines. */
  readonly destination: readonly ObjectId[]
  readonly sourceIds: ReadonlySet<ObjectId>
  readonly oldValues: readonly ObjectId[]
  readonly max: number
}): readonly ObjectId[] {
  const haves = new Set<ObjectId>()
  const add = (ids: Iterable<ObjectId>, max: number, isWanted?: (id: ObjectId) => boolean): void => {
    for (const id of ids) {
      if (haves.size >= max) return
      if (!isNullId(id) && (isWanted === undefined || isWanted(id))) haves.add(id)
    }
  }
  const isShared = (id: ObjectId): boolean => options.sourceIds.has(id)
  const unshared = new Set(options.oldValues.filter((id) => !isNullId(id) && !isShared(id)))
  add(options.destination, options.max - Math.min(unshared.size, Math.floor(options.max / 2)), isShared)
  add(unshared, options.max)
  add(options.oldValues, options.max)
  add(options.destination, options.max)
  return [...haves]
}
