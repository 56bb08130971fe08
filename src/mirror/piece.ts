import { MirrorError, toMirrorError } from '../errors.ts'
import type { RefCommand } from '../protocol/receive-pack.ts'
import type { PushReport } from '../protocol/report-status.ts'
import { type ReceiveListing, ReceivePackSession } from './receive-pack.ts'
import { prepareOutgoing } from './outgoing.ts'
import { openPack, type OpenedPack } from './relay.ts'
import type { DestinationRun } from './run-state.ts'
import type { Fetching, FetchQuestion } from './upload-pack.ts'

/** A pack of the source whose header has arrived, with the answer that it came in. */
export interface OpenedFetch {
  readonly pack: OpenedPack
  /** The same as a fetch that nobody has read from. */
  readonly fetching: Fetching
  /** It was asked for as a thin pack. */
  readonly isThin: boolean
}

export interface FetchOptions extends Pick<FetchQuestion, 'wants' | 'haves'> {
  /** What the destination's receive-pack offers. */
  readonly listing: ReceiveListing
  /** Where the destination takes thin packs at all. */
  readonly thin: boolean
  /** Tells by the number of objects that the pack is not wanted. */
  readonly refuses: (objects: number) => boolean
}

/**
 * Asks the source and waits for the header of the pack.
 * @returns the number of objects alone where that is refused.
 * @throws MirrorError of the source.
 */
export async function openFetch(
  run: DestinationRun,
  { listing, refuses, thin, ...question }: FetchOptions,
): Promise<OpenedFetch | number> {
  const fetching = await run.source.uploadPack.fetch({
    ...question,
    thin: thin && run.manner.thin && !listing.capabilities.has('no-thin'),
    ofsDelta: listing.capabilities.has('ofs-delta'),
  })
  const pack = await openPack(fetching)
  if (!refuses(pack.objects)) return { pack, fetching: { ...fetching, ...pack.source }, isThin: thin }
  pack.source.cancel()
  return pack.objects
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
  run.figures.enter('transfer')
  const label = run.server.remote.label
  const watched = watchEnd(pack, piece.onStreamed)
  const outgoing = await prepareOutgoing(run, {
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
    run.figures.pushes++
    const report = await held.session.push({
      commands: piece.anchors,
      atomic: false,
      plain: !run.manner.agent,
      pack: outgoing.pack,
      packLength: outgoing.length,
    })
    const failure = outgoing.error()
    if (failure !== undefined) throw failure
    if (report !== undefined) requireOk(report, piece.anchors)
    run.figures.objects += pack.objects
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
  const count = (slice: Uint8Array | undefined): Uint8Array | undefined => {
    bytes += slice?.length ?? 0
    return slice
  }
  const { source } = pack
  return {
    ...pack,
    source: {
      ...source,
      next: async () => {
        const slice = count(await source.next())
        if (slice === undefined) onEnd(bytes)
        return slice
      },
      nextNow: () => count(source.nextNow()),
    },
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
