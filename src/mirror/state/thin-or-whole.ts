/**
 * Whether pieces are asked for as thin packs, whose deltas build on what the destination has (gitformat-pack). They
 * are smaller as a rule, and `index-pack` takes longer for them: it reads and packs each such base anew, on one
 * processor.
 */
export interface Thinness {
  readonly isThin: boolean
  /** It was tried otherwise, and thin was better. */
  readonly isSettled: boolean
}

export const THIN: Thinness = { isThin: true, isSettled: false }
const SETTLED: Thinness = { isThin: true, isSettled: true }
const WHOLE: Thinness = { isThin: false, isSettled: false }

/** Milliseconds of the destination's work that are worth a larger pack. */
const WORTHWHILE_WORK_MS = 1000
/** Whole packs are given up when a piece is this many times heavier than expected. */
const TOO_HEAVY = 2
/** In a piece of fewer objects, files that changed once are many: without their bases it is much larger. */
const MANY_OBJECTS = 10_000

export interface ArrivedPiece {
  readonly isThin: boolean
  readonly objects: number
  /** Milliseconds from its first byte to its last. */
  readonly streaming: number
  /** Milliseconds that the destination then took. */
  readonly working: number
  /** Its bytes for each object, as a multiple of what was expected. */
  readonly surprise: number
}

/** Where a piece was sent sooner than the destination was done with it, bytes are cheap. */
export function judgePiece(thinness: Thinness, piece: ArrivedPiece): Thinness {
  const isSmall = piece.objects < MANY_OBJECTS
  if (!piece.isThin) return isSmall || piece.surprise > TOO_HEAVY ? SETTLED : thinness
  const isCheap = !isSmall && piece.working >= Math.max(WORTHWHILE_WORK_MS, piece.streaming)
  return isCheap && !thinness.isSettled ? WHOLE : thinness
}

/**
 * A piece was cut off at the limit: one that was whole may still fit when it is thin.
 *
 * @param surprise its bytes for each object, at least, as a multiple of what was expected
 */
export function judgeTooLarge(thinness: Thinness, isThin: boolean, surprise: number): Thinness {
  return isThin || surprise <= TOO_HEAVY ? thinness : SETTLED
}
