import { type MirrorError, toMirrorError } from '../errors.ts'
import { nullId } from '../protocol/object-id.ts'
import { emptyPack } from '../protocol/pack.ts'
import { type RefCommand, needsPack } from '../protocol/receive-pack.ts'
import type { PushReport, RefReport } from '../protocol/report-status.ts'
import type { Batch } from './batches.ts'
import type { RefUpdate } from './plan.ts'
import { ReceivePackSession } from './receive-pack.ts'
import { openPack, Relay, tooLarge } from './relay.ts'
import { isHopeless } from './pieces.ts'
import { type DestinationRun, notice } from './run-state.ts'
import { spoolPack } from './spool.ts'
import type { Slices } from '../transport/transport.ts'
import type { Fetching } from './upload-pack.ts'

/** A kept-open receive-pack that has waited longer than this is greeted anew before the push. */
const LONGEST_WAIT = 10_000
const PROGRESS_EVERY = 250

/** What a push came to, as far as the server told. Only the listing after it says what moved. */
export interface PushOutcome {
  readonly updates: readonly RefUpdate[]
  readonly batches: readonly Batch[]
  /** Updates whose commands were sent. */
  readonly sent: readonly RefUpdate[]
  readonly reports: ReadonlyMap<string, RefReport>
  /** The report's `unpack` words, where they are not ok. */
  readonly unpack: string | undefined
  readonly error: MirrorError | undefined
  /** Bytes of the pack that were sent. */
  readonly bytes: number
  /** Commands of the largest push. */
  readonly commands: number
  /** Objects by the pack's header. */
  readonly objects: number
  /** The pack was ended here, at the limit of one push. */
  readonly overLimit: boolean
}

/** A pack to be sent: one that flows, or none because nothing is missing. */
export type PackToSend = Fetching | undefined

/**
 * Pushes the batches one after the other; the first that needs a pack brings all objects. Stops at the first
 * failure. Never throws but for the signal.
 */
export async function pushBatches(
  run: DestinationRun,
  batches: readonly Batch[],
  fetching: PackToSend,
  held: ReceivePackSession,
): Promise<PushOutcome> {
  const sent: RefUpdate[] = []
  const reports = new Map<string, RefReport>()
  const state: PushState = {
    run,
    session: held,
    bytes: 0,
    unpack: undefined,
    error: undefined,
    relayError: undefined,
    objects: 0,
  }
  let commands = 0
  for (const batch of batches) {
    const pack = batch.carriesPack ? fetching : undefined
    const report = await pushOne(state, batch, pack, () => {
      sent.push(...batch.updates)
      commands = Math.max(commands, batch.updates.length)
    })
    if (report !== undefined) {
      for (const [ref, words] of report.refs) reports.set(ref, words)
      if (report.unpack !== 'ok') state.unpack = report.unpack
    }
    if (state.error !== undefined || state.unpack !== undefined) break
  }
  fetching?.cancel()
  await endSession(state.session, state.error)
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
  }
}

interface PushState {
  readonly run: DestinationRun
  session: ReceivePackSession
  bytes: number
  unpack: string | undefined
  error: MirrorError | undefined
  relayError: MirrorError | undefined
  /** By the header of the pack. */
  objects: number
}

async function pushOne(
  state: PushState,
  batch: Batch,
  fetching: PackToSend,
  onSent: () => void,
): Promise<PushReport | undefined> {
  const { run } = state
  const commands = batch.updates.map((update) => commandOf(update))
  const relay = fetching === undefined ? undefined : await openRelay(state, fetching)
  if (state.error !== undefined) return undefined
  try {
    state.session = await usableSession(run, state.session)
    const pack = needsPack(commands) ? (relay?.pack ?? emptyPack(state.session.listing.format)) : undefined
    const report = await state.session.push({
      commands,
      atomic: run.options.atomic,
      plain: !run.manner.agent,
      pack,
      packLength: relay?.length,
      onSent: () => {
        run.figures.pushes++
        onSent()
      },
    })
    state.error = relay?.error()
    return report
  } catch (error) {
    // The side that failed first is the one to name: a broken source breaks the push, too.
    state.error =
      relay?.error() ?? toMirrorError(error, { code: 'cut', side: 'destination', retryable: true })
    run.signal.throwIfAborted()
    return undefined
  } finally {
    state.relayError ??= relay?.error()
    run.lines = state.session.lines
    state.bytes += relay?.bytes() ?? 0
    await relay?.dispose()
  }
}

interface OpenRelay {
  readonly pack: AsyncIterable<Slices>
  readonly length: number | undefined
  bytes(): number
  error(): MirrorError | undefined
  dispose(): Promise<void>
}

/** Waits for the source's pack header, and collects the pack first where the destination wants its length. */
async function openRelay(state: PushState, fetching: Fetching): Promise<OpenRelay | undefined> {
  const { run } = state
  try {
    const opened = await openPack(fetching)
    state.objects = opened.objects
    const { maxBytes } = run.manner
    if (maxBytes !== undefined && isHopeless(run.pieces, opened.objects, maxBytes)) {
      opened.source.cancel()
      state.error = tooLarge(maxBytes)
      state.relayError = state.error
      return undefined
    }
    run.figures.objects += opened.objects
    run.figures.enter('transfer')
    const onBytes = progressOf(run, opened.objects)
    // Asked each time: a batch may have been greeted anew since the relay was made.
    const destination = { pause: () => state.session.pause(), resume: () => state.session.resume() }
    const relay = new Relay({
      pack: opened,
      format: state.session.listing.format,
      maxBytes: run.manner.maxBytes,
      destination,
      onBytes,
    })
    if (!run.manner.spool) {
      return {
        pack: relay.body(),
        length: undefined,
        bytes: () => relay.bytes,
        error: () => relay.error,
        dispose: async () => {
          if (!relay.complete) opened.source.cancel()
          run.figures.packBytes += relay.bytes
        },
      }
    }
    state.session.pause()
    const spooled = await spoolPack(relay.body())
    notice(
      run,
      'info',
      `collected a pack of ${spooled.length} bytes ${spooled.onDisk ? 'in a temporary file' : 'in memory'} before sending it`,
    )
    let sent = 0
    return {
      pack: counted(spooled.body(), (length) => (sent += length)),
      length: spooled.length,
      bytes: () => sent,
      error: () => undefined,
      dispose: async () => {
        run.figures.packBytes += sent
        await spooled.dispose()
      },
    }
  } catch (error) {
    run.signal.throwIfAborted()
    state.error = toMirrorError(error, { code: 'cut', side: 'source', retryable: true })
    return undefined
  }
}

async function* counted(
  slices: AsyncIterable<Uint8Array>,
  onSlice: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const slice of slices) {
    onSlice(slice.length)
    yield slice
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

/** The kept session while it is young, else a new one: no server waits on an idle upload (F13, K7). */
async function usableSession(run: DestinationRun, session: ReceivePackSession): Promise<ReceivePackSession> {
  if (session.forgets) return session
  if (session.usable && performance.now() - session.openedAt < LONGEST_WAIT) return session
  await endSession(session, undefined)
  return await ReceivePackSession.open(run.server)
}

async function endSession(session: ReceivePackSession, error: MirrorError | undefined): Promise<void> {
  if (error !== undefined && error.side === 'destination') session.abort(error)
  await session.close()
}

function commandOf(update: RefUpdate): RefCommand {
  return { ref: update.ref, old: update.old, new: update.new }
}

/** True for an update that removes its ref. */
export function isDelete(update: RefUpdate): boolean {
  return update.new === nullId(update.new.length === 64 ? 'sha256' : 'sha1')
}
