import { isDelete, type RefUpdate } from '../../plan/plan-types.ts'

/** The ref commands of one push. */
export interface Batch {
  readonly updates: readonly RefUpdate[]
  /** The first that creates or moves a ref: it brings the objects of all, unless each has to bring its own. */
  readonly carriesPack: boolean
}

export interface BatchOptions {
  /** Commands of one push: hosts refuse more than some thousands. */
  readonly maxRefs: number
  /** Branches, tags and other refs apart. */
  readonly byKind: boolean
  /** All in one push, whatever speaks against it: the guards saw to that. */
  readonly atomic: boolean
}

/** Cuts the updates into pushes, in their order. */
export function makeBatches(updates: readonly RefUpdate[], options: BatchOptions): readonly Batch[] {
  const size = Math.max(1, Math.floor(options.maxRefs))
  const parts = groupsOf(updates, options).flatMap((group) => slicesOf(group, size))
  const carrier = parts.findIndex((part) => needsObjects(part))
  return parts.map((part, index) => ({ updates: part, carriesPack: index === carrier }))
}

/** Whether a push of `updates` must come with a pack, be it an empty one. */
export function needsObjects(updates: readonly RefUpdate[]): boolean {
  return updates.some((update) => !isDelete(update))
}

function groupsOf(
  updates: readonly RefUpdate[],
  { byKind, atomic }: BatchOptions,
): readonly (readonly RefUpdate[])[] {
  const groups = byKind ? kindsOf(updates) : [updates]
  const room = updates.filter((update) => update.makesRoom === true)
  if (atomic || room.length === 0) return groups
  // Servers that lock all refs of a push before they delete the first one (JGit) find the folder still there.
  return [room, ...groups.map((group) => group.filter((update) => update.makesRoom !== true))]
}

function kindsOf(updates: readonly RefUpdate[]): readonly (readonly RefUpdate[])[] {
  const kinds = ['refs/heads/', 'refs/tags/']
  return [
    ...kinds.map((prefix) => updates.filter((update) => update.ref.startsWith(prefix))),
    updates.filter((update) => !kinds.some((prefix) => update.ref.startsWith(prefix))),
  ]
}

function slicesOf(updates: readonly RefUpdate[], size: number): readonly (readonly RefUpdate[])[] {
  const parts: (readonly RefUpdate[])[] = []
  for (let from = 0; from < updates.length; from += size) parts.push(updates.slice(from, from + size))
  return parts
}
