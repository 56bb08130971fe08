import type { RefUpdate } from '../../plan/plan-types.ts'
import type { RefAction, RefChange } from '../../report/result.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Verdict } from './verdict.ts'

/** Writes down every ref that the listing shows at its new value; what is doubted is refused by the step that follows. */
export function recordChanges(
  ledger: Ledger,
  verdicts: readonly Verdict[],
  labels: ReadonlyMap<string, boolean> | undefined,
): void {
  for (const { kind, update } of verdicts) {
    if (kind === 'changed') ledger.change(changeOf(update, labels?.get(update.ref)))
  }
}

/** `isFastForward`: undefined where nobody knows. */
export function changeOf(update: RefUpdate, isFastForward: boolean | undefined): RefChange {
  const isForced = update.action === 'update' && isFastForward === false
  const action: RefAction = isForced ? 'force' : update.action
  return { ref: update.ref, action, old: update.old, new: update.new }
}
