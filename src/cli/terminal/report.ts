import { MirrorError } from '../../base/errors.ts'
import { muteLine, printableLine } from '../../base/printable.ts'
import { groupAdvice } from '../../report/group-advice.ts'
import type { DestinationResult, MirrorResult, RefChange } from '../../report/result.ts'
import {
  ACTION_SIGNS,
  describeDestination,
  describeIds,
  describeLeftovers,
  describeLfs,
  describeServerText,
  describeVerdict,
  hasEmptyScope,
} from '../../report/wording.ts'

/** The result for a person, in lines: every changed and rejected ref by destination, the verdict last. */
export function renderReport(result: MirrorResult): readonly string[] {
  const lines = result.destinations.flatMap((destination) => renderDestination(destination, result))
  const verdict = `${hasEmptyScope(result) ? 'warning: ' : ''}${describeVerdict(result)}`
  return [...lines, verdict, ...(result.error ? renderError(result.error) : [])].map(muteLine)
}

function renderDestination(destination: DestinationResult, result: MirrorResult): readonly string[] {
  const lines = [`${printableLine(destination.destination, 300)}: ${describeDestination(destination)}`]
  for (const change of destination.changed) lines.push(`  ${renderChange(change)}`)
  const lfs = describeLfs(destination)
  if (lfs !== undefined) lines.push(`  carried ${lfs}`)
  for (const { advice, refs } of groupAdvice(destination.rejected)) {
    for (const ref of refs) {
      lines.push(
        `  x ${printableLine(ref.ref, 300)}: ${ref.action} rejected: ${printableLine(ref.reason, 500)}`,
      )
    }
    if (advice !== undefined) lines.push(`    ${printableLine(advice, 1000)}`)
  }
  const leftovers = describeLeftovers(destination)
  for (const warning of [...destination.warnings, ...(leftovers === undefined ? [] : [leftovers])]) {
    lines.push(`  warning: ${printableLine(warning, 1000)}`)
  }
  const { error } = destination
  if (error && error.message !== result.error?.message)
    lines.push(...renderError(error).map((line) => `  ${line}`))
  return lines
}

function renderChange(change: RefChange): string {
  return `${ACTION_SIGNS[change.action]} ${printableLine(change.ref, 300)} ${change.action} ${describeIds(change)}`
}

function renderError(error: MirrorError): readonly string[] {
  return [
    ...describeServerText(error).map((line) => printableLine(line, 1000)),
    ...(error.hint === undefined ? [] : [`What to do: ${printableLine(error.hint, 1000)}`]),
  ]
}
