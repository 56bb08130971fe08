import { escapeMarkdown, printableLine } from '../../base/printable.ts'
import { describeSkipped } from '../discover/filter.ts'
import { formatBytes, formatPlural } from '../../report/wording.ts'
import { changesOf, countRound, findTroubles, stateOf } from './findings.ts'
import { listNames } from './round-text.ts'
import type { MirrorLine, RoundReport } from './round-lines.ts'
import { describeRound } from './verdict.ts'

/** The runner drops a summary of more than 1 MiB as a whole. */
const MOST_SUMMARY_BYTES = 900_000
const MOST_CELL_LENGTH = 600
const MOST_CHANGED = 500

/** The page of a job for a person in a hurry: verdict, what failed and what to do, what changed, figures. */
export function renderRoundSummary(report: RoundReport): string {
  const page = new Page(`## ${report.ok ? '✅' : '❌'} ${escapeMarkdown(describeRound(report))}\n\n`)
  for (const text of report.missing) page.add(`- **Missing:** ${cell(text)}\n`)
  if (report.missing.length > 0) page.add('\n')
  const troubles = findTroubles(report)
  page.table(
    ['Failed', 'Cause', 'What to do'],
    troubles.map(({ cause, remedy, names }) => [listNames(names), cause, remedy ?? '']),
    'cause',
  )
  const changed = report.mirrors.filter((mirror) => stateOf(mirror) === 'changed')
  page.table(
    [report.dryRun ? 'Would change' : 'Changed', 'Refs', 'Bytes'],
    changed
      .slice(0, MOST_CHANGED)
      .map((mirror) => [mirror.name, String(refsOf(mirror)), formatBytes(bytesOf(mirror))]),
    'mirror',
    changed.length,
  )
  const left = report.discoveries.filter(({ ok }) => ok)
  if (left.length > 0) {
    page.table(
      ['Discovered', 'Mirrors', 'Left out'],
      left.map(({ discovery, found, skipped }) => [discovery, String(found), describeSkipped(skipped)]),
      'discovery',
    )
  }
  const { refs, bytes } = countRound(report)
  if (refs > 0) page.add(`${formatPlural(refs, 'ref')} moved, with ${formatBytes(bytes)} of objects.\n`)
  return page.text
}

function refsOf({ result }: MirrorLine): number {
  return changesOf(result?.destinations ?? [])
}

function bytesOf({ result }: MirrorLine): number {
  return (result?.destinations ?? []).reduce((sum, { figures }) => sum + figures.packBytes, 0)
}

/** Text that knows how much of it is left to write. */
class Page {
  text: string
  #bytes: number

  constructor(text: string) {
    this.text = text
    this.#bytes = Buffer.byteLength(text)
  }

  add(text: string): boolean {
    const bytes = Buffer.byteLength(text)
    if (this.#bytes + bytes > MOST_SUMMARY_BYTES) return false
    this.text += text
    this.#bytes += bytes
    return true
  }

  table(
    heads: readonly string[],
    rows: readonly (readonly string[])[],
    word: string,
    count: number = rows.length,
  ): void {
    if (rows.length === 0) return
    this.add(`| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |\n`)
    let written = 0
    while (written < rows.length && this.add(`| ${rows[written]!.map(cell).join(' | ')} |\n`)) written++
    const left = count - written
    this.text +=
      left === 0 ? '\n' : `\n… and ${formatPlural(left, `more ${word}`)}: see the report files.\n\n`
  }
}

function cell(text: string): string {
  return escapeMarkdown(printableLine(text, MOST_CELL_LENGTH))
}
