import type { ErrorCode, Side } from '../base/errors.ts'

/** What a refusal means and what to do about it: one sentence each, in our words. */
export interface Advice {
  readonly id: string
  readonly meaning: string
  readonly todo: string
}

/** A refusal that users meet. All conditions that a row has must hold. */
export interface AdviceRow extends Advice {
  /** Words that tell this cause and no other, wherever a server writes them; matched line by line. */
  readonly says: RegExp
  /** The words tell that something was refused and not why: asked when no other row fits. */
  readonly general?: true
  /** Only for such a ref, or for such an action. Rows without it also explain errors. */
  readonly only?: 'branch' | 'tag' | 'delete'
  /** Only for errors of such a kind. Rows with it never explain a ref. */
  readonly codes?: readonly ErrorCode[]
  /** Only for errors of this side; a ref is always the destination's. */
  readonly side?: Side
  /** Only for hosts with such a name. */
  readonly hosts?: RegExp
}
