import { MirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { findBoundary } from './boundary.ts'
import { askKnownIds } from './known-ids.ts'
import { findTipsBehind, type TipsBehind } from './tips-behind.ts'
import type { Reporter } from '../../report/events.ts'
import type { Fetching, FetchQuestion } from '../sessions/fetching.ts'
import { UploadPackPool } from '../sessions/upload-pack-pool.ts'

export interface NegotiateOptions {
  readonly source: UploadPackPool
  /** The destination's upload-pack; its history is read only when the source does not know its tips. */
  readonly destination: UploadPackPool
  readonly wants: readonly ObjectId[]
  readonly haves: readonly ObjectId[]
  readonly thin: boolean
  readonly ofsDelta: boolean
  /** A tip of the source, for servers that answer no question without a want. */
  readonly anyTip: ObjectId | undefined
  /** Tips of the source, what is wanted first. */
  readonly sourceTips: readonly ObjectId[]
  /** `shallow` lines of the destination (A8). */
  readonly shallow: readonly ObjectId[]
  /** Ids at the destination of refs that will be overwritten or deleted and that the source does not show. */
  readonly unknownTips: readonly ObjectId[]
  /** Some id of the destination is also one of the source's: the two share history. */
  readonly shared: boolean
  readonly allowUnrelated: boolean
  readonly destinationLabel: string
  readonly reporter: Reporter
  /** Asks a question that may bring the pack; several destinations may share one answer. */
  readonly fetchPack: (question: FetchQuestion) => Promise<Fetching>
}

/**
 * Asks the source for the smallest pack, and makes sure on the way that the two repositories share history.
 * Undefined when nothing is wanted.
 * @throws MirrorError `guard` for unrelated repositories; the source's errors.
 */
export async function negotiate(options: NegotiateOptions): Promise<Fetching | undefined> {
  const base: FetchQuestion = {
    wants: options.wants,
    haves: options.haves,
    thin: options.thin && options.shallow.length === 0,
    ofsDelta: options.ofsDelta,
    shallow: options.shallow,
  }
  if (options.unknownTips.length === 0) return await finalFetch(options, base)
  const first = await askWithoutDone(options, base)
  if (first.fetching) return first.fetching
  if (first.common) return await finalFetch(options, base)
  const behind = await lookBehind(options)
  const related = options.shared || first.related || behind?.shared === true
  if (!related && !options.allowUnrelated) throw unrelated(behind !== undefined)
  if (behind === undefined) return await finalFetch(options, base)
  const haves = [...behind.ids, ...options.haves]
  return await finalFetch(options, { ...base, haves })
}

async function finalFetch(options: NegotiateOptions, question: FetchQuestion): Promise<Fetching | undefined> {
  if (question.wants.length === 0) return undefined
  return await options.fetchPack({ ...question, done: true })
}

/**
 * The question without `done`: a source that sees a way from every want to a have sends the pack at once, in
 * the same answer; one that knows some of the haves says so; silence means that it knows none of the tips.
 */
async function askWithoutDone(
  options: NegotiateOptions,
  question: FetchQuestion,
): Promise<{ readonly fetching?: Fetching; readonly common: boolean; readonly related: boolean }> {
  const { source, wants, unknownTips } = options
  const session = await source.lease()
  const { version } = session.advertisement
  source.release(session)
  if (version !== 2 || wants.length === 0 || unknownTips.length > 10_000) {
    const known = await askKnownIds(source, { ids: unknownTips.slice(0, 10_000), want: options.anyTip })
    const isAnyKnown = known.size > 0
    return { common: isAnyKnown, related: isAnyKnown }
  }
  const fetching = await options.fetchPack({ ...question, done: false })
  if (fetching.answer.pack !== undefined) return { fetching, common: true, related: true }
  const tips = new Set(unknownTips)
  const { acks } = fetching.answer
  return { common: acks.some((id) => tips.has(id)), related: acks.length > 0 }
}

/** What lies behind both histories; undefined where the destination cannot be read. */
async function lookBehind(options: NegotiateOptions): Promise<TipsBehind | undefined> {
  const { destination, source, unknownTips, sourceTips, reporter, destinationLabel } = options
  const note = (text: string): void =>
    reporter({
      kind: 'notice',
      level: 'info',
      destination: destinationLabel,
      text: `the source does not know what the destination has; ${text}, only what lies after that is sent`,
    })
  try {
    const boundary = await findBoundary({ destination, source, tips: unknownTips, want: options.anyTip })
    if (boundary.shared) {
      note(`the histories meet ${boundary.depth} commits back`)
      return boundary
    }
    const behind = await findTipsBehind(destination, { sourceTips, tips: unknownTips })
    if (behind.ids.length > 0) note('it is ahead of what the source has')
    return behind
  } catch (error) {
    source.server.signal.throwIfAborted()
    if (error instanceof MirrorError && error.side === 'source') throw error
    reporter({
      kind: 'notice',
      level: 'warning',
      destination: destinationLabel,
      text: 'the source does not know what the destination has, and the destination cannot be read: more than what is missing will be sent, up to the whole history',
    })
    return undefined
  }
}

function unrelated(looked: boolean): MirrorError {
  return new MirrorError(
    looked
      ? 'the destination shares no history with the source, and refs of it would be overwritten or deleted'
      : 'nothing shows that the destination shares history with the source, and refs of it would be overwritten or deleted',
    {
      code: 'guard',
      side: 'destination',
      hint: 'Check that source and destination are the right way round and the right repositories; allow-unrelated: true overwrites what is there.',
    },
  )
}
