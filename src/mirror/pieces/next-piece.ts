import { type ErrorCode, MirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import {
  leaveAxis,
  noteLeft,
  noteWholeTooLarge,
  type PieceState,
  restartSearch,
  restFits,
} from '../state/piece-state.ts'
import { cutByOrder } from './cut-by-order.ts'
import { cutByTime } from './cut-by-time.ts'
import {
  isEmpty,
  leaveOutKnown,
  type MakerOptions,
  MOST_ANCHORS,
  type NextPiece,
  openAlone,
  openPiece,
  type Step,
} from './piece-maker.ts'

/** All that is left was taken to fit so many times and did not: from then on it is sent as a piece, too. */
const MOST_REST_OVERFLOWS = 3

/**
 * Cuts the next piece off a history, and asks the source for it, until the header of a pack shows that it will fit
 * one push. Nothing is sent to the destination.
 *
 * Time is the first guess. Where no moment gives a piece that fits, the history behind what is too large is cut by
 * depth and by tips, which needs no dates: each step goes to ancestors of what was too large, until something fits
 * or one commit is left whose parents have all arrived.
 * @throws MirrorError of the source.
 */
export async function makeNextPiece(options: MakerOptions, from: PieceState): Promise<NextPiece> {
  let state = from
  for (;;) {
    const step = await takeStep(options, state)
    if (step.kind !== 'again') return step
    state = step.state
  }
}

async function takeStep(options: MakerOptions, state: PieceState): Promise<Step> {
  const { axis, low, top, outer } = state
  if (outer.length > 0 && low >= top) return { kind: 'again', state: leaveAxis(state) }
  try {
    if (state.isAllSent || restFits(state, options.maxBytes)) return await sendWhole(options, state)
    return await (axis.kind === 'time' ? cutByTime(options, state) : cutByOrder(options, state))
  } catch (error) {
    const plainer = askPlainer(state, error)
    if (plainer === undefined) throw error
    if (plainer.byTips) noteByTips(options.run)
    return { kind: 'again', state: plainer }
  }
}

/** All that is left: of the history, or of what the search was narrowed down to. */
async function sendWhole(options: MakerOptions, state: PieceState): Promise<Step> {
  const { axis, isAllSent } = state
  const wants = wantsOf(options, state)
  const opened = isAllSent ? await openAlone(options, state, wants) : await openPiece(options, state, wants)
  if (typeof opened === 'number') return { kind: 'again', state: noteWholeTooLarge(state, opened) }
  const { objects } = opened.pack
  const known = noteLeft(state, objects)
  const isAll = axis.kind === 'time' || axis.isAll
  if (isAll && (objects === 0 || isAllSent || state.restOverflows < MOST_REST_OVERFLOWS)) {
    return { kind: 'rest', state: known, opened }
  }
  if (await isEmpty(opened)) return { kind: 'again', state: { ...known, low: state.top } }
  const ids = leaveOutKnown(options, wants)
  if (ids.length <= MOST_ANCHORS) {
    return { kind: 'piece', state: known, ids, at: state.top, opened, alone: undefined }
  }
  opened.pack.source.cancel()
  return { kind: 'again', state: noteWholeTooLarge(state, objects) }
}

function wantsOf({ wants }: MakerOptions, { axis }: PieceState): readonly ObjectId[] {
  if (axis.kind === 'time') return wants
  return axis.kind === 'tips' ? axis.ids : [axis.tip]
}

const REFUSES_DEPTH: ReadonlySet<ErrorCode> = new Set(['server', 'protocol', 'http'])

/**
 * A source that refuses what dates need is asked about depth, and one that refuses that is asked for its tips.
 * Undefined where the error says something else, or nothing is left to try.
 */
function askPlainer(state: PieceState, error: unknown): PieceState | undefined {
  if (!(error instanceof MirrorError) || error.side !== 'source' || error.retryable) return undefined
  if (!REFUSES_DEPTH.has(error.code) || state.byTips) return undefined
  const restarted = restartSearch(state)
  const isAboutTime = state.axis.kind === 'time' && !state.isTimeless
  return { ...restarted, isTimeless: true, byTips: !isAboutTime }
}

export function noteByTips(run: MakerOptions['run']): void {
  run.ledger.note(
    'the source gives nothing but the tips of its refs: cutting along tags and branches, as far as that goes',
  )
}
