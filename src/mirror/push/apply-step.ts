import { diagnose, printAdvice, withAdvice } from '../../advice/advise.ts'
import { forEachInTurns } from '../../base/turns.ts'
import type { MirrorError, Side } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { RejectedRef } from '../../report/result.ts'
import { retryDelay } from '../sessions/retry.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Step, StepRecord } from './step.ts'

export interface StepEffects {
  readonly ledger: Ledger
  /** Names of both hosts, for advice. */
  readonly hosts: Readonly<Record<Side, string | undefined>>
  /** Passing failures that were waited out before this one, and how many of them may be. */
  readonly failures: number
  readonly retries: number
  /** Milliseconds before the next try. Rejects when the run is ended. */
  readonly wait: (delay: number) => Promise<void>
  readonly refreshSource: () => Promise<unknown>
  readonly signal: AbortSignal
}

/** Writes down what a step says, and does what it asks for. A step that fails ends the run: its error is written down. */
export async function applyStep(step: Step, effects: StepEffects): Promise<void> {
  const { ledger, hosts } = effects
  await forEachInTurns(step.records, (record) => write(record, ledger, hosts.destination), effects.signal)
  if (step.kind === 'fail') {
    const { error, lines } = step
    return ledger.fail(
      withAdvice(error, { phase: 'transfer', words: lines, host: hosts[error.side ?? 'destination'] }),
    )
  }
  if (step.kind === 'retry') await waitOut(step.error, effects)
  if (step.refreshSource) await effects.refreshSource()
}

async function waitOut(error: MirrorError, { ledger, failures, retries, wait }: StepEffects): Promise<void> {
  const count = failures + 1
  const delay = retryDelay(count, error.retryAfter)
  ledger.note(`trying again in ${(delay / 1000).toFixed(1)} s (${count} of ${retries}): ${error.message}`)
  await wait(delay)
}

function write(record: StepRecord, ledger: Ledger, host: string | undefined): void {
  switch (record.kind) {
    case 'note':
      return ledger.note(record.text)
    case 'warning':
      return ledger.warn(record.text)
    case 'refusal':
      return ledger.reject(explainRefusal(record, host))
  }
}

/** A refusal with the advice that fits it, by the words of its own push. */
function explainRefusal(
  { update, reason, lines, isWarning }: Extract<StepRecord, { kind: 'refusal' }>,
  host: string | undefined,
): RejectedRef {
  const { ref, action } = update
  const refusal = { ref, action, reason }
  const advice = diagnose({ phase: 'transfer', words: lines, host, refusal })?.advice
  return {
    ref,
    action,
    reason: printableLine(reason),
    advice: advice && printAdvice(advice),
    adviceId: advice?.id,
    warning: isWarning,
  }
}
