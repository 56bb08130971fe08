import { muteLine, printableLine } from '../../base/printable.ts'
import { formatCount, formatPlural } from '../../report/wording.ts'
import { changesOf, findTroubles, stateOf, type Trouble } from './findings.ts'
import type { RoundReport } from './round-lines.ts'
import { describeFigures, describeRound } from './verdict.ts'

const MOST_TROUBLES = 100
const MOST_NAMES = 5
const MOST_CHANGED = 200

/** A round for a person at a terminal, in lines: what failed with its cause and remedy, what changed, the verdict last. */
export function renderRoundText(report: RoundReport): readonly string[] {
  const troubles = findTroubles(report)
  const changed = report.mirrors.filter((mirror) => stateOf(mirror) === 'changed')
  const lines = [
    ...changed.slice(0, MOST_CHANGED).map(({ name, result }) => {
      const refs = formatPlural(changesOf(result?.destinations ?? []), 'ref')
      return `changed  ${name}: ${refs}`
    }),
    ...more(changed.length - MOST_CHANGED, 'changed mirror'),
    ...report.missing.map((text) => `missing  ${text}`),
    ...troubles.slice(0, MOST_TROUBLES).flatMap(renderTrouble),
    ...more(troubles.length - MOST_TROUBLES, 'cause'),
    describeRound(report),
    ...(describeFigures(report) === undefined ? [] : [`Moved: ${describeFigures(report)}.`]),
  ]
  return lines.map((line) => muteLine(printableLine(line, 2000)))
}

function renderTrouble({ cause, remedy, names }: Trouble): readonly string[] {
  return [
    `failed   ${listNames(names)}: ${cause}`,
    ...(remedy === undefined ? [] : [`         What to do: ${remedy}`]),
  ]
}

/** `a, b, c, d, e and 12 more`. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return names.length > MOST_NAMES ? `${shown} and ${formatCount(names.length - MOST_NAMES)} more` : shown
}

function more(count: number, word: string): readonly string[] {
  return count > 0 ? [`… and ${formatPlural(count, `more ${word}`)}`] : []
}
