import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { nullId, type ObjectFormat, type ObjectId } from '../protocol/object-id.ts'
import { collectFolders, findConflicts, foldersOf } from './name-conflicts.ts'
import { collectWishes, isMirrorable, UNCLAIMED, type Wish, type Wishes } from './wishes.ts'
import { judgeSymrefs, namedTargets } from './symrefs.ts'
import { findDoubts } from './doubts.ts'
import { describeScope } from './scope-warnings.ts'
import { holdBack, isTag, mayNameHead, weighCreate, weighDelete, weighMove } from './hold-back.ts'
import { printableLine } from '../base/printable.ts'
import { filterInSteps, forEachInSteps, mapInSteps, runToEnd, type Steps } from '../base/steps.ts'
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
export function planUpdates(options: PlanOptions): Plan {
  return runToEnd(planInSteps(options))
}

/** As `planUpdates`, with places to stop at: millions of refs take seconds. */
export function* planInSteps(options: PlanOptions): Steps<Plan> {
  const { source, destination } = options
  const table = makeRefTable(destination.refs)
  const reserved = (options.refspecs.reserved ?? []).map((text) => ({
    text,
    pattern: parseNamePattern(text),
  }))
  const namespaces = new Set<string>()
  const matcher = matcherOf(options.refspecs)
  const doubts = findDoubts(options, matcher)
  const wishes = yield* collectWishes({
    source: source.refs,
    destination: destination.refs,
    table,
    matcher,
    isReserved: (name) => {
      const found = reserved.find(({ pattern }) => matchesPattern(pattern, name))
      if (found !== undefined) namespaces.add(found.text)
      return found !== undefined
    },
  })
  const heldBack: RejectedRef[] = [...doubts.held.values()]
  const isFree = (held: RejectedRef | undefined): boolean => {
    if (held !== undefined) heldBack.push(held)
    return held === undefined
  }

  const absent = yield* findGone(options, wishes)
  const weighing = {
    destination,
    headId: headIdOf(options, table),
    namedBy: namedTargets(destination),
    outOfScope: absent.length > 0 ? yield* findOutOfScope(options) : new Map<ObjectId, string>(),
  }
  const namingHead = new Set<string>()
  const gone = yield* filterInSteps(absent, (ref) => {
    if (doubts.held.has(ref.name) || !isFree(doubts.weighAbsence(ref))) return false
    if (mayNameHead(ref, weighing)) namingHead.add(ref.name)
    return isFree(weighDelete(ref, weighing))
  })
  const deletes = yield* filterInSteps(gone, (ref) => ref.name !== destination.head)
  const lastDelete =
    gone.length === deletes.length ? undefined : gone.find((ref) => ref.name === destination.head)

  let held: ReadonlySet<string> | undefined
  const isHeld = (name: string): boolean => {
    held ??= new Set(
      wishes.moves.filter((wish) => weighMove(wish, options) !== undefined).map((wish) => wish.name),
    )
    return held.has(name)
  }
  const links = judgeSymrefs(options, { wishes, table, isHeld })
  heldBack.push(...links.heldBack)
  const isKnown = (wish: Wish): boolean => !doubts.held.has(wish.name)
  const moves = yield* filterInSteps(
    wishes.moves,
    (wish) => isKnown(wish) && !links.names.has(wish.name) && isFree(weighMove(wish, options)),
  )

  const possible = yield* filterInSteps(wishes.creates, (wish) => isKnown(wish) && isFree(weighCreate(wish)))
  const going = new Set<AdvertisedRef>()
  if (possible.length > 0) yield* forEachInSteps(deletes, (ref) => going.add(ref))
  const stays = (name: string): boolean => {
    const at = table.find(name)
    return at >= 0 ? !going.has(destination.refs[at]!) : doubts.held.has(name)
  }
  const conflicts = yield* findConflicts({
    staying: namesWithout([...(destination.damaged ?? []), ...destination.refs], going),
    stays,
    creates: possible.map((wish) => wish.name),
  })
  const creates = yield* filterInSteps(possible, (wish) =>
    isFree(weighConflict(wish.name, conflicts.get(wish.name))),
  )

  const inTheWay = yield* findInTheWay(deletes, creates)
  const toDelete = deletionFor(destination.format, inTheWay)
  const toUpdate = updateFor(options)
  const updates: RefUpdate[] = []
  const isHead = (wish: Wish): boolean => wish.source.name === source.head
  for (const makesRoom of [true, false]) {
    const some = yield* filterInSteps(deletes, (ref) => inTheWay.has(ref.name) === makesRoom)
    yield* mapInSteps(updates, some, toDelete)
  }
  for (const isFirst of [true, false]) {
    for (const wanted of [creates, moves]) {
      const some = yield* filterInSteps(wanted, (wish) => isHead(wish) === isFirst)
      yield* mapInSteps(updates, some, toUpdate)
    }
  }
  return {
    updates,
    heldBack,
    namingHead,
    upToDate: wishes.upToDate + links.upToDate,
    inScope: wishes.inScope,
    warnings: describeScope(options, {
      inScope: wishes.inScope,
      reserved: wishes.reserved,
      namespaces,
      deletes: deletes.length,
    }),
    defaultBranchDelete: lastDelete === undefined ? undefined : toDelete(lastDelete),
  }
}

/** Destination refs in scope whose source is gone. */
function* findGone(options: PlanOptions, wishes: Wishes): Steps<readonly AdvertisedRef[]> {
  if (!options.prune) return []
  const matcher = matcherOf(options.refspecs)
  return yield* filterInSteps(
    options.destination.refs,
    (ref, at) =>
      wishes.claims[at] === UNCLAIMED && isMirrorable(ref.name) && matcher.sourcesOf(ref.name).length > 0,
  )
}

/** Branches out of scope that a deletion might reach through a symbolic ref, by what they show. */
function* findOutOfScope({ destination, refspecs }: PlanOptions): Steps<ReadonlyMap<ObjectId, string>> {
  const found = new Map<ObjectId, string>()
  if (destination.symrefs !== undefined) return found
  const matcher = matcherOf(refspecs)
  yield* forEachInSteps(destination.refs, ({ name, id }) => {
    if (name.startsWith('refs/heads/') && matcher.sourcesOf(name).length === 0) found.set(id, name)
  })
  return found
}

function headIdOf(options: PlanOptions, table: RefTable): ObjectId | undefined {
  const at = options.destination.head === undefined ? -1 : table.find(options.destination.head)
  return at < 0 ? undefined : options.destination.refs[at]!.id
}

function* namesWithout(
  refs: readonly { readonly name: string }[],
  going: ReadonlySet<object>,
): Generator<string> {
  for (const ref of refs) if (isMirrorable(ref.name) && !going.has(ref)) yield ref.name
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

/**
 * Deletions without which a ref of the plan cannot be created (`x/y` goes, `x` comes): some servers check all names of a
 * push before they delete anything (Gerrit).
 */
function* findInTheWay(
  deletes: readonly AdvertisedRef[],
  creates: readonly Wish[],
): Steps<ReadonlySet<string>> {
  const found = new Set<string>()
  if (deletes.length === 0 || creates.length === 0) return found
  const inCreates = yield* collectFolders(namesOf(creates))
  yield* forEachInSteps(deletes, ({ name }) => {
    if (inCreates.has(name)) found.add(name)
  })
  const inDeletes = yield* collectFolders(namesOf(deletes))
  const tops = new Set<string>()
  yield* forEachInSteps(creates, ({ name }) => {
    if (inDeletes.has(name)) tops.add(name)
  })
  if (tops.size === 0) return found
  yield* forEachInSteps(deletes, ({ name }) => {
    if (foldersOf(name).some((folder) => tops.has(folder))) found.add(name)
  })
  return found
}

function* namesOf(refs: readonly { readonly name: string }[]): Generator<string> {
  for (const { name } of refs) yield name
}

function deletionFor(format: ObjectFormat, inTheWay: ReadonlySet<string>): (ref: AdvertisedRef) => RefUpdate {
  const none = nullId(format)
  return (ref) => ({
    ref: ref.name,
    sourceRef: undefined,
    action: 'delete',
    old: ref.id,
    new: none,
    reason: 'the source has no such ref',
    ...(inTheWay.has(ref.name) && { makesRoom: true }),
  })
}

function updateFor(options: PlanOptions): (wish: Wish) => RefUpdate {
  const none = nullId(options.destination.format)
  return ({ name, at, source, forced }) => {
    const tag = isTag(name)
    return {
      ref: name,
      sourceRef: source.name,
      action: at < 0 ? 'create' : tag ? 'force' : 'update',
      old: at < 0 ? none : options.destination.refs[at]!.id,
      new: source.id,
      reason: at < 0 ? 'new at the source' : tag ? 'the tag moved at the source' : 'moved at the source',
      ...(forced && { forced }),
    }
  }
}
