import type { MirrorError } from '../base/errors.ts'
import { groupAdvice } from '../report/group-advice.ts'
import type { DestinationResult, MirrorResult } from '../report/result.ts'
import {
  describeDestination,
  describeLeftovers,
  describeLfs,
  describeMessage,
  describeServerText,
  describeVerdict,
  formatPlural,
  hasEmptyScope,
} from '../report/wording.ts'
import type { Core } from './core.ts'
import type { ActionLog } from './log.ts'

/** Lines about rejected refs of one destination; the summary counts the others. */
const REJECTED_LINES = 1000

/** The end of the log: one line a destination, what was rejected and why, and the verdict as the step's status. */
export function reportResult(log: ActionLog, sink: Pick<Core, 'error'>, result: MirrorResult): void {
  for (const destination of result.destinations) reportDestination(log, destination, result)
  const verdict = describeVerdict(result)
  if (hasEmptyScope(result)) return log.warning(verdict)
  if (result.ok) return log.info(verdict)
  const error = soleError(result)
  if (error) reportServerText(log, error)
  sink.error(log.line(`${verdict}${hintOf(error)}`))
}

function reportDestination(log: ActionLog, destination: DestinationResult, result: MirrorResult): void {
  for (const warning of destination.warnings) log.warning(warning)
  const leftovers = describeLeftovers(destination)
  if (leftovers !== undefined) log.warning(`${destination.destination}: ${leftovers}`)
  const { rejected } = destination
  const shown = rejected.length > REJECTED_LINES ? rejected.slice(0, REJECTED_LINES) : rejected
  for (const { advice, refs } of groupAdvice(shown)) {
    for (const ref of refs) {
      const said = advice === undefined || ref !== refs[0] ? '' : `. ${advice}`
      const line = `${destination.destination}: ${ref.ref} was not changed (${ref.action}): ${ref.reason}${said}`
      if (ref.warning) log.warning(line)
      else log.error(line)
    }
  }
  const left = rejected.length - shown.length
  if (left > 0) log.error(`${destination.destination}: ${formatPlural(left, 'more ref')} were not changed`)
  log.info(`${destination.destination}: ${describeDestination(destination)}`)
  const lfs = describeLfs(destination)
  if (lfs !== undefined) log.info(`${destination.destination}: carried ${lfs}`)
  const { error } = destination
  // With one destination the verdict says it.
  if (!error || error === result.error || result.destinations.length === 1) return
  log.error(`${destination.destination}: ${describeMessage(error)}${hintOf(error)}`)
  reportServerText(log, error)
}

function soleError(result: MirrorResult): MirrorError | undefined {
  return result.error ?? (result.destinations.length === 1 ? result.destinations[0]?.error : undefined)
}

function reportServerText(log: ActionLog, error: MirrorError): void {
  for (const line of describeServerText(error)) log.info(line)
}

function hintOf(error: MirrorError | undefined): string {
  return error?.hint === undefined ? '' : ` ${error.hint}`
}
