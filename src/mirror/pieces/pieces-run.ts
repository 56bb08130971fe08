import type { DestinationContext } from '../state/context.ts'
import type { PushMode } from '../state/fallbacks.ts'
import type { Ledger } from '../state/ledger.ts'
import type { PieceState } from '../state/piece-state.ts'
import type { Thinness } from '../state/thin-or-whole.ts'

/** What a transfer in pieces works with, and what it has learned so far, which is its own until it ends. */
export interface PiecesRun extends Pick<DestinationContext, 'source' | 'server' | 'reporter' | 'signal'> {
  readonly mode: PushMode
  readonly ledger: Ledger
  pieces: PieceState
  thinness: Thinness
  /** What the destination wrote in the last push. */
  lines: readonly string[]
}
