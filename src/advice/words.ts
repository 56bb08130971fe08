import { printableLine } from '../base/printable.ts'

/** Characters of a line that are looked at; the sentences that tell something are shorter. */
const LINE_LOOKED_AT_LENGTH = 2000

/** And of a text of many lines: error pages and last words are cut to less. */
const TEXT_LOOKED_AT_LENGTH = 64 * 1024

/** A server's text as lines without colours, control characters and the `remote:` that git puts before them. */
export function cleanLines(texts: readonly (string | undefined)[]): readonly string[] {
  return texts
    .flatMap((text) => (text ?? '').slice(0, TEXT_LOOKED_AT_LENGTH).split(/[\r\n]+/))
    .map((line) => printableLine(line, LINE_LOOKED_AT_LENGTH).replace(/^remote: ?/, ''))
}

const BLOCK_START = /^(error|fatal|warning|hint):|^(GitLab|Gitea|Forgejo|Gogs|Bitbucket): /i

/**
 * The lines that are about `ref` or about no ref in particular. A line that names another ref begins a block
 * about that one, up to the next line that names a ref or begins a message of its own.
 */
export function linesAbout(ref: string, lines: readonly string[]): readonly string[] {
  let isOurs = true
  return lines.filter((line) => {
    const names = [...line.matchAll(/refs\/[^\s'"`,;]+/g)].map(([name]) => name.replace(/[.:)\]!]+$/, ''))
    const refs = names.filter((name) => /^refs\/(heads|tags|notes|pull|merge-requests)\//.test(name))
    if (refs.length > 0) isOurs = refs.includes(ref)
    else if (BLOCK_START.test(line)) isOurs = true
    return isOurs
  })
}

const UNIT_BYTES: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  kb: 1000,
  kib: 1024,
  mb: 1_000_000,
  mib: 1024 ** 2,
  gb: 1_000_000_000,
  gib: 1024 ** 3,
  tb: 1_000_000_000_000,
  tib: 1024 ** 4,
}

/** The limit that a server tells in words that `says` matches, in refs or bytes; undefined where it tells none. */
export function readLimit(says: RegExp, lines: readonly string[]): number | undefined {
  for (const line of lines) {
    const groups = Object.entries(says.exec(line)?.groups ?? {})
    const [, count] = groups.find(([name, text]) => name.startsWith('limit') && text !== undefined) ?? []
    const [, unit] = groups.find(([name, text]) => name.startsWith('unit') && text !== undefined) ?? []
    const limit = Number(count ?? Number.NaN) * (UNIT_BYTES[unit?.toLowerCase() ?? 'b'] ?? Number.NaN)
    if (Number.isFinite(limit) && limit > 0) return Math.floor(limit)
  }
  return undefined
}
