import { MirrorError } from '../base/errors.ts'
import type { MirrorResult } from './result.ts'
import { describeMessage } from './wording.ts'

/** The result as JSON in ASCII, so that nothing in it reaches a terminal or a runner as more than text. */
export function renderJson(result: MirrorResult): string {
  const value = {
    ...result,
    error: errorValue(result.error),
    destinations: result.destinations.map((destination) => ({
      ...destination,
      rejected: destination.rejected.map((ref) => ({ ...ref, advice: ref.advice ?? null })),
      error: errorValue(destination.error),
    })),
  }
  return JSON.stringify(value, undefined, 2).replaceAll(
    /[\u007f-\uffff]|(?<=##)\[/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export function errorValue(error: MirrorError | undefined): object | null {
  if (!error) return null
  return {
    code: error.code,
    message: describeMessage(error),
    hint: error.hint ?? null,
    side: error.side ?? null,
    status: error.status ?? null,
    retryable: error.retryable,
  }
}
