import type { RefUpdate } from '../../plan/plan-types.ts'
import { printableLine } from '../../base/printable.ts'
import type { PushOutcome } from './push-outcome.ts'
import type { ReceiveListing } from '../sessions/receive-pack-session.ts'
import type { RefChange } from '../../report/result.ts'
import type { DestinationRun } from '../state/destination-state.ts'
import { nullId, type ObjectFormat, type ObjectId } from '../../protocol/object-id.ts'
import type { RefReport } from '../../protocol/report-status.ts'

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

/** What became of an update. */
export type RefVerdict =
  | {
      readonly kind: 'changed'
      readonly update: RefUpdate
      /** The server said that it had not taken the pack: the ref may name what is not there (G3). */
      readonly doubt?: string | undefined
    }
  | { readonly kind: 'rejected'; readonly update: RefUpdate; readonly reason: string }
  /** The ref is neither what it was nor what it should be: somebody else moved it. */
  | { readonly kind: 'raced'; readonly update: RefUpdate; readonly found: ObjectId }
  /** Nothing moved, and the server said nothing about it. */
  | { readonly kind: 'unknown'; readonly update: RefUpdate }

export interface PushedUpdates {
  /** Updates whose commands were sent. */
  readonly updates: readonly RefUpdate[]
  /** What the reports say of each; a ref without a line is missing or undefined. */
  readonly reports: ReadonlyMap<string, RefReport | undefined>
  /** The report's `unpack` words, `ok` included; undefined: there was no report. */
  readonly unpack?: string | undefined
  /** The destination's refs after the push. */
  readonly listing: readonly { readonly name: string; readonly id: ObjectId }[]
  readonly format: ObjectFormat
}

/**
 * Judges each update by the listing after the push; the report only explains (B17, B18). A server that says
 * `ok` and shows the old value is not believed, and neither is one that says `ng` and shows the new one.
 */
export function settle(o: PushedUpdates): readonly RefVerdict[] {
  const now = new Map(o.listing.map((ref) => [ref.name, ref.id]))
  const none = nullId(o.format)
  return o.updates.map((update) => judge(o, update, now.get(update.ref) ?? none))
}

export function judge(o: PushedUpdates, update: RefUpdate, found: ObjectId): RefVerdict {
  const unpackFailed = o.unpack !== undefined && o.unpack !== 'ok'
  if (found === update.new) {
    // A deletion needs no objects: it is whole whatever became of the pack.
    if (!unpackFailed || update.action === 'delete') return { kind: 'changed', update }
    const words = printableLine(o.unpack, 300)
    return {
      kind: 'changed',
      update,
      doubt: `the server said that it could not take the pack (${words}) and moved the ref all the same`,
    }
  }
  if (found !== update.old) return { kind: 'raced', update, found }
  const report = o.reports.get(update.ref)
  if (report !== undefined && !report.ok) return { kind: 'rejected', update, reason: report.reason }
  if (unpackFailed) return { kind: 'rejected', update, reason: `the pack was not taken: ${o.unpack}` }
  if (report === undefined) return { kind: 'unknown', update }
  const other = report.refname
  const shows = found === nullId(o.format) ? 'no such ref' : found
  return {
    kind: 'rejected',
    update,
    reason:
      `the server reported ok but the listing shows ${shows}` +
      (other === undefined || other === update.ref ? '' : `; it says that it moved ${other}`),
  }
}
