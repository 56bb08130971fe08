import { MirrorError, toMirrorError } from '../../base/errors.ts'
import type { RefCommand } from '../../protocol/push-request.ts'
import type { PushReport } from '../../protocol/report-status.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import { tap } from '../sessions/pack-stream.ts'
import { prepareOutgoing } from '../pack/pack-to-send.ts'
import type { OpenedPack } from '../pack/opened-pack.ts'
import type { PiecesRun } from './pieces-run.ts'

export interface PieceToPush {
  readonly anchors: readonly RefCommand[]
  readonly pack: OpenedPack
  readonly maxBytes: number
  /** Called when the source has given all of it: the destination still works on it. */
  readonly onStreamed?: ((bytes: number) => void) | undefined
}

/**
 * Pushes one piece.
 * @returns its bytes, and whether it arrived: false where it went over the limit, and was ended there.
 * @throws MirrorError of either server.
 */
export async function pushPiece(
  run: PiecesRun,
  held: { session: ReceivePackSession },
  piece: PieceToPush,
): Promise<{ readonly arrived: boolean; readonly bytes: number }> {
  const { pack } = piece
  run.ledger.figures.enter('transfer')
  const label = run.server.remote.label
  const watched = watchEnd(pack, piece.onStreamed)
  const outgoing = await prepareOutgoing({
    spool: run.mode.spool,
    note: (text) => run.ledger.note(text),
    onSent: (bytes) => (run.ledger.figures.packBytes += bytes),
    pack: watched,
    format: held.session.listing.format,
    maxBytes: piece.maxBytes,
    destination: { pause: () => held.session.pause(), resume: () => held.session.resume() },
    onBytes: (bytes) => run.reporter({ kind: 'progress', destination: label, bytes, objects: pack.objects }),
  }).catch((error: unknown) => {
    if (error instanceof MirrorError && error.code === 'too-large') return undefined
    throw error
  })
  if (outgoing === undefined) return { arrived: false, bytes: 0 }
  try {
    if (!held.session.usable) held.session = await ReceivePackSession.open(run.server)
    run.ledger.figures.pushes++
    const report = await held.session.push({
      commands: piece.anchors,
      atomic: false,
      plain: !run.mode.agent,
      pack: outgoing.pack,
      packLength: outgoing.length,
    })
    const failure = outgoing.error()
    if (failure !== undefined) throw failure
    if (report !== undefined) requireOk(report, piece.anchors, held.session.lines)
    run.ledger.figures.objects += pack.objects
    return { arrived: true, bytes: outgoing.bytes() }
  } catch (thrown) {
    const failure = outgoing.error()
    if (failure?.code === 'too-large') return { arrived: false, bytes: outgoing.bytes() }
    throw failure ?? toMirrorError(thrown, { code: 'cut', side: 'destination', retryable: true })
  } finally {
    const { session } = held
    run.lines = session.lines
    run.pieces = { ...run.pieces, lastBytes: outgoing.bytes(), lastStarved: outgoing.starved() }
    await outgoing.dispose()
    if (!session.forgets) await session.close()
  }
}

/** The same pack, telling with its bytes when the source has given all of it. */
function watchEnd(pack: OpenedPack, onEnd: ((bytes: number) => void) | undefined): OpenedPack {
  if (onEnd === undefined) return pack
  let bytes = 0
  const source = tap(pack.source, {
    onSlice: ({ length }) => (bytes += length),
    onEnd: () => onEnd(bytes),
  })
  return { ...pack, source }
}

/** The words of the server beside its report that an error quotes, the last of them. */
const MOST_LINES = 20

/** @throws MirrorError with the server's words, those beside the report too. */
function requireOk(report: PushReport, anchors: readonly RefCommand[], lines: readonly string[]): void {
  const quote = (words: string): string => [words, ...lines.slice(-MOST_LINES)].join('\n')
  if (report.unpack !== 'ok') {
    throw new MirrorError(`the destination could not take a piece of the history: ${report.unpack}`, {
      code: 'unpack',
      side: 'destination',
      serverText: quote(report.unpack),
    })
  }
  for (const { ref } of anchors) {
    const words = report.refs.get(ref)
    if (words?.ok === true) continue
    const reason = words?.reason ?? 'it said nothing about it'
    throw new MirrorError(
      `the destination refused ${ref}, which was to keep a piece of the history: ${reason}`,
      {
        code: 'server',
        side: 'destination',
        serverText: quote(words?.reason ?? ''),
      },
    )
  }
}
