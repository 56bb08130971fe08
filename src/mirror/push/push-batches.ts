import { readClock } from '../../base/clock.ts'
import { forEachInTurns } from '../../base/turns.ts'
import { toMirrorError } from '../../base/errors.ts'
import { isDelete, type RefUpdate } from '../../plan/plan-types.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import type { PushReport } from '../../protocol/report-status.ts'
import type { Fetching } from '../sessions/fetching.ts'
import type { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { DestinationContext } from '../state/context.ts'
import type { Learned } from '../state/learned.ts'
import type { Ledger } from '../state/ledger.ts'
import { BatchSessions } from './batch-sessions.ts'
import { type Batch, needsObjects } from './batches.ts'
import { loadSetbacks } from './load-setbacks.ts'
import { notSent, pushOne, type PushResult, type PushTools } from './push-one.ts'
import { type Push, type PushOutcome, unpackFailure } from './push-outcome.ts'

/** A pack to be sent: one that flows, or none because nothing is missing. */
export type PackToSend = Fetching | undefined

export interface PushOptions {
  readonly batches: readonly Batch[]
  /** Objects of all batches, or of the first that needs any; that one brings them. */
  readonly fetching: PackToSend
  /** The receive-pack that was planned against. */
  readonly held: ReceivePackSession
  readonly learned: Pick<Learned, 'mode' | 'pieces'>
  readonly ledger: Ledger
  /** Asks the source for the objects of some updates alone; `arrived` is at the destination by now. */
  readonly fetchFor: (updates: readonly RefUpdate[], arrived: readonly ObjectId[]) => Promise<PackToSend>
  /** A session that is ending while the run goes on. */
  readonly onClosing: (closed: Promise<void>) => void
}

/**
 * Pushes the batches one after the other; the first that needs a pack brings all objects, unless each has to bring
 * its own. A server that refuses every ref of that one drops the objects with them: from then on each brings its own,
 * too. Stops at the first failure, and at the first push that was too many refs. Never throws but for the signal.
 */
export async function pushBatches(
  context: Pick<DestinationContext, 'server' | 'signal' | 'reporter' | 'options'>,
  options: PushOptions,
): Promise<PushOutcome> {
  const { batches, learned, ledger, fetching } = options
  const { server, signal, reporter } = context
  const sessions = new BatchSessions(server, options.held, learned.mode.greetAhead)
  const { atomic } = context.options
  const tools: PushTools = { server, signal, reporter, atomic, learned, ledger, sessions }
  const pushes: BatchPush[] = []
  const arrived: ObjectId[] = []
  let bringsOwn = learned.mode.ownObjects
  for (const [index, batch] of batches.entries()) {
    const isLast = index === batches.length - 1
    const pushed = await pushBatch(tools, options, { batch, isLast, bringsOwn, arrived })
    const push = await refuseAlone(pushed, server.host)
    pushes.push(push)
    if (hasFailed(push) || (await isRefusedAsTooMany(push, server.host))) break
    await forEachInTurns(takenOf(push), (id) => arrived.push(id), signal)
    bringsOwn ||= hasLostObjects(push)
  }
  fetching?.cancel()
  const { closed } = await sessions.end(pushes.at(-1)?.error)
  options.onClosing(closed)
  return summarize(options, pushes)
}

/** A push with what is known of how it was made. */
interface BatchPush extends Push, PushResult {
  readonly hasPack: boolean
  /** It went over a connection that was opened during the one before. */
  readonly greetedAhead: boolean
}

interface Turn {
  readonly batch: Batch
  readonly isLast: boolean
  /** Each batch brings its own objects. */
  readonly bringsOwn: boolean
  readonly arrived: readonly ObjectId[]
}

async function pushBatch(tools: PushTools, options: PushOptions, turn: Turn): Promise<BatchPush> {
  const { sessions } = tools
  const { updates } = turn.batch
  const hasObjects = turn.batch.carriesPack || (turn.bringsOwn && needsObjects(updates))
  const made = { updates, hasObjects, hasPack: false, greetedAhead: false }
  let fetching: PackToSend
  try {
    fetching = hasObjects ? await findPack(options, turn) : undefined
  } catch (thrown) {
    tools.signal.throwIfAborted()
    return { ...made, ...notSent(toMirrorError(thrown, { code: 'cut', side: 'source', retryable: true })) }
  }
  const greetedAhead = sessions.isGreetedAhead
  const started = readClock()
  const result = await pushOne(tools, {
    updates,
    fetching,
    onSent: () => {
      if (!turn.isLast && !hasObjects) sessions.greetAhead()
    },
  })
  sessions.noteTime(readClock() - started)
  return { ...made, ...result, hasPack: fetching !== undefined, greetedAhead }
}

async function findPack({ fetching, fetchFor }: PushOptions, { batch, arrived }: Turn): Promise<PackToSend> {
  return batch.carriesPack ? fetching : await fetchFor(batch.updates, arrived)
}

function hasFailed(push: Push): boolean {
  return push.error !== undefined || unpackFailure(push) !== undefined
}

/** New values that the server said it has. */
function* takenOf({ updates, report }: Push): Generator<ObjectId> {
  for (const update of updates)
    if (!isDelete(update) && report?.refs.get(update.ref)?.ok === true) yield update.new
}

/** The server refused every ref, as far as it tells. */
function isRefused({ updates, report }: Push): boolean {
  return report !== undefined && !updates.some((update) => report.refs.get(update.ref)?.ok === true)
}

async function isRefusedAsTooMany(push: Push, host: string | undefined): Promise<boolean> {
  if (!isRefused(push)) return false
  const { chooseTry } = await loadSetbacks()
  const { lines: words, report, updates } = push
  const refused = updates.map(({ ref, action }) => ({ ref, action, reason: reasonOf(report, ref) }))
  return chooseTry({ error: undefined, unpack: undefined, refused, words, host })?.kind === 'fewer'
}

function reasonOf(report: PushReport | undefined, ref: string): string {
  const words = report?.refs.get(ref)
  return words?.ok === false ? words.reason : ''
}

/**
 * A push of one ref that the server ended for what that ref is, or brings: the ref is refused, and the pushes of the
 * others go on.
 */
async function refuseAlone(push: BatchPush, host: string | undefined): Promise<BatchPush> {
  const unpack = unpackFailure(push)
  const [update] = push.updates
  if (!hasFailed(push) || push.error?.side === 'source' || update === undefined || push.updates.length > 1)
    return push
  const { chooseTry } = await loadSetbacks()
  const next = chooseTry({ error: push.error, unpack, refused: [], words: push.lines, host })
  if (next?.kind !== 'apart') return push
  const reason = push.error?.serverText ?? push.error?.message ?? `the pack was not taken: ${unpack}`
  const report = { unpack: 'ok', refs: new Map([[update.ref, { ok: false, reason } as const]]) }
  return { ...push, error: undefined, report }
}

/** A server drops the objects of a push with the last of its refs. */
function hasLostObjects(push: BatchPush): boolean {
  return push.hasPack && isRefused(push)
}

function summarize({ batches, fetching }: PushOptions, pushes: readonly BatchPush[]): PushOutcome {
  const last = pushes.at(-1)
  let bytes = 0
  let objects = 0
  for (const push of pushes) {
    bytes += push.bytes
    objects = push.objects ?? objects
  }
  return {
    updates: batches.length === 1 ? batches[0]!.updates : batches.flatMap((batch) => batch.updates),
    pushes,
    error: last?.error,
    lines: last?.lines ?? [],
    bytes,
    objects,
    overLimit: last?.overLimit === true,
    starved: last?.starved ?? 0,
    isShared: fetching?.shared === true,
    greetedAhead: last?.greetedAhead === true,
  }
}
