import { MirrorError, toMirrorError } from '../errors.ts'
import { type ObjectId, nullId } from '../protocol/object-id.ts'
import { anchorName, isAnchor, latestCut } from './anchors.ts'
import { chooseCut, askTimeCut } from './time-cut.ts'
import { sendPiece } from './piece.ts'
import { ReceivePackSession } from './receive-pack.ts'
import { type DestinationRun, notice } from './run-state.ts'

/** Cuts of one history; more than any limit of a real host asks for. */
const MOST_PIECES = 10_000
/** Wants of one piece. */
const MOST_ANCHORS = 1000

export interface PiecesOptions {
  /** Tips of the source that the destination lacks. */
  readonly wants: readonly ObjectId[]
  /** Ids at the destination. */
  readonly haves: readonly ObjectId[]
  readonly maxBytes: number
}

/** What is known about the history while it is cut; kept between rounds. */
export interface PieceState {
  /** Everything up to this second has arrived. */
  low: number
  high: number
  /** The end of the history, in seconds, as far as it is known. */
  top: number
  density: number | undefined
  /** Bytes for each object, from the last piece. */
  weight: number | undefined
  pieces: number
  /** The rest after `low` was tried and is too large. */
  restTooLarge: boolean
}

export function newPieceState(now: number): PieceState {
  return { low: 0, high: now, top: now, density: undefined, weight: undefined, pieces: 0, restTooLarge: true }
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
  const state = run.pieces
  const { maxBytes } = options
  const arrived = session.listing.refs.filter((ref) => isAnchor(ref.name)).map((ref) => ref.id)
  const before = latestCut(session.listing.refs)
  if (before !== undefined && before > state.low) {
    state.low = before
    state.high = state.top
    if (state.pieces === 0) {
      state.restTooLarge = false
      notice(run, 'info', `going on after ${arrived.length} commits of pieces that arrived before`)
    }
  }
  const held = { session }
  while (state.pieces < MOST_PIECES && !restFits(state, maxBytes)) {
    const since = chooseCut(state, maxBytes)
    if (since === undefined) throw cannotCut(state, maxBytes)
    const cut = await askTimeCut(run.source.uploadPack, options.wants, since)
    if (cut.kind === 'before') {
      state.low = since
      continue
    }
    if (cut.kind === 'after') {
      state.high = since
      state.top = since
      continue
    }
    const known = new Set([...arrived, ...options.haves])
    const ids = cut.ids.filter((id) => !known.has(id)).slice(0, MOST_ANCHORS)
    if (ids.length === 0) {
      moveOn(state, since)
      continue
    }
    const sent = await sendPiece(run, held, {
      anchors: ids.map((id) => ({
        ref: anchorName(since, id),
        old: nullId(session.listing.format),
        new: id,
      })),
      haves: [...arrived, ...options.haves],
      maxBytes,
      weight: state.weight,
    })
    if (sent.kind === 'too-large') {
      state.high = since
      continue
    }
    arrived.push(...ids)
    state.pieces++
    state.density = Math.max(1, sent.bytes) / Math.max(1, since - Math.max(state.low, 1))
    if (sent.objects > 0) state.weight = sent.bytes / sent.objects
    moveOn(state, since)
    notice(
      run,
      'info',
      `piece ${state.pieces}: ${sent.bytes} bytes, ${sent.objects} objects, history up to ${dateOf(since)}`,
    )
  }
  if (!held.session.usable) held.session = await ReceivePackSession.open(run.server)
  return { session: held.session, ids: arrived }
}

function moveOn(state: PieceState, since: number): void {
  state.low = since
  state.high = state.top
  state.restTooLarge = false
}

/** Nothing speaks against sending the rest at once: it was not tried yet, and the density does not forbid it. */
function restFits(state: PieceState, maxBytes: number): boolean {
  if (state.restTooLarge) return false
  if (state.density === undefined) return true
  return state.density * (state.top - state.low) < maxBytes
}

function cannotCut(state: PieceState, maxBytes: number): MirrorError {
  return new MirrorError(
    `the commit at ${dateOf(state.high)} alone makes a pack of more than ${maxBytes} bytes, which is the limit of one push`,
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

/** The rest did not fit after all. @throws MirrorError when nothing is left to cut. */
export function noteRestTooLarge(run: DestinationRun): void {
  run.pieces.restTooLarge = true
  run.pieces.high = run.pieces.top
}

/** Removes the anchors of this run and of earlier ones. Never throws: what stays is removed by the next run. */
export async function removeAnchors(run: DestinationRun, session: ReceivePackSession): Promise<void> {
  const anchors = session.listing.refs.filter((ref) => isAnchor(ref.name))
  let current = session
  try {
    for (let from = 0; from < anchors.length; from += run.manner.maxRefs) {
      if (!current.usable) current = await ReceivePackSession.open(run.server)
      const part = anchors.slice(from, from + run.manner.maxRefs)
      const none = nullId(session.listing.format)
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
    notice(
      run,
      'warning',
      `refs of an earlier transfer in pieces stay until the next run: ${toMirrorError(error, { code: 'cut' }).message}`,
    )
  }
}
