import type { ObjectId } from '../../protocol/object-id.ts'
import { openFetch, type OpenedFetch } from './open-fetch.ts'
import {
  aimAt,
  chooseCut,
  expectObjects,
  expectSpan,
  FIRST_PART,
  isHopeless,
  leaveOutNewer,
  noteLeft,
  noteNewer,
  noteNothingAfter,
  noteNothingBefore,
  noteTooLarge,
  type PieceState,
  restFits,
} from '../state/piece-state.ts'
import type { ReceiveListing } from '../sessions/receive-pack-session.ts'
import type { PiecesRun } from './pieces-run.ts'
import { askTimeCut, findNewer, type TimeCut } from '../history/time-cut.ts'

/** Wants of one piece; with more the cut is moved. */
const MOST_ANCHORS = 2000

/** Few histories are older than Git itself, in seconds since 1970. */
const BEGINNING = Date.UTC(2005, 0) / 1000

/** The beginning is known well enough within this part of the whole: the first cut is not far from there. */
const NEAR = FIRST_PART

/** With so many times the objects that were reckoned with, merges of branches that ended long before are suspected. */
const SUSPICIOUS = 1.5

/** With so many times of them they are, though the pack may fit. */
const DRAGGED = 4

const FEW_OBJECTS = 100

export interface PiecesOptions {
  /** Tips of the source that the destination lacks. */
  readonly wants: readonly ObjectId[]
  /** Ids at the destination. */
  readonly haves: readonly ObjectId[]
  readonly maxBytes: number
}

/** What comes next, with what was learned on the way to it. */
export type NextPiece =
  | {
      readonly kind: 'piece'
      readonly state: PieceState
      readonly ids: readonly ObjectId[]
      readonly since: number
      readonly opened: OpenedFetch
    }
  /** All that is left. */
  | { readonly kind: 'rest'; readonly state: PieceState; readonly opened: OpenedFetch }
  /** No second lies between what arrived and what is too large. */
  | { readonly kind: 'stuck'; readonly state: PieceState }

export interface MakerOptions extends PiecesOptions {
  readonly run: PiecesRun
  readonly listing: ReceiveListing
  /** Ids that arrived in pieces, of earlier runs too, or are about to. */
  readonly arrived: readonly ObjectId[]
}

/**
 * Cuts the next piece off a history by time, and asks the source for it, until the header of a pack shows that
 * it will fit one push. Nothing is sent to the destination.
 * @throws MirrorError of the source.
 */
export async function makeNextPiece(options: MakerOptions, from: PieceState): Promise<NextPiece> {
  const { maxBytes } = options
  let state = from
  for (;;) {
    if (restFits(state, maxBytes)) {
      const opened = await openSome(options, state, options.wants)
      state = noteLeft(state, countOf(opened))
      if (typeof opened !== 'number') return { kind: 'rest', state, opened }
      if (restFits(state, maxBytes)) return { kind: 'stuck', state }
      continue
    }
    let asked: Asked | undefined
    if (!state.isLowKnown) ({ state, asked } = await findBeginning(options, state))
    const since = chooseCut(state, maxBytes)
    if (since === undefined) return { kind: 'stuck', state }
    const cut = asked?.since === since ? asked.cut : await ask(options, since)
    if (cut.kind !== 'cut') {
      state = cut.kind === 'before' ? noteNothingBefore(state, since) : noteNothingAfter(state, since)
      continue
    }
    const unknown = leaveOutKnown(options, cut.ids)
    if (unknown.length === 0) {
      state = noteNothingBefore(state, since)
      continue
    }
    const limit = limitOf(state, since, maxBytes)
    const ids = leaveOutNewer(state, unknown, limit)
    if (ids.length === 0) {
      state = await noteMerges(options, state, { ids: unknown, since, objects: undefined })
      continue
    }
    if (ids.length > MOST_ANCHORS) {
      state = noteTooLarge(state, since, undefined)
      continue
    }
    const tried = await tryIds(options, state, { ids, since, limit })
    if (tried.kind === 'piece') return tried
    state = tried.state
  }
}

type Tried = Extract<NextPiece, { kind: 'piece' }> | { readonly kind: 'again'; readonly state: PieceState }

async function tryIds(
  options: MakerOptions,
  state: PieceState,
  cut: { readonly ids: readonly ObjectId[]; readonly since: number; readonly limit: number },
): Promise<Tried> {
  const { ids, since, limit } = cut
  const aim = aimAt(state, options.maxBytes)
  const opened = await openSome(options, state, ids, Math.max(FEW_OBJECTS, DRAGGED * aim))
  if (typeof opened !== 'number') return { kind: 'piece', state, ids, since, opened }
  const objects = opened
  const reckoned = Math.min(aim, expectObjects(state, since) ?? objects)
  if (objects <= SUSPICIOUS * reckoned) return { kind: 'again', state: noteTooLarge(state, since, objects) }
  // A merge long after `since` of a branch that ended before it is one of the ids, and brings everything up to
  // itself: such ones are left for later.
  const newer = await findNewer(options.run.source.questions, ids, limit)
  const noted = noteNewer(state, newer, limit)
  const older = leaveOutNewer(noted, ids, limit)
  if (older.length === 0)
    return { kind: 'again', state: await noteMerges(options, noted, { ids, since, objects }) }
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
  {
    ids,
    since,
    objects,
  }: { readonly ids: readonly ObjectId[]; readonly since: number; readonly objects: number | undefined },
): Promise<PieceState> {
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
  let since = Math.floor(BEGINNING + (state.top - BEGINNING) * NEAR)
  let high = state.top
  for (let first = true; ; first = false) {
    if (since > state.low && since < high) {
      const cut = await ask(options, since)
      const { kind } = cut
      if (first && kind === 'cut') {
        return { state: { ...state, from: BEGINNING, isLowKnown: true }, asked: { since, cut } }
      }
      if (kind === 'before') state = noteNothingBefore(state, since)
      else high = since
      if (kind === 'after') state = noteNothingAfter(state, since)
    }
    if (high - state.low < 2 || high - state.low <= (state.top - state.low) * NEAR) break
    since = state.low + Math.floor((high - state.low) / 2)
  }
  return { state: { ...state, isLowKnown: true, tries: 0 } }
}

async function ask({ run, wants }: MakerOptions, since: number): Promise<TimeCut> {
  return await askTimeCut(run.source.questions, wants, since)
}

/** The number of objects alone where those are too many. */
function openSome(
  options: MakerOptions,
  state: PieceState,
  wants: readonly ObjectId[],
  mostObjects = Infinity,
): Promise<OpenedFetch | number> {
  const { run, listing, arrived, haves, maxBytes } = options
  return openFetch(run, {
    listing,
    thin: run.thinness.isThin,
    wants,
    haves: [...arrived, ...haves],
    refuses: (objects) => objects > mostObjects || isHopeless(state, objects, maxBytes),
  })
}

function countOf(opened: OpenedFetch | number): number {
  return typeof opened === 'number' ? opened : opened.pack.objects
}

/** `ids` without those that are at the destination. */
export function leaveOutKnown(
  { arrived, haves }: Pick<MakerOptions, 'arrived' | 'haves'>,
  ids: readonly ObjectId[],
): readonly ObjectId[] {
  const known = new Set([...arrived, ...haves])
  return ids.filter((id) => !known.has(id))
}
