import { readClock } from '../../base/clock.ts'
import { type MirrorError, toMirrorError } from '../../base/errors.ts'
import { emptyPack } from '../../protocol/pack.ts'
import { type RefCommand, needsPack } from '../../protocol/push-request.ts'
import type { PushReport } from '../../protocol/report-status.ts'
import { isDelete, type RefUpdate } from '../../plan/plan-types.ts'
import { openPack } from '../pack/opened-pack.ts'
import { type Outgoing, prepareOutgoing } from '../pack/pack-to-send.ts'
import { tooLarge } from '../pack/relay.ts'
import type { Fetching } from '../sessions/fetching.ts'
import type { DestinationContext } from '../state/context.ts'
import type { Learned } from '../state/learned.ts'
import type { Ledger } from '../state/ledger.ts'
import { isHopeless } from '../state/piece-weight.ts'
import type { BatchSessions } from './batch-sessions.ts'

/** Milliseconds between two events that tell of progress. */
const PROGRESS_INTERVAL_MS = 250

/** What every push of a round works with. */
export interface PushTools extends Pick<DestinationContext, 'server' | 'signal' | 'reporter'> {
  readonly atomic: boolean
  readonly learned: Pick<Learned, 'mode' | 'pieces'>
  readonly ledger: Ledger
  readonly sessions: BatchSessions
}

/** One push, and what it says about the way it was made. */
export interface PushResult {
  readonly isSent: boolean
  readonly report: PushReport | undefined
  readonly error: MirrorError | undefined
  readonly lines: readonly string[]
  /** Bytes of the pack that were sent. */
  readonly bytes: number
  /** By the header of the pack; undefined: none came. */
  readonly objects: number | undefined
  /** The pack was ended here, at the limit of one push. */
  readonly overLimit: boolean
  /** Milliseconds that the destination had been waiting for the source when the push ended. */
  readonly starved: number
}

export interface PushOneOptions {
  readonly updates: readonly RefUpdate[]
  /** The objects; undefined: none are needed, or they are there. */
  readonly fetching: Fetching | undefined
  /** The commands are about to leave. */
  readonly onSent: () => void
}

/** Pushes `updates`. Never throws but for the signal. */
export async function pushOne(tools: PushTools, options: PushOneOptions): Promise<PushResult> {
  const opened = options.fetching === undefined ? undefined : await openOutgoing(tools, options.fetching)
  if (opened?.error !== undefined)
    return { ...notSent(opened.error), objects: opened.objects, overLimit: opened.overLimit }
  const outgoing = opened?.outgoing
  let isSent = false
  let report: PushReport | undefined
  let error: MirrorError | undefined
  let starved = 0
  try {
    await tools.sessions.renew()
    report = await sendCommands(tools, options.updates, outgoing, () => {
      isSent = true
      options.onSent()
    })
    error = outgoing?.error()
  } catch (thrown) {
    // The side that failed first is the one to name: a broken source breaks the push, too.
    error = outgoing?.error() ?? toMirrorError(thrown, { code: 'cut', side: 'destination', retryable: true })
    tools.signal.throwIfAborted()
  } finally {
    starved = outgoing?.starved() ?? 0
    await outgoing?.dispose()
  }
  return {
    isSent,
    report,
    error,
    lines: [...tools.sessions.current.lines],
    bytes: outgoing?.bytes() ?? 0,
    objects: opened?.objects,
    overLimit: error?.code === 'too-large' && error === outgoing?.error(),
    starved,
  }
}

/** A push that ended before it began. */
export function notSent(error: MirrorError): PushResult {
  return {
    isSent: false,
    report: undefined,
    error,
    lines: [],
    bytes: 0,
    objects: undefined,
    overLimit: false,
    starved: 0,
  }
}

async function sendCommands(
  { atomic, learned, ledger, sessions }: PushTools,
  updates: readonly RefUpdate[],
  outgoing: Outgoing | undefined,
  onSent: () => void,
): Promise<PushReport | undefined> {
  const session = sessions.current
  const commands = updates.map((update) => commandOf(update))
  return await session.push({
    commands,
    atomic,
    plain: !learned.mode.agent,
    pack: needsPack(commands) ? (outgoing?.pack ?? emptyPack(session.listing.format)) : undefined,
    packLength: outgoing?.length,
    onSent: () => {
      ledger.figures.pushes++
      onSent()
    },
  })
}

interface Opened extends Pick<PushResult, 'objects' | 'overLimit'> {
  readonly outgoing: Outgoing | undefined
  /** Why there is none. */
  readonly error: MirrorError | undefined
}

/** Waits for the source's pack header, and collects the pack first where the destination wants it whole. */
async function openOutgoing(tools: PushTools, fetching: Fetching): Promise<Opened> {
  const { ledger, sessions, learned } = tools
  const { spool, maxBytes } = learned.mode
  let objects: number | undefined
  try {
    const pack = await openPack(fetching)
    objects = pack.objects
    if (maxBytes !== undefined && isHopeless(learned.pieces, objects, maxBytes)) {
      pack.source.cancel()
      throw tooLarge(maxBytes)
    }
    ledger.figures.objects += objects
    ledger.figures.enter('transfer')
    const outgoing = await prepareOutgoing({
      spool,
      note: (text) => ledger.note(text),
      onSent: (bytes) => (ledger.figures.packBytes += bytes),
      pack,
      format: sessions.current.listing.format,
      maxBytes,
      // Asked each time: a batch may have been greeted anew since the relay was made.
      destination: { pause: () => sessions.current.pause(), resume: () => sessions.current.resume() },
      onBytes: reportProgress(tools, objects),
    })
    return { outgoing, error: undefined, overLimit: false, objects }
  } catch (thrown) {
    tools.signal.throwIfAborted()
    const error = toMirrorError(thrown, { code: 'cut', side: 'source', retryable: true })
    const overLimit = error.code === 'too-large' && error.side === 'destination'
    return { outgoing: undefined, error, overLimit, objects }
  }
}

function reportProgress(
  { reporter, server }: Pick<PushTools, 'reporter' | 'server'>,
  objects: number,
): (bytes: number) => void {
  const destination = server.remote.label
  let last = 0
  return (bytes) => {
    const now = readClock()
    if (now - last < PROGRESS_INTERVAL_MS) return
    last = now
    reporter({ kind: 'progress', destination, bytes, objects })
  }
}

function commandOf(update: RefUpdate): RefCommand {
  const { ref, old } = update
  return isDelete(update) ? { kind: 'delete', ref, old } : { kind: 'update', ref, old, new: update.new }
}
