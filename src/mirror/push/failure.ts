import { someInSteps, type Steps } from '../../base/steps.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import { mayPassApart, type PushFailure } from '../state/fallbacks.ts'
import { lastUnpackFailure, mostCommands, type Push } from './push-outcome.ts'
import type { StepFacts } from './step.ts'
import type { Refused } from './verdict.ts'

/** What ended the pushes of a round, for the choice of a plainer way. */
export function describeFailure(facts: StepFacts): PushFailure {
  const { outcome, options, host } = facts
  return {
    error: outcome.error,
    unpack: lastUnpackFailure(outcome),
    refused: [],
    words: outcome.lines,
    host,
    commands: options.atomic ? 1 : mostCommands(outcome),
    bytes: outcome.bytes,
    overOurLimit: outcome.overLimit,
    starved: outcome.starved,
    greetedAhead: outcome.greetedAhead,
    transferAllowed: { spool: options.transfer !== 'stream' },
  }
}

/**
 * Pushes of several refs that were declined to the last one, each for itself: one ref may have sunk the others (G7).
 */
export function* describeDeclined(facts: StepFacts): Steps<readonly PushFailure[]> {
  if (facts.options.atomic) return []
  const refusals = new Map<RefUpdate, Refused>()
  for (const verdict of facts.verdicts) if (verdict.kind === 'refused') refusals.set(verdict.update, verdict)
  if (refusals.size === 0) return []
  const whole = describeFailure(facts)
  const declined: PushFailure[] = []
  for (const push of facts.outcome.pushes) {
    yield
    const { updates, lines } = push
    const refused = updates.flatMap((update) => refusals.get(update) ?? [])
    if (updates.length < 2 || refused.length < updates.length) continue
    if (!(yield* mayAllPassApart(push, refused, facts))) continue
    declined.push({ ...whole, refused: refused.map(refusalOf), words: lines, commands: updates.length })
  }
  return declined
}

function* mayAllPassApart(
  { lines: words }: Push,
  refused: readonly Refused[],
  { host }: StepFacts,
): Steps<boolean> {
  const staysRefused = (verdict: Refused): boolean => !mayPassApart({ words, host }, refusalOf(verdict))
  return !(yield* someInSteps(refused, staysRefused))
}

function refusalOf({ update: { ref, action }, reason }: Refused): PushFailure['refused'][number] {
  return { ref, action, reason }
}
