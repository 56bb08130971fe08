import type { ObjectId } from '../../protocol/object-id.ts'
import { type CutAxis, type CutSearch, expectObjects, newSearch } from './cut-search.ts'
import {
  isLeftLight,
  leftOfOverflow,
  MISLED_FACTOR,
  type Overflow,
  type PieceWeights,
  surpriseOf,
  weighOverflow,
} from './piece-weight.ts'

/** A search that goes on once what is too large at its `high` was sent along another axis. */
interface OuterSearch extends CutSearch {
  /** Objects that had been sent when it was left. */
  readonly objectsBefore: number
}

/** What is known about a history while it is cut; kept between rounds. */
export interface PieceState extends CutSearch, PieceWeights {
  readonly left: number | undefined
  readonly tries: number
  /** The searches around this one, the outermost first: that one goes along time. */
  readonly outer: readonly OuterSearch[]
  /** Commits that are known to be newer than a moment: they would bring everything up to themselves. */
  readonly newer: ReadonlyMap<ObjectId, number>
  /** How much heavier an object of the last piece was than expected: 1 as expected. */
  readonly surprise: number
  /** Bytes of the last piece that were sent, whether it arrived or not. */
  readonly lastBytes: number
  /** Milliseconds that the destination had been waiting for the source when it ended. */
  readonly lastStarved: number
  /** How often no moment gave a piece that fits. */
  readonly timeFailures: number
  /** The source cuts no history by dates. */
  readonly isTimeless: boolean
  /** The source gives tips alone: the history is cut along refs. */
  readonly byTips: boolean
  /** How often all that was left was taken to fit one push, and did not. */
  readonly restOverflows: number
  /** Every tip was sent: what is left is nothing. */
  readonly isAllSent: boolean
  /** Where the anchors of pieces go; undefined until that is known. */
  readonly anchorPrefix: string | undefined
}

/** `top`: a moment after the newest commit, in seconds since 1970. */
export function newPieceState(top: number): PieceState {
  return {
    ...newSearch({ kind: 'time' }, { low: 0, top, isLowKnown: false, from: 0 }),
    outer: [],
    newer: new Map(),
    pieces: 0,
    bytes: 0,
    objects: 0,
    overflow: undefined,
    lastWeight: 0,
    weightBefore: 0,
    surprise: 1,
    lastBytes: 0,
    lastStarved: 0,
    timeFailures: 0,
    isTimeless: false,
    byTips: false,
    restOverflows: 0,
    isAllSent: false,
    anchorPrefix: undefined,
  }
}

/** Nothing speaks against sending all that is left at once: its size is not known, or was estimated to fit. */
export function restFits(state: PieceState, maxBytes: number): boolean {
  if (state.isWholeTooLarge) return false
  return state.left === undefined || isLeftLight(state, maxBytes)
}

/** Nothing is lower than `at`, or it was sent already. `floor`: commits there that are at the destination. */
export function noteNothingBefore(
  state: PieceState,
  at: number,
  floor: readonly ObjectId[] = [],
): PieceState {
  return { ...state, low: at, floor, tries: state.tries + 1 }
}

/** Nothing is newer than `at`. */
export function noteNothingAfter(state: PieceState, at: number): PieceState {
  return { ...state, high: Math.min(state.high, at), top: at, tries: state.tries + 1 }
}

/** A pack up to `at` is too large. `objects`: by its header, where that was seen. */
export function noteTooLarge(state: PieceState, at: number, objects: number | undefined): PieceState {
  const marks = objects === undefined ? state.marks : [...state.marks, { at, objects }]
  return {
    ...state,
    high: at,
    marks: marks.filter((mark) => mark.at <= at),
    tries: state.tries + 1,
  }
}

/** All that is left does not fit. */
export function noteWholeTooLarge(state: PieceState, objects: number): PieceState {
  return { ...state, left: objects, isWholeTooLarge: true }
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

/** A pack up to a point was cut off at the limit. */
export function noteOverflow(state: PieceState, overflow: Overflow): PieceState {
  return { ...state, overflow, ...weighOverflow(state, overflow) }
}

/** The rest was tried at once and does not fit: `objects` is what its header said, `bytes` what is known of its size. */
export function noteRestTooLarge(state: PieceState, objects: number, bytes: number): PieceState {
  const { restOverflows } = state
  const noted = {
    ...restartSearch(state),
    left: objects,
    isWholeTooLarge: true,
    restOverflows: restOverflows + 1,
  }
  // By the weight of the pieces before it, it would be taken to fit again, and again.
  return state.pieces > 0 ? noteOverflow(noted, { at: noted.top, objects, bytes }) : noted
}

/** A piece up to `at` was sent. */
export function noteSent(
  state: PieceState,
  piece: { readonly at: number; readonly objects: number; readonly bytes: number },
): PieceState {
  const { at, objects, bytes } = piece
  const weight = bytes / Math.max(1, objects)
  // A piece with far fewer objects than expected shows that the marks are wrong.
  const misled = objects * MISLED_FACTOR < (expectObjects(state, at) ?? 0)
  return {
    ...state,
    low: Math.max(state.low, at),
    isLowKnown: true,
    floor: [],
    high: state.top,
    isWholeTooLarge: false,
    left: state.left === undefined ? undefined : Math.max(1, state.left - objects),
    marks: state.marks
      .filter((mark) => !misled && mark.at > at && mark.objects > objects)
      .map((mark) => ({ at: mark.at, objects: mark.objects - objects })),
    tries: 0,
    pieces: state.pieces + 1,
    bytes: state.bytes + bytes,
    objects: state.objects + objects,
    overflow: leftOfOverflow(state.overflow, piece),
    lastWeight: weight,
    weightBefore: state.lastWeight,
    surprise: surpriseOf(state, piece),
    lastBytes: bytes,
  }
}

/** What lies at `high` is too large, and nothing lies between it and `low`: it is cut along another axis. */
export function enterAxis(state: PieceState, axis: CutAxis): PieceState {
  const { low, isLowKnown, floor, from, high, top, isWholeTooLarge, left, marks, tries } = state
  const outer: OuterSearch = {
    axis: state.axis,
    low,
    isLowKnown,
    floor,
    from,
    high,
    top,
    isWholeTooLarge,
    left,
    marks,
    tries,
    objectsBefore: state.objects,
  }
  const range =
    axis.kind === 'tips'
      ? { low: 0, top: axis.ids.length, isLowKnown: true, from: 0 }
      : { low: Number.NEGATIVE_INFINITY, top: 0, isLowKnown: false, from: Number.NEGATIVE_INFINITY }
  const seen = marks.find((mark) => mark.at === high)?.objects ?? (high === top ? left : undefined)
  const entered = { ...newSearch(axis, range), left: seen, isWholeTooLarge: seen !== undefined }
  return { ...state, ...entered, outer: [...state.outer, outer], overflow: undefined }
}

/** All that lies at the `high` of the search around this one has arrived: that one goes on. */
export function leaveAxis(state: PieceState): PieceState {
  const outer = state.outer.at(-1)
  if (outer === undefined) return state
  const { objectsBefore, ...search } = outer
  const sent = state.objects - objectsBefore
  return {
    ...state,
    ...search,
    outer: state.outer.slice(0, -1),
    low: search.high,
    isLowKnown: true,
    floor: [],
    high: search.top,
    isWholeTooLarge: false,
    left: search.left === undefined ? undefined : Math.max(1, search.left - sent),
    marks: [],
    tries: 0,
    overflow: undefined,
    isAllSent: state.isAllSent || (state.axis.kind !== 'time' && state.axis.isAll),
  }
}

/** The search begins again along time, behind what arrived; what the pieces weigh is still known. */
export function restartSearch(state: PieceState): PieceState {
  const { top, isLowKnown, from, axis } = state.outer[0] ?? state
  const low = timeOf(state)
  return {
    ...state,
    ...newSearch(axis, { low, top, isLowKnown, from }),
    left: state.outer.length === 0 ? state.left : undefined,
    outer: [],
    isAllSent: false,
    overflow: state.outer.length === 0 ? state.overflow : undefined,
  }
}

/** The moment up to which everything has arrived, as far as dates tell, in seconds since 1970. */
export function timeOf(state: PieceState): number {
  return (state.outer[0] ?? state).low
}
