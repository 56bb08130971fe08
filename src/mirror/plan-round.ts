import { MirrorError } from '../base/errors.ts'
import { type AncestryQuestion, askAncestry } from './history/ancestry.ts'
import { isAnchor } from '../plan/anchors.ts'
import { checkGuards } from '../plan/guards.ts'
import { type DestinationRefs, type Plan, type RefUpdate, isDelete } from '../plan/plan-types.ts'
import { planUpdates } from '../plan/plan.ts'
import { mayMeetSymref } from '../plan/symrefs.ts'
import { listNames } from '../plan/list-names.ts'
import { type EarlyFetch, startEarly, type Planned } from './planned-round.ts'
import { ReceivePackSession } from './sessions/receive-pack-session.ts'
import { destinationPrefixes } from '../plan/refspec.ts'
import { withRetries } from './sessions/retry.ts'
import { type DestinationRun, notice } from './state/destination-state.ts'
import { applyRejections } from './state/ledger.ts'
import type { RefListing } from './sessions/fetching.ts'
import { questions } from './force-labels.ts'

/** Nothing but a symbolic ref can change the plan: the source may be asked for the pack meanwhile. */
function mayStartEarly(run: DestinationRun, plan: Plan): boolean {
  const { options } = run
  if (!options.force || options.dryRun || run.manner.pieces || run.rejected.size > 0) return false
  return plan.defaultBranchDelete === undefined && !plan.updates.some(isDelete)
}

/**
 * Plans one round against what the destination has just shown.
 * @throws MirrorError `guard`, and the source's errors.
 */
export async function planRound(run: DestinationRun, session: ReceivePackSession): Promise<Planned> {
  const { options } = run
  const { listing } = session
  const source = await run.source.listing()
  const visible = listing.refs.filter((ref) => !isAnchor(ref.name))
  const plain: DestinationRefs = {
    refs: visible,
    format: listing.format,
    symrefs: undefined,
    head: undefined,
  }
  const planWith = (refs: DestinationRefs): Plan =>
    planUpdates({
      source,
      destination: refs,
      refspecs: options.refspecs,
      prune: options.prune,
      force: options.force,
    })
  let refs = plain
  let plan = planWith(refs)
  let early: EarlyFetch | undefined
  if (plan.updates.length > 0 && !options.dryRun) session.prepare()
  if (plan.updates.some(isDelete) || mayMeetSymref(plan.updates, listing)) {
    if (mayStartEarly(run, plan)) {
      early = startEarly(run, { source, plan, updates: plan.updates, refs, session, early: undefined })
    }
    refs = { ...plain, ...(await readSymrefs(run)) }
    plan = planWith(refs)
  }
  try {
    checkGuards({
      plan,
      source,
      destination: refs,
      options,
      atomicAdvertised: listing.capabilities.has('atomic'),
      maxRefsPerPush: run.manner.maxRefs,
    })
  } catch (error) {
    early?.cancel()
    throw error
  }
  applyRejections(run, plan.heldBack)
  for (const text of plan.warnings) if (!run.warnings.includes(text)) notice(run, 'warning', text)
  run.inScope = plan.inScope
  if (run.figures.pushes === 0) run.upToDate = plan.upToDate
  run.defaultBranch = plan.defaultBranchDelete?.ref
  const open = pending(run, plan)
  const updates = options.force ? open : await holdBackDiverged(run, open)
  return { source, plan, updates, refs, early }
}

/** The plan's updates that were not judged in an earlier round; the default branch goes last, alone. */
function pending(run: DestinationRun, plan: Plan): readonly RefUpdate[] {
  const left = plan.updates.filter(
    (update) => !run.rejected.has(update.ref) && !run.brokenIds.has(update.new),
  )
  if (left.length > 0 || plan.defaultBranchDelete === undefined) return left
  return run.rejected.has(plan.defaultBranchDelete.ref) ? [] : [plan.defaultBranchDelete]
}

type Symrefs = Pick<RefListing, 'symrefs' | 'head'>

/** Symbolic refs of the destination (G17): its receive-pack does not show which refs are symbolic. */
async function readSymrefs(run: DestinationRun): Promise<Symrefs> {
  try {
    const prefixes = [...destinationPrefixes(run.options.refspecs), 'HEAD']
    const { symrefs, head } = await withRetries(() => run.reader.list(prefixes), {
      retries: run.options.retries,
      signal: run.signal,
      onRetry: (error, delay) =>
        notice(
          run,
          'info',
          `reading the destination again in ${(delay / 1000).toFixed(1)} s: ${error.message}`,
        ),
    })
    return { symrefs, head }
  } catch (error) {
    run.signal.throwIfAborted()
    // What passes says nothing about what the destination can tell: nothing is deleted on a guess.
    if (error instanceof MirrorError && error.retryable) throw error
    return { symrefs: undefined, head: undefined }
  }
}

/** `force: false`: a branch whose old tip is no ancestor of the new one stays as it is. */
async function holdBackDiverged(
  run: DestinationRun,
  updates: readonly RefUpdate[],
): Promise<readonly RefUpdate[]> {
  const asked = questions(updates).filter((update) => !update.forced)
  if (asked.length === 0) return updates
  run.figures.enter('negotiate')
  const answers = await withRetries(
    () =>
      askAncestry(
        run.source.uploadPack,
        asked.map((update): AncestryQuestion => update),
      ),
    {
      retries: run.options.retries,
      signal: run.signal,
      onRetry: (error, delay) =>
        notice(run, 'info', `asking the source again in ${(delay / 1000).toFixed(1)} s: ${error.message}`),
    },
  )
  const held = new Set<string>()
  for (const [index, update] of asked.entries()) {
    if (answers[index] === true) continue
    held.add(update.ref)
    applyRejections(run, [
      {
        ref: update.ref,
        action: 'update',
        reason:
          answers[index] === false
            ? 'the branch diverged: its tip at the destination is not behind the source’s, and force is false'
            : 'the source’s protocol cannot tell whether this is a fast-forward, and force is false',
        advice: 'Merge the destination’s commits into the source, or set force: true to overwrite them.',
        warning: false,
      },
    ])
  }
  if (run.options.atomic && held.size > 0) throw atomicHeldBack([...held])
  return updates.filter((update) => !held.has(update.ref))
}

function atomicHeldBack(refs: readonly string[]): MirrorError {
  return new MirrorError(
    `atomic: true was asked for, and force: false holds back ${listNames(refs, 5)}: nothing is pushed`,
    {
      code: 'guard',
      side: 'destination',
      hint: 'Set force: true to overwrite what diverged, or atomic: false to push the other refs.',
    },
  )
}
