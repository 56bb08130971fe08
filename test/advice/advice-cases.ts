import { expect } from 'vitest'
import { type ErrorCode, MirrorError, type Side } from '../../src/base/errors.ts'
import { type Diagnosis, diagnose } from '../../src/advice/advise.ts'
import type { RefAction } from '../../src/report/result.ts'

/** A refused ref: the reason alone, or with what was around it. */
export type RefCase =
  | string
  | {
      readonly reason?: string
      readonly lines?: readonly string[]
      readonly ref?: string
      readonly action?: RefAction
      readonly host?: string
    }

export interface ErrorCase {
  readonly code: ErrorCode
  /** The row that the thrower names. */
  readonly advice?: string
  readonly status?: number
  readonly message?: string
  readonly text?: string
  readonly lines?: readonly string[]
  readonly side?: Side
  readonly host?: string
}

export const HOOK = 'pre-receive hook declined'

/** What is made of a refused ref, or of an error. */
export function diagnosisOf(given: RefCase | ErrorCase): Diagnosis | undefined {
  if (typeof given !== 'string' && 'code' in given) {
    const { code, advice, status, message = 'it failed', text, lines = [], side, host } = given
    const error = new MirrorError(message, { code, advice, status, serverText: text, side })
    return diagnose({ phase: 'transfer', words: lines, host, error })
  }
  const told = typeof given === 'string' ? { reason: given } : given
  const { ref = 'refs/heads/main', action = 'update', reason = HOOK } = told
  return diagnose({
    phase: 'transfer',
    words: told.lines ?? [],
    host: told.host,
    refusal: { ref, action, reason },
  })
}

/** Id of the advice for a refused ref. */
export function adviceForRef(given: RefCase): string | undefined {
  return diagnosisOf(given)?.advice.id
}

/** Id of the advice for an error. */
export function adviceForError(given: ErrorCase): string | undefined {
  return diagnosisOf(given)?.advice.id
}

/** Words that have to lead to a row, and words nearby that must not. */
export interface RowCase {
  readonly id: string
  readonly is: readonly (RefCase | ErrorCase)[]
  readonly isNot: readonly (RefCase | ErrorCase)[]
}

export function expectRow({ id, is, isNot }: RowCase): void {
  for (const given of is) expect([given, diagnosisOf(given)?.advice.id]).toEqual([given, id])
  for (const given of isNot) expect([given, diagnosisOf(given)?.advice.id]).not.toEqual([given, id])
}
