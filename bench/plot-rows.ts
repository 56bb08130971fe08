import type { Case } from './case.ts'
import type { Bar, PlotRow } from './plot.ts'
import type { Line } from './summary.ts'

interface Reference {
  readonly contender: string
  readonly words: string
}

/** They show the limits of a case, and are no other way to mirror. */
const LIMITS = new Set(['limit', 'raw', 'bare', 'ls-remote', 'git'])

/** A row for each case in which something can be told against what git does for the same. */
export function toPlotRows(cases: readonly Case[], lines: readonly Line[]): readonly PlotRow[] {
  return cases.flatMap((it) => {
    const { contender, words } = referenceOf(it)
    const its = lines
      .filter((line) => line.case === it.name)
      .toSorted((a, b) => Number(b.contender === 'kalandra') - Number(a.contender === 'kalandra'))
    const bars = its.flatMap((line): readonly Bar[] => {
      const reference = its.find((other) => other.contender === contender && other.over === line.over)
      if (LIMITS.has(line.contender) || reference?.seconds === undefined) return []
      const ratio = line.seconds === undefined ? undefined : line.seconds / reference.seconds
      return [{ program: line.contender, over: line.over, ratio }]
    })
    return bars.length === 0 ? [] : [{ title: it.title, reference: words, bars }]
  })
}

function referenceOf({ kind }: Case): Reference {
  if (kind === 'first') return { contender: 'git', words: 'git clone and push' }
  if (kind === 'nothing') return { contender: 'ls-remote', words: 'git ls-remote of both' }
  if (kind === 'sink') return { contender: 'raw', words: 'curl, ssh or git alone' }
  return { contender: 'git', words: 'git fetch and push in a warm mirror' }
}
