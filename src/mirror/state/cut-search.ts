import type { ObjectId } from '../../protocol/object-id.ts'
import { aimAt, type PieceWeights, TRUSTED_TRIES } from './piece-weight.ts'

/**
 * What a history is cut along. What lies behind a point contains what lies behind every lower one:
 * - `time`: seconds since 1970. Clocks go wrong, so this is a guess: it says where to cut, never that nothing can be cut
 * - `depth`: what lies N steps and more behind one tip, at the point -N; the tip itself at 0. It needs no dates
 * - `tips`: the first N of some tips, at the point N
 */
export type CutAxis =
  | { readonly kind: 'time' }
  | { readonly kind: 'depth'; readonly tip: ObjectId; readonly isAll: boolean }
  | { readonly kind: 'tips'; readonly ids: readonly ObjectId[]; readonly isAll: boolean }

/** What a pack up to a point of the history would hold, counted from `low`. */
export interface Mark {
  readonly at: number
  readonly objects: number
}

/** The search for the largest piece along one axis. */
export interface CutSearch {
  readonly axis: CutAxis
  /** Everything up to here has arrived, or there is nothing so low. */
  readonly low: number
  /** `low` is near the beginning, or near what arrived last. */
  readonly isLowKnown: boolean
  /** Commits at `low` that the destination has, though it shows none of them. */
  readonly floor: readonly ObjectId[]
  /** Where the history most likely begins, where that is higher than `low`. */
  readonly from: number
  /** A piece up to here is too large, or nothing is higher. */
  readonly high: number
  /** The end of the history, as far as it is known. */
  readonly top: number
  /** All that is left is too large for one push. */
  readonly isWholeTooLarge: boolean
  /** Objects that are still to be sent, by the header of a pack. */
  readonly left: number | undefined
  /** Packs that were too large, by their point. */
  readonly marks: readonly Mark[]
  /** Cuts that were tried since `low` moved. */
  readonly tries: number
}

/** A search that knows nothing yet. */
export function newSearch(
  axis: CutAxis,
  range: Pick<CutSearch, 'low' | 'top' | 'isLowKnown' | 'from'>,
): CutSearch {
  const { top } = range
  return {
    ...range,
    axis,
    floor: [],
    high: top,
    isWholeTooLarge: false,
    left: undefined,
    marks: [],
    tries: 0,
  }
}

type Search = CutSearch & PieceWeights

/** The next point to cut at; undefined when none lies between the limits. */
export function chooseCut(state: Search, maxBytes: number): number | undefined {
  const { low, high, left } = state
  if (high - low < 2) return undefined
  const middle = low + Math.floor((high - low) / 2)
  if (left === undefined || state.tries >= TRUSTED_TRIES) return middle
  const aim = aimAt(state, maxBytes)
  for (const [before, after] of linesOf(state, left)) {
    if (after.objects < aim) continue
    const part = (aim - before.objects) / Math.max(1, after.objects - before.objects)
    const guess = before.at + Math.floor(part * (after.at - before.at))
    return Math.min(high - 1, Math.max(low + 1, guess))
  }
  return middle
}

/** Points that a piece spans, if all of the history is alike. */
export function expectSpan(state: Search, maxBytes: number): number {
  const { low, top, left } = state
  return left === undefined ? top - low : (top - low) * Math.min(1, aimAt(state, maxBytes) / left)
}

/** Objects that a pack up to `at` is expected to hold; undefined while nothing is known. */
export function expectObjects(state: CutSearch, at: number): number | undefined {
  if (state.left === undefined) return undefined
  for (const [before, after] of linesOf(state, state.left)) {
    if (after.at < at) continue
    const part = (at - before.at) / Math.max(1, after.at - before.at)
    return before.objects + part * (after.objects - before.objects)
  }
  return state.left
}

/** From mark to mark: between them a history is taken to be even. */
function linesOf(
  { low, from, top, marks }: CutSearch,
  left: number,
): readonly (readonly [before: Mark, after: Mark])[] {
  const points = [{ at: Math.max(low, from), objects: 0 }, ...marks, { at: top, objects: left }]
  return points.slice(1).map((after, index) => [points[index]!, after] as const)
}
