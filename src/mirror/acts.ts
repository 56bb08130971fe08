import { withAdvice } from '../advice/advise.ts'
import { carryRound } from './carry-round.ts'
import { askLabels, FEW_LABELS, questions } from './losses/force-labels.ts'
import { removeAnchors, settleAnchors } from './pieces/remove-anchors.ts'
import { startEarly } from './planned-round.ts'
import { checkRelation, pushRound } from './push-round.ts'
import { applyStep } from './push/apply-step.ts'
import { chooseNextStep } from './push/next-step.ts'
import { changeOf, recordChanges } from './push/record-changes.ts'
import { judgePushes } from './push/verdict.ts'
import { removeBackups } from './losses/remove-backups.ts'
import { withoutLosses } from './losses/without-losses.ts'

/** What a run does beyond looking: half of its code, which most runs never need. */
export const acts = {
  FEW_LABELS,
  applyStep,
  askLabels,
  carryRound,
  changeOf,
  checkRelation,
  chooseNextStep,
  judgePushes,
  pushRound,
  questions,
  recordChanges,
  removeAnchors,
  removeBackups,
  settleAnchors,
  startEarly,
  withAdvice,
  withoutLosses,
} as const
