import { forEachInSteps, someInSteps, type Steps } from '../base/steps.ts'
import { forEachInTurns, runInTurns } from '../base/turns.ts'
import { type DestinationRefs, type Plan, type RefUpdate, isDelete } from '../plan/plan-types.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import { negotiate, type NegotiateOptions } from './history/negotiate.ts'
import { orderHaves } from './history/order-haves.ts'
import type { ForceLabels } from './force-labels.ts'
import type { Fetching } from './sessions/fetching.ts'
import type { ReceiveListing, ReceivePackSession } from './sessions/receive-pack-session.ts'
import type { SourceListing } from './sessions/source-repository.ts'
import type { DestinationContext } from './state/context.ts'

export interface Planned {
  readonly source: SourceListing
  readonly plan: Plan
  /** What this round pushes: the plan without what was refused before. */
  readonly updates: readonly RefUpdate[]
  /** What is pushed once the listing shows what `updates` keeps of it. */
  readonly later: readonly RefUpdate[]
  /** What is known of the updates' histories. */
  readonly labels: ForceLabels | undefined
  readonly refs: DestinationRefs
  /** The pack was asked for before the symbolic refs were known. */
  readonly early: EarlyFetch | undefined
}

/** 50 bytes each: 5 MB of a request that servers take up to 10 MiB (A7). */
export const MOST_HAVES = 100_000

export interface PlannedPush extends Planned {
  /** The greeted receive-pack whose listing was planned against. */
  readonly session: ReceivePackSession
}

/** A pack that was asked for while the destination's symbolic refs were still unknown. */
export interface EarlyFetch {
  /** What it was asked for. */
  readonly updates: readonly RefUpdate[]
  readonly fetching: Promise<Fetching | undefined>
  cancel(): void
}

/** `thin`: the destination takes thin packs, as far as is known. */
export function startEarly(context: DestinationContext, planned: PlannedPush, thin: boolean): EarlyFetch {
  const fetching = needsOf(context, planned, thin).then(negotiate)
  // Its failure is met where the pack is waited for, or nowhere when it is no longer wanted.
  fetching.catch(() => undefined)
  return {
    updates: planned.updates,
    fetching,
    cancel: () => void fetching.then((pack) => pack?.cancel()).catch(() => undefined),
  }
}

/** The plan did not change since the pack was asked for. */
export function isStillWanted(planned: PlannedPush): planned is PlannedPush & { readonly early: EarlyFetch } {
  const { early, updates } = planned
  if (early === undefined || early.updates.length !== updates.length) return false
  return early.updates.every(
    (update, at) => update.ref === updates[at]!.ref && update.new === updates[at]!.new,
  )
}

/** What the round needs of the source. `thin`: the destination takes thin packs, as far as is known. */
export async function needsOf(
  context: DestinationContext,
  planned: PlannedPush,
  thin: boolean,
): Promise<NegotiateOptions> {
  const { source, updates, session } = planned
  const { listing } = session
  const { signal } = context
  const there = await listing.ids()
  const sourceIds = await source.ids()
  const shared = await runInTurns(someIn(there, sourceIds), signal)
  const { defaultBranchDelete } = planned.plan
  const atStake = [...updates, ...planned.later, ...(defaultBranchDelete ? [defaultBranchDelete] : [])]
  const ordering = { destination: there, sourceIds, oldValues: oldValuesOf(updates), max: MOST_HAVES }
  return {
    source: context.source.uploadPack,
    destination: context.reader,
    wants: await wantsOf(listing, updates, signal),
    haves: await runInTurns(orderHaves(ordering), signal),
    thin: thin && !listing.capabilities.has('no-thin'),
    ofsDelta: listing.capabilities.has('ofs-delta'),
    anyTip: source.refs[0]?.id,
    sourceTips: firstOf(newValues([...updates, ...planned.later]), sourceIds),
    shallow: listing.shallow,
    unknownTips: await runInTurns(unknownTips(atStake, sourceIds, shared), signal),
    shared,
    allowUnrelated: context.options.allowUnrelated,
    destinationLabel: context.server.remote.label,
    reporter: context.reporter,
    fetchPack: (question) => context.pack.fetch(question),
  }
}

/** Tips of the source that the destination is asked about, where the two show nothing in common. */
const MOST_TIPS_ASKED = 10_000

function oldValuesOf(updates: readonly RefUpdate[]): Iterable<ObjectId> {
  return {
    *[Symbol.iterator]() {
      for (const update of updates) yield update.old
    },
  }
}

function* newValues(updates: readonly RefUpdate[]): Generator<ObjectId> {
  // What keeps an old value names what the destination has anyway: that shows nothing.
  for (const update of updates) if (!isDelete(update) && update.keeps === undefined) yield update.new
}

function firstOf(...lists: readonly Iterable<ObjectId>[]): readonly ObjectId[] {
  const ids = new Set<ObjectId>()
  for (const list of lists) {
    for (const id of list) {
      if (ids.size >= MOST_TIPS_ASKED) return [...ids]
      ids.add(id)
    }
  }
  return [...ids]
}

/** New values that the destination does not show. */
export async function wantsOf(
  listing: ReceiveListing,
  updates: readonly RefUpdate[],
  signal: AbortSignal,
): Promise<readonly ObjectId[]> {
  const there = await listing.ids()
  const wants = new Set<ObjectId>()
  const addWant = (update: RefUpdate): void => {
    if (!isDelete(update) && !there.has(update.new)) wants.add(update.new)
  }
  await forEachInTurns(updates, addWant, signal)
  return [...wants]
}

function* someIn(ids: ReadonlySet<ObjectId>, known: ReadonlySet<ObjectId>): Steps<boolean> {
  if (known.size === 0) return false
  return yield* someInSteps(ids, (id) => known.has(id))
}

/**
 * Old values that the source does not show. Where histories are known to be shared, only branches count: a
 * moved tag or a deleted ref says nothing about what is missing.
 */
function* unknownTips(
  updates: readonly RefUpdate[],
  known: ReadonlySet<ObjectId>,
  shared: boolean,
): Steps<readonly ObjectId[]> {
  const tips = new Set<ObjectId>()
  yield* forEachInSteps(updates, (update) => {
    if (update.action === 'create' || known.has(update.old)) return
    if (shared && (isDelete(update) || !update.ref.startsWith('refs/heads/'))) return
    tips.add(update.old)
  })
  return [...tips]
}
