import { adviseRef } from '../../advice/advise.ts'
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
  const advice = adviseRef({
    reason,
    serverLines: run.lines,
    ref: update.ref,
    action: update.action,
    host: run.server.host,
  })
  return {
    ref: update.ref,
    action: update.action,
    reason: printableLine(reason),
    advice: advice === undefined ? undefined : `${advice.meaning} ${advice.todo}`,
    warning,
  }
}
