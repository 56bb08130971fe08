import { forEachInSteps, type Steps } from '../base/steps.ts'
import { runInTurns } from '../base/turns.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import { isDelete } from '../plan/plan-types.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import { holdEarly } from './lfs/held-early.ts'
import { type EarlyFetch, isStillWanted, needsOf, type PlannedPush, startEarly } from './planned-round.ts'
import { describeRetry, withRetries } from './sessions/retry.ts'
import type { DestinationContext } from './state/context.ts'
import type { Learned } from './state/learned.ts'
import type { Ledger } from './state/ledger.ts'

/** What a round that carries LFS objects works with. */
export interface CarryRoundOptions {
  readonly planned: PlannedPush
  readonly learned: Learned
  readonly ledger: Ledger
  /** A session that is ending while the run goes on. */
  readonly onClosing: (closed: Promise<void>) => void
}

/**
 * Carries the LFS objects that a round will make visible, before any ref moves. Where there are pointers, neither the
 * greeted receive-pack nor a pack that was asked for early waits while objects flow.
 * @returns what is still to be pushed with
 * @throws MirrorError for what cannot be carried; the signal's reason.
 */
export async function carryRound(
  context: DestinationContext,
  { planned, learned, ledger, onClosing }: CarryRoundOptions,
): Promise<PlannedPush> {
  const { lfs, options, reporter, server, signal } = context
  if (lfs === undefined) return planned
  const { wants, haves } = await needsOf(context, planned, false)
  const hasNothing = wants.length === 0 && options.lfs !== 'full'
  if (hasNothing || lfs.isCarried(wants)) {
    lfs.leave()
    return planned
  }
  const { session, source } = planned
  const { label } = server.remote
  ledger.figures.enter('lfs')
  const { lfsBytes, lfsObjects } = ledger.figures
  // A first mirror of a source that filters is asked about at once: counting the objects of a whole history may take long,
  // and is done for both at the same time.
  const mayGlance = options.lfs !== 'full' && (haves.length > 0 || !(await lfs.asksGit()))
  const beside = planned.early ?? (await startBeside(context, planned, { learned, mayGlance }))
  const held =
    beside &&
    holdEarly({
      fetching: beside.fetching,
      format: source.format,
      signal,
      glances: mayGlance && isStillWanted({ ...planned, early: beside }),
    })
  const giveUpEarly = (): void => held?.giveUp()
  try {
    await lfs.carry({
      listing: source,
      wants,
      haves,
      glance: held?.glance,
      tips: await runInTurns(tipsOf(context, planned), signal),
      ref: planned.updates.find((update) => !isDelete(update))?.ref,
      notice: (level, text) => (level === 'warning' ? ledger.warn(text) : ledger.note(text)),
      retry: (what, act) =>
        withRetries(act, {
          retries: options.retries,
          signal,
          onRetry: (error, delay) => ledger.note(describeRetry(`${what} again`, error, delay)),
        }),
      onDoubt: giveUpEarly,
      async onFound(count) {
        const text = `carrying LFS objects to ${label}: ${count} ${count === 1 ? 'pointer' : 'pointers'} found`
        reporter({ kind: 'phase', phase: 'lfs', destination: label, text })
        giveUpEarly()
        // A server that forgets between requests has nothing that waits.
        if (!session.forgets) onClosing(session.leave())
      },
      onProgress({ bytes, objects, missing }) {
        ledger.figures.lfsBytes = lfsBytes + bytes
        ledger.figures.lfsObjects = lfsObjects + objects
        reporter({ kind: 'lfs-progress', destination: label, bytes, objects, missing })
      },
    })
  } catch (error) {
    held?.drop()
    throw error
  } finally {
    held?.release()
    ledger.figures.enter('list')
  }
  if (beside === undefined || held === undefined || held.isGivenUp()) return { ...planned, early: undefined }
  const { updates } = beside
  return { ...planned, early: { updates, fetching: held.fetching, cancel: held.drop } }
}

/**
 * Asks for the pack while pointers are looked for: nearly always there are none, and a small pack shows that itself. Not
 * where connections are counted, nor where several destinations may want one pack: what is given up here is not shared
 * again.
 */
async function startBeside(
  context: DestinationContext,
  planned: PlannedPush,
  { learned: { mode }, mayGlance }: { readonly learned: Learned; readonly mayGlance: boolean },
): Promise<EarlyFetch | undefined> {
  const { options } = context
  const { scheme } = options.source.url
  if (options.lfs === 'full' || options.dryRun || options.destinations.length > 1) return undefined
  if (mode.pieces || mode.ownObjects || planned.updates.length === 0 || scheme === 'git') return undefined
  await context.admit()
  // The question about pointers takes the connection that is greeted.
  if (scheme === 'ssh' && !mayGlance) return undefined
  return startEarly(context, planned, mode.thin)
}

/** The source's tips in scope, the default branch's first. */
function* tipsOf({ options }: DestinationContext, { source }: PlannedPush): Steps<readonly ObjectId[]> {
  const ids = new Set<ObjectId>()
  const isInScope = (name: string): boolean => mapToDestination(options.refspecs, name) !== undefined
  yield* forEachInSteps(source.refs, ({ name, id }) => {
    if (name === source.head && isInScope(name)) ids.add(id)
  })
  yield* forEachInSteps(source.refs, ({ name, id }) => {
    if (isInScope(name)) ids.add(id)
  })
  return [...ids]
}
