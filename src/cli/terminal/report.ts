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
  formatPlural,
  hasEmptyScope,
} from '../../report/wording.ts'

/**
 * The result for a person, in lines: changed and rejected refs by destination, the verdict last.
 * @param most refs of a list; by default all
 */
export function* renderReport(
  result: MirrorResult,
  most: number = Number.POSITIVE_INFINITY,
): Generator<string> {
  for (const destination of result.destinations)
    for (const line of renderDestination(destination, result, most)) yield muteLine(line)
  yield muteLine(`${hasEmptyScope(result) ? 'warning: ' : ''}${describeVerdict(result)}`)
  if (result.error) for (const line of renderError(result.error)) yield muteLine(line)
}

function* renderDestination(
  destination: DestinationResult,
  result: MirrorResult,
  most: number,
): Generator<string> {
  const { changed, rejected } = destination
  yield `${printableLine(destination.destination, 300)}: ${describeDestination(destination)}`
  for (const [at, change] of changed.entries()) {
    if (at >= most) break
    yield `  ${renderChange(change)}`
  }
  if (changed.length > most) yield `  … and ${formatPlural(changed.length - most, 'more ref')} changed`
  const lfs = describeLfs(destination)
  if (lfs !== undefined) yield `  carried ${lfs}`
  for (const { advice, refs } of groupAdvice(rejected.length > most ? rejected.slice(0, most) : rejected)) {
    for (const ref of refs) {
      yield `  x ${printableLine(ref.ref, 300)}: ${ref.action} rejected: ${printableLine(ref.reason, 500)}`
    }
    if (advice !== undefined) yield `    ${printableLine(advice, 1000)}`
  }
  if (rejected.length > most) yield `  … and ${formatPlural(rejected.length - most, 'more ref')} rejected`
  const leftovers = describeLeftovers(destination)
  for (const warning of [...destination.warnings, ...(leftovers === undefined ? [] : [leftovers])]) {
    yield `  warning: ${printableLine(warning, 1000)}`
  }
  const { error } = destination
  if (error && error.message !== result.error?.message)
    for (const line of renderError(error)) yield `  ${line}`
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
