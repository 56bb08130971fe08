import type { Case } from './case.ts'
import type { FleetRow, FleetWork } from './fleet.ts'
import type { Goal } from './goals.ts'
import type { Line } from './summary.ts'

const HEADINGS = [
  'over',
  'program',
  'seconds',
  '(range)',
  'Kalandra is',
  'cpu s',
  'Kalandra is',
  'MB resident',
] as const

const MORE_HEADINGS = ['source bytes', 'dest. bytes', 'pushed', 'round trips'] as const

/** A table for one case: every transport, every program. */
export function renderCase(it: Case, lines: readonly Line[]): string {
  const ours = new Map(
    lines.filter(({ contender }) => contender === 'kalandra').map((line) => [line.over, line]),
  )
  const rows = lines.map((line) => {
    const { over, contender, seconds, failure } = line
    if (seconds === undefined) return [over, contender, failure === undefined ? '' : 'failed']
    const ratioOf = (figure: 'seconds' | 'cpu'): string => {
      const [mine, theirs] = [ours.get(over)?.[figure], line[figure]]
      const isTold = mine !== undefined && theirs !== undefined && contender !== 'kalandra'
      return isTold ? `${(mine / theirs).toFixed(2)} of it` : ''
    }
    const trips = [line.sourceRoundTrips, line.destinationRoundTrips].filter((count) => count !== undefined)
    const times = [seconds.toFixed(3), `${line.fastest!.toFixed(2)}-${line.slowest!.toFixed(2)}`]
    const usage = [line.cpu?.toFixed(2), ratioOf('cpu'), line.rss && (line.rss / 1e6).toFixed(0)]
    const bytes = [line.sourceBytes, line.destinationBytes, line.pushed].map((count) => count?.toFixed(0))
    return [over, contender, ...times, ratioOf('seconds'), ...usage, ...bytes, trips.join('+')].map((cell) =>
      String(cell ?? ''),
    )
  })
  return `${it.title}\n${renderTable([[...HEADINGS, ...MORE_HEADINGS], ...rows], 2)}`
}

export function renderGoals(goals: readonly Goal[]): string {
  const rows = goals.map(({ title, over, value, unit, most }) => {
    const digits = unit === 'MB' || unit === 'ms' || unit === 'count' ? 0 : 2
    const suffix = unit === 'ratio' || unit === 'count' ? '' : ` ${unit}`
    return [
      title,
      over,
      `${value.toFixed(digits)}${suffix}`,
      `${most}${suffix}`,
      value <= most ? 'met' : 'NOT MET',
    ]
  })
  return `goals\n${renderTable([['what', 'over', 'measured', 'at most', ''], ...rows], 2)}`
}

const FLEET_WORDS: Readonly<Record<FleetWork, string>> = {
  nothing: 'nothing to do',
  'without large': 'all others, alone',
  'beside large': 'all others, beside a large first mirror',
  large: 'with a large first mirror',
  many: 'nothing to do, ten times',
  commits: 'one commit each',
  check: 'check',
  bare: 'the start of Node',
  plan: 'plan',
}

/** Of each row that has one beside it: how much of that program's time and processor Kalandra takes. */
export function renderFleet(rows: readonly FleetRow[]): string {
  const cells = rows.map((row) => {
    const ours = rows.find(
      ({ what, over, program }) => program === 'kalandra' && what === row.what && over === row.over,
    )
    const ratioOf = (figure: 'seconds' | 'cpu'): string => {
      const [mine, theirs] = [ours?.[figure], row[figure]]
      return row === ours || mine === undefined || theirs === undefined ? '' : (mine / theirs).toFixed(2)
    }
    return [
      FLEET_WORDS[row.what],
      row.over,
      row.program,
      String(row.mirrors),
      row.seconds.toFixed(2),
      ratioOf('seconds'),
      row.cpu?.toFixed(2) ?? '',
      ratioOf('cpu'),
      row.rss === undefined ? '' : (row.rss / 1e6).toFixed(0),
      String(row.connections ?? ''),
    ]
  })
  const headings = [
    'what',
    'over',
    'program',
    'mirrors',
    'seconds',
    'of it',
    'cpu s',
    'of it',
    'MB resident',
    'connections',
  ]
  return `many mirrors\n${renderTable([headings, ...cells], 3)}`
}

/** Columns from `firstRight` on are right-aligned. */
function renderTable(rows: readonly (readonly string[])[], firstRight: number): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? ''
        return column < firstRight ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
  return `${lines.map((line) => `  ${line}`).join('\n')}\n`
}
