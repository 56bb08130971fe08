import type { ObjectId } from '../../protocol/object-id.ts'
import type { ReceiveListing } from '../sessions/receive-pack-session.ts'
import type { PiecesRun } from './pieces-run.ts'
import { isHopeless } from '../state/piece-weight.ts'
import type { PieceState } from '../state/piece-state.ts'
import { openFetch, type OpenedFetch } from './open-fetch.ts'

/** Refs that keep one piece, at most: with more tips the cut is moved. */
export const MOST_ANCHORS = 2000

export interface PiecesOptions {
  /** Tips of the source that the destination lacks, in the order in which they are best sent. */
  readonly wants: readonly ObjectId[]
  /** Ids at the destination. */
  readonly haves: readonly ObjectId[]
  /** Bytes of one push. */
  readonly maxBytes: number
}

/** What is needed to ask the source for a piece. */
export interface MakerOptions extends PiecesOptions {
  readonly run: PiecesRun
  readonly listing: ReceiveListing
  /** Ids that arrived in pieces, of earlier runs too, or are about to. */
  readonly arrived: readonly ObjectId[]
  /** What was asked for and did not fit, by its commits: several moments may cut at the same ones. */
  readonly refused: Map<string, Refused>
}

export interface Refused {
  /** By the header of the pack. */
  readonly objects: number
  /** It went over the limit in its smallest form, and was not refused by an estimate. */
  readonly isCutOff: boolean
}

/** What names a question to the source, as long as nothing more arrives. */
export function keyOf(wants: readonly ObjectId[]): string {
  return wants.join(' ')
}

/** A piece that was asked for, and fits as far as its number of objects tells. */
export interface Piece {
  readonly kind: 'piece'
  readonly state: PieceState
  /** The commits that it brings, with all that lies behind them. */
  readonly ids: readonly ObjectId[]
  /** Its point on the axis of `state`. */
  readonly at: number
  readonly opened: OpenedFetch
  /** One object, all of whose parents are at the destination: nothing smaller can be asked for. */
  readonly alone: Alone | undefined
}

export interface Alone {
  readonly id: ObjectId
  /**
   * - `commit`: asked for with its parents as haves
   * - `object`: a tag, a file or a folder, behind which the source shows no commit that did not arrive
   * - `between-refs`: what lies between two refs of a source that gives tips alone
   */
  readonly kind: 'commit' | 'object' | 'between-refs'
}

/** What comes next, with what was learned on the way to it. */
export type NextPiece =
  | Piece
  /** All that is left. */
  | { readonly kind: 'rest'; readonly state: PieceState; readonly opened: OpenedFetch }

/** One try to find the next piece; `again`: something was learned. */
export type Step = NextPiece | { readonly kind: 'again'; readonly state: PieceState }

/**
 * Asks for everything behind `wants` that did not arrive.
 * @returns the number of objects alone where those are too many.
 * @throws MirrorError of the source.
 */
export async function openPiece(
  options: MakerOptions,
  state: PieceState,
  wants: readonly ObjectId[],
  mostObjects = Infinity,
): Promise<OpenedFetch | number> {
  const { run, maxBytes, refused } = options
  // A moment that no estimate finds is cut by order in the end; no bytes are spent on doubt before that.
  const trusted = state.axis.kind === 'time' ? { ...state, tries: 0 } : state
  const refuses = (objects: number): boolean =>
    objects > mostObjects || isHopeless(trusted, objects, maxBytes)
  const before = refused.get(keyOf(wants))
  if (before !== undefined && (before.isCutOff || refuses(before.objects))) return before.objects
  const opened = await openFetch(run, {
    ...questionOf(options, state, wants),
    thin: run.thinness.isThin,
    refuses,
  })
  if (typeof opened === 'number') refused.set(keyOf(wants), { objects: opened, isCutOff: false })
  return opened
}

/** As `openPiece`, in the smallest form, and refused by no estimate. @throws MirrorError of the source. */
export async function openAlone(
  options: MakerOptions,
  state: PieceState,
  wants: readonly ObjectId[],
): Promise<OpenedFetch> {
  const question = questionOf(options, state, wants)
  const opened = await openFetch(options.run, { ...question, thin: true, refuses: () => false })
  if (typeof opened === 'number') throw new Error('a pack was refused that nothing refuses')
  return opened
}

function questionOf(
  { listing, arrived, haves }: MakerOptions,
  { floor }: PieceState,
  wants: readonly ObjectId[],
): Pick<Parameters<typeof openFetch>[1], 'listing' | 'wants' | 'haves'> {
  return { listing, wants, haves: [...new Set([...floor, ...arrived, ...haves])] }
}

/** Whether a pack holds nothing: then all that it was asked for is there. It is read to its end. */
export async function isEmpty({ pack }: OpenedFetch): Promise<boolean> {
  if (pack.objects > 0) return false
  while (await pack.source.next());
  return true
}

/** `ids` without those that the destination shows, or that arrived. */
export function leaveOutKnown(
  { arrived, haves }: Pick<MakerOptions, 'arrived' | 'haves'>,
  ids: readonly ObjectId[],
): readonly ObjectId[] {
  const known = new Set([...arrived, ...haves])
  return ids.filter((id) => !known.has(id))
}
