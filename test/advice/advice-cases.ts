import { expect } from 'vitest'
import { type ErrorCode, MirrorError, type Side } from '../../src/base/errors.ts'
import { adviseError, adviseRef } from '../../src/advice/advise.ts'
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
  readonly message?: string
  readonly text?: string
  readonly lines?: readonly string[]
  readonly side?: Side
  readonly host?: string
}

export const HOOK = 'pre-receive hook declined'

/** Id of the advice for a refused ref. */
export function adviceForRef(given: RefCase): string | undefined {
  const o = typeof given === 'string' ? { reason: given } : given
  return adviseRef({
    reason: o.reason ?? HOOK,
    serverLines: o.lines ?? [],
    ref: o.ref ?? 'refs/heads/main',
    action: o.action ?? 'update',
    host: o.host,
  })?.id
}

/** Id of the advice for an error. */
export function adviceForError(o: ErrorCase): string | undefined {
  const error = new MirrorError(o.message ?? 'it failed', { code: o.code, serverText: o.text, side: o.side })
  return adviseError(error, { serverLines: o.lines ?? [], host: o.host })?.id
}

/** Words that have to lead to a row, and words nearby that must not. */
export interface RowCase {
  readonly id: string
  readonly is: readonly (RefCase | ErrorCase)[]
  readonly isNot: readonly (RefCase | ErrorCase)[]
}

export function expectRow({ id, is, isNot }: RowCase): void {
  for (const given of is) expect([given, adviceFor(given)]).toEqual([given, id])
  for (const given of isNot) expect([given, adviceFor(given)]).not.toEqual([given, id])
}

function adviceFor(given: RefCase | ErrorCase): string | undefined {
  return typeof given !== 'string' && 'code' in given ? adviceForError(given) : adviceForRef(given)
}
