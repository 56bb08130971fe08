import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { nullId, type ObjectFormat, type ObjectId } from '../protocol/object-id.ts'
import { findConflicts } from './plan-conflicts.ts'
import { collectWishes, isMirrorable, UNCLAIMED, type Wish, type Wishes } from './plan-scope.ts'
import { judgeSymrefs, namedTargets } from './plan-symrefs.ts'
import { describeScope } from './plan-warnings.ts'
import { holdBack, isTag, weighCreate, weighDelete, weighMove } from './plan-weigh.ts'
import { printableLine } from './printable.ts'
import { makeRefTable, type RefTable } from './ref-table.ts'
import type { RefspecSet } from './refspec.ts'
import { matcherOf, matchesPattern, parseNamePattern } from './refspec-match.ts'
import type { RefAction, RejectedRef } from './result.ts'

export interface SourceRefs {
  readonly refs: readonly AdvertisedRef[]
  /** Full name of the branch that HEAD names. */
  readonly head: string | undefined
  readonly format: ObjectFormat
}

export interface DestinationRefs {
  readonly refs: readonly AdvertisedRef[]
  readonly format: ObjectFormat
  /** Symbolic refs by name, with the ref each names; undefined: the server did not tell. */
  readonly symrefs: ReadonlyMap<string, string> | undefined
  /** Full name of the default branch. */
  readonly head: string | undefined
}

/** One command of a push, with where it comes from. */
export interface RefUpdate {
  /** Name at the destination. */
  readonly ref: string
  /** Name at the source; undefined: the ref is deleted. */
  readonly sourceRef: string | undefined
  /** A branch is `update` until its history shows that it is `force`; a moved tag is `force` at once. */
  readonly action: RefAction
  readonly old: ObjectId
  readonly new: ObjectId
  readonly reason: string
  /** A refspec with `+` asks for it: `force: false` does not hold it back. */
  readonly forced?: boolean | undefined
}

export interface Plan {
  /** In the order of the push: deletions, the branch that the source's HEAD names, the others. */
  readonly updates: readonly RefUpdate[]
  /** Refs that cannot or must not be sent. */
  readonly heldBack: readonly RejectedRef[]
  readonly upToDate: number
  /** Source refs in scope. */
  readonly inScope: number
  readonly warnings: readonly string[]
  /** The deletion of the destination's default branch: to be tried last and alone. */
  readonly defaultBranchDelete: RefUpdate | undefined
}

export interface PlanOptions {
  readonly source: SourceRefs
  readonly destination: DestinationRefs
  readonly refspecs: RefspecSet
  readonly prune: boolean
  readonly force: boolean
}

/**
 * What has to happen at the destination so that inside the scope of the refspecs it shows what the source
 * shows. Outside of it nothing is touched. Pure; linear in the number of refs.
 * @throws MirrorError `usage` when two source refs map to one name.
 */
export function planUpdates(o: PlanOptions): Plan {
  const { source, destination } = o
  const table = makeRefTable(destination.refs)
  const reserved = (o.refspecs.reserved ?? []).map(parseNamePattern)
  const wishes = collectWishes({
    source: source.refs,
    destination: destination.refs,
    table,
    matcher: matcherOf(o.refspecs),
    isReserved: (name) => reserved.some((pattern) => matchesPattern(pattern, name)),
  })
  const heldBack: RejectedRef[] = []
  const isFree = (held: RejectedRef | undefined): boolean => {
    if (held !== undefined) heldBack.push(held)
    return held === undefined
  }

  const weighing = { destination, headId: headIdOf(o, table), namedBy: namedTargets(destination) }
  const gone = findGone(o, wishes).filter((ref) => isFree(weighDelete(ref, weighing)))
  const deletes = gone.filter((ref) => ref.name !== destination.head)
  const lastDelete = gone.find((ref) => ref.name === destination.head)

  const isHeld = (name: string): boolean =>
    wishes.moves.some((wish) => wish.name === name && weighMove(wish, o) !== undefined)
  const links = judgeSymrefs(o, { wishes, table, isHeld })
  heldBack.push(...links.heldBack)
  const moves = wishes.moves.filter((wish) => !links.names.has(wish.name) && isFree(weighMove(wish, o)))

  const possible = wishes.creates.filter((wish) => isFree(weighCreate(wish)))
  const deleted = new Set(deletes.map((ref) => ref.name))
  const conflicts = findConflicts({
    staying: namesWithout(destination.refs, deleted),
    stays: (name) => !deleted.has(name) && table.find(name) >= 0,
    creates: possible.map((wish) => wish.name),
  })
  const creates = possible.filter((wish) => isFree(weighConflict(wish.name, conflicts.get(wish.name))))

  const toDelete = deletionFor(destination.format)
  const toUpdate = updateFor(o)
  const [first, others] = partition([...creates, ...moves], (wish) => wish.source.name === source.head)
  return {
    updates: [...deletes.map(toDelete), ...first.map(toUpdate), ...others.map(toUpdate)],
    heldBack,
    upToDate: wishes.upToDate + links.upToDate,
    inScope: wishes.inScope,
    warnings: describeScope(o, { reserved: wishes.reserved, deletes: deletes.length }),
    defaultBranchDelete: lastDelete === undefined ? undefined : toDelete(lastDelete),
  }
}

/** Destination refs in scope whose source is gone. */
function findGone(o: PlanOptions, wishes: Wishes): readonly AdvertisedRef[] {
  if (!o.prune) return []
  const matcher = matcherOf(o.refspecs)
  return o.destination.refs.filter(
    (ref, at) =>
      wishes.claims[at] === UNCLAIMED && isMirrorable(ref.name) && matcher.sourcesOf(ref.name).length > 0,
  )
}

function headIdOf(o: PlanOptions, table: RefTable): ObjectId | undefined {
  const at = o.destination.head === undefined ? -1 : table.find(o.destination.head)
  return at < 0 ? undefined : o.destination.refs[at]!.id
}

function* namesWithout(refs: readonly AdvertisedRef[], deleted: ReadonlySet<string>): Generator<string> {
  for (const { name } of refs) if (isMirrorable(name) && !deleted.has(name)) yield name
}

function weighConflict(name: string, other: string | undefined): RejectedRef | undefined {
  if (other === undefined) return undefined
  return {
    ...holdBack(
      name,
      'create',
      `${printableLine(other, 200)} is in the way: no ref can be a folder of others`,
    ),
    advice: 'Delete or rename that ref at the destination, or leave this one out of refs.',
  }
}

function deletionFor(format: ObjectFormat): (ref: AdvertisedRef) => RefUpdate {
  const none = nullId(format)
  return (ref) => ({
    ref: ref.name,
    sourceRef: undefined,
    action: 'delete',
    old: ref.id,
    new: none,
    reason: 'the source has no such ref',
  })
}

function updateFor(o: PlanOptions): (wish: Wish) => RefUpdate {
  const none = nullId(o.destination.format)
  return ({ name, at, source, forced }) => {
    const tag = isTag(name)
    return {
      ref: name,
      sourceRef: source.name,
      action: at < 0 ? 'create' : tag ? 'force' : 'update',
      old: at < 0 ? none : o.destination.refs[at]!.id,
      new: source.id,
      reason: at < 0 ? 'new at the source' : tag ? 'the tag moved at the source' : 'moved at the source',
      ...(forced && { forced }),
    }
  }
}

function partition<T>(
  items: readonly T[],
  test: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  const yes: T[] = []
  const no: T[] = []
  for (const item of items) (test(item) ? yes : no).push(item)
  return [yes, no]
}
