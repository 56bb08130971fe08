import type { ObjectId } from '../protocol/object-id.ts'

/** What a pack up to a moment of the history would hold, counted from `low`. */
interface Mark {
  readonly since: number
  readonly objects: number
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
const FIRST_WEIGHT = 800
/** A piece is begun when it fits with this much to spare, and aimed at this part of the limit. */
const SPARE = 1.15
const FILL = 0.75
/** Before the weight is known, a piece is to fill this part of the limit, and to hold this part of the objects. */
const FIRST_FILL = 0.5
const FIRST_PART = 1 / 16
/** The weight grows from piece to piece by no more than this, as a rule. */
const MOST_GROWTH = 1.5

/** Bytes for each object that the next piece will have; undefined before the first. */
function expectWeight(state: PieceState): number | undefined {
  const { lastWeight, weightBefore } = state
  if (lastWeight === 0) return undefined
  // Histories grow heavier as they go on, and go on to do so.
  const growth = weightBefore === 0 ? 1.2 : lastWeight / weightBefore
  const average = state.objects === 0 ? lastWeight : state.bytes / state.objects
  return Math.max(average, lastWeight * Math.min(MOST_GROWTH, Math.max(1, growth)))
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
  const weight = expectWeight(state) ?? FIRST_WEIGHT
  const left = state.left ?? Infinity
  if (state.pieces === 0) return Math.min((FIRST_FILL * maxBytes) / weight, left * FIRST_PART)
  const objects = (FILL * maxBytes) / weight
  // The last two pieces are better of one size than one of them tiny.
  return objects < left && objects * 2 > left ? left / 2 : objects
}

/** Seconds of history that a piece holds, if all of it is alike. */
export function expectSpan(state: PieceState, maxBytes: number): number {
  const { low, top, left } = state
  return left === undefined ? top - low : (top - low) * Math.min(1, aimAt(state, maxBytes) / left)
}

/** Marks are forgotten when they promised so many times what came. */
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

/** A pack of `objects` was cut off after `bytes`: each object weighs at least so much. */
export function noteWeight(state: PieceState, objects: number, bytes: number): PieceState {
  return { ...state, lastWeight: Math.max(state.lastWeight, bytes / Math.max(1, objects)) }
}

/** The rest was tried at once and does not fit: `objects` is what its header said, `bytes` what is known of its size. */
export function noteRestTooLarge(state: PieceState, objects: number, bytes: number): PieceState {
  const noted = { ...state, left: objects, high: state.top, marks: [], tries: 0 }
  // By the weight of the pieces before it, it would be taken to fit again, and again.
  return state.pieces > 0 ? noteWeight(noted, objects, bytes) : noted
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
    lastWeight: weight,
    weightBefore: state.lastWeight,
    surprise: weight / (expectWeight(state) ?? weight),
    lastBytes: bytes,
  }
}
