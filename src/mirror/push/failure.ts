import type { RefUpdate } from '../../plan/plan-types.ts'
import type { PushFailure } from '../state/fallbacks.ts'
import { lastUnpackFailure, mostCommands, type Push, unpackFailure } from './push-outcome.ts'
import type { StepFacts } from './step.ts'
import type { Verdict } from './verdict.ts'

/** Refs that were declined together are not tried apart when there are more. */
const MOST_REFS_APART = 500

const DECLINED = /declin|hook|protected|policy|GH0\d\d|TF4\d+|VS4\d+|not allowed|prohibited|denied|rule/i

/** What did not go as it should, for the choice of a plainer way. */
export function describeFailure(facts: StepFacts): PushFailure {
  const { outcome, options } = facts
  const apart = options.atomic ? [] : declinedTogether(facts)
  const unpack = lastUnpackFailure(outcome)
  return {
    error: outcome.error,
    unpack,
    allDeclined: apart.length > 0 && apart.length <= MOST_REFS_APART,
    text: [outcome.error?.serverText, unpack, ...wordsOf(facts)].join('\n'),
    commands: options.atomic ? 1 : Math.min(mostCommands(outcome), apart.length || Infinity),
    bytes: outcome.bytes,
    overOurLimit: outcome.overLimit,
    starved: outcome.starved,
    greetedAhead: outcome.greetedAhead,
    transferAllowed: { spool: options.transfer !== 'stream' },
  }
}

/** Updates of pushes of several refs that were declined to the last one: one of them may have sunk the others (G7). */
export function declinedTogether({ outcome, verdicts }: StepFacts): readonly RefUpdate[] {
  const declined = new Set<RefUpdate>()
  for (const verdict of verdicts) if (isDeclined(verdict)) declined.add(verdict.update)
  if (declined.size === 0) return []
  return outcome.pushes
    .filter(({ updates }) => updates.length > 1 && updates.every((update) => declined.has(update)))
    .flatMap(({ updates }) => updates)
}

function isDeclined(verdict: Verdict): boolean {
  return verdict.kind === 'refused' && DECLINED.test(verdict.reason)
}

/** What the server wrote in the pushes that did not go well: the words of one that did say nothing about them. */
function wordsOf({ outcome, verdicts }: StepFacts): readonly string[] {
  const failed = new Set<Push>()
  for (const verdict of verdicts) if (verdict.kind === 'refused') failed.add(verdict.push)
  const words = outcome.pushes
    .filter((push) => failed.has(push) || push.error !== undefined || unpackFailure(push) !== undefined)
    .flatMap((push) => push.lines)
  return outcome.error === undefined ? words : [...words, ...outcome.lines]
}
