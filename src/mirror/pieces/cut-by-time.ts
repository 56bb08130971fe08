import type { ObjectId } from '../../protocol/object-id.ts'
import { askTimeCut, findNewer, type TimeCut } from '../history/time-cut.ts'
import { chooseCut, expectObjects, expectSpan } from '../state/cut-search.ts'
import {
  leaveOutNewer,
  noteNewer,
  noteNothingAfter,
  noteNothingBefore,
  noteTooLarge,
  type PieceState,
} from '../state/piece-state.ts'
import { aimAt, FIRST_OBJECTS_PART } from '../state/piece-weight.ts'
import { narrowDown } from './narrow-down.ts'
import {
  isEmpty,
  leaveOutKnown,
  type MakerOptions,
  MOST_ANCHORS,
  openPiece,
  type Step,
} from './piece-maker.ts'

/** Few histories are older than Git itself, in seconds since 1970. */
const GIT_BEGAN_SECONDS = Date.UTC(2005, 0) / 1000

/** The beginning is known well enough within this part of the whole: the first cut is not far from there. */
const BEGINNING_PART = FIRST_OBJECTS_PART

/** Moments that are tried for one piece: dates that tell nothing by then are not asked about any more. */
const MOST_TRIES = 10

/** Dates that have told nothing so many times are not asked about in this run any more. */
const MOST_FAILURES = 2

/** A piece with this many times the expected objects is checked: the merge of an old branch may have dragged them in. */
const SUSPICIOUS_FACTOR = 1.5

/** With so many times of them they are taken for certain, though the pack may fit. */
const DRAGGED_FACTOR = 4

/** So few objects are never too many. */
const FEW_OBJECTS = 100

/** Tries the next moment to cut at. @throws MirrorError of the source. */
export async function cutByTime(options: MakerOptions, from: PieceState): Promise<Step> {
  const { maxBytes } = options
  let state = from
  if (state.isTimeless || state.timeFailures >= MOST_FAILURES) return await cutAll(options, state)
  let asked: Asked | undefined
  if (!state.isLowKnown) ({ state, asked } = await findBeginning(options, state))
  const since = state.tries < MOST_TRIES ? chooseCut(state, maxBytes) : undefined
  if (since === undefined) return await cutMoment(options, state)
  const cut = asked?.since === since ? asked.cut : await ask(options, since)
  if (cut.kind === 'before') return { kind: 'again', state: noteNothingBefore(state, since) }
  if (cut.kind === 'after') return { kind: 'again', state: noteNothingAfter(state, since) }
  const unknown = leaveOutKnown(options, cut.ids)
  if (unknown.length === 0) return { kind: 'again', state: noteNothingBefore(state, since) }
  const limit = limitOf(state, since, maxBytes)
  const ids = leaveOutNewer(state, unknown, limit)
  if (ids.length === 0) {
    return {
      kind: 'again',
      state: await noteMerges(options, state, { ids: unknown, since, objects: undefined }),
    }
  }
  if (ids.length > MOST_ANCHORS) return { kind: 'again', state: noteTooLarge(state, since, undefined) }
  return await tryIds(options, state, { ids, since, limit })
}

/** No moment gives a piece: what begins at `high` is cut by other means. */
async function cutMoment(options: MakerOptions, state: PieceState): Promise<Step> {
  const { high, top } = state
  const cut: TimeCut = high < top ? await ask(options, high) : { kind: 'after' }
  const ids = cut.kind === 'cut' ? leaveOutKnown(options, cut.ids) : []
  if (ids.length === 0) return await cutAll(options, state)
  const noted = { ...state, timeFailures: state.timeFailures + 1 }
  return await narrowDown(options, noted, ids, { isAll: false })
}

async function cutAll(options: MakerOptions, state: PieceState): Promise<Step> {
  return await narrowDown(options, { ...state, high: state.top }, options.wants, { isAll: true })
}

async function tryIds(
  options: MakerOptions,
  state: PieceState,
  cut: { readonly ids: readonly ObjectId[]; readonly since: number; readonly limit: number },
): Promise<Step> {
  const { ids, since, limit } = cut
  const aim = aimAt(state, options.maxBytes)
  const opened = await openPiece(options, state, ids, Math.max(FEW_OBJECTS, DRAGGED_FACTOR * aim))
  if (typeof opened !== 'number') {
    if (await isEmpty(opened)) return { kind: 'again', state: noteNothingBefore(state, since, ids) }
    return { kind: 'piece', state, ids, at: since, opened, alone: undefined }
  }
  const objects = opened
  const expected = Math.min(aim, expectObjects(state, since) ?? objects)
  if (objects <= SUSPICIOUS_FACTOR * expected) {
    return { kind: 'again', state: noteTooLarge(state, since, objects) }
  }
  // A merge long after `since` of a branch that ended before it is one of the ids, and brings everything up to
  // itself: such ones are left for later.
  const newer = await findNewer(options.run.source.questions, ids, limit)
  const noted = noteNewer(state, newer, limit)
  const older = leaveOutNewer(noted, ids, limit)
  if (older.length === 0) {
    return { kind: 'again', state: await noteMerges(options, noted, { ids, since, objects }) }
  }
  if (newer.length === 0) return { kind: 'again', state: noteTooLarge(noted, since, objects) }
  return await tryIds(options, noted, { ...cut, ids: older })
}

/**
 * All of `ids`, the oldest commits at `since` that did not arrive, are much newer. Where the same ones are the oldest
 * right behind what arrived, they are merges of old branches and nothing lies between; else it is larger than a piece.
 */
async function noteMerges(
  options: MakerOptions,
  state: PieceState,
  cut: {
    readonly ids: readonly ObjectId[]
    readonly since: number
    readonly objects: number | undefined
  },
): Promise<PieceState> {
  const { ids, since, objects } = cut
  const first = await ask(options, state.low + 1)
  const before = new Set(first.kind === 'cut' ? leaveOutKnown(options, first.ids) : [])
  const isSame = before.size === ids.length && ids.every((id) => before.has(id))
  return isSame ? noteNothingBefore(state, since) : noteTooLarge(state, since, objects)
}

/** Commits behind this moment belong to a later piece, whatever they were made of; the narrower the more was tried. */
function limitOf(state: PieceState, since: number, maxBytes: number): number {
  const span = Math.max(since - state.low, state.tries < 2 ? expectSpan(state, maxBytes) : 0)
  return since + Math.max(1, Math.floor(span / 4))
}

interface Asked {
  readonly since: number
  readonly cut: TimeCut
}

/**
 * Looks for the time of the first commit: each question costs the server a walk through the history, so one that
 * begins when most long ones do, or a little later, is taken at that.
 *
 * @returns what was asked, too, where that is likely to be the first cut.
 */
async function findBeginning(
  options: MakerOptions,
  from: PieceState,
): Promise<{ readonly state: PieceState; readonly asked?: Asked }> {
  let state = from
  let since = Math.floor(GIT_BEGAN_SECONDS + (state.top - GIT_BEGAN_SECONDS) * BEGINNING_PART)
  let high = state.top
  for (let first = true; ; first = false) {
    if (since > state.low && since < high) {
      const cut = await ask(options, since)
      const { kind } = cut
      if (first && kind === 'cut') {
        return { state: { ...state, from: GIT_BEGAN_SECONDS, isLowKnown: true }, asked: { since, cut } }
      }
      if (kind === 'before') state = noteNothingBefore(state, since)
      else high = since
      if (kind === 'after') state = noteNothingAfter(state, since)
    }
    if (high - state.low < 2 || high - state.low <= (state.top - state.low) * BEGINNING_PART) break
    since = state.low + Math.floor((high - state.low) / 2)
  }
  return { state: { ...state, isLowKnown: true, tries: 0 } }
}

async function ask({ run, wants }: MakerOptions, since: number): Promise<TimeCut> {
  return await askTimeCut(run.source.questions, wants, since)
}
