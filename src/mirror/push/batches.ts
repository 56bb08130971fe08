import { filterInSteps, type Steps } from '../../base/steps.ts'
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
export function* makeBatches(updates: readonly RefUpdate[], options: BatchOptions): Steps<readonly Batch[]> {
  const size = Math.max(1, Math.floor(options.maxRefs))
  const groups = yield* groupsOf(updates, options)
  const parts = groups.flatMap((group) => slicesOf(group, size))
  const carrier = parts.findIndex((part) => needsObjects(part))
  return parts.map((part, index) => ({ updates: part, carriesPack: index === carrier }))
}

/** Whether a push of `updates` must come with a pack, be it an empty one. */
export function needsObjects(updates: readonly RefUpdate[]): boolean {
  return updates.some((update) => !isDelete(update))
}

function* groupsOf(
  updates: readonly RefUpdate[],
  { byKind, atomic }: BatchOptions,
): Steps<readonly (readonly RefUpdate[])[]> {
  const groups = byKind ? yield* kindsOf(updates) : [updates]
  const room = atomic ? [] : yield* filterInSteps(updates, (update) => update.makesRoom === true)
  if (room.length === 0) return groups
  // Servers that lock all refs of a push before they delete the first one (JGit) find the folder still there.
  const parts = [room]
  for (const group of groups) parts.push(yield* filterInSteps(group, (update) => update.makesRoom !== true))
  return parts
}

const KINDS = ['refs/heads/', 'refs/tags/']

function* kindsOf(updates: readonly RefUpdate[]): Steps<readonly (readonly RefUpdate[])[]> {
  const groups: (readonly RefUpdate[])[] = []
  for (const prefix of KINDS) groups.push(yield* filterInSteps(updates, ({ ref }) => ref.startsWith(prefix)))
  const isOther = ({ ref }: RefUpdate): boolean => !KINDS.some((prefix) => ref.startsWith(prefix))
  groups.push(yield* filterInSteps(updates, isOther))
  return groups
}

function slicesOf(updates: readonly RefUpdate[], size: number): readonly (readonly RefUpdate[])[] {
  const parts: (readonly RefUpdate[])[] = []
  for (let from = 0; from < updates.length; from += size) parts.push(updates.slice(from, from + size))
  return parts
}
