import { type MirrorError, withDetails } from '../errors.ts'
import { adviseError } from './advice.ts'

/**
 * The error with what it means and what to do as its hint, where the table of known failures has it. A hint
 * that it came with is kept, unless the server's own words tell more.
 */
export function withAdvice(
  error: MirrorError,
  server: { readonly lines: readonly string[]; readonly host: string | undefined },
): MirrorError {
  const words = error.serverText?.trim() ?? ''
  const told = error.hint === undefined ? error : words === '' ? undefined : withDetails(error, {}, words)
  const advice = told && adviseError(told, { serverLines: server.lines, host: server.host })
  return advice === undefined ? error : withDetails(error, { hint: `${advice.meaning} ${advice.todo}` })
}
