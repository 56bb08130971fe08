import { printableLine } from '../../base/printable.ts'
import { someInSteps, STEP_ITEMS, type Steps } from '../../base/steps.ts'
import { isDelete, type RefUpdate } from '../../plan/plan-types.ts'
import { makeRefTable } from '../../plan/ref-table.ts'
import { isNullId, nullId, type ObjectFormat, type ObjectId } from '../../protocol/object-id.ts'
import { type Push, type PushOutcome, unpackFailure } from './push-outcome.ts'

/** What became of an update, by the listing after the push; the report only explains (B17, B18). */
export type Verdict =
  | { readonly kind: 'changed'; readonly update: RefUpdate }
  /** The ref moved, and the server said that it had not taken the objects: it may name nothing (G3). */
  | { readonly kind: 'doubted'; readonly update: RefUpdate; readonly reason: string; readonly push: Push }
  /** Refused by the server, in its words. */
  | { readonly kind: 'refused'; readonly update: RefUpdate; readonly reason: string; readonly push: Push }
  /** Somebody else moved the ref, or holds it. */
  | { readonly kind: 'raced'; readonly update: RefUpdate; readonly reason: string; readonly push: Push }
  /** Its push went well, and the server moved nothing and said nothing. */
  | { readonly kind: 'silent'; readonly update: RefUpdate; readonly push: Push }
  /** Nothing moved: it was not sent, or its push failed as a whole. */
  | { readonly kind: 'open'; readonly update: RefUpdate }

/** A listing of the destination. */
export interface Shown {
  readonly refs: readonly { readonly name: string; readonly id: ObjectId }[]
  readonly format: ObjectFormat
}

/** Refused by the server, in its words. */
export type Refused = Extract<Verdict, { readonly kind: 'refused' }>

/** Whether the words of a refusal tell of another writer. */
export type RaceTest = (push: Push, update: RefUpdate, reason: string) => boolean

/** The verdict on each update: each is judged by its own push, whatever became of the others. */
export function* judgePushes(
  { pushes, updates }: Pick<PushOutcome, 'pushes' | 'updates'>,
  listing: Shown,
  isRace: RaceTest,
): Steps<readonly Verdict[]> {
  const none = nullId(listing.format)
  const table = makeRefTable(listing.refs)
  const verdicts: Verdict[] = []
  let count = 0
  for (const push of pushes) {
    for (const update of push.updates) {
      if (++count % STEP_ITEMS === 0) yield
      if (!push.isSent) {
        verdicts.push({ kind: 'open', update })
        continue
      }
      yield* table.prepareFor(update.ref)
      const at = table.find(update.ref)
      const found = at < 0 ? none : listing.refs[at]!.id
      verdicts.push(judgeUpdate(push, update, { found, isRace }))
    }
  }
  // Pushes go through the updates in their order: what is behind the last of them was not tried.
  for (const update of updates.slice(count)) verdicts.push({ kind: 'open', update })
  return verdicts
}

/**
 * A server that says `ok` and shows the old value is not believed, and neither is one that says `ng` and shows the
 * new one.
 *
 * @param now.found the value that the listing shows; null: the ref is not there
 */
function judgeUpdate(
  push: Push,
  update: RefUpdate,
  { found, isRace }: { readonly found: ObjectId; readonly isRace: RaceTest },
): Verdict {
  if (found === update.new) return judgeMoved(push, update)
  if (found !== update.old) return { kind: 'raced', update, reason: 'another writer moved it', push }
  const reason = whyRefused(push, update, found)
  if (reason !== undefined && isRace(push, update, reason)) return { kind: 'raced', update, reason, push }
  // The pack as a whole was not taken, or the push broke off: that is judged as one, not ref by ref.
  if (unpackFailure(push) !== undefined || push.error !== undefined) return { kind: 'open', update }
  return reason === undefined ? { kind: 'silent', update, push } : { kind: 'refused', update, reason, push }
}

function judgeMoved(push: Push, update: RefUpdate): Verdict {
  const failure = unpackFailure(push)
  // A deletion needs no objects: it is whole whatever became of the pack.
  if (failure === undefined || isDelete(update)) return { kind: 'changed', update }
  const words = printableLine(failure, 300)
  const reason = `the server said that it could not take the pack (${words}) and moved the ref all the same`
  return { kind: 'doubted', update, reason, push }
}

function whyRefused({ report }: Push, update: RefUpdate, found: ObjectId): string | undefined {
  const words = report?.refs.get(update.ref)
  if (words === undefined) return undefined
  if (!words.ok) return words.reason
  const other = words.refname
  const shows = isNullId(found) ? 'no such ref' : found
  return (
    `the server reported ok but the listing shows ${shows}` +
    (other === undefined || other === update.ref ? '' : `; it says that it moved ${other}`)
  )
}

/** All is at the destination, and no push told of a failure: nothing is to be decided. */
export function* isAllDone(
  { pushes, error }: Pick<PushOutcome, 'pushes' | 'error'>,
  verdicts: readonly Verdict[],
): Steps<boolean> {
  if (error !== undefined || pushes.some((push) => unpackFailure(push) !== undefined)) return false
  return !(yield* someInSteps(verdicts, ({ kind }) => kind !== 'changed'))
}
