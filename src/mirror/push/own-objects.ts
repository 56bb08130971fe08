import { someInSteps, type Steps } from '../../base/steps.ts'
import { diagnose } from '../../advice/advise.ts'
import { needsObjects } from './batches.ts'
import { type Push, type PushOutcome, unpackFailure } from './push-outcome.ts'
import type { StepFacts } from './step.ts'
import type { Verdict } from './verdict.ts'

/**
 * Some servers check each push by itself (Gerrit), or throw away what no ref needs: objects that an earlier push
 * brought for later ones are missing to those. True where a push that relied on such objects failed for want of them.
 */
export function* lacksEarlierObjects({
  outcome,
  verdicts,
  host,
}: Pick<StepFacts, 'outcome' | 'verdicts' | 'host'>): Steps<boolean> {
  const relying = relyingPushes(outcome)
  if (relying.size === 0) return false
  // Such a push brings the empty pack: nothing but the missing objects can be wrong with it.
  if ([...relying].some((push) => unpackFailure(push) !== undefined)) return true
  return yield* someInSteps(verdicts, (verdict) => isMissing(verdict, relying, host))
}

/** Pushes whose refs need objects that an earlier one of the same round brought. */
function relyingPushes({ pushes }: PushOutcome): ReadonlySet<Push> {
  const carrier = pushes.findIndex((push) => push.hasObjects && push.isSent)
  if (carrier < 0) return new Set()
  const later = pushes.slice(carrier + 1)
  return new Set(later.filter((push) => push.isSent && !push.hasObjects && needsObjects(push.updates)))
}

function isMissing(verdict: Verdict, relying: ReadonlySet<Push>, host: string | undefined): boolean {
  if (verdict.kind !== 'refused' || !relying.has(verdict.push)) return false
  const { update, reason, push } = verdict
  const refusal = { ref: update.ref, action: update.action, reason }
  return diagnose({ phase: 'transfer', words: push.lines, host, refusal })?.advice.id === 'missing-objects'
}
