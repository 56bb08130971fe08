import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { nullId, type ObjectFormat, type ObjectId } from '../protocol/object-id.ts'
import { findConflicts } from './name-conflicts.ts'
import { collectWishes, isMirrorable, UNCLAIMED, type Wish, type Wishes } from './wishes.ts'
import { judgeSymrefs, namedTargets } from './symrefs.ts'
import { describeScope } from './scope-warnings.ts'
import { holdBack, isTag, weighCreate, weighDelete, weighMove } from './hold-back.ts'
import { printableLine } from '../base/printable.ts'
import { makeRefTable, type RefTable } from './ref-table.ts'
import { matcherOf } from './refspec-match.ts'
import { matchesPattern, parseNamePattern } from './name-pattern.ts'
import type { RejectedRef } from '../report/result.ts'
import type { RefUpdate, Plan, PlanOptions } from './plan-types.ts'

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
