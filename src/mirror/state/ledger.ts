import { diagnose, printAdvice } from '../../advice/advise.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import { printableLine } from '../../base/printable.ts'
import type { RejectedRef } from '../../report/result.ts'
import type { DestinationRun } from './destination-state.ts'

/** Refs that stay as they are for this run. */
export function applyRejections(run: DestinationRun, rejected: readonly RejectedRef[]): void {
  for (const ref of rejected) {
    if (run.rejected.has(ref.ref)) continue
    run.rejected.set(ref.ref, ref)
    run.reporter({ kind: 'rejected', destination: run.server.remote.label, rejected: ref })
  }
}

/** A refusal with the advice that fits it. */
export function rejectionOf(
  run: DestinationRun,
  update: RefUpdate,
  reason: string,
  warning = false,
): RejectedRef {
  const { ref, action } = update
  const advice = diagnose({
    phase: 'transfer',
    words: run.lines,
    host: run.server.host,
    refusal: { ref, action, reason },
  })?.advice
  return {
    ref,
    action,
    reason: printableLine(reason),
    advice: advice && printAdvice(advice),
    adviceId: advice?.id,
    warning,
  }
}
