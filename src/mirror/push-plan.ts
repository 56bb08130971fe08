import { type MirrorError, toMirrorError } from '../errors.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import { type Batch, makeBatches } from './batches.ts'
import type { Planned } from './plan-round.ts'
import { orderHaves } from './haves.ts'
import { negotiate, type NegotiateOptions } from './negotiate.ts'
import { sendPieces } from './pieces.ts'
import type { RefUpdate } from './plan.ts'
import { isDelete, pushBatches, type PushOutcome } from './push.ts'
import type { ReceiveListing, ReceivePackSession } from './receive-pack.ts'
import { type DestinationRun, notice } from './run-state.ts'
import type { Fetching } from './upload-pack.ts'

/** 50 bytes each: 5 MB of a request that servers take up to 10 MiB (A7). */
const MOST_HAVES = 100_000

export interface PlannedPush extends Planned {
  /** The greeted receive-pack whose listing was planned against. */
  readonly session: ReceivePackSession
}

/**
 * Asks the source for what the destination lacks and pushes it with the ref commands.
 * @throws MirrorError `guard`; the signal's reason. Everything else is in the outcome.
 */
export async function pushPlan(run: DestinationRun, planned: PlannedPush): Promise<PushOutcome> {
  const { updates } = planned
  let { session } = planned
  run.figures.enter('negotiate')
  if (!isStillWanted(planned)) planned.early?.cancel()
  let fetching: Fetching | undefined
  let needs = needsOf(run, planned)
  try {
    const { maxBytes } = run.manner
    let rest: Fetching | undefined
    if (run.manner.pieces && maxBytes !== undefined && needs.wants.length > 0) {
      run.pack.pass()
      const sent = await sendPieces(run, session, { wants: needs.wants, haves: needs.haves, maxBytes })
      session = sent.session
      rest = sent.rest
      needs = { ...needs, haves: [...sent.ids, ...needs.haves] }
    }
    fetching = rest ?? (isStillWanted(planned) ? await planned.early.fetching : await negotiate(needs))
  } catch (thrown) {
    session.abort(thrown)
    run.signal.throwIfAborted()
    const error = toMirrorError(thrown, { code: 'cut', side: 'source', retryable: true })
    if (error.code === 'guard' || isFinal(error)) throw error
    const { lastBytes: bytes, lastStarved: starved } = run.pieces
    return { ...emptyOutcome(updates, error), bytes, starved }
  }
  run.figures.enter('transfer')
  const text = `pushing ${updates.length} ref${updates.length === 1 ? '' : 's'} to ${run.server.remote.label}`
  run.reporter({ kind: 'phase', phase: 'transfer', destination: run.server.remote.label, text })
  return await pushBatches(run, {
    batches: batchesOf(run, updates),
    fetching,
    held: session,
    fetchAgain: async (some, arrived) => {
      const known = new Set(arrived)
      const wants = wantsOf(session, some).filter((id) => !known.has(id))
      return await negotiate({ ...needs, wants, haves: [...arrived, ...needs.haves] })
    },
  })
}

/** What cannot be cut: no smaller piece helps. A server's own refusal has a status or words. */
function isFinal(error: MirrorError): boolean {
  return error.code === 'too-large' && error.status === undefined && error.serverText === undefined
}

/** A pack that was asked for while the destination's symbolic refs were still unknown. */
export interface EarlyFetch {
  /** What it was asked for. */
  readonly updates: readonly RefUpdate[]
  readonly fetching: Promise<Fetching | undefined>
  cancel(): void
}

export function startEarly(run: DestinationRun, planned: PlannedPush): EarlyFetch {
  const fetching = negotiate(needsOf(run, planned))
  // Its failure is met where the pack is waited for, or nowhere when it is no longer wanted.
  fetching.catch(() => undefined)
  return {
    updates: planned.updates,
    fetching,
    cancel: () => void fetching.then((pack) => pack?.cancel()).catch(() => undefined),
  }
}

/** The plan did not change since the pack was asked for. */
function isStillWanted(planned: PlannedPush): planned is PlannedPush & { readonly early: EarlyFetch } {
  const { early, updates } = planned
  if (early === undefined || early.updates.length !== updates.length) return false
  return early.updates.every(
    (update, at) => update.ref === updates[at]!.ref && update.new === updates[at]!.new,
  )
}

/** For a dry run: would the push be refused because the repositories share no history? @throws MirrorError `guard`. */
export async function checkRelation(run: DestinationRun, planned: PlannedPush): Promise<void> {
  await negotiate({ ...needsOf(run, planned), wants: [] })
}

function emptyOutcome(updates: readonly RefUpdate[], error: MirrorError): PushOutcome {
  return {
    updates,
    batches: [],
    sent: [],
    reports: new Map(),
    unpack: undefined,
    error,
    bytes: 0,
    objects: 0,
    commands: 0,
    overLimit: false,
    starved: 0,
    isShared: false,
    greetedAhead: false,
  }
}

function needsOf(run: DestinationRun, planned: PlannedPush): NegotiateOptions {
  const { source, updates, session } = planned
  const { listing } = session
  const there = idsOf(listing)
  const sourceIds = source.ids()
  const shared = someIn(there, sourceIds)
  const { defaultBranchDelete } = planned.plan
  const atStake = defaultBranchDelete === undefined ? updates : [...updates, defaultBranchDelete]
  if (listing.shallow.length > 0) {
    notice(
      run,
      'warning',
      'the destination is a shallow clone: it is sent whole objects, and history behind its boundary stays away',
    )
  }
  return {
    source: run.source.uploadPack,
    destination: run.reader,
    wants: wantsOf(session, updates),
    haves: orderHaves({
      destination: [...there],
      sourceIds,
      oldValues: updates.map((update) => update.old),
      max: MOST_HAVES,
    }),
    thin: run.manner.thin && !listing.capabilities.has('no-thin'),
    ofsDelta: listing.capabilities.has('ofs-delta'),
    anyTip: source.refs[0]?.id,
    shallow: listing.shallow,
    unknownTips: unknownTips(atStake, sourceIds, shared),
    shared,
    allowUnrelated: run.options.allowUnrelated,
    destinationLabel: run.server.remote.label,
    reporter: run.reporter,
    fetchPack: (question) => run.pack.fetch(question),
  }
}

/** New values that the destination does not show. */
function wantsOf({ listing }: ReceivePackSession, updates: readonly RefUpdate[]): readonly ObjectId[] {
  const there = idsOf(listing)
  const wants = new Set<ObjectId>()
  for (const update of updates) if (!isDelete(update) && !there.has(update.new)) wants.add(update.new)
  return [...wants]
}

function idsOf(listing: ReceiveListing): ReadonlySet<ObjectId> {
  const ids = new Set<ObjectId>()
  for (const ref of listing.refs) ids.add(ref.id)
  for (const id of listing.haves) ids.add(id)
  return ids
}

function someIn(ids: ReadonlySet<ObjectId>, known: ReadonlySet<ObjectId>): boolean {
  for (const id of ids) if (known.has(id)) return true
  return false
}

/**
 * Old values that the source does not show. Where histories are known to be shared, only branches count: a
 * moved tag or a deleted ref says nothing about what is missing.
 */
function unknownTips(
  updates: readonly RefUpdate[],
  known: ReadonlySet<ObjectId>,
  shared: boolean,
): readonly ObjectId[] {
  const tips = new Set<ObjectId>()
  for (const update of updates) {
    if (update.action === 'create' || known.has(update.old)) continue
    if (shared && (isDelete(update) || !update.ref.startsWith('refs/heads/'))) continue
    tips.add(update.old)
  }
  return [...tips]
}

function batchesOf(run: DestinationRun, updates: readonly RefUpdate[]): readonly Batch[] {
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
