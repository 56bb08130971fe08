import { MirrorError, toMirrorError } from '../errors.ts'
import type { RefCommand } from '../protocol/receive-pack.ts'
import type { PushReport } from '../protocol/report-status.ts'
import { type ReceiveListing, ReceivePackSession } from './receive-pack.ts'
import { makePackBody, type PackBody } from './pack-body.ts'
import { openPack, type OpenedPack, Relay } from './relay.ts'
import type { DestinationRun } from './run-state.ts'
import type { Fetching, FetchQuestion } from './upload-pack.ts'

/** A pack of the source whose header has arrived, with the answer that it came in. */
export interface OpenedFetch {
  readonly pack: OpenedPack
  /** The same as a fetch that nobody has read from. */
  readonly fetching: Fetching
}

/** Asks the source and waits for the header of the pack. @throws MirrorError of the source. */
export async function openFetch(
  run: DestinationRun,
  listing: ReceiveListing,
  question: Pick<FetchQuestion, 'wants' | 'haves'>,
): Promise<OpenedFetch> {
  const fetching = await run.source.uploadPack.fetch({
    ...question,
    thin: run.manner.thin && !listing.capabilities.has('no-thin'),
    ofsDelta: listing.capabilities.has('ofs-delta'),
  })
  const pack = await openPack(fetching)
  return { pack, fetching: { ...fetching, ...pack.source } }
}

export interface Piece {
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
  run: DestinationRun,
  held: { session: ReceivePackSession },
  piece: Piece,
): Promise<{ readonly arrived: boolean; readonly bytes: number }> {
  const { pack } = piece
  if (!held.session.usable) held.session = await ReceivePackSession.open(run.server)
  const { session } = held
  run.figures.enter('transfer')
  const label = run.server.remote.label
  const relay = new Relay({
    pack,
    format: session.listing.format,
    maxBytes: piece.maxBytes,
    destination: session,
    onBytes: (bytes) => {
      run.reporter({ kind: 'progress', destination: label, bytes, objects: pack.objects })
      if (relay.complete) piece.onStreamed?.(bytes)
    },
  })
  let body: PackBody | undefined
  try {
    body = await makePackBody(run, relay, session)
    run.figures.pushes++
    const report = await session.push({
      commands: piece.anchors,
      atomic: false,
      plain: !run.manner.agent,
      pack: body.pack,
      packLength: body.length,
    })
    if (relay.error !== undefined) throw relay.error
    if (report !== undefined) requireOk(report, piece.anchors)
    run.figures.objects += pack.objects
    return { arrived: true, bytes: relay.bytes }
  } catch (thrown) {
    const error = relay.error ?? toMirrorError(thrown, { code: 'cut', side: 'destination', retryable: true })
    if (error.code === 'too-large' && error === relay.error) return { arrived: false, bytes: relay.bytes }
    throw error
  } finally {
    run.lines = session.lines
    run.pieces = { ...run.pieces, lastBytes: body?.bytes() ?? 0 }
    await body?.dispose()
    if (!relay.complete) pack.source.cancel()
    if (!session.forgets) await session.close()
  }
}

/** Bytes of a pack that fits nowhere: read and thrown away, up to `most`. */
export async function measurePack(pack: OpenedPack, most: number): Promise<number> {
  let bytes = 0
  for (let slice = await pack.source.next(); slice; slice = await pack.source.next()) {
    bytes += slice.length
    if (bytes < most) continue
    pack.source.cancel()
    break
  }
  return bytes
}

function requireOk(report: PushReport, anchors: readonly RefCommand[]): void {
  if (report.unpack !== 'ok') {
    throw new MirrorError(`the destination could not take a piece: ${report.unpack}`, {
      code: 'unpack',
      side: 'destination',
      serverText: report.unpack,
    })
  }
  for (const { ref } of anchors) {
    const words = report.refs.get(ref)
    if (words?.ok === true) continue
    throw new MirrorError(`the destination refused ${ref}: ${words?.reason ?? 'no answer'}`, {
      code: 'server',
      side: 'destination',
      serverText: words?.reason,
      hint: 'A history that is sent in pieces needs tags below kalandra-pieces/ for the time of the transfer.',
    })
  }
}
