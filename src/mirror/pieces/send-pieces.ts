import { readClock } from '../../base/clock.ts'
import { MirrorError } from '../../base/errors.ts'
import { type ObjectId, nullId } from '../../protocol/object-id.ts'
import type { RefCommand } from '../../protocol/push-request.ts'
import { featuresOf } from '../../protocol/capabilities.ts'
import { anchorName, isAnchor, isProbe, latestCut } from '../../plan/anchors.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { Fetching } from '../sessions/fetching.ts'
import type { PiecesRun } from './pieces-run.ts'
import {
  noteOverflow,
  noteSent,
  noteTooLarge,
  noteWholeTooLarge,
  restartSearch,
  timeOf,
  type PieceState,
} from '../state/piece-state.ts'
import { surpriseOf } from '../state/piece-weight.ts'
import { judgePiece, judgeTooLarge } from '../state/thin-or-whole.ts'
import { chooseAnchorPrefix } from './anchor-prefix.ts'
import type { OpenedFetch } from './open-fetch.ts'
import { makeNextPiece, noteByTips } from './next-piece.ts'
import {
  keyOf,
  type MakerOptions,
  type NextPiece,
  type Piece,
  type PiecesOptions,
  type Refused,
} from './piece-maker.ts'
import { pushPiece } from './push-piece.ts'
import { cannotCut } from './too-large.ts'

/** More than any limit of a real host asks for. */
const MOST_PIECES = 100_000

interface Progress {
  readonly run: PiecesRun
  readonly options: PiecesOptions
  readonly held: { session: ReceivePackSession }
  /** Ids that arrived in pieces, of earlier runs too. */
  readonly arrived: ObjectId[]
  readonly prefix: string
  /** Until something more arrives. */
  readonly refused: Map<string, Refused>
}

/** Where a transfer in pieces ended. */
export interface SentPieces {
  /** The receive-pack to go on with. */
  readonly session: ReceivePackSession
  /** The ids that arrived. */
  readonly ids: readonly ObjectId[]
  /** What is left, asked for already. */
  readonly rest: Fetching
}

/**
 * Brings the older part of a history to the destination, in packs of at most `maxBytes`, from old to new, each
 * held by anchors, until what is left fits one push. While one piece is pushed, the source is already asked for
 * the next.
 * @throws MirrorError of either server; `too-large` for what cannot be cut.
 */
export async function sendPieces(
  run: PiecesRun,
  session: ReceivePackSession,
  options: PiecesOptions,
): Promise<SentPieces> {
  const held = { session }
  const arrived = resume(run, session)
  if (!run.pieces.byTips && !(await canCut(run))) {
    run.pieces = { ...run.pieces, isTimeless: true, byTips: true }
    noteByTips(run)
  }
  const prefix = run.pieces.anchorPrefix ?? (await chooseAnchorPrefix(run, held))
  run.pieces = { ...run.pieces, anchorPrefix: prefix }
  const rest = await sendAll({ run, options, held, arrived, prefix, refused: new Map() })
  if (!held.session.usable) held.session = await ReceivePackSession.open(run.server)
  return { session: held.session, ids: arrived, rest: rest.pack.source }
}

/** @returns the ids that arrived in earlier rounds and runs. */
function resume(run: PiecesRun, { listing }: ReceivePackSession): ObjectId[] {
  const all = listing.refs.filter((ref) => isAnchor(ref.name))
  const anchors = all.filter((ref) => !isProbe(ref.name))
  run.ledger.keepLeftovers(all.map((ref) => ref.name))
  let state: PieceState = run.pieces
  if (state.outer.length > 0 || state.isAllSent) state = restartSearch(state)
  const before = latestCut(listing.refs)
  const isNew = before !== undefined && before > state.low
  if (isNew) state = { ...state, low: before, isLowKnown: true, high: state.top, marks: [], tries: 0 }
  if (anchors.length > 0 && state.pieces === 0) {
    run.ledger.note(`going on behind ${anchors.length} commits that arrived before`)
  }
  run.pieces = state
  return anchors.map((ref) => ref.id)
}

/** Servers without v2 give nothing but the tips of their refs, and some with it know no depth. */
async function canCut({ source }: PiecesRun): Promise<boolean> {
  const session = await source.questions.lease()
  const { version, capabilities } = session.advertisement
  source.questions.release(session)
  return version === 2 && featuresOf('fetch', capabilities).has('shallow')
}

interface Turn {
  next: Promise<NextPiece>
}

/** @returns the rest. */
async function sendAll(progress: Progress): Promise<OpenedFetch> {
  const { run } = progress
  const turn: Turn = { next: prepare(progress, run.pieces, []) }
  try {
    for (;;) {
      const piece = await turn.next
      piece.opened.pack.source.resume()
      run.pieces = piece.state
      if (piece.kind === 'rest') return piece.opened
      if (run.pieces.pieces >= MOST_PIECES) throw tooManyPieces()
      await sendAndPrepare(progress, piece, turn)
    }
  } catch (error) {
    dropPiece(turn.next)
    throw error
  }
}

/** Pushes a piece; while the destination works on it, the next one is asked for, as if it had arrived. */
async function sendAndPrepare(progress: Progress, piece: Piece, turn: Turn): Promise<void> {
  const { run, options } = progress
  const { ids, at, opened } = piece
  const { objects } = opened.pack
  let ahead: Promise<NextPiece> | undefined
  const started = readClock()
  let streamed = started
  const sent = await pushIds(progress, piece, (bytes) => {
    streamed = readClock()
    // Not before the source has given all of it: only then its weight is known, and with it where to cut next.
    ahead = prepare(progress, noteSent(run.pieces, { at, objects, bytes }), ids)
    turn.next = ahead
  })
  if (sent.arrived) {
    noteArrived(progress, piece, sent.bytes)
    const { surprise } = run.pieces
    const working = readClock() - streamed
    const { isThin } = opened
    const arrived = { isThin, objects, streaming: streamed - started, working, surprise }
    run.thinness = judgePiece(run.thinness, arrived)
  } else {
    // What was prepared as if it had arrived is not sent.
    if (ahead !== undefined) dropPiece(ahead)
    ahead = undefined
    await noteCutOff(progress, piece, options.maxBytes)
  }
  turn.next = ahead ?? prepare(progress, run.pieces, [])
}

/** A piece was cut off at the limit. @throws MirrorError `too-large` where nothing smaller can be asked for. */
async function noteCutOff(progress: Progress, piece: Piece, maxBytes: number): Promise<void> {
  const { run } = progress
  const { at, alone, opened, ids } = piece
  if (alone !== undefined) throw await cannotCut(makerOf(progress, []), run.pieces, alone)
  const { objects } = opened.pack
  progress.refused.set(keyOf(ids), { objects, isCutOff: opened.isThin })
  const overflow = { at, objects, bytes: maxBytes }
  run.thinness = judgeTooLarge(run.thinness, opened.isThin, surpriseOf(run.pieces, overflow))
  const noted = noteOverflow(run.pieces, overflow)
  run.pieces = at === noted.top ? noteWholeTooLarge(noted, objects) : noteTooLarge(noted, at, objects)
}

/** What was asked for beforehand is not needed. */
function dropPiece(next: Promise<NextPiece>): void {
  void next.then((piece) => piece.opened.pack.source.cancel()).catch(() => undefined)
}

/** `coming`: ids that are about to arrive. */
function prepare(progress: Progress, state: PieceState, coming: readonly ObjectId[]): Promise<NextPiece> {
  const next = makeNextPiece(makerOf(progress, coming), state)
  // The source is not to blame while the destination works on the piece before. A failure is met where the piece is
  // waited for, or nowhere when the one before it failed.
  next.then((piece) => piece.opened.pack.source.pause()).catch(() => undefined)
  return next
}

function makerOf(progress: Progress, coming: readonly ObjectId[]): MakerOptions {
  const { run, options, held, arrived } = progress
  const refused = coming.length > 0 ? new Map<string, Refused>() : progress.refused
  return { ...options, run, listing: held.session.listing, arrived: [...arrived, ...coming], refused }
}

async function pushIds(
  { run, held, options, prefix }: Progress,
  { ids, at, opened }: Piece,
  onStreamed: (bytes: number) => void,
): Promise<{ readonly arrived: boolean; readonly bytes: number }> {
  const none = nullId(held.session.listing.format)
  const since = anchorTime(run.pieces, at)
  const anchors = ids.map((id): RefCommand => ({
    kind: 'update',
    ref: anchorName(prefix, since, id),
    old: none,
    new: id,
  }))
  return await pushPiece(run, held, { anchors, pack: opened.pack, maxBytes: options.maxBytes, onStreamed })
}

/** The moment that the names of a piece's anchors tell: the next run begins there. */
function anchorTime(state: PieceState, at: number): number {
  return state.axis.kind === 'time' && at < state.top ? at : timeOf(state)
}

function noteArrived(
  { run, arrived, prefix, refused }: Progress,
  { ids, at, opened }: Piece,
  bytes: number,
): void {
  const { objects } = opened.pack
  const since = anchorTime(run.pieces, at)
  const names = ids.map((id) => anchorName(prefix, since, id))
  const isByTime = run.pieces.axis.kind === 'time'
  arrived.push(...ids)
  refused.clear()
  run.pieces = noteSent(run.pieces, { at, objects, bytes })
  run.ledger.keepLeftovers([...run.ledger.leftovers, ...names])
  const until = isByTime ? `, history up to ${new Date(at * 1000).toISOString().slice(0, 19)}` : ''
  run.ledger.note(`piece ${run.pieces.pieces}: ${bytes} bytes, ${objects} objects${until}`)
}

function tooManyPieces(): MirrorError {
  return new MirrorError(`${MOST_PIECES} pieces of the history were sent, and more is left`, {
    code: 'limit',
    side: 'source',
    hint: 'Raise max-pack-size; the next run goes on behind what has arrived.',
  })
}
