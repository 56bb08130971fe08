import { MirrorError } from '../base/errors.ts'
import { muteLine, printableLine } from '../base/printable.ts'
import type { DestinationResult, MirrorResult, RefAction, RefChange } from '../report/result.ts'
import { describeDestination, describeVerdict, shortId } from '../report/wording.ts'

const SIGNS: Readonly<Record<RefAction, string>> = { create: '+', update: ' ', force: '!', delete: '-' }

const MOST_SERVER_LINES = 20

/** The result for a person, in lines: every changed and rejected ref by destination, the verdict last. */
export function renderReport(result: MirrorResult): readonly string[] {
  const lines = result.destinations.flatMap((destination) => renderDestination(destination, result))
  return [...lines, describeVerdict(result), ...(result.error ? renderError(result.error) : [])].map(muteLine)
}

function renderDestination(destination: DestinationResult, result: MirrorResult): readonly string[] {
  const lines = [`${printableLine(destination.destination, 300)}: ${describeDestination(destination)}`]
  for (const change of destination.changed) lines.push(`  ${renderChange(change)}`)
  for (const ref of destination.rejected) {
    lines.push(
      `  x ${printableLine(ref.ref, 300)}: ${ref.action} rejected: ${printableLine(ref.reason, 500)}`,
    )
    if (ref.advice !== undefined) lines.push(`    ${printableLine(ref.advice, 1000)}`)
  }
  for (const warning of destination.warnings) lines.push(`  warning: ${printableLine(warning, 1000)}`)
  const { error } = destination
  if (error && error.message !== result.error?.message)
    lines.push(...renderError(error).map((line) => `  ${line}`))
  return lines
}

function renderChange(change: RefChange): string {
  const ids = [shortId(change.old), shortId(change.new)].filter((id) => id !== '').join('..')
  return `${SIGNS[change.action]} ${printableLine(change.ref, 300)} ${change.action} ${ids}`
}

function renderError(error: MirrorError): readonly string[] {
  const said = (error.serverText ?? '').split(/[\r\n]+/).filter((line) => line.trim() !== '')
  return [
    ...said.slice(0, MOST_SERVER_LINES).map((line) => `remote: ${printableLine(line, 1000)}`),
    ...(error.hint === undefined ? [] : [`What to do: ${printableLine(error.hint, 1000)}`]),
  ]
}
