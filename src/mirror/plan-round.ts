import { filterInSteps, type Steps } from '../base/steps.ts'
import { forEachInTurns, giveTurn, runInTurns } from '../base/turns.ts'
import { MirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import { isAnchor } from '../plan/anchors.ts'
import { isBackup, knownBackupPrefixes } from '../plan/ours/backups.ts'
import { isLifted } from '../plan/ours/lifted.ts'
import { checkGuards } from '../plan/guards.ts'
import { holdBack } from '../plan/hold-back.ts'
import { listNames } from '../plan/list-names.ts'
import { type DestinationRefs, type Plan, type RefUpdate, isDelete } from '../plan/plan-types.ts'
import { planInSteps } from '../plan/plan.ts'
import { destinationPrefixes } from '../plan/refspec.ts'
import { mayMeetSymref } from '../plan/symrefs.ts'
import { loadActs } from './load-acts.ts'
import type { EarlyFetch, Planned } from './planned-round.ts'
import type { SecuredRound, SecureOptions } from './losses/secure-old-values.ts'
import type { RejectedRef } from '../report/result.ts'
import type { RefListing } from './sessions/fetching.ts'
import type { ReceivePackSession } from './sessions/receive-pack-session.ts'
import { describeRetry, withRetries } from './sessions/retry.ts'
import type { SourceListing } from './sessions/source-repository.ts'
import type { DestinationContext } from './state/context.ts'
import type { Learned } from './state/learned.ts'
import type { Ledger } from './state/ledger.ts'

/** Push options that a warning names. */
const MOST_NAMES = 5

export interface PlanRoundOptions {
  readonly session: ReceivePackSession
  readonly learned: Learned
  readonly ledger: Ledger
}

/**
 * Plans one round against what the destination has just shown.
 * @throws MirrorError `guard`, and the source's errors.
 */
export async function planRound(context: DestinationContext, round: PlanRoundOptions): Promise<Planned> {
  const { options } = context
  const { ledger, learned, session } = round
  const source = await context.source.listing()
  await giveTurn(context.signal)
  const drafted = await draftPlan(context, round, source)
  const { plan, refs, early } = drafted
  try {
    checkGuards({
      plan,
      source,
      destination: refs,
      options,
      deletedBefore: ledger.deleted,
      atomicAdvertised: session.listing.capabilities.has('atomic'),
      maxRefsPerPush: learned.mode.maxRefs,
    })
  } catch (error) {
    early?.cancel()
    throw error
  }
  await giveTurn(context.signal)
  const rejectHeld = async (isNamingHead: boolean): Promise<void> => {
    const reject = (held: RejectedRef): void => {
      if (plan.namingHead.has(held.ref) === isNamingHead) ledger.reject(held)
    }
    await forEachInTurns(plan.heldBack, reject, context.signal)
  }
  await rejectHeld(false)
  for (const text of plan.warnings) ledger.warn(text)
  ledger.count(plan)
  const left = await runInTurns(pending(plan, ledger, learned), context.signal)
  const open = options.atomic ? allOrNone(plan, left, ledger) : left
  // Not before the last round: until then the source may show another value.
  if (open.length === 0) rejectBroken(plan, ledger, learned)
  const { updates, later, labels } = await avoidLosses(context, { ...round, updates: open })
  const isToldLater =
    !options.dryRun && [updates, later].some((some) => some.some(({ ref }) => ref === refs.head))
  if (!isToldLater) await rejectHeld(true)
  if (updates.length > 0 && session.listing.shallow.length > 0) ledger.warn(SHALLOW_DESTINATION)
  if (updates.length > 0) warnOfPushOptions(options.pushOptions, session, ledger)
  return { source, plan, updates, later, labels, refs, early }
}

async function avoidLosses(context: DestinationContext, round: SecureOptions): Promise<SecuredRound> {
  const { updates } = round
  const { backup, force } = context.options
  if (updates.length === 0 || (force && backup === undefined)) {
    return { updates, later: [], labels: undefined }
  }
  const { withoutLosses } = await loadActs()
  return await withoutLosses(context, round)
}

const SHALLOW_DESTINATION =
  'the destination is a shallow clone: it is sent whole objects, and history behind its boundary stays away'

function warnOfPushOptions(
  pushOptions: readonly string[],
  { listing }: ReceivePackSession,
  ledger: Ledger,
): void {
  if (pushOptions.length === 0 || listing.capabilities.has('push-options')) return
  ledger.warn(
    `the destination takes no push options, so none is sent: ${listNames(pushOptions, MOST_NAMES)} has no effect`,
  )
}

interface Drafted {
  readonly plan: Plan
  readonly refs: DestinationRefs
  readonly early: EarlyFetch | undefined
}

/** The plan, with the destination's symbolic refs where they could matter. */
async function draftPlan(
  context: DestinationContext,
  { session, learned, ledger }: PlanRoundOptions,
  source: SourceListing,
): Promise<Drafted> {
  const { options } = context
  const { listing } = session
  const backups = knownBackupPrefixes(options.backup)
  const isTheirs = ({ name }: { readonly name: string }): boolean =>
    !isAnchor(name) && !isBackup(name, backups) && !isLifted(name)
  const plain: DestinationRefs = {
    refs: await runInTurns(filterInSteps(listing.refs, isTheirs), context.signal),
    damaged: listing.damaged.filter(isTheirs),
    format: listing.format,
    // They are asked for where this plan shows that they could matter.
    symrefs: new Map(),
    head: undefined,
  }
  const planWith = async (destination: DestinationRefs): Promise<Plan> => {
    const { refspecs, prune, force } = options
    return await runInTurns(planInSteps({ source, destination, refspecs, prune, force }), context.signal)
  }
  const plan = await planWith(plain)
  await giveTurn(context.signal)
  const prepare = (): void => {
    if (plan.updates.length > 0 && !options.dryRun) session.prepare()
  }
  const isInDoubt = await runInTurns(mayMeetSymref(plan.updates, listing), context.signal)
  if (!isInDoubt && !plan.updates.some(isDelete)) {
    prepare()
    return { plan, refs: plain, early: undefined }
  }
  let early: EarlyFetch | undefined
  if (mayStartEarly(context, plan, learned) && !ledger.hasRejected) {
    await context.admit()
    const { startEarly } = await loadActs()
    const { updates } = plan
    const unknown = { later: [], labels: undefined, early: undefined }
    const planned = { source, plan, updates, refs: plain, session, ...unknown }
    early = startEarly(context, planned, learned.mode.thin)
  }
  const refs = { ...plain, ...(await readSymrefs(context, { ledger, isInDoubt })) }
  // Not before: a server of one connection at a time waits for the request on it.
  prepare()
  return { plan: await planWith(refs), refs, early }
}

/** Nothing but a symbolic ref can change the plan: the source may be asked for the pack meanwhile. */
function mayStartEarly({ options }: DestinationContext, plan: Plan, learned: Learned): boolean {
  if (
    !options.force ||
    options.dryRun ||
    options.backup !== undefined ||
    learned.mode.pieces ||
    learned.mode.ownObjects
  )
    return false
  return plan.defaultBranchDelete === undefined && !plan.updates.some(isDelete)
}

/** The plan's updates that were not judged in an earlier round; the default branch goes last, alone. */
function* pending(plan: Plan, ledger: Ledger, { brokenIds }: Learned): Steps<readonly RefUpdate[]> {
  const isOpen = ({ ref, new: id }: RefUpdate): boolean => !ledger.isRejected(ref) && !brokenIds.has(id)
  const left = yield* filterInSteps(plan.updates, isOpen)
  if (left.length > 0 || plan.defaultBranchDelete === undefined) return left
  return ledger.isRejected(plan.defaultBranchDelete.ref) ? [] : [plan.defaultBranchDelete]
}

/** What the source lists and cannot give stays as it is: the result names it. */
function rejectBroken({ updates }: Plan, ledger: Ledger, { brokenIds }: Learned): void {
  if (brokenIds.size === 0) return
  for (const { ref, action, new: id } of updates) {
    if (!brokenIds.has(id)) continue
    const held = holdBack(ref, action, `the source lists ${id} and cannot give it`)
    ledger.reject({ ...held, advice: MEND_SOURCE, warning: true })
  }
}

const MEND_SOURCE =
  'Run git fsck at the source; give the ref another value there, or delete it. Where several servers stand behind one address, run again.'

/** `atomic`: a ref that was refused in an earlier round takes with it all that did not move with it. */
function allOrNone(plan: Plan, left: readonly RefUpdate[], ledger: Ledger): readonly RefUpdate[] {
  const refused = plan.updates.find(({ ref }) => ledger.isRefused(ref))
  if (refused === undefined) return left
  const reason = `atomic wants all refs or none, and ${printableLine(refused.ref, 200)} was refused`
  for (const { ref, action } of left) ledger.reject(holdBack(ref, action, reason))
  return []
}

type Symrefs = Pick<RefListing, 'symrefs' | 'head'>

/**
 * Symbolic refs of the destination (G17): its receive-pack does not show which refs are symbolic.
 * `isInDoubt`: a ref that the plan deletes or moves may be one.
 */
async function readSymrefs(
  { options, reader, signal }: DestinationContext,
  { ledger, isInDoubt }: { readonly ledger: Ledger; readonly isInDoubt: boolean },
): Promise<Symrefs> {
  try {
    const prefixes = [...destinationPrefixes(options.refspecs), 'HEAD']
    const { symrefs, head } = await withRetries(() => reader.list(prefixes), {
      retries: options.retries,
      signal,
      onRetry: (error, delay) => ledger.note(describeRetry('reading the destination again', error, delay)),
    })
    if (symrefs !== undefined || !isInDoubt) return { symrefs, head }
    return (await reader.listInsisting(prefixes)) ?? { symrefs, head }
  } catch (error) {
    signal.throwIfAborted()
    // What passes says nothing about what the destination can tell: nothing is deleted on a guess.
    if (error instanceof MirrorError && error.retryable) throw error
    return { symrefs: undefined, head: undefined }
  }
}
