import { MirrorError } from '../../base/errors.ts'
import { listNames } from '../../plan/list-names.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { RejectedRef } from '../../report/result.ts'
import { questions } from './force-labels.ts'
import { askAncestry } from '../history/ancestry.ts'
import { describeRetry, withRetries } from '../sessions/retry.ts'
import type { DestinationContext } from '../state/context.ts'
import type { Ledger } from '../state/ledger.ts'

/**
 * `force: false`: a branch whose old tip is no ancestor of the new one stays as it is.
 * @returns what is left to push.
 * @throws MirrorError of the source; `guard` where all refs or none are to move.
 */
export async function holdBackDiverged(
  { options, source, signal }: DestinationContext,
  ledger: Ledger,
  updates: readonly RefUpdate[],
): Promise<readonly RefUpdate[]> {
  const asked = questions(updates).filter((update) => !update.forced)
  if (asked.length === 0) return updates
  ledger.figures.enter('negotiate')
  const answers = await withRetries(() => askAncestry(source.uploadPack, asked), {
    retries: options.retries,
    signal,
    onRetry: (error, delay) => ledger.note(describeRetry('asking the source again', error, delay)),
  })
  const held = new Set<string>()
  for (const [index, { ref }] of asked.entries()) {
    const answer = answers[index]
    if (answer === true) continue
    held.add(ref)
    ledger.reject(diverged(ref, answer))
  }
  if (options.atomic && held.size > 0) throw atomicHeldBack([...held])
  return updates.filter((update) => !held.has(update.ref))
}

/** `answer`: undefined where the source cannot tell. */
function diverged(ref: string, answer: false | undefined): RejectedRef {
  return {
    ref,
    action: 'update',
    reason:
      answer === false
        ? 'the branch diverged: its tip at the destination is not behind the source’s, and force is false'
        : 'the source’s protocol cannot tell whether this is a fast-forward, and force is false',
    advice: 'Merge the destination’s commits into the source, or set force: true to overwrite them.',
    warning: false,
  }
}

function atomicHeldBack(refs: readonly string[]): MirrorError {
  return new MirrorError(
    `atomic: true was asked for, and force: false holds back ${listNames(refs, 5)}: nothing is pushed`,
    {
      code: 'guard',
      side: 'destination',
      hint: 'Set force: true to overwrite what diverged, or atomic: false to push the other refs.',
    },
  )
}
