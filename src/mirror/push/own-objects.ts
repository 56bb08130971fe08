import { needsObjects } from './batches.ts'
import { type Push, type PushOutcome, unpackFailure } from './push-outcome.ts'
import type { StepFacts } from './step.ts'
import type { Verdict } from './verdict.ts'

/** Words of a server that does not find what a ref needs: git's, JGit's. */
const MISSING =
  /missing necessary objects|missing (commit|tree|blob|tag|unknown|object)|bad object|did not receive expected object/i

/**
 * Some servers check each push by itself (Gerrit), or throw away what no ref needs: objects that an earlier push
 * brought for later ones are missing to those. True where a push that relied on such objects failed for want of them.
 */
export function lacksEarlierObjects({ outcome, verdicts }: Pick<StepFacts, 'outcome' | 'verdicts'>): boolean {
  const relying = relyingPushes(outcome)
  if (relying.size === 0) return false
  // Such a push brings the empty pack: nothing but the missing objects can be wrong with it.
  if ([...relying].some((push) => unpackFailure(push) !== undefined)) return true
  return verdicts.some((verdict) => isMissing(verdict, relying))
}

/** Pushes whose refs need objects that an earlier one of the same round brought. */
function relyingPushes({ pushes }: PushOutcome): ReadonlySet<Push> {
  const carrier = pushes.findIndex((push) => push.hasObjects && push.isSent)
  if (carrier < 0) return new Set()
  return new Set(
    pushes.slice(carrier + 1).filter((push) => push.isSent && !push.hasObjects && needsObjects(push.updates)),
  )
}

function isMissing(verdict: Verdict, relying: ReadonlySet<Push>): boolean {
  return verdict.kind === 'refused' && relying.has(verdict.push) && MISSING.test(verdict.reason)
}
