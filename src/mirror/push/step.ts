import type { MirrorError } from '../../base/errors.ts'
import type { MirrorOptions } from '../../options/options.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { Learned } from '../state/learned.ts'
import type { PushOutcome } from './push-outcome.ts'
import type { Verdict } from './verdict.ts'

/** Everything that decides what follows a push. */
export interface StepFacts {
  readonly options: Pick<MirrorOptions, 'atomic' | 'retries' | 'transfer'>
  readonly learned: Learned
  readonly outcome: PushOutcome
  /** By the listing after the push. */
  readonly verdicts: readonly Verdict[]
  /** Passing failures that this run has waited out so far. */
  readonly failures: number
  /** Host name of the destination. */
  readonly host: string | undefined
  /** The destination's default branch, where the plan deletes it: it may refuse that, and is not to blame. */
  readonly defaultBranch: string | undefined
}

/** What a step writes down. */
export type StepRecord =
  | { readonly kind: 'note' | 'warning'; readonly text: string }
  | {
      readonly kind: 'refusal'
      readonly update: RefUpdate
      readonly reason: string
      /** What the server wrote in the push of this ref. */
      readonly lines: readonly string[]
      readonly isWarning: boolean
    }

/** What follows a push. */
export type Step = StepBase &
  (
    | { readonly kind: 'again' }
    /** The same once more, after a wait. */
    | { readonly kind: 'retry'; readonly error: MirrorError }
    /** `lines`: what the server wrote in the push that failed. */
    | { readonly kind: 'fail'; readonly error: MirrorError; readonly lines: readonly string[] }
  )

export interface StepBase {
  /** What is known from now on. */
  readonly learned: Learned
  /** In order. */
  readonly records: readonly StepRecord[]
  /** The source moved: it is to be listed again. */
  readonly refreshSource: boolean
}
