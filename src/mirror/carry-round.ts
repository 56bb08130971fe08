import { forEachInSteps, type Steps } from '../base/steps.ts'
import { runInTurns } from '../base/turns.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import { isDelete } from '../plan/plan-types.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import { type EarlyFetch, needsOf, type PlannedPush, startEarly } from './planned-round.ts'
import { describeRetry, withRetries } from './sessions/retry.ts'
import type { DestinationContext } from './state/context.ts'
import type { Learned } from './state/learned.ts'
import type { Ledger } from './state/ledger.ts'

/**
 * Milliseconds that a pack may wait for the answer about pointers. A server that does one thing at a time answers when the
 * pack is given up.
 */
const LONGEST_HELD_MS = 5000

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
  const beside = planned.early ?? (await startBeside(context, planned, learned))
  let early = beside
  const cancelEarly = (): void => {
    early?.cancel()
    early = undefined
  }
  const stopWaiting = beside && limitHeld(beside, cancelEarly)
  try {
    await lfs.carry({
      listing: source,
      wants,
      haves,
      tips: await runInTurns(tipsOf(context, planned), signal),
      ref: planned.updates.find((update) => !isDelete(update))?.ref,
      notice: (level, text) => (level === 'warning' ? ledger.warn(text) : ledger.note(text)),
      retry: (what, act) =>
        withRetries(act, {
          retries: options.retries,
          signal,
          onRetry: (error, delay) => ledger.note(describeRetry(`${what} again`, error, delay)),
        }),
      onDoubt: cancelEarly,
      async onFound(count) {
        const text = `carrying LFS objects to ${label}: ${count} ${count === 1 ? 'pointer' : 'pointers'} found`
        reporter({ kind: 'phase', phase: 'lfs', destination: label, text })
        cancelEarly()
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
    cancelEarly()
    throw error
  } finally {
    stopWaiting?.()
    ledger.figures.enter('list')
  }
  return { ...planned, early }
}

/**
 * Asks for the pack while pointers are looked for: nearly always there are none. Not where connections are counted, nor
 * where several destinations may want one pack: what is given up here is not shared again.
 */
async function startBeside(
  context: DestinationContext,
  planned: PlannedPush,
  { mode }: Learned,
): Promise<EarlyFetch | undefined> {
  const { lfs, options } = context
  const { scheme } = options.source.url
  if (lfs === undefined || options.lfs === 'full' || options.dryRun || options.destinations.length > 1)
    return undefined
  if (mode.pieces || mode.ownObjects || planned.updates.length === 0 || scheme === 'git') return undefined
  await context.admit()
  if (scheme === 'ssh' && (await lfs.asksGit())) return undefined
  return startEarly(context, planned, mode.thin)
}

/** @returns how to end it. */
function limitHeld({ fetching }: EarlyFetch, cancel: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const start = (): void => {
    if (!isOver) timer = setTimeout(cancel, LONGEST_HELD_MS)
  }
  fetching.then(start, () => undefined)
  return () => {
    isOver = true
    clearTimeout(timer)
  }
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
