import { MirrorError, type MirrorErrorDetails } from '../../../src/base/errors.ts'
import { runToEnd } from '../../../src/base/steps.ts'
import type { PushOutcome } from '../../../src/mirror/push/push-outcome.ts'
import type { StepFacts } from '../../../src/mirror/push/step.ts'
import { judgePushes, type Shown } from '../../../src/mirror/push/verdict.ts'
import { type Learned, startLearned } from '../../../src/mirror/state/learned.ts'
import type { RefReport } from '../../../src/protocol/report-status.ts'
import { outcomeOf, pushOf, updateOf } from './pushes.ts'

export const LEARNED: Learned = startLearned(
  {
    thin: true,
    agent: true,
    spool: false,
    maxRefs: 5000,
    byKind: false,
    ownObjects: false,
    maxBytes: undefined,
    pieces: false,
    greetAhead: true,
  },
  2_000_000_000,
)

export const NOTHING: Shown = { refs: [], format: 'sha1' }

export const MAIN = updateOf('refs/heads/main')

export const OTHER = updateOf('refs/heads/other')

export function error(details: MirrorErrorDetails, message = 'it broke'): MirrorError {
  return new MirrorError(message, details)
}

export function ng(reason: string): RefReport {
  return { ok: false, reason }
}

/** The facts after `outcome`, where the destination then shows `listing`. */
export function factsOf(
  outcome: PushOutcome,
  given: Partial<Omit<StepFacts, 'options'>> & {
    readonly listing?: Shown
    readonly options?: Partial<StepFacts['options']>
  } = {},
): StepFacts {
  const { listing = NOTHING, options, ...rest } = given
  return {
    learned: LEARNED,
    outcome,
    verdicts: runToEnd(judgePushes(outcome, listing, undefined)),
    failures: 0,
    host: undefined,
    defaultBranch: undefined,
    ...rest,
    options: { atomic: false, retries: 3, transfer: 'auto', ...options },
  }
}

/** The push of MAIN broke off. */
export function broken(details: MirrorErrorDetails, given: Partial<PushOutcome> = {}): PushOutcome {
  return outcomeOf([pushOf([MAIN], { error: error(details) })], given)
}
