import { MirrorError, toMirrorError } from '../errors.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import type { RefCommand } from '../protocol/receive-pack.ts'
import { ReceivePackSession } from './receive-pack.ts'
import { prepareOutgoing } from './outgoing.ts'
import { openPack } from './relay.ts'
import type { DestinationRun } from './run-state.ts'

export interface Piece {
  readonly anchors: readonly RefCommand[]
  readonly haves: readonly ObjectId[]
  readonly maxBytes: number
  /** By the number of its objects, the pack will not fit: nothing of it is sent. */
  readonly isHopeless: (objects: number) => boolean
}

export interface SentPiece {
  readonly bytes: number
  readonly objects: number
}

/** Fetches and pushes one piece; undefined: it is too large. @throws MirrorError of either server. */
export async function sendPiece(
  run: DestinationRun,
  held: { session: ReceivePackSession },
  piece: Piece,
): Promise<SentPiece | undefined> {
  const { listing } = held.session
  const fetching = await run.source.uploadPack.fetch({
    wants: piece.anchors.map((anchor) => anchor.new),
    haves: piece.haves,
    thin: run.manner.thin && !listing.capabilities.has('no-thin'),
    ofsDelta: listing.capabilities.has('ofs-delta'),
  })
  const pack = await openPack(fetching)
  if (piece.isHopeless(pack.objects)) {
    pack.source.cancel()
    return undefined
  }
  run.figures.enter('transfer')
  const label = run.server.remote.label
  const outgoing = await prepareOutgoing(run, {
    pack,
    format: listing.format,
    maxBytes: piece.maxBytes,
    destination: { pause: () => held.session.pause(), resume: () => held.session.resume() },
    onBytes: (bytes) => run.reporter({ kind: 'progress', destination: label, bytes, objects: pack.objects }),
  }).catch((error: unknown) => {
    if (error instanceof MirrorError && error.code === 'too-large') return undefined
    throw error
  })
  if (outgoing === undefined) return undefined
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
    return { bytes: outgoing.bytes(), objects: pack.objects }
  } catch (thrown) {
    const failure = outgoing.error()
    if (failure?.code === 'too-large') return undefined
    throw failure ?? toMirrorError(thrown, { code: 'cut', side: 'destination', retryable: true })
  } finally {
    const { session } = held
    run.lines = session.lines
    run.pieces.lastBytes = outgoing.bytes()
    run.pieces.lastStarved = outgoing.starved()
    await outgoing.dispose()
    if (!session.forgets) await session.close()
  }
}

function requireOk(
  report: {
    readonly unpack: string
    readonly refs: ReadonlyMap<string, { readonly ok: boolean; readonly reason?: string }>
  },
  anchors: readonly RefCommand[],
): void {
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
