import { type MirrorError, withDetails } from '../errors.ts'
import { adviseError } from './advice.ts'

/** The error with what it means and what to do as its hint, where the table of known failures has it. */
export function withAdvice(
  error: MirrorError,
  server: { readonly lines: readonly string[]; readonly host: string | undefined },
): MirrorError {
  // What wrote the error knew more than its words tell.
  if (error.hint !== undefined && error.code !== 'protocol') return error
  const advice = adviseError(error, { serverLines: server.lines, host: server.host })
  return advice === undefined ? error : withDetails(error, { hint: `${advice.meaning} ${advice.todo}` })
}
