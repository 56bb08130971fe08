import { STEP_ITEMS, type Steps } from '../../base/steps.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { RefAction, RefChange } from '../../report/result.ts'
import { formatPlural } from '../../report/wording.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Verdict } from './verdict.ts'

/** Writes down every ref that the listing shows at its new value; what is doubted is refused by the step that follows. */
export function* recordChanges(
  ledger: Ledger,
  verdicts: readonly Verdict[],
  labels: ReadonlyMap<string, boolean> | undefined,
): Steps<void> {
  let count = 0
  let kept = 0
  let folder = ''
  for (const { kind, update } of verdicts) {
    if (++count % STEP_ITEMS === 0) yield
    if (kind !== 'changed') continue
    const { ref, keeps } = update
    if (keeps === undefined) {
      ledger.change(changeOf(update, labels?.get(ref)))
      continue
    }
    ledger.keepBackup({ name: ref, ref: keeps, id: update.new })
    folder = ref.slice(0, ref.length - keeps.length + 'refs/'.length)
    kept++
  }
  if (kept > 0) ledger.note(`kept ${formatPlural(kept, 'old value')} below ${folder}`)
}

/** `isFastForward`: undefined where nobody knows. */
export function changeOf(update: RefUpdate, isFastForward: boolean | undefined): RefChange {
  const isForced = update.action === 'update' && isFastForward === false
  const action: RefAction = isForced ? 'force' : update.action
  return { ref: update.ref, action, old: update.old, new: update.new }
}
