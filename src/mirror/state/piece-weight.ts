/** A pack up to `at` that was not sent to its end. */
export interface Overflow {
  readonly at: number
  readonly objects: number
  readonly bytes: number
}

/** What the pieces of a history have weighed so far. */
export interface PieceWeights {
  /** Objects that are still to be sent, by the header of a pack. */
  readonly left: number | undefined
  /** Cuts that were tried since the last piece. */
  readonly tries: number
  readonly pieces: number
  readonly bytes: number
  readonly objects: number
  /** What was cut off at the limit, without what has arrived of it since: it weighs at least so much. */
  readonly overflow: Overflow | undefined
  /** Bytes for each object of the last piece, and of the one before it; 0: not known. */
  readonly lastWeight: number
  readonly weightBefore: number
}

/** Bytes for each object of most histories, at least, and what the first piece is made by. */
const LEAST_OBJECT_BYTES = 400
/** A piece is begun when it fits with this much to spare. */
const SPARE_FACTOR = 1.05
/** It is aimed at this part of the limit: the first few tell little of those after them. */
const FILL_PART = 0.8
const EARLY_FILL_PART = 0.65
const EARLY_PIECES = 3
/** Before the weight is known, a piece is to fill this part of the limit, and to hold this part of the objects. */
const FIRST_FILL_PART = 0.5
export const FIRST_OBJECTS_PART = 1 / 8
/** The weight grows from piece to piece by no more than this, as a rule. */
const MOST_GROWTH_FACTOR = 1.5
/** What arrived tells the weight of so many times as many objects, and of no more. */
const SAMPLE_FACTOR = 6
const LEAST_SAMPLE_OBJECTS = 1000
/** How much a pack that was cut off is taken to be larger than what was seen of it. */
const UNSEEN_FACTOR = 1.2
/** After so many tries the estimate is trusted half as much, and again with each one that follows. */
export const TRUSTED_TRIES = 3

/** Bytes for each object that the next piece will have; undefined before the first. */
function expectWeight(state: PieceWeights): number | undefined {
  const { lastWeight, weightBefore } = state
  if (lastWeight === 0) return undefined
  // Histories grow heavier as they go on, and go on to do so.
  const seen = weightBefore === 0 ? 1.2 : lastWeight / weightBefore
  const growth = Math.min(MOST_GROWTH_FACTOR, Math.max(1, seen)) - 1
  const average = state.objects === 0 ? lastWeight : state.bytes / state.objects
  const { overflow } = state
  return Math.max(
    average,
    lastWeight * (1 + (state.pieces < EARLY_PIECES ? growth : growth / 2)),
    overflow === undefined ? 0 : (UNSEEN_FACTOR * overflow.bytes) / overflow.objects,
  )
}

/**
 * A pack that will not fit, by the number of its objects: nothing of it is sent. Before the first piece the weight
 * of an object is not known: what is certainly too large is told from what may fit. It is an estimate, and never
 * the last word on what cannot be cut.
 */
export function isHopeless(state: PieceWeights, objects: number, maxBytes: number): boolean {
  const weight = expectWeight(state)
  const doubt = 2 ** Math.max(0, state.tries - TRUSTED_TRIES)
  return (
    objects * (weight === undefined ? LEAST_OBJECT_BYTES : weight * SPARE_FACTOR) > maxBytes * doubt &&
    objects > 1
  )
}

/** The estimate says that all that is left fits one push. */
export function isLeftLight(state: PieceWeights, maxBytes: number): boolean {
  if (state.left === undefined || expectWeight(state) === undefined) return false
  return !isHopeless({ ...state, tries: 0 }, state.left, maxBytes)
}

/** Objects that the next piece is meant to hold. */
export function aimAt(state: PieceWeights, maxBytes: number): number {
  const weight = expectWeight(state) ?? LEAST_OBJECT_BYTES
  const left = state.left ?? Infinity
  if (state.pieces === 0) return Math.min((FIRST_FILL_PART * maxBytes) / weight, left * FIRST_OBJECTS_PART)
  const fill = state.pieces < EARLY_PIECES ? EARLY_FILL_PART : FILL_PART
  const sample = SAMPLE_FACTOR * Math.max(LEAST_SAMPLE_OBJECTS, state.objects)
  const objects = Math.min((fill * maxBytes) / weight, sample)
  // The last two pieces are better of one size than one of them tiny.
  return objects < left && objects * 2 > left ? left / 2 : objects
}

/** The bytes for each object of a piece, as a multiple of what was expected; 1 where nothing was expected. */
export function surpriseOf(
  state: PieceWeights,
  { objects, bytes }: { readonly objects: number; readonly bytes: number },
): number {
  const weight = bytes / Math.max(1, objects)
  return weight / (expectWeight(state) ?? weight)
}

/** The weights that a pack tells of that was cut off after `bytes`: nobody knows how much of it was left. */
export function weighOverflow(
  state: PieceWeights,
  { bytes, objects }: Overflow,
): Pick<PieceWeights, 'lastWeight' | 'weightBefore'> {
  const weight = Math.max(state.lastWeight, (UNSEEN_FACTOR * bytes) / Math.max(1, objects))
  return { lastWeight: weight, weightBefore: weight }
}

/** An expectation is dropped when it was this many times what came. */
export const MISLED_FACTOR = 3

/** What is left of a pack that was cut off, once a piece of it has arrived. */
export function leftOfOverflow(overflow: Overflow | undefined, piece: Overflow): Overflow | undefined {
  if (overflow === undefined || piece.at >= overflow.at || piece.objects >= overflow.objects) return undefined
  // Thin packs after a whole one that was cut off: all of its weight would seem to lie in what is left.
  if (piece.bytes * overflow.objects * MISLED_FACTOR < overflow.bytes * piece.objects) return undefined
  return {
    at: overflow.at,
    objects: overflow.objects - piece.objects,
    bytes: Math.max(0, overflow.bytes - piece.bytes),
  }
}
