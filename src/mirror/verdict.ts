import { nullId, type ObjectFormat, type ObjectId } from '../protocol/object-id.ts'
import type { RefReport } from '../protocol/report-status.ts'
import type { RefUpdate } from './plan.ts'
import { printableLine } from './printable.ts'

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

function judge(o: PushedUpdates, update: RefUpdate, found: ObjectId): RefVerdict {
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
