import { MirrorError, toMirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { emptyPack } from '../../protocol/pack.ts'
import { type RefCommand, needsPack } from '../../protocol/push-request.ts'
import type { PushReport, RefReport } from '../../protocol/report-status.ts'
import type { Batch } from './batches.ts'
import { isTooMany } from '../state/fallbacks.ts'
import { type RefUpdate, isDelete } from '../../plan/plan-types.ts'
import { dropAhead, endSession, greetAhead, type Sessions, usableSession } from './batch-sessions.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import { type Outgoing, prepareOutgoing } from '../pack/pack-to-send.ts'
import { openPack } from '../pack/opened-pack.ts'
import { tooLarge } from '../pack/relay.ts'
import { isHopeless } from '../state/piece-state.ts'
import { type DestinationRun, notice } from '../state/destination-state.ts'
import type { Fetching } from '../sessions/fetching.ts'
import type { PushOutcome } from './push-outcome.ts'

const PROGRESS_EVERY = 250

/** A pack to be sent: one that flows, or none because nothing is missing. */
export type PackToSend = Fetching | undefined

export interface PushOptions {
  readonly batches: readonly Batch[]
  /** Objects of all batches; the first that needs them brings them. */
  readonly fetching: PackToSend
  /** The receive-pack that was planned against. */
  readonly held: ReceivePackSession
  /** Asks the source for the objects of some updates alone; `arrived` is at the destination by now. */
  readonly fetchAgain: (updates: readonly RefUpdate[], arrived: readonly ObjectId[]) => Promise<PackToSend>
}

/**
 * Pushes the batches one after the other; the first that needs a pack brings all objects. A server that refuses
 * every ref of that one drops the objects with them: from then on each batch brings its own. Stops at the first
 * failure, and at the first push that was too many refs. Never throws but for the signal.
 */
export async function pushBatches(run: DestinationRun, options: PushOptions): Promise<PushOutcome> {
  const { batches, held } = options
  const sent: RefUpdate[] = []
  const reports = new Map<string, RefReport>()
  const state: PushState = {
    run,
    session: held,
    ahead: undefined,
    lastTime: 0,
    bytes: 0,
    unpack: undefined,
    error: undefined,
    relayError: undefined,
    objects: 0,
    starved: 0,
  }
  let { fetching } = options
  const isShared = fetching?.shared === true
  let commands = 0
  let greetedAhead = false
  let apart = false
  const arrived: ObjectId[] = []
  for (const [index, batch] of batches.entries()) {
    const needsObjects = batch.updates.some((update) => !isDelete(update))
    if (apart && needsObjects)
      fetching = await askAgain(state, () => options.fetchAgain(batch.updates, arrived))
    if (state.error !== undefined) break
    const carries: boolean = needsObjects && (batch.carriesPack || apart)
    const started = performance.now()
    greetedAhead = state.ahead !== undefined
    const report = await pushOne(state, batch, carries ? fetching : undefined, () => {
      for (const update of batch.updates) sent.push(update)
      commands = Math.max(commands, batch.updates.length)
      if (index < batches.length - 1 && !carries) greetAhead(state)
    })
    state.lastTime = performance.now() - started
    if (report !== undefined) {
      for (const [ref, words] of report.refs) reports.set(ref, words)
      if (report.unpack !== 'ok') state.unpack = report.unpack
    }
    if (state.error !== undefined || state.unpack !== undefined) break
    if (report === undefined) continue
    const taken = batch.updates.filter((update) => report.refs.get(update.ref)?.ok === true)
    for (const update of taken) if (!isDelete(update)) arrived.push(update.new)
    if (taken.length > 0) continue
    if (isTooMany(run.lines.join('\n'))) break
    apart ||= carries && fetching !== undefined
  }
  fetching?.cancel()
  // The report is whole: the listing need not wait for the end of the program that wrote it.
  if (state.error === undefined) run.closing.push(state.session.close())
  else await endSession(state.session, state.error)
  await dropAhead(state)
  return {
    updates: batches.flatMap((batch) => batch.updates),
    batches,
    sent,
    reports,
    unpack: state.unpack,
    error: state.error,
    bytes: state.bytes,
    objects: state.objects,
    commands,
    overLimit: state.error?.code === 'too-large' && state.error === state.relayError,
    starved: state.starved,
    isShared,
    greetedAhead,
  }
}

async function askAgain(state: PushState, fetch: () => Promise<PackToSend>): Promise<PackToSend> {
  try {
    return await fetch()
  } catch (error) {
    state.run.signal.throwIfAborted()
    state.error = toMirrorError(error, { code: 'cut', side: 'source', retryable: true })
    return undefined
  }
}

interface PushState extends Sessions {
  bytes: number
  unpack: string | undefined
  error: MirrorError | undefined
  relayError: MirrorError | undefined
  /** By the header of the pack. */
  objects: number
  /** Milliseconds that the destination had been waiting for the source when the push ended. */
  starved: number
}

async function pushOne(
  state: PushState,
  batch: Batch,
  fetching: PackToSend,
  onSent: () => void,
): Promise<PushReport | undefined> {
  const { run } = state
  const commands = batch.updates.map((update) => commandOf(update))
  const outgoing = fetching === undefined ? undefined : await openOutgoing(state, fetching)
  if (state.error !== undefined) return undefined
  try {
    state.session = await usableSession(state)
    const pack = needsPack(commands) ? (outgoing?.pack ?? emptyPack(state.session.listing.format)) : undefined
    const report = await state.session.push({
      commands,
      atomic: run.options.atomic,
      plain: !run.manner.agent,
      pack,
      packLength: outgoing?.length,
      onSent: () => {
        run.figures.pushes++
        onSent()
      },
    })
    state.error = outgoing?.error()
    return report
  } catch (error) {
    // The side that failed first is the one to name: a broken source breaks the push, too.
    state.error =
      outgoing?.error() ?? toMirrorError(error, { code: 'cut', side: 'destination', retryable: true })
    run.signal.throwIfAborted()
    return undefined
  } finally {
    state.starved = outgoing?.starved() ?? 0
    state.relayError ??= outgoing?.error()
    run.lines = state.session.lines
    state.bytes += outgoing?.bytes() ?? 0
    await outgoing?.dispose()
  }
}

/** Waits for the source's pack header, and collects the pack first where the destination wants it whole. */
async function openOutgoing(state: PushState, fetching: Fetching): Promise<Outgoing | undefined> {
  const { run } = state
  try {
    const opened = await openPack(fetching)
    state.objects = opened.objects
    const { maxBytes } = run.manner
    if (maxBytes !== undefined && isHopeless(run.pieces, opened.objects, maxBytes)) {
      opened.source.cancel()
      throw (state.relayError = tooLarge(maxBytes))
    }
    run.figures.objects += opened.objects
    run.figures.enter('transfer')
    return await prepareOutgoing({
      spool: run.manner.spool,
      note: (text) => notice(run, 'info', text),
      onSent: (bytes) => (run.figures.packBytes += bytes),
      pack: opened,
      format: state.session.listing.format,
      maxBytes,
      // Asked each time: a batch may have been greeted anew since the relay was made.
      destination: { pause: () => state.session.pause(), resume: () => state.session.resume() },
      onBytes: progressOf(run, opened.objects),
    })
  } catch (error) {
    run.signal.throwIfAborted()
    state.error = toMirrorError(error, { code: 'cut', side: 'source', retryable: true })
    if (state.error.code === 'too-large' && state.error.side === 'destination') state.relayError = state.error
    return undefined
  }
}

function progressOf(run: DestinationRun, objects: number): (bytes: number) => void {
  const destination = run.server.remote.label
  let last = 0
  return (bytes) => {
    const now = performance.now()
    if (now - last < PROGRESS_EVERY) return
    last = now
    run.reporter({ kind: 'progress', destination, bytes, objects })
  }
}

function commandOf(update: RefUpdate): RefCommand {
  return { ref: update.ref, old: update.old, new: update.new }
}
