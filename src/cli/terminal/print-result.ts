import { STEP_ITEMS } from '../../base/steps.ts'
import { turn } from '../../base/turns.ts'
import { redact, type Secrets } from '../../report/redact.ts'
import { renderJsonParts } from '../../report/result-json.ts'
import type { DestinationResult, MirrorResult } from '../../report/result.ts'
import { formatPlural } from '../../report/wording.ts'
import type { Terminal } from './command.ts'
import type { Printer } from './print.ts'
import { renderReport } from './report.ts'

/** Refs of a list that are printed of a run that has to end at once. */
const REFS_OF_A_CANCELLED_RUN = 1000

export interface PrintResultOptions {
  readonly terminal: Pick<Terminal, 'stdout'>
  readonly printer: Pick<Printer, 'line'>
  readonly secrets: Secrets
  readonly json: boolean
  /** Undefined: the run has to end at once. */
  readonly signal: AbortSignal | undefined
}

/**
 * Prints the result in turns, since it may be millions of refs. Of a run that was cancelled it prints some of them.
 * @returns whether it was cut short by the signal
 */
export async function printResult(result: MirrorResult, options: PrintResultOptions): Promise<boolean> {
  const { terminal, printer, secrets, json, signal } = options
  const isUrgent = signal === undefined || signal.aborted
  const most = isUrgent ? REFS_OF_A_CANCELLED_RUN : Number.POSITIVE_INFINITY
  const write = (text: string): unknown => terminal.stdout.write(redact(text, secrets))
  const isCancelled = async (): Promise<boolean> => {
    if (isUrgent) return false
    await turn()
    return signal.aborted
  }
  for (const lines of inBlocks(renderReport(result, most))) {
    if (json) for (const line of lines) printer.line(line)
    else write(`${lines.join('\n')}\n`)
    if (lines.length === STEP_ITEMS && (await isCancelled())) return true
  }
  if (!json) return false
  let count = 0
  for (const part of renderJsonParts(isUrgent ? cutLists(result, most) : result)) {
    write(part)
    if (++count % PARTS_AT_ONCE === 0 && (await isCancelled())) return true
  }
  write('\n')
  return false
}

/** Parts of JSON that are written before others get a turn. */
const PARTS_AT_ONCE = 8

function* inBlocks(lines: Iterable<string>): Generator<readonly string[]> {
  let block: string[] = []
  for (const line of lines) {
    block.push(line)
    if (block.length < STEP_ITEMS) continue
    yield block
    block = []
  }
  if (block.length > 0) yield block
}

function cutLists(result: MirrorResult, most: number): MirrorResult {
  return { ...result, destinations: result.destinations.map((given) => cutDestination(given, most)) }
}

function cutDestination(given: DestinationResult, most: number): DestinationResult {
  const { changed, rejected, warnings } = given
  const left = Math.max(0, changed.length - most) + Math.max(0, rejected.length - most)
  if (left === 0) return given
  const warning = `the run was cancelled: ${formatPlural(left, 'more ref')} changed or were rejected than are listed here`
  return {
    ...given,
    changed: changed.slice(0, most),
    rejected: rejected.slice(0, most),
    warnings: [...warnings, warning],
  }
}
