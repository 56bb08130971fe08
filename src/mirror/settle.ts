import { adviseRef } from './advice.ts'
import type { RefUpdate } from './plan.ts'
import { printableLine } from './printable.ts'
import type { PushOutcome } from './push.ts'
import type { ReceiveListing } from './receive-pack.ts'
import type { RefChange, RejectedRef } from './result.ts'
import type { DestinationRun } from './run-state.ts'
import { type RefVerdict, settle } from './verdict.ts'

/** What became of an update, by the listing after the push; the report only explains. */
export type Verdict =
  | { readonly kind: 'changed'; readonly update: RefUpdate }
  /** Refused by the server, in its words. */
  | { readonly kind: 'refused'; readonly update: RefUpdate; readonly reason: string }
  /** The ref moved, and the server said that it had not taken the objects: it may name nothing (G3). */
  | { readonly kind: 'doubted'; readonly update: RefUpdate; readonly reason: string }
  /** Somebody else moved the ref, or holds it. */
  | { readonly kind: 'raced'; readonly update: RefUpdate; readonly reason: string }
  /** Nothing was said and nothing moved. */
  | { readonly kind: 'open'; readonly update: RefUpdate }

/** Words of a lost compare-and-swap or of a lock that another push holds (G8). */
const RACE =
  /failed to update ref|incorrect old value|reference already exists|reference does not exist|invalid old id|^already exists|remote ref has changed|cannot lock ref|unable to create .*\.lock|fetch first|stale info/i

/** The verdict on each update of a push. */
export function judgePush(outcome: PushOutcome, listing: ReceiveListing): readonly Verdict[] {
  const judged = settle({
    updates: outcome.sent,
    reports: outcome.reports,
    unpack: outcome.unpack,
    listing: listing.refs,
    format: listing.format,
  })
  const sent = new Set(outcome.sent)
  const unsent = outcome.updates.filter((update) => !sent.has(update))
  return [
    ...judged.map((verdict) => verdictOf(verdict, outcome)),
    ...unsent.map((update): Verdict => ({ kind: 'open', update })),
  ]
}

function verdictOf(verdict: RefVerdict, outcome: PushOutcome): Verdict {
  const { update } = verdict
  switch (verdict.kind) {
    case 'changed':
      return verdict.doubt === undefined
        ? { kind: 'changed', update }
        : { kind: 'doubted', update, reason: verdict.doubt }
    case 'raced':
      return { kind: 'raced', update, reason: 'another writer moved it' }
    case 'unknown':
      return { kind: 'open', update }
    case 'rejected': {
      const { reason } = verdict
      if (RACE.test(reason)) return { kind: 'raced', update, reason }
      // The pack as a whole was not taken, or the push broke off: that is judged as one, not ref by ref.
      if (outcome.unpack !== undefined || outcome.error !== undefined) return { kind: 'open', update }
      return { kind: 'refused', update, reason }
    }
  }
}

/** Writes down what changed; gives the verdicts for the decision about the rest. */
export function settlePush(
  run: DestinationRun,
  outcome: PushOutcome,
  listing: ReceiveListing,
  labels: ReadonlyMap<string, boolean> | undefined,
): readonly Verdict[] {
  const verdicts = judgePush(outcome, listing)
  for (const verdict of verdicts) {
    if (verdict.kind !== 'changed') continue
    const { update } = verdict
    if (run.changed.get(update.ref)?.new === update.new) continue
    const action = update.action === 'update' && labels?.get(update.ref) === false ? 'force' : update.action
    const change: RefChange = mergeChange(run.changed.get(update.ref), {
      ref: update.ref,
      action,
      old: update.old,
      new: update.new,
    })
    run.changed.set(update.ref, change)
    run.rejected.delete(update.ref)
    run.reporter({ kind: 'changed', destination: run.server.remote.label, change, dryRun: false })
  }
  return verdicts
}

/** A ref that changed twice in one run (the source moved meanwhile) is one change from first to last. */
function mergeChange(before: RefChange | undefined, now: RefChange): RefChange {
  if (before === undefined) return now
  const action = before.action === 'create' || before.action === 'force' ? before.action : now.action
  return { ...now, old: before.old, action: now.action === 'delete' ? 'delete' : action }
}

/** Refs that stay as they are for this run. */
export function applyRejections(run: DestinationRun, rejected: readonly RejectedRef[]): void {
  for (const ref of rejected) {
    if (run.rejected.has(ref.ref)) continue
    run.rejected.set(ref.ref, ref)
    run.reporter({ kind: 'rejected', destination: run.server.remote.label, rejected: ref })
  }
}

/** A refusal with the advice that fits it. */
export function rejectionOf(
  run: DestinationRun,
  update: RefUpdate,
  reason: string,
  warning = false,
): RejectedRef {
  const advice = adviseRef({
    reason,
    serverLines: run.lines,
    ref: update.ref,
    action: update.action,
    host: run.server.host,
  })
  return {
    ref: update.ref,
    action: update.action,
    reason: printableLine(reason),
    advice: advice === undefined ? undefined : `${advice.meaning} ${advice.todo}`,
    warning,
  }
}
