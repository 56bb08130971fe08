import { MirrorError, type MirrorErrorDetails } from '../../../src/base/errors.ts'
import { runToEnd } from '../../../src/base/steps.ts'
import { chooseNextStep } from '../../../src/mirror/push/next-step.ts'
import type { PushOutcome } from '../../../src/mirror/push/push-outcome.ts'
import type { Step, StepFacts } from '../../../src/mirror/push/step.ts'
import { createRaceTest } from '../../../src/mirror/push/race-test.ts'
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
    verdicts: runToEnd(judgePushes(outcome, listing, createRaceTest(undefined))),
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

export const CUT = { code: 'cut', side: 'destination', retryable: true } as const

export const SILENCE = 'the server said nothing about it, and its listing shows the old value'

/** Nothing is left to try in this way to push. */
export const PLAINEST: Learned = {
  ...LEARNED,
  mode: { ...LEARNED.mode, thin: false, agent: false, spool: true, maxRefs: 1, ownObjects: true },
}

export function stepAfter(...facts: Parameters<typeof factsOf>): Step {
  return runToEnd(chooseNextStep(factsOf(...facts)))
}

export function retryOf(outcome: PushOutcome, given: Partial<Step> = {}): unknown {
  return {
    kind: 'retry',
    error: outcome.error,
    learned: LEARNED,
    records: [],
    refreshSource: false,
    ...given,
  }
}

export function failOf(outcome: PushOutcome, given: object = {}): unknown {
  const { error: thrown, lines } = outcome
  return { kind: 'fail', error: thrown, lines, learned: LEARNED, records: [], refreshSource: false, ...given }
}
