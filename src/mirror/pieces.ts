import { MirrorError, toMirrorError } from '../errors.ts'
import { type ObjectId, nullId } from '../protocol/object-id.ts'
import { anchorName, isAnchor, latestCut } from './anchors.ts'
import { sendPiece } from './piece.ts'
import { ReceivePackSession } from './receive-pack.ts'
import { type DestinationRun, notice } from './run-state.ts'
import { askTimeCut, chooseCut, findNewer } from './time-cut.ts'

/** More than any limit of a real host asks for. */
const MOST_PIECES = 10_000
/** Wants of one piece; with more the cut is moved. */
const MOST_ANCHORS = 2000

export interface PiecesOptions {
  /** Tips of the source that the destination lacks. */
  readonly wants: readonly ObjectId[]
  /** Ids at the destination. */
  readonly haves: readonly ObjectId[]
  readonly maxBytes: number
}

/** What is known about a history while it is cut; kept between rounds. Times are seconds since 1970. */
export interface PieceState {
  /** Everything up to here has arrived. */
  low: number
  /** A piece up to here is too large, or nothing is newer. */
  high: number
  /** The end of the history, as far as it is known. */
  top: number
  /** Bytes for each second of history, from the last piece. */
  density: number | undefined
  pieces: number
  bytes: number
  objects: number
  /** Bytes for each object of the last piece. */
  lastWeight: number
  /** Bytes of the last piece that were sent, whether it arrived or not. */
  lastBytes: number
  /** Milliseconds that the destination had been waiting for the source when it ended. */
  lastStarved: number
  /** The source gives tips alone: the history is cut along refs. */
  byTips: boolean
  /** Objects that are still to be sent, by the header of the pack that was too large. */
  left: number | undefined
}

export function newPieceState(now: number): PieceState {
  return {
    low: 0,
    high: now,
    top: now,
    density: undefined,
    pieces: 0,
    bytes: 0,
    objects: 0,
    lastWeight: 0,
    lastBytes: 0,
    lastStarved: 0,
    byTips: false,
    left: undefined,
  }
}

/** Bytes for each object of what was sent so far, or of the last piece if those are heavier. */
function weightOf(state: PieceState): number | undefined {
  return state.objects === 0 ? undefined : Math.max(state.bytes / state.objects, state.lastWeight)
}

/** Objects grow heavier as a history goes on: a piece is begun when it fits with this much to spare. */
const SPARE = 1.35
/** Bytes for each object of most histories, at least. */
const USUAL_WEIGHT = 400
/** Before anything is known of the weight, a piece has at most this part of the objects. */
const FIRST_PART = 1 / 16

/**
 * A pack that will not fit, by the number of its objects: nothing of it is sent. Before the first piece the
 * weight of an object is not known: that piece is a small one, which teaches it.
 */
export function isHopeless(state: PieceState, objects: number, maxBytes: number): boolean {
  const weight = weightOf(state)
  if (weight !== undefined) return objects * weight * SPARE > maxBytes
  if (state.left === undefined) return objects * USUAL_WEIGHT > maxBytes
  return objects > Math.max(1, state.left * FIRST_PART) && objects > 100
}

/** The rest was tried at once and does not fit: `objects` is what its header said, `bytes` its least size. */
export function noteRestTooLarge(run: DestinationRun, objects: number, bytes: number): void {
  const { pieces } = run
  pieces.left = objects
  pieces.high = pieces.top
  // By the weight of the pieces before it, it would be taken to fit again, and again.
  pieces.lastWeight = Math.max(pieces.lastWeight, bytes / objects)
}

interface Progress {
  readonly run: DestinationRun
  readonly options: PiecesOptions
  readonly held: { session: ReceivePackSession }
  /** Ids that arrived in pieces, of earlier runs too. */
  readonly arrived: ObjectId[]
}

/**
 * Brings the older part of a history to the destination, in packs of at most `maxBytes`, from old to new, each
 * held by anchors, until what is left looks as if it fits one push.
 * @returns the receive-pack to go on with, and the ids that arrived.
 * @throws MirrorError of either server; `too-large` for what cannot be cut.
 */
export async function sendPieces(
  run: DestinationRun,
  session: ReceivePackSession,
  options: PiecesOptions,
): Promise<{ readonly session: ReceivePackSession; readonly ids: readonly ObjectId[] }> {
  const progress: Progress = { run, options, held: { session }, arrived: [] }
  resume(progress)
  const state = run.pieces
  while (state.pieces < MOST_PIECES && !restFits(state, options.maxBytes)) {
    if (state.byTips || !(await canCutTime(run))) {
      await cutTips(progress)
      continue
    }
    const density = state.high < state.top ? undefined : state.density
    const since = chooseCut({ ...state, density }, options.maxBytes)
    if (since === undefined) await cutBreadth(progress)
    else await cutTime(progress, since)
  }
  if (!progress.held.session.usable) progress.held.session = await ReceivePackSession.open(run.server)
  return { session: progress.held.session, ids: progress.arrived }
}

function resume({ run, held, arrived }: Progress): void {
  const { refs } = held.session.listing
  const state = run.pieces
  for (const ref of refs) if (isAnchor(ref.name)) arrived.push(ref.id)
  const before = latestCut(refs)
  if (before === undefined || before <= state.low) return
  state.low = before
  state.high = state.top
  if (state.pieces === 0) notice(run, 'info', `going on behind ${arrived.length} commits that arrived before`)
}

/** Nothing speaks against sending the rest at once: its size is not known, or was estimated to fit. */
function restFits(state: PieceState, maxBytes: number): boolean {
  if (state.left === undefined) return true
  const weight = weightOf(state)
  return weight !== undefined && state.left * weight * SPARE < maxBytes
}

async function cutTime(progress: Progress, since: number): Promise<void> {
  const { run, options } = progress
  const state = run.pieces
  const cut = await askTimeCut(run.source.questions, options.wants, since)
  if (cut.kind === 'before') {
    state.low = since
    return
  }
  if (cut.kind === 'after') {
    state.high = since
    state.top = since
    return
  }
  const ids = unknownOf(progress, cut.ids)
  const fits = ids.length <= MOST_ANCHORS && (ids.length === 0 || (await sendOlder(progress, ids, since)))
  if (!fits) {
    state.high = since
    return
  }
  state.low = since
  state.high = state.top
}

/**
 * Sends what lies behind `ids`. A merge long after `since` of a branch that ended before it is one of the ids,
 * and brings everything up to itself: such ones are left for later when all together are too large.
 */
async function sendOlder(progress: Progress, ids: readonly ObjectId[], since: number): Promise<boolean> {
  const span = since - progress.run.pieces.low
  if (await sendIds(progress, { ids, since, span })) return true
  const limit = since + Math.max(1, Math.floor(span / 8))
  const newer = new Set(await findNewer(progress.run.source.questions, ids, limit))
  const older = ids.filter((id) => !newer.has(id))
  if (newer.size === 0 || older.length === 0) return false
  return await sendIds(progress, { ids: older, since, span })
}

/** Servers without v2 give nothing but the tips of their refs (D1). */
async function canCutTime(run: DestinationRun): Promise<boolean> {
  const { symrefs } = await run.source.listing()
  if (symrefs !== undefined) return true
  run.pieces.byTips = true
  notice(
    run,
    'info',
    'the source gives nothing but the tips of its refs: cutting along tags and branches, as far as that goes',
  )
  return false
}

/** Tags in the order of their versions, then the other refs: older history first, as far as names tell. */
async function cutTips(progress: Progress): Promise<void> {
  const { run, options } = progress
  const { refs } = await run.source.listing()
  const wanted = new Set(unknownOf(progress, options.wants))
  const rank = (name: string): number => (name.startsWith('refs/tags/') ? 0 : 1)
  const collator = new Intl.Collator('en', { numeric: true })
  const tips = refs
    .filter((ref) => wanted.has(ref.id))
    .toSorted((a, b) => rank(a.name) - rank(b.name) || collator.compare(a.name, b.name))
  const ids = [...new Set(tips.map((ref) => ref.id))]
  if (ids.length < 2 || !(await sendParts(progress, ids, 0))) throw cannotCut(run.pieces, options.maxBytes)
}

/** No second lies between what arrived and what is too large: the commits of that second are sent in parts. */
async function cutBreadth(progress: Progress): Promise<void> {
  const { run, options } = progress
  const state = run.pieces
  const cut = await askTimeCut(run.source.questions, options.wants, state.high)
  const ids = unknownOf(progress, cut.kind === 'cut' ? cut.ids : options.wants)
  if (ids.length < 2 || !(await sendParts(progress, ids, state.low))) throw cannotCut(state, options.maxBytes)
  state.high = state.top
}

/** Sends halves of `ids`, and halves of halves, as they fit. @returns whether any did. */
async function sendParts(progress: Progress, ids: readonly ObjectId[], since: number): Promise<boolean> {
  const sendPart = async (part: readonly ObjectId[]): Promise<boolean> => {
    if (part.length < ids.length && (await sendIds(progress, { ids: part, since, span: 0 }))) return true
    if (part.length === 1) return false
    const half = Math.ceil(part.length / 2)
    const first = await sendPart(part.slice(0, half))
    return (await sendPart(part.slice(half))) || first
  }
  return await sendPart(ids)
}

function unknownOf({ arrived, options }: Progress, ids: readonly ObjectId[]): readonly ObjectId[] {
  const known = new Set([...arrived, ...options.haves])
  return ids.filter((id) => !known.has(id))
}

/** @returns whether they fitted one push. */
async function sendIds(
  progress: Progress,
  piece: { readonly ids: readonly ObjectId[]; readonly since: number; readonly span: number },
): Promise<boolean> {
  const { run, held, arrived, options } = progress
  const state = run.pieces
  const none = nullId(held.session.listing.format)
  const sent = await sendPiece(run, held, {
    anchors: piece.ids.map((id) => ({ ref: anchorName(piece.since, id), old: none, new: id })),
    haves: [...arrived, ...options.haves],
    maxBytes: options.maxBytes,
    isHopeless: (objects) => isHopeless(state, objects, options.maxBytes),
  })
  if (sent === undefined) return false
  arrived.push(...piece.ids)
  state.pieces++
  state.bytes += sent.bytes
  state.objects += sent.objects
  state.lastWeight = sent.bytes / Math.max(1, sent.objects)
  if (piece.span > 0) state.density = sent.bytes / piece.span
  if (state.left !== undefined) state.left = Math.max(0, state.left - sent.objects)
  notice(
    run,
    'info',
    `piece ${state.pieces}: ${sent.bytes} bytes, ${sent.objects} objects, history up to ${dateOf(piece.since)}`,
  )
  return true
}

function cannotCut(state: PieceState, maxBytes: number): MirrorError {
  return new MirrorError(
    state.byTips
      ? `the history between two refs makes a pack of more than ${maxBytes} bytes, which is the limit of one push`
      : `one commit of ${dateOf(state.high)} alone makes a pack of more than ${maxBytes} bytes, which is the limit of one push`,
    {
      code: 'too-large',
      side: 'destination',
      hint: 'Raise max-pack-size if the destination takes more, or take the large files out of the history.',
    },
  )
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19)
}

/** Removes the anchors of this run and of earlier ones. Never fails a run: what stays is removed by the next. */
export async function removeAnchors(run: DestinationRun, session: ReceivePackSession): Promise<void> {
  const anchors = session.listing.refs.filter((ref) => isAnchor(ref.name))
  const none = nullId(session.listing.format)
  let current = session
  try {
    for (let from = 0; from < anchors.length; from += run.manner.maxRefs) {
      if (!current.usable) current = await ReceivePackSession.open(run.server)
      const part = anchors.slice(from, from + run.manner.maxRefs)
      await current.push({
        commands: part.map((ref) => ({ ref: ref.name, old: ref.id, new: none })),
        atomic: false,
        plain: !run.manner.agent,
        pack: undefined,
      })
      if (!current.forgets) await current.close()
    }
  } catch (error) {
    run.signal.throwIfAborted()
    const words = toMirrorError(error, { code: 'cut' }).message
    notice(run, 'warning', `refs of a transfer in pieces stay until the next run: ${words}`)
  }
}
