import type { ObjectId } from '../../protocol/object-id.ts'
import { askBoundary } from '../history/boundary.ts'
import { chooseCut } from '../state/cut-search.ts'
import { noteNothingBefore, noteTooLarge, type PieceState } from '../state/piece-state.ts'
import { narrowDown } from './narrow-down.ts'
import {
  type Alone,
  isEmpty,
  leaveOutKnown,
  type MakerOptions,
  MOST_ANCHORS,
  openAlone,
  openPiece,
  type Step,
} from './piece-maker.ts'

/** The depth of a history is looked for in steps of this factor. */
const DEPTH_FACTOR = 8
const FIRST_DEPTH = 4
/** Git counts no further. */
const DEEPEST = 2 ** 31 - 2

/**
 * Tries the next point of a history without asking for dates: so many steps behind a tip, or the first of some tips.
 * @throws MirrorError of the source.
 */
export async function cutByOrder(options: MakerOptions, from: PieceState): Promise<Step> {
  const state = from.isLowKnown ? from : await findDepth(options, from)
  const at = chooseCut(state, options.maxBytes)
  if (at === undefined) return await cutLayer(options, state)
  const ids = await idsAt(options, state, at)
  if (ids.length === 1 && isTip(state, ids[0]!))
    return { kind: 'again', state: noteTooLarge(state, at, undefined) }
  const unknown = leaveOutKnown(options, ids)
  if (unknown.length === 0) return { kind: 'again', state: noteNothingBefore(state, at, ids) }
  if (unknown.length > MOST_ANCHORS) return { kind: 'again', state: noteTooLarge(state, at, undefined) }
  const opened = await openPiece(options, state, unknown)
  if (typeof opened === 'number') return { kind: 'again', state: noteTooLarge(state, at, opened) }
  if (await isEmpty(opened)) return { kind: 'again', state: noteNothingBefore(state, at, ids) }
  return { kind: 'piece', state, ids: unknown, at, opened, alone: undefined }
}

/**
 * Looks for a depth at which nothing is left.
 * A question about depth reads no files: it is cheap, and few are needed.
 */
async function findDepth(options: MakerOptions, state: PieceState): Promise<PieceState> {
  for (let depth = FIRST_DEPTH; ; depth *= DEPTH_FACTOR) {
    const ids = depth < DEEPEST ? await idsAt(options, state, -depth) : []
    if (leaveOutKnown(options, ids).length > 0) continue
    return { ...noteNothingBefore(state, -Math.min(depth, DEEPEST), ids), isLowKnown: true, tries: 0 }
  }
}

/**
 * Everything below `high` has arrived, and what lies there is too large: each of its commits is sent by itself. One
 * that is the tip itself has no parents that did not arrive: then nothing smaller can be asked for.
 */
async function cutLayer(options: MakerOptions, state: PieceState): Promise<Step> {
  const { axis, high, top } = state
  if (axis.kind === 'tips') {
    const tip = axis.ids[high - 1]!
    return state.byTips
      ? await sendAlone(options, state, { id: tip, kind: 'between-refs' })
      : await narrowDown(options, state, [tip], { isAll: false })
  }
  const ids = await idsAt(options, state, high)
  if (ids.length === 1 && isTip(state, ids[0]!)) {
    // A commit is one step behind itself; what is not is a tag, a file or a folder.
    return await sendAlone(options, state, { id: ids[0]!, kind: high < top ? 'commit' : 'object' })
  }
  const unknown = leaveOutKnown(options, ids)
  if (unknown.length === 0) return { kind: 'again', state: noteNothingBefore(state, high, ids) }
  return await narrowDown(options, state, unknown, { isAll: false })
}

/** The one object is asked for with its parents as haves, whatever estimates say. */
async function sendAlone(options: MakerOptions, state: PieceState, alone: Alone): Promise<Step> {
  const isByDepth = state.axis.kind === 'depth'
  const at = isByDepth ? state.top : state.high
  // They have arrived; named one by one they hold where a source looks for what they reach by dates.
  const parents = isByDepth ? await idsAt(options, state, -2) : []
  const opened = await openAlone(options, { ...state, floor: [...state.floor, ...parents] }, [alone.id])
  if (await isEmpty(opened)) return { kind: 'again', state: noteNothingBefore(state, at, [alone.id]) }
  return { kind: 'piece', state, ids: [alone.id], at, opened, alone }
}

/** The commits at a point; empty where the history is not so deep. */
async function idsAt({ run }: MakerOptions, { axis }: PieceState, at: number): Promise<readonly ObjectId[]> {
  if (axis.kind === 'tips') return axis.ids.slice(0, at)
  if (axis.kind === 'time') return []
  return at === 0 ? [axis.tip] : await askBoundary(run.source.questions, [axis.tip], -at)
}

function isTip({ axis }: PieceState, id: ObjectId): boolean {
  return axis.kind === 'depth' && id === axis.tip
}
