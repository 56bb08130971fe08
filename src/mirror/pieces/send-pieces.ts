import { MirrorError } from '../../base/errors.ts'
import { type ObjectId, nullId } from '../../protocol/object-id.ts'
import type { RefCommand } from '../../protocol/push-request.ts'
import { anchorName, isAnchor, latestCut } from '../../plan/anchors.ts'
import { measurePack, openFetch, type OpenedFetch } from './open-fetch.ts'
import { pushPiece } from './push-piece.ts'
import { leaveOutKnown, makeNextPiece, type NextPiece, type PiecesOptions } from './next-piece.ts'
import {
  isHopeless,
  noteOverflow,
  noteRestTooLarge,
  noteSent,
  noteTooLarge,
  type PieceState,
  restFits,
  surpriseOf,
} from '../state/piece-state.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { PiecesRun } from './pieces-run.ts'
import { judgePiece, judgeTooLarge } from '../state/thin-or-whole.ts'
import { askTimeCut, findOldest } from '../history/time-cut.ts'
import type { Fetching } from '../sessions/fetching.ts'

/** More than any limit of a real host asks for. */
const MOST_PIECES = 10_000

/** What cannot be cut is measured up to this many times the limit. */
const MEASURED = 16

interface Progress {
  readonly run: PiecesRun
  readonly options: PiecesOptions
  readonly held: { session: ReceivePackSession }
  /** Ids that arrived in pieces, of earlier runs too. */
  readonly arrived: ObjectId[]
  /** One tip is cut by itself, from its beginning on. */
  readonly isAlone: boolean
}

/** Where a transfer in pieces ended. */
export interface SentPieces {
  /** The receive-pack to go on with. */
  readonly session: ReceivePackSession
  /** The ids that arrived. */
  readonly ids: readonly ObjectId[]
  /** What is left, asked for already; undefined: it is still to be asked for. */
  readonly rest: Fetching | undefined
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
  const progress: Progress = { run, options, held: { session }, arrived: [], isAlone: false }
  resume(progress)
  const byTime = await canCutTime(run)
  const rest = byTime ? await sendByTime(progress) : await sendByTips(progress)
  const { held, arrived } = progress
  if (!held.session.usable) held.session = await ReceivePackSession.open(run.server)
  return { session: held.session, ids: arrived, rest: rest?.pack.source }
}

function resume({ run, held, arrived }: Progress): void {
  const { refs } = held.session.listing
  const state = run.pieces
  for (const ref of refs) if (isAnchor(ref.name)) arrived.push(ref.id)
  const before = latestCut(refs)
  if (before === undefined || before <= state.low) return
  run.pieces = { ...state, low: before, isLowKnown: true, high: state.top, marks: [], tries: 0 }
  if (state.pieces === 0) run.ledger.note(`going on behind ${arrived.length} commits that arrived before`)
}

/** @returns the rest. */
async function sendByTime(progress: Progress): Promise<OpenedFetch> {
  const { run, options } = progress
  const turn: Turn = { next: prepare(progress, run.pieces, []) }
  try {
    for (;;) {
      const piece = await turn.next
      if ('opened' in piece) piece.opened.pack.source.resume()
      run.pieces = piece.state
      if (piece.kind === 'stuck') {
        await cutBreadth(progress)
        turn.next = prepare(progress, run.pieces, [])
      } else if (piece.kind === 'rest') {
        return piece.opened
      } else if (run.pieces.pieces < MOST_PIECES) {
        await sendAndPrepare(progress, piece, turn)
      } else throw cannotCut(run.pieces, options.maxBytes, undefined)
    }
  } catch (error) {
    dropPiece(turn.next)
    throw error
  }
}

interface Turn {
  next: Promise<NextPiece>
}

/** Pushes a piece; while the destination works on it, the next one is asked for, as if it had arrived. */
async function sendAndPrepare(
  progress: Progress,
  piece: Extract<NextPiece, { kind: 'piece' }>,
  turn: Turn,
): Promise<void> {
  const { run, options } = progress
  const { ids, since } = piece
  const { pack, isThin } = piece.opened
  const { objects } = pack
  let ahead: Promise<NextPiece> | undefined
  const started = performance.now()
  let streamed = started
  const sent = await sendIds(progress, piece, (bytes) => {
    streamed = performance.now()
    // Not before the source has given all of it: only then its weight is known, and with it where to cut next.
    ahead = prepare(progress, noteSent(run.pieces, { since, objects, bytes }), ids)
    turn.next = ahead
  })
  if (sent.arrived) {
    noteArrived(progress, { ids, since, objects, bytes: sent.bytes })
    const { surprise } = run.pieces
    const working = performance.now() - streamed
    run.thinness = judgePiece(run.thinness, {
      isThin,
      objects,
      streaming: streamed - started,
      working,
      surprise,
    })
  } else {
    const overflow = { since, objects, bytes: options.maxBytes }
    run.thinness = judgeTooLarge(run.thinness, isThin, surpriseOf(run.pieces, overflow))
    run.pieces = noteTooLarge(noteOverflow(run.pieces, overflow), since, objects)
  }
  turn.next = ahead ?? prepare(progress, run.pieces, [])
}

/** What was asked for beforehand is not needed. */
function dropPiece(next: Promise<NextPiece>): void {
  void next.then((piece) => 'opened' in piece && piece.opened.pack.source.cancel()).catch(() => undefined)
}

/** `coming`: ids that are about to arrive. */
function prepare(
  { run, options, held, arrived }: Progress,
  state: PieceState,
  coming: readonly ObjectId[],
): Promise<NextPiece> {
  const { listing } = held.session
  const next = makeNextPiece({ ...options, run, listing, arrived: [...arrived, ...coming] }, state)
  // The source is not to blame while the destination works on the piece before. A failure is met where the piece is
  // waited for, or nowhere when the one before it failed.
  next.then((piece) => 'opened' in piece && piece.opened.pack.source.pause()).catch(() => undefined)
  return next
}

async function sendIds(
  { run, held, options }: Progress,
  piece: { readonly ids: readonly ObjectId[]; readonly since: number; readonly opened: OpenedFetch },
  onStreamed?: (bytes: number) => void,
): Promise<{ readonly arrived: boolean; readonly bytes: number }> {
  const none = nullId(held.session.listing.format)
  const anchors = piece.ids.map((id): RefCommand => ({
    kind: 'update',
    ref: anchorName(piece.since, id),
    old: none,
    new: id,
  }))
  const { pack } = piece.opened
  return await pushPiece(run, held, { anchors, pack, maxBytes: options.maxBytes, onStreamed })
}

function noteArrived(
  { run, arrived }: Progress,
  piece: {
    readonly ids: readonly ObjectId[]
    readonly since: number
    readonly objects: number
    readonly bytes: number
  },
): void {
  arrived.push(...piece.ids)
  run.pieces = noteSent(run.pieces, piece)
  const until = piece.since > 0 ? `, history up to ${dateOf(piece.since)}` : ''
  run.ledger.note(`piece ${run.pieces.pieces}: ${piece.bytes} bytes, ${piece.objects} objects${until}`)
}

/** Servers without v2 give nothing but the tips of their refs (D1). */
async function canCutTime(run: PiecesRun): Promise<boolean> {
  const { symrefs } = await run.source.listing()
  if (symrefs !== undefined) return true
  if (!run.pieces.byTips) {
    run.ledger.note(
      'the source gives nothing but the tips of its refs: cutting along tags and branches, as far as that goes',
    )
  }
  run.pieces = { ...run.pieces, byTips: true }
  return false
}

/** Tags in the order of their versions, then the other refs: older history first, as far as names tell. */
async function sendByTips(progress: Progress): Promise<undefined> {
  const { run, options } = progress
  const { refs } = await run.source.listing()
  const collator = new Intl.Collator('en', { numeric: true })
  const rank = (name: string): number => (name.startsWith('refs/tags/') ? 0 : 1)
  while (!restFits(run.pieces, options.maxBytes)) {
    const wanted = new Set(leaveOutKnown({ ...options, arrived: progress.arrived }, options.wants))
    const tips = refs
      .filter((ref) => wanted.has(ref.id))
      .toSorted((a, b) => rank(a.name) - rank(b.name) || collator.compare(a.name, b.name))
    const ids = [...new Set(tips.map((ref) => ref.id))]
    if (!(await sendParts(progress, ids, 0))) {
      throw cannotCut(run.pieces, options.maxBytes, await measure(progress, ids))
    }
  }
}

/** No second lies between what arrived and what is too large: the commits of that second are sent in parts. */
async function cutBreadth(progress: Progress): Promise<void> {
  const { run, options, arrived } = progress
  const { high, low, top } = run.pieces
  const { questions } = run.source
  const cut = await askTimeCut(questions, options.wants, high)
  const found = leaveOutKnown({ ...options, arrived }, cut.kind === 'cut' ? cut.ids : options.wants)
  const ids = await findOldest(questions, found, { from: high, top })
  const isSent =
    (await sendParts(progress, ids, low)) || (cut.kind !== 'cut' && (await sendAlone(progress, ids)))
  if (!isSent) throw cannotCut(run.pieces, options.maxBytes, await measure(progress, ids))
  run.pieces = { ...run.pieces, high: run.pieces.top, marks: [], tries: 0 }
}

/**
 * A history that ended before others begin, or before what arrived in an earlier run, is in none of the cuts behind
 * that: the first of such tips is cut by itself.
 * @returns false where it was.
 */
async function sendAlone(progress: Progress, [tip]: readonly ObjectId[]): Promise<boolean> {
  const { run, options } = progress
  if (tip === undefined || progress.isAlone) return false
  const { low, top } = run.pieces
  const whole = { from: 0, high: top, top, left: undefined, marks: [], newer: new Map(), tries: 0 }
  run.pieces = { ...run.pieces, ...whole, low: 0, isLowKnown: false }
  for (;;) {
    const opened = await sendByTime({ ...progress, options: { ...options, wants: [tip] }, isAlone: true })
    const { objects } = opened.pack
    const since = Math.min(low, run.pieces.low)
    const { arrived, bytes } = await sendIds(progress, { ids: [tip], since, opened })
    if (arrived) {
      noteArrived(progress, { ids: [tip], since, objects, bytes })
      break
    }
    run.pieces = noteRestTooLarge(run.pieces, objects, options.maxBytes)
  }
  run.pieces = { ...run.pieces, ...whole, low, isLowKnown: true }
  return true
}

/** Sends `ids`, or halves of them, and halves of halves, as they fit. @returns whether any did. */
async function sendParts(progress: Progress, ids: readonly ObjectId[], since: number): Promise<boolean> {
  const { run, options, held, arrived } = progress
  const sendOne = async (part: readonly ObjectId[]): Promise<boolean> => {
    const opened = await openFetch(run, {
      listing: held.session.listing,
      thin: true,
      wants: part,
      haves: [...arrived, ...options.haves],
      refuses: (objects) => part.length > 1 && isHopeless(run.pieces, objects, options.maxBytes),
    })
    if (typeof opened === 'number') return false
    const { objects } = opened.pack
    const sent = await sendIds(progress, { ids: part, since, opened })
    if (sent.arrived) noteArrived(progress, { ids: part, since, objects, bytes: sent.bytes })
    return sent.arrived
  }
  const sendPart = async (part: readonly ObjectId[]): Promise<boolean> => {
    if (part.length > 0 && (await sendOne(part))) return true
    if (part.length < 2) return false
    const half = Math.ceil(part.length / 2)
    const first = await sendPart(part.slice(0, half))
    return (await sendPart(part.slice(half))) || first
  }
  return await sendPart(ids)
}

/** Bytes of what cannot be cut, for the error. */
async function measure(
  { run, held, options, arrived }: Progress,
  ids: readonly ObjectId[],
): Promise<number | undefined> {
  const [first] = ids
  if (first === undefined) return undefined
  const haves = [...arrived, ...options.haves]
  const { listing } = held.session
  const opened = await openFetch(run, {
    listing,
    thin: true,
    wants: [first],
    haves,
    refuses: () => false,
  })
  return typeof opened === 'number' ? undefined : await measurePack(opened.pack, options.maxBytes * MEASURED)
}

function cannotCut(state: PieceState, maxBytes: number, bytes: number | undefined): MirrorError {
  const known = bytes !== undefined && bytes > maxBytes
  const size = known ? `${bytes >= maxBytes * MEASURED ? 'at least ' : ''}${bytes}` : `more than ${maxBytes}`
  const limit = known ? `, more than the ${maxBytes} bytes of one push` : ', which is the limit of one push'
  // The first commit cannot be told from the one after it: both have no commit before that could be named.
  const what = state.byTips
    ? 'the history between two refs'
    : state.pieces > 0
      ? `one commit of ${dateOf(state.high)} alone`
      : `the beginning of the history, up to one commit of ${dateOf(state.high)},`
  return new MirrorError(`${what} makes a pack of ${size} bytes${limit}`, {
    code: 'too-large',
    side: 'destination',
    hint: 'Raise max-pack-size if the destination takes more, or take the large files out of the history.',
  })
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19)
}
