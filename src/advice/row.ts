import type { ErrorCode, Side } from '../base/errors.ts'

/** What a refusal means and what to do about it: one sentence each, in our words. */
export interface Advice {
  readonly id: string
  readonly meaning: string
  readonly todo: string
}

/**
 * What a run may try by itself after a refusal.
 *
 * - `nothing`: the same answer would come again
 * - `apart`: the cause lies in one ref or in its objects; the others may pass in pushes of their own
 * - `fewer`: fewer refs in one push
 * - `smaller`: fewer bytes in one push
 * - `plainer`: a pack that stands alone, and less that a server may not know
 * - `collected`: the whole pack at once, with its length
 * - `again`: list and plan once more; somebody else was faster
 */
export type NextTryKind = 'nothing' | 'apart' | 'fewer' | 'smaller' | 'plainer' | 'collected' | 'again'

/** A refusal that users meet. All conditions that a row has must hold. */
export interface AdviceRow extends Advice {
  readonly next: NextTryKind
  /**
   * Words that tell this cause and no other, wherever a server writes them; matched line by line. Never our own
   * sentences: an error of ours names its row. The group `limit` (and `unit`) is the limit that the server tells.
   */
  readonly says?: RegExp
  /** HTTP statuses that tell it. */
  readonly statuses?: readonly number[]
  /** Every error of its `codes` means it. */
  readonly any?: true
  /** The words tell that something was refused and not why: asked when no other row fits. */
  readonly general?: true
  /** General words that nobody writes but about this very refusal. */
  readonly certain?: true
  /** Only for such a ref, or for such an action. Rows without it also explain errors. */
  readonly only?: 'ref' | 'branch' | 'tag' | 'delete'
  /** Only for errors of such a kind. Rows with it never explain a ref. */
  readonly codes?: readonly ErrorCode[]
  /** Only for errors of this side; a ref is always the destination's. */
  readonly side?: Side
  /** Only for hosts with such a name; only beside `codes`. */
  readonly hosts?: RegExp
}
