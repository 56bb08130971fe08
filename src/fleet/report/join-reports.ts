import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { DiscoveryLine, MirrorLine, RoundEnd, RoundReport } from './round-lines.ts'

/** A file of `--jsonl`. */
export interface ReportFile {
  /** Printable path. */
  readonly name: string
  readonly text: string
}

/**
 * One report of the files of all shards. A shard that has no file, and a file that has no end, are failures: what died
 * did not mirror.
 * @throws MirrorError `usage` for a file that holds something else, by its name and line
 */
export function joinReports(files: readonly ReportFile[]): RoundReport {
  const mirrors = new Map<string, MirrorLine>()
  const discoveries = new Map<string, DiscoveryLine>()
  const ends: RoundEnd[] = []
  const missing: string[] = []
  for (const file of files) {
    const read = readReport(file)
    for (const line of read.mirrors) {
      const before = mirrors.get(line.name)
      // A name that stands in two files was run twice: what failed once is not well.
      if (before === undefined || before.ok) mirrors.set(line.name, line)
    }
    for (const line of read.discoveries) {
      const before = discoveries.get(line.discovery)
      if (before === undefined || before.ok) discoveries.set(line.discovery, line)
    }
    if (read.end === undefined) missing.push(`${file.name} ends in the middle: its round did not`)
    else {
      ends.push(read.end)
      missing.push(...findMissingLines(file.name, read, read.end))
    }
  }
  missing.push(...findMissingShards(ends))
  const all = [...mirrors.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const found = [...discoveries.values()]
  return {
    mirrors: all,
    discoveries: found,
    missing,
    ok: missing.length === 0 && all.every(({ ok }) => ok) && found.every(({ ok }) => ok),
    dryRun: ends.length > 0 && ends.every(({ dryRun }) => dryRun),
    seconds: Math.max(0, ...ends.map(({ seconds }) => seconds)),
  }
}

/** A file that was cut or put together by other tools may have lost lines, and the end knows how many there were. */
function findMissingLines(
  name: string,
  { mirrors, discoveries }: ReadReport,
  end: RoundEnd,
): readonly string[] {
  const left = end.mirrors - new Set(mirrors.map((line) => line.name)).size
  if (left > 0) return [`${name} lacks ${left} of the ${end.mirrors} mirrors of its round`]
  const isWell = [...mirrors, ...discoveries].every(({ ok }) => ok)
  return end.ok === false && isWell ? [`${name} says that its round did not end well, and not why`] : []
}

/** Each shard knows which others have something to do. */
function findMissingShards(ends: readonly RoundEnd[]): readonly string[] {
  const counts = new Set(ends.flatMap(({ shard }) => shard?.split('/')[1] ?? []))
  if (counts.size > 1) return [`the files are of rounds with ${[...counts].join(' and ')} shards`]
  const [count] = counts
  if (count === undefined) return []
  const there = new Set(ends.map(({ shard }) => Number(shard?.split('/')[0])))
  const wanted = new Set(ends.flatMap(({ filled }) => filled))
  return [...wanted]
    .filter((index) => !there.has(index))
    .toSorted((a, b) => a - b)
    .map((index) => `shard ${index}/${count} left no report`)
}

interface ReadReport {
  readonly mirrors: readonly MirrorLine[]
  readonly discoveries: readonly DiscoveryLine[]
  readonly end: RoundEnd | undefined
}

function readReport({ name, text }: ReportFile): ReadReport {
  const mirrors: MirrorLine[] = []
  const discoveries: DiscoveryLine[] = []
  let end: RoundEnd | undefined
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    // The last line of a process that was killed.
    const isCut = index === lines.length - 1
    const value = parseLine(line)
    if (value === undefined && isCut) continue
    if (isLine(value, 'round')) end = value['round'] as RoundEnd
    else if (isLine(value, 'name')) mirrors.push(value as unknown as MirrorLine)
    else if (isLine(value, 'discovery')) discoveries.push(value as unknown as DiscoveryLine)
    else {
      throw new MirrorError(`${printableLine(name, 300)}:${index + 1}: this is no line of a report`, {
        code: 'usage',
        hint: 'Give the files that `round --jsonl FILE` wrote.',
      })
    }
  }
  return { mirrors, discoveries, end }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const KINDS: Readonly<Record<string, string>> = { round: 'object', name: 'string', discovery: 'string' }

function isLine(value: unknown, key: string): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Readonly<Record<string, unknown>>
  const hasFlag = key === 'round' || typeof record['ok'] === 'boolean'
  return typeof record[key] === KINDS[key] && record[key] !== null && hasFlag
}
