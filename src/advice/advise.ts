import { type ErrorCode, MirrorError, withDetails } from '../base/errors.ts'
import type { Phase, RefAction } from '../report/result.ts'
import type { Advice, AdviceRow, NextTryKind } from './row.ts'
import { ADVICE_TABLE } from './table.ts'
import { cleanLines, linesAbout, readLimit } from './words.ts'

export type { Advice }

/** A ref that a server refused. */
export interface Refusal {
  readonly ref: string
  readonly action: RefAction
  /** What the report says of the ref, raw. */
  readonly reason: string
}

/** What a server wrote, and when. Raw, and nothing of what it wrote in another push. */
export interface Words {
  /** What was under way. */
  readonly phase: Phase
  /** What it wrote beside its answer during this push: progress, hooks, stderr. */
  readonly words: readonly string[]
  readonly host: string | undefined
}

/** What came of it: a ref that the server refused, or what ended the push or the run as a whole. */
export type Told = Words &
  (
    | { readonly refusal: Refusal; readonly error?: undefined }
    | { readonly error: MirrorError; readonly refusal?: undefined }
  )

/** What a run may try by itself. `limit`: what the server told that it takes, refs for `fewer`, bytes for `smaller`. */
export interface NextTry {
  readonly kind: NextTryKind
  readonly limit?: number | undefined
}

export interface Diagnosis {
  readonly advice: Advice
  readonly next: NextTry
}

/** What a server's words mean; undefined where no row of the table fits. */
export function diagnose(told: Told): Diagnosis | undefined {
  const found = told.refusal === undefined ? readError(told, told.error) : readRefusal(told, told.refusal)
  if (found === undefined) return undefined
  const { row, lines } = found
  const limit = row.says && readLimit(row.says, lines)
  return { advice: { id: row.id, meaning: row.meaning, todo: row.todo }, next: { kind: row.next, limit } }
}

/** Meaning and what to do, for people. */
export function printAdvice({ meaning, todo }: Advice): string {
  return `${meaning} ${todo}`
}

interface Found {
  readonly row: AdviceRow
  /** Where its words stand. */
  readonly lines: readonly string[]
}

/** Reasons that tell that something declined and not what: there the lines beside the report may say more. */
const TELLS_NOTHING = /declin|unpack|fail|internal|error|reject|violation|no reason|^$/i

/**
 * The reason of the ref decides. Only one that tells nothing lets the lines beside the report speak, those about
 * other refs left out; what they do not explain is not guessed at.
 */
function readRefusal(told: Words, refusal: Refusal): Found | undefined {
  const rows = ADVICE_TABLE.filter((row) => row.codes === undefined && isAbout(row, refusal))
  const reason = cleanLines([refusal.reason])
  const exact = rows.filter((row) => row.general !== true)
  const byReason = findRow(exact, reason)
  if (byReason !== undefined) return byReason
  const lines = TELLS_NOTHING.test(refusal.reason) ? linesAbout(refusal.ref, cleanLines(told.words)) : []
  const certain = rows.filter((row) => row.certain === true)
  return findRow(exact, lines) ?? findRow(certain, lines) ?? findRow(rows, reason)
}

function isAbout(row: AdviceRow, { ref, action }: Refusal): boolean {
  switch (row.only) {
    case 'branch':
      return ref.startsWith('refs/heads/')
    case 'tag':
      return ref.startsWith('refs/tags/')
    case 'delete':
      return action === 'delete'
    default:
      return true
  }
}

/** Errors that say in our own words what to do. */
const OWN_WORDS: ReadonlySet<ErrorCode> = new Set(['usage', 'guard', 'format', 'race', 'limit', 'cancelled'])

/** Errors of a push that the server explains in the lines beside its report. */
const EXPLAINED_BESIDE: ReadonlySet<ErrorCode> = new Set(['unpack', 'server', 'cut', 'too-large', 'http'])

/**
 * The server's own words tell most, then the row that the error names, then the lines beside the report of a push,
 * then its status. Our own message is not read: it may name a repository that is called after anything.
 */
function readError({ phase, words, host }: Words, error: MirrorError): Found | undefined {
  if (error.advice === undefined && OWN_WORDS.has(error.code)) return undefined
  const rows = ADVICE_TABLE.filter((row) => mayExplain(row, error, host))
  const exact = rows.filter((row) => row.general !== true)
  const said = cleanLines([error.serverText])
  const isPush = phase === 'transfer' && EXPLAINED_BESIDE.has(error.code)
  const beside = isPush ? cleanLines(words) : []
  const named = exact.find((row) => row.id === error.advice)
  const byStatus = exact.find((row) => row.any === true || row.statuses?.includes(error.status ?? 0))
  return (
    findRow(exact, said) ??
    (named && { row: named, lines: [] }) ??
    findRow(exact, beside) ??
    (byStatus && { row: byStatus, lines: [] }) ??
    findRow(rows, said) ??
    findRow(rows, beside)
  )
}

function mayExplain(row: AdviceRow, error: MirrorError, host: string | undefined): boolean {
  return (
    row.only === undefined &&
    (row.codes === undefined || row.codes.includes(error.code)) &&
    (row.side === undefined || error.side === undefined || row.side === error.side) &&
    (row.hosts === undefined || row.hosts.test(host?.toLowerCase() ?? ''))
  )
}

function findRow(rows: readonly AdviceRow[], lines: readonly string[]): Found | undefined {
  const matching = new Set(lines.flatMap(rowsMatching))
  const row = matching.size === 0 ? undefined : rows.find((candidate) => matching.has(candidate))
  return row && { row, lines }
}

/** Lines whose rows are kept: thousands of refs are refused with the same few lines. */
const MOST_LINES_KNOWN = 1000
const known = new Map<string, readonly AdviceRow[]>()

function rowsMatching(line: string): readonly AdviceRow[] {
  const found = known.get(line)
  if (found !== undefined) return found
  const rows = ADVICE_TABLE.filter(({ says }) => says?.test(line))
  if (known.size >= MOST_LINES_KNOWN) known.clear()
  known.set(line, rows)
  return rows
}

/**
 * The error with what it means and what to do as its hint, where the table has it. A hint that the error came with
 * says what to do in this very case: it stays, unless the server's own words tell more.
 */
export function withAdvice(error: MirrorError, told: Words): MirrorError {
  const advice = diagnose({ ...told, error })?.advice
  if (advice === undefined) return error
  const { hint } = error
  const hasWords = (error.serverText?.trim() ?? '') !== ''
  if (hint === undefined || (hasWords && advice.id !== error.advice))
    return withDetails(error, { hint: printAdvice(advice), advice: advice.id })
  return advice.id === error.advice ? withDetails(error, { hint: `${advice.meaning} ${hint}` }) : error
}
