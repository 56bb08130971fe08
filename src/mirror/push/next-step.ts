import { MirrorError, withDetails } from '../../base/errors.ts'
import { parseNotOurRef } from '../../protocol/fetch-response.ts'
import { hasStarved, isTooMany, learn, type PushFailure } from '../state/fallbacks.ts'
import { noteRestTooLarge, surpriseOf } from '../state/piece-state.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { PushOutcome } from './push-outcome.ts'
import { type DestinationRun, notice } from '../state/destination-state.ts'
import { judgeTooLarge } from '../state/thin-or-whole.ts'
import { applyRejections, rejectionOf } from '../state/ledger.ts'
import type { Verdict } from './verdict.ts'

/** How often one ref may be lost to another writer before it is given up. */
const MOST_RACES = 5

/** Refs that were declined together are not tried apart when there are more. */
const MOST_APART = 500

export type Next =
  | { readonly kind: 'again'; readonly refreshSource: boolean }
  | { readonly kind: 'retry'; readonly error: MirrorError; readonly refreshSource: boolean }
  | { readonly kind: 'fail'; readonly error: MirrorError }

const DECLINED = /declin|hook|protected|policy|GH0\d\d|TF4\d+|VS4\d+|not allowed|prohibited|denied|rule/i

/**
 * What follows a push, once the listing has shown what moved. Refusals are written down here; a plainer way
 * of pushing is learned here.
 */
export function decideNext(
  run: DestinationRun,
  outcome: PushOutcome,
  verdicts: readonly Verdict[],
  failures: number,
): Next {
  const open = verdicts.filter((verdict) => verdict.kind === 'open')
  const raced = verdicts.filter((verdict) => verdict.kind === 'raced')
  const apart = run.options.atomic ? [] : declinedTogether(outcome, verdicts)
  const text = [outcome.error?.serverText, outcome.unpack, ...run.lines].join('\n')
  const failure: PushFailure = {
    error: outcome.error,
    unpack: outcome.unpack,
    allDeclined: apart.length > 0 && apart.length <= MOST_APART,
    text,
    commands: run.options.atomic ? 1 : Math.min(outcome.commands, apart.length || Infinity),
    bytes: outcome.bytes,
    overOurLimit: outcome.overLimit,
    starved: outcome.starved,
    greetedAhead: outcome.greetedAhead,
    transferAllowed: { spool: run.options.transfer !== 'stream' },
  }
  // The next listing will show these as if they were done: they are judged now, whatever is tried next.
  for (const verdict of verdicts) if (verdict.kind === 'doubted') refuse(run, verdict.update, verdict.reason)
  const failed = outcome.error !== undefined || outcome.unpack !== undefined
  if (outcome.error?.side === 'source') return decideSourceFailure(run, outcome.error, failures)
  const starved = hasStarved(failure)
  if (starved && outcome.isShared) {
    notice(run, 'info', 'the destination gave up while it waited for a slower one: fetching for it alone')
    return { kind: 'again', refreshSource: false }
  }
  // A connection that ends in the middle of a pack was most likely cut: the same way once more comes first.
  if (outcome.error !== undefined && isPlainCut(outcome) && !starved && open.length > 0) {
    if (run.options.retries === 0) return { kind: 'fail', error: outcome.error }
    if (failures === 0) return { kind: 'retry', error: outcome.error, refreshSource: false }
  }
  const forbidden = wantsSpool(run, failure)
  const learns = failed || failure.allDeclined || (apart.length > 0 && isTooMany(text))
  const lesson = learns && !forbidden ? learn(run.manner, failure) : undefined
  if (lesson !== undefined) {
    if (lesson.manner.pieces && outcome.objects > 0) {
      const { objects } = outcome
      const bytes = Math.max(outcome.bytes, lesson.manner.maxBytes ?? 0)
      const { isThin } = run.thinness
      run.thinness = judgeTooLarge(run.thinness, isThin, surpriseOf(run.pieces, { objects, bytes }))
      run.pieces = noteRestTooLarge(run.pieces, objects, bytes)
    }
    run.manner = lesson.manner
    notice(run, 'info', lesson.notice)
    return { kind: 'again', refreshSource: false }
  }
  for (const verdict of verdicts) if (verdict.kind === 'refused') refuse(run, verdict.update, verdict.reason)
  for (const verdict of raced) noteRace(run, verdict.update, verdict.reason)
  if (outcome.error !== undefined && open.length > 0) {
    const error = forbidden ? withDetails(outcome.error, { hint: FORBIDDEN }) : outcome.error
    if (error.retryable && failures < run.options.retries)
      return { kind: 'retry', error, refreshSource: false }
    return { kind: 'fail', error }
  }
  if (outcome.unpack !== undefined && open.length > 0)
    return { kind: 'fail', error: unpackError(run, outcome.unpack) }
  if (outcome.error === undefined && outcome.unpack === undefined) {
    for (const { update } of open) {
      if (outcome.sent.includes(update))
        refuse(run, update, 'the server said nothing about it, and its listing shows the old value')
    }
  }
  return { kind: 'again', refreshSource: raced.length > 0 }
}

const FORBIDDEN =
  'The destination wants the pack at once or its length beforehand, and transfer: stream forbids to collect it: set transfer: auto or spool.'

/** Collecting the pack is what would help, and is not allowed: no other way is tried instead. */
function wantsSpool(run: DestinationRun, failure: PushFailure): boolean {
  if (failure.transferAllowed.spool || run.manner.spool) return false
  if (!hasStarved(failure) && ![408, 411, 504].includes(failure.error?.status ?? 0)) return false
  return learn(run.manner, { ...failure, transferAllowed: { spool: true } })?.manner.spool === true
}

const MUCH = 64 * 1024

function isPlainCut({ error, bytes, unpack }: PushOutcome): boolean {
  return error?.code === 'cut' && error.status === undefined && unpack === undefined && bytes > MUCH
}

function decideSourceFailure(run: DestinationRun, error: MirrorError, failures: number): Next {
  const id = error.serverText === undefined ? undefined : parseNotOurRef(error.serverText)
  if (id !== undefined && failures < run.options.retries) {
    // The ref moved since it was listed, or it is broken: what a new listing still shows is broken (G19).
    if (run.suspectIds.has(id)) {
      run.brokenIds.add(id)
      notice(run, 'warning', `the source lists ${id} and cannot give it: refs with that id are left out`)
    }
    run.suspectIds.add(id)
    return { kind: 'again', refreshSource: true }
  }
  if (error.retryable && failures < run.options.retries) return { kind: 'retry', error, refreshSource: true }
  return { kind: 'fail', error }
}

/** Updates of pushes of several refs that were declined to the last one: one of them may have sunk the others (G7). */
function declinedTogether(outcome: PushOutcome, verdicts: readonly Verdict[]): readonly RefUpdate[] {
  const declined = new Set<RefUpdate>()
  for (const verdict of verdicts) {
    if (verdict.kind === 'refused' && DECLINED.test(verdict.reason)) declined.add(verdict.update)
  }
  return outcome.batches
    .filter((batch) => batch.updates.length > 1 && batch.updates.every((update) => declined.has(update)))
    .flatMap((batch) => batch.updates)
}

function refuse(run: DestinationRun, update: RefUpdate, reason: string): void {
  applyRejections(run, [
    rejectionOf(run, update, reason, update.action === 'delete' && update.ref === run.defaultBranch),
  ])
}

function noteRace(run: DestinationRun, update: RefUpdate, reason: string): void {
  const races = (run.races.get(update.ref) ?? 0) + 1
  run.races.set(update.ref, races)
  if (races >= MOST_RACES) refuse(run, update, `${reason} (${races} times)`)
  else notice(run, 'info', `${update.ref} moved while it was pushed (${reason}): listing and planning again`)
}

function unpackError(run: DestinationRun, words: string): MirrorError {
  return new MirrorError(`the destination could not take the pack: ${words}`, {
    code: 'unpack',
    side: 'destination',
    serverText: [words, ...run.lines.slice(-20)].join('\n'),
  })
}
