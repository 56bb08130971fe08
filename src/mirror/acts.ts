import { carryRound } from './carry-round.ts'
import { askLabels, FEW_LABELS, questions } from './losses/force-labels.ts'
import { removeAnchors, settleAnchors } from './pieces/remove-anchors.ts'
import { startEarly } from './planned-round.ts'
import { checkRelation, pushRound } from './push-round.ts'
import { changeOf, recordChanges } from './push/record-changes.ts'
import { isAllDone, judgePushes } from './push/verdict.ts'
import { removeBackups } from './losses/remove-backups.ts'
import { withoutLosses } from './losses/without-losses.ts'

/** What a run does beyond looking: half of its code, which most runs never need. */
export const acts = {
  FEW_LABELS,
  askLabels,
  carryRound,
  changeOf,
  checkRelation,
  isAllDone,
  judgePushes,
  pushRound,
  questions,
  recordChanges,
  removeAnchors,
  removeBackups,
  settleAnchors,
  startEarly,
  withoutLosses,
} as const
