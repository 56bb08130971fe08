import { newPieceState, type PieceState } from '../../../src/mirror/state/piece-state.ts'

export const LIMIT = 1_000_000

/** A history from second 1,000 on to 2,000 with 100,000 objects left. */
export function stateOf(more: Partial<PieceState> = {}): PieceState {
  return { ...newPieceState(2000), low: 1000, isLowKnown: true, left: 100_000, ...more }
}
