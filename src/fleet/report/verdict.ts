import { formatBytes, formatCount, formatPlural, formatSeconds } from '../../report/wording.ts'
import { countRound, type RoundCounts } from './findings.ts'
import type { RoundReport } from './round-lines.ts'

/** The sentence that comes first: `1,000 mirrors: 3 failed, 30 changed, 967 up to date, in 12 s.` */
export function describeRound(report: RoundReport): string {
  const counts = countRound(report)
  const missing =
    report.missing.length === 0 ? '' : `${formatPlural(report.missing.length, 'report')} missing; `
  const discoveries = report.discoveries.filter(({ ok }) => !ok).length
  const parts = [
    ...(discoveries === 0 ? [] : [`${formatCount(discoveries)} discovered nothing or not all`]),
    ...describeStates(counts, report.dryRun),
  ]
  const words = parts.length === 0 ? 'nothing to do' : parts.join(', ')
  return `${missing}${formatPlural(counts.mirrors, 'mirror')}: ${words}, in ${formatSeconds(report.seconds)}.`
}

function describeStates(counts: RoundCounts, isDryRun: boolean): readonly string[] {
  const words: readonly (readonly [number, string])[] = [
    [counts.failed, 'failed'],
    [counts.rejected, 'rejected'],
    [counts.skipped, 'not tried'],
    [counts.changed, isDryRun ? 'would change' : 'changed'],
    [counts.unchanged, 'up to date'],
    [counts.unpushed, 'not pushed to'],
    [counts.paused, 'paused'],
  ]
  return words.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`)
}

/** `130 refs, 4.5 MB`; undefined where nothing moved. */
export function describeFigures(report: RoundReport): string | undefined {
  const { refs, bytes } = countRound(report)
  if (refs === 0) return undefined
  return bytes === 0 ? formatPlural(refs, 'ref') : `${formatPlural(refs, 'ref')}, ${formatBytes(bytes)}`
}
