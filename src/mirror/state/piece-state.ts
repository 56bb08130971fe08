import type { ObjectId } from '../../protocol/object-id.ts'

/** What a pack up to a moment of the history would hold, counted from `low`. */
interface Mark {
  readonly since: number
  readonly objects: number
}

/** A pack up to `since` that was not sent to its end. */
interface Overflow {
  readonly since: number
  readonly objects: number
  readonly bytes: number
}

/** What is known about a history while it is cut; kept between rounds. Times are seconds since 1970. */
export interface PieceState {
  /** Everything up to here has arrived, or there is nothing so old. */
  readonly low: number
  /** `low` is near the first commit, or near what arrived last. */
  readonly isLowKnown: boolean
  /** Where the history is reckoned to begin, where that is later than `low`. */
  readonly from: number
  /** A piece up to here is too large, or nothing is newer. */
  readonly high: number
  /** The end of the history, as far as it is known. */
  readonly top: number
  /** Objects that are still to be sent, by the header of a pack. */
  readonly left: number | undefined
  /** Packs that were too large, by `since`. */
  readonly marks: readonly Mark[]
  /** Commits that are known to be newer than a moment: they would bring everything up to themselves. */
  readonly newer: ReadonlyMap<ObjectId, number>
  /** Cuts that were tried since `low` moved. */
  readonly tries: number
  readonly pieces: number
  readonly bytes: number
  readonly objects: number
  /** What was cut off at the limit, without what has arrived of it since: it weighs at least so much. */
  readonly overflow: Overflow | undefined
  /** Bytes for each object of the last piece, and of the one before it; 0: not known. */
  readonly lastWeight: number
  readonly weightBefore: number
  /** How much heavier an object of the last piece was than reckoned: 1 as reckoned. */
  readonly surprise: number
  /** Bytes of the last piece that were sent, whether it arrived or not. */
  readonly lastBytes: number
  /** Milliseconds that the destination had been waiting for the source when it ended. */
  readonly lastStarved: number
  /** The source gives tips alone: the history is cut along refs. */
  readonly byTips: boolean
}

/** `top`: a moment after the newest commit. */
export function newPieceState(top: number): PieceState {
  return {
    low: 0,
    isLowKnown: false,
    from: 0,
    high: top,
    top,
    left: undefined,
    marks: [],
    newer: new Map(),
    tries: 0,
    pieces: 0,
    bytes: 0,
    objects: 0,
    overflow: undefined,
    lastWeight: 0,
    weightBefore: 0,
    surprise: 1,
    lastBytes: 0,
    lastStarved: 0,
    byTips: false,
  }
}

/** Bytes for each object of most histories, at least, and what the first piece is made by. */
const LEAST_WEIGHT = 400
/** A piece is begun when it fits with this much to spare. */
const SPARE = 1.05
/** It is aimed at this part of the limit: the first few tell little of those after them. */
const FILL = 0.8
const EARLY_FILL = 0.65
const FEW_PIECES = 3
/** Before the weight is known, a piece is to fill this part of the limit, and to hold this part of the objects. */
const FIRST_FILL = 0.5
export const FIRST_PART = 1 / 8
/** The weight grows from piece to piece by no more than this, as a rule. */
const MOST_GROWTH = 1.5
/** What arrived tells the weight of so many times as many objects, and of no more. */
const TELLS = 6
const LEAST_SAMPLE = 1000
/** How much a pack that was cut off is taken to be larger than what was seen of it. */
const UNSEEN = 1.2

/** Bytes for each object that the next piece will have; undefined before the first. */
function expectWeight(state: PieceState): number | undefined {
  const { lastWeight, weightBefore } = state
  if (lastWeight === 0) return undefined
  // Histories grow heavier as they go on, and go on to do so.
  const seen = weightBefore === 0 ? 1.2 : lastWeight / weightBefore
  const growth = Math.min(MOST_GROWTH, Math.max(1, seen)) - 1
  const average = state.objects === 0 ? lastWeight : state.bytes / state.objects
  const { overflow } = state
  return Math.max(
    average,
    lastWeight * (1 + (state.pieces < FEW_PIECES ? growth : growth / 2)),
    overflow === undefined ? 0 : (UNSEEN * overflow.bytes) / overflow.objects,
  )
}

/**
 * A pack that will not fit, by the number of its objects: nothing of it is sent. Before the first piece the weight
 * of an object is not known: what is certainly too large is told from what may fit.
 */
export function isHopeless(state: PieceState, objects: number, maxBytes: number): boolean {
  const weight = expectWeight(state)
  return objects * (weight === undefined ? LEAST_WEIGHT : weight * SPARE) > maxBytes && objects > 1
}

/** Nothing speaks against sending the rest at once: its size is not known, or was estimated to fit. */
export function restFits(state: PieceState, maxBytes: number): boolean {
  if (state.left === undefined) return true
  return expectWeight(state) !== undefined && !isHopeless(state, state.left, maxBytes)
}

/** Objects that the next piece is meant to hold. */
export function aimAt(state: PieceState, maxBytes: number): number {
  const weight = expectWeight(state) ?? LEAST_WEIGHT
  const left = state.left ?? Infinity
  if (state.pieces === 0) return Math.min((FIRST_FILL * maxBytes) / weight, left * FIRST_PART)
  const fill = state.pieces < FEW_PIECES ? EARLY_FILL : FILL
  const objects = Math.min((fill * maxBytes) / weight, TELLS * Math.max(LEAST_SAMPLE, state.objects))
  // The last two pieces are better of one size than one of them tiny.
  return objects < left && objects * 2 > left ? left / 2 : objects
}

/** Seconds of history that a piece holds, if all of it is alike. */
export function expectSpan(state: PieceState, maxBytes: number): number {
  const { low, top, left } = state
  return left === undefined ? top - low : (top - low) * Math.min(1, aimAt(state, maxBytes) / left)
}

/** Marks, and what was cut off, are forgotten when they promised so many times what came. */
const MISLED = 3

/** Tries after which the middle is taken: what lies at one moment escapes every estimate. */
const PATIENCE = 3

/** The next second to cut at; undefined when none lies between the limits. */
export function chooseCut(state: PieceState, maxBytes: number): number | undefined {
  const { low, high, left } = state
  if (high - low < 2) return undefined
  const middle = low + Math.floor((high - low) / 2)
  if (left === undefined || state.tries >= PATIENCE) return middle
  const aim = aimAt(state, maxBytes)
  for (const [before, after] of linesOf(state, left)) {
    if (after.objects < aim) continue
    const part = (aim - before.objects) / Math.max(1, after.objects - before.objects)
    const guess = before.since + Math.floor(part * (after.since - before.since))
    return Math.min(high - 1, Math.max(low + 1, guess))
  }
  return middle
}

/** Objects that a pack up to `since` is reckoned to hold; undefined while nothing is known. */
export function expectObjects(state: PieceState, since: number): number | undefined {
  if (state.left === undefined) return undefined
  for (const [before, after] of linesOf(state, state.left)) {
    if (after.since < since) continue
    const part = (since - before.since) / Math.max(1, after.since - before.since)
    return before.objects + part * (after.objects - before.objects)
  }
  return state.left
}

/** From mark to mark: between them a history is taken to be even. */
function linesOf({ low, from, top, marks }: PieceState, left: number): readonly (readonly [Mark, Mark])[] {
  const points = [{ since: Math.max(low, from), objects: 0 }, ...marks, { since: top, objects: left }]
  return points.slice(1).map((after, index) => [points[index]!, after] as const)
}

/** Nothing is older than `since`, or it was sent already. */
export function noteNothingBefore(state: PieceState, since: number): PieceState {
  return { ...state, low: since, tries: state.tries + 1 }
}

/** Nothing is newer than `since`. */
export function noteNothingAfter(state: PieceState, since: number): PieceState {
  return { ...state, high: Math.min(state.high, since), top: since, tries: state.tries + 1 }
}

/** A pack up to `since` is too large. `objects`: by its header, where that was seen. */
export function noteTooLarge(state: PieceState, since: number, objects: number | undefined): PieceState {
  const marks = objects === undefined ? state.marks : [...state.marks, { since, objects }]
  return {
    ...state,
    high: since,
    marks: marks.filter((mark) => mark.since <= since).toSorted((a, b) => a.since - b.since),
    tries: state.tries + 1,
  }
}

/** The header of the rest said how many objects it has. */
export function noteLeft(state: PieceState, objects: number): PieceState {
  return { ...state, left: objects }
}

/** `ids` are newer than `limit`. */
export function noteNewer(state: PieceState, ids: readonly ObjectId[], limit: number): PieceState {
  const newer = new Map(state.newer)
  for (const id of ids) newer.set(id, Math.max(limit, newer.get(id) ?? 0))
  return { ...state, newer }
}

/** `ids` without those that are known to be newer than `limit`. */
export function leaveOutNewer(
  state: PieceState,
  ids: readonly ObjectId[],
  limit: number,
): readonly ObjectId[] {
  return ids.filter((id) => (state.newer.get(id) ?? 0) < limit)
}

/** A pack up to `since` was cut off after `bytes`: nobody knows how much of it was left. */
export function noteOverflow(state: PieceState, overflow: Overflow): PieceState {
  const { bytes, objects } = overflow
  const weight = Math.max(state.lastWeight, (UNSEEN * bytes) / Math.max(1, objects))
  return { ...state, overflow, lastWeight: weight, weightBefore: weight }
}

/** The rest was tried at once and does not fit: `objects` is what its header said, `bytes` what is known of its size. */
export function noteRestTooLarge(state: PieceState, objects: number, bytes: number): PieceState {
  const noted = { ...state, left: objects, high: state.top, marks: [], tries: 0 }
  // By the weight of the pieces before it, it would be taken to fit again, and again.
  return state.pieces > 0 ? noteOverflow(noted, { since: state.top, objects, bytes }) : noted
}

/** A piece up to `since` was sent. */
export function noteSent(
  state: PieceState,
  piece: { readonly since: number; readonly objects: number; readonly bytes: number },
): PieceState {
  const { objects, bytes } = piece
  const weight = bytes / Math.max(1, objects)
  // What shows so much less than was reckoned with is told wrong by the marks.
  const misled = objects * MISLED < (expectObjects(state, piece.since) ?? 0)
  return {
    ...state,
    low: Math.max(state.low, piece.since),
    isLowKnown: true,
    high: state.top,
    left: state.left === undefined ? undefined : Math.max(1, state.left - objects),
    marks: state.marks
      .filter((mark) => !misled && mark.since > piece.since && mark.objects > objects)
      .map((mark) => ({ since: mark.since, objects: mark.objects - objects })),
    tries: 0,
    pieces: state.pieces + 1,
    bytes: state.bytes + bytes,
    objects: state.objects + objects,
    overflow: leftOf(state.overflow, piece),
    lastWeight: weight,
    weightBefore: state.lastWeight,
    surprise: surpriseOf(state, piece),
    lastBytes: bytes,
  }
}

/** The bytes for each object of a piece, as a multiple of what was reckoned with; 1 where that was nothing. */
export function surpriseOf(
  state: PieceState,
  { objects, bytes }: { readonly objects: number; readonly bytes: number },
): number {
  const weight = bytes / Math.max(1, objects)
  return weight / (expectWeight(state) ?? weight)
}

function leftOf(overflow: Overflow | undefined, piece: Overflow): Overflow | undefined {
  if (overflow === undefined || piece.since >= overflow.since || piece.objects >= overflow.objects)
    return undefined
  // Thin packs after a whole one that was cut off: all of its weight would seem to lie in what is left.
  if (piece.bytes * overflow.objects * MISLED < overflow.bytes * piece.objects) return undefined
  return {
    since: overflow.since,
    objects: overflow.objects - piece.objects,
    bytes: Math.max(0, overflow.bytes - piece.bytes),
  }
}
