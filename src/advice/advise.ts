import { type ErrorCode, MirrorError, withDetails } from '../base/errors.ts'
import type { Advice, AdviceRow } from './row.ts'
import { ADVICE_TABLE } from './table.ts'
import { printableLine } from '../base/printable.ts'
import type { RefAction } from '../report/result.ts'

export type { Advice }

export interface RefRefusal {
  /** What the report says of the ref. */
  readonly reason: string
  /** What the server wrote beside the report, raw. */
  readonly serverLines: readonly string[]
  readonly ref: string
  readonly action: RefAction
  readonly host: string | undefined
}

/** Reasons that tell that something declined and not what: there the lines beside the report may say more. */
const TELLS_NOTHING = /declin|unpack|fail|internal|error|reject|violation|no reason|^$/i

/**
 * What a refused ref means; undefined where no row of the table fits. The reason of the ref decides. Only one
 * that tells nothing lets the lines beside the report speak, those about other refs left out; what they do not
 * explain is not guessed at.
 */
export function adviseRef(o: RefRefusal): Advice | undefined {
  const rows = ADVICE_TABLE.filter((row) => row.codes === undefined && isAbout(row, o))
  const reason = [cleanLine(o.reason)]
  const exact = rows.filter((row) => row.general === undefined)
  const general = rows.filter((row) => row.general !== undefined)
  const byReason = findRow(exact, reason)
  if (byReason !== undefined) return toAdvice(byReason)
  const lines = TELLS_NOTHING.test(o.reason) ? linesAbout(o.ref, o.serverLines.map(cleanLine)) : []
  const row = findRow(exact, lines) ?? findRow(general.filter(isRule), lines) ?? findRow(general, reason)
  return row && toAdvice(row)
}

/** Errors that say in our own words what to do. */
const OWN_WORDS: ReadonlySet<ErrorCode> = new Set(['usage', 'guard', 'format', 'race', 'limit', 'cancelled'])

/** Errors of a push that the server explains in the lines beside its report. */
const EXPLAINED_BESIDE: ReadonlySet<ErrorCode> = new Set(['unpack', 'server', 'cut', 'too-large', 'http'])

/** What an error means; undefined where no row of the table fits. */
export function adviseError(
  error: MirrorError,
  o: { readonly serverLines: readonly string[]; readonly host: string | undefined },
): Advice | undefined {
  if (OWN_WORDS.has(error.code)) return undefined
  const host = o.host?.toLowerCase() ?? ''
  const rows = ADVICE_TABLE.filter(
    (row) =>
      row.only === undefined &&
      (row.codes === undefined || row.codes.includes(error.code)) &&
      (row.side === undefined || error.side === undefined || row.side === error.side) &&
      (row.hosts === undefined || row.hosts.test(host)),
  )
  const words = [withoutAddresses(error.message), ...(error.serverText ?? '').split(/[\r\n]+/)].map(cleanLine)
  const lines = EXPLAINED_BESIDE.has(error.code) ? o.serverLines.map(cleanLine) : []
  const exact = rows.filter((row) => row.general === undefined)
  const row = findRow(exact, words) ?? findRow(exact, lines) ?? findRow(rows, words) ?? findRow(rows, lines)
  return row && toAdvice(row)
}

function isAbout(row: AdviceRow, o: RefRefusal): boolean {
  if (row.hosts !== undefined && !row.hosts.test(o.host?.toLowerCase() ?? '')) return false
  switch (row.only) {
    case 'branch':
      return o.ref.startsWith('refs/heads/')
    case 'tag':
      return o.ref.startsWith('refs/tags/')
    case 'delete':
      return o.action === 'delete'
    default:
      return true
  }
}

/** General words that nobody writes but about this very refusal. */
function isRule(row: AdviceRow): boolean {
  return row.id === 'github-ruleset'
}

function findRow(rows: readonly AdviceRow[], lines: readonly string[]): AdviceRow | undefined {
  return rows.find((row) => lines.some((line) => row.says.test(line)))
}

function toAdvice({ id, meaning, todo }: AdviceRow): Advice {
  return { id, meaning, todo }
}

function cleanLine(raw: string): string {
  return printableLine(raw, 2000).replace(/^remote: ?/, '')
}

/** Our messages name addresses, and a repository may be called after anything that the table knows. */
function withoutAddresses(message: string): string {
  return message.replace(/\b[a-z]+:\/\/\S+|(?<=^|\s)\/\S+/g, '…')
}

const BLOCK_START = /^(error|fatal|warning|hint):|^(GitLab|Gitea|Forgejo|Gogs|Bitbucket): /i

/**
 * The lines that are about `ref` or about no ref in particular. A line that names another ref begins a block
 * about that one, up to the next line that names a ref or begins a message of its own.
 */
function linesAbout(ref: string, lines: readonly string[]): readonly string[] {
  let isOurs = true
  return lines.filter((line) => {
    const names = [...line.matchAll(/refs\/[^\s'"`,;]+/g)].map(([name]) => name.replace(/[.:)\]!]+$/, ''))
    const refs = names.filter((name) => /^refs\/(heads|tags|notes|pull|merge-requests)\//.test(name))
    if (refs.length > 0) isOurs = refs.includes(ref)
    else if (BLOCK_START.test(line)) isOurs = true
    return isOurs
  })
}

/**
 * The error with what it means and what to do as its hint, where the table of known failures has it. A hint
 * that it came with is kept, unless the server's own words tell more.
 */
export function withAdvice(
  error: MirrorError,
  server: { readonly lines: readonly string[]; readonly host: string | undefined },
): MirrorError {
  const words = error.serverText?.trim() ?? ''
  const told = error.hint === undefined ? error : words === '' ? undefined : withDetails(error, {}, words)
  const advice = told && adviseError(told, { serverLines: server.lines, host: server.host })
  return advice === undefined ? error : withDetails(error, { hint: `${advice.meaning} ${advice.todo}` })
}
