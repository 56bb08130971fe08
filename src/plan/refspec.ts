import { MirrorError } from '../base/errors.ts'
import { whyInvalidRefName } from '../protocol/ref-name.ts'
import { printableLine } from '../base/printable.ts'
import { parseNamePattern } from './name-pattern.ts'

/** One line of `refs` (git-fetch, "CONFIGURED REMOTE-TRACKING BRANCHES"; git-push, "<refspec>"). */
export interface Refspec {
  /** Full name at the source, or a pattern with one `*`. */
  readonly source: string
  /** Full name at the destination; a pattern exactly where `source` is one. */
  readonly destination: string
  readonly pattern: boolean
  /** A leading `+`: these refs move in every way, whatever `force` says. */
  readonly force: boolean
  /** As it was written. */
  readonly text: string
}

export interface RefspecSet {
  readonly include: readonly Refspec[]
  /** Names and patterns of source refs that stay out of scope, `reserved` among them. */
  readonly exclude: readonly string[]
  /** The lines as they were written. */
  readonly texts: readonly string[]
  /** Namespaces that a wide pattern reaches and that hosts keep for themselves, as patterns. */
  readonly reserved?: readonly string[] | undefined
}

const SHORTHANDS: Readonly<Record<string, string>> = { branches: 'refs/heads/*', tags: 'refs/tags/*' }

/**
 * Namespaces that hosts fill by themselves, hide or refuse, and what git keeps for one clone (G23). A pattern that is wider
 * than one of them, such as `refs/*`, leaves it out; a refspec that names it takes it in.
 */
const RESERVED: readonly string[] = [
  'refs/bisect/*',
  'refs/cache-automerge/*',
  'refs/changes/*',
  'refs/deleted/*',
  'refs/draft-comments/*',
  'refs/environments/*',
  'refs/for/*',
  'refs/for-review/*',
  'refs/github-services/*',
  'refs/groups/*',
  'refs/keep-around/*',
  'refs/merge-requests/*',
  'refs/meta/*',
  'refs/original/*',
  'refs/pipelines/*',
  'refs/prefetch/*',
  'refs/pull-requests/*',
  'refs/pull/*',
  'refs/remotes/*',
  'refs/replace/*',
  'refs/rewritten/*',
  'refs/sequences/*',
  'refs/starred-changes/*',
  'refs/stash',
  'refs/users/*',
  'refs/worktree/*',
]

/**
 * Reads refspecs, one a line: `[+]SOURCE[:DESTINATION]`, with full names and at most one `*` on each side, and
 * `^NAME` or `!NAME` for what stays out of scope, wherever it stands in the list. `branches` and `tags` stand
 * for `refs/heads/*` and `refs/tags/*`.
 * @throws MirrorError `usage`: names the input and quotes the line.
 */
export function parseRefspecs(lines: readonly string[], inputName: string): RefspecSet {
  const include: Refspec[] = []
  const exclude: string[] = []
  const texts: string[] = []
  for (const line of lines) {
    const text = line.trim()
    if (text === '') continue
    const fail: Fail = (problem, hint) => {
      throw new MirrorError(`${inputName}: "${printableLine(text, 200)}" ${problem}`, { code: 'usage', hint })
    }
    texts.push(text)
    if (/^[\^!]/.test(text)) exclude.push(parseExclusion(text, fail))
    else include.push(parseInclusion(text, fail))
  }
  if (include.length === 0) {
    throw new MirrorError(
      `${inputName}: ${exclude.length === 0 ? 'is empty' : 'says what to leave out, and not what to mirror'}`,
      { code: 'usage', hint: 'Name refs to mirror, one pattern a line: refs/heads/*' },
    )
  }
  const reserved = RESERVED.filter((pattern) => isReachedByChance(include, pattern))
  return { include, exclude: [...exclude, ...reserved], texts, reserved }
}

/** Whether a ref that is no branch may become one: a branch names a commit, and an annotated tag is none. */
export function mayMakeBranches(set: RefspecSet): boolean {
  return set.include.some(
    ({ source, destination }) =>
      reaches(destination, 'refs/heads/') && !parseNamePattern(source).head.startsWith('refs/heads/'),
  )
}

function reaches(pattern: string, namespace: string): boolean {
  const { head, tail } = parseNamePattern(pattern)
  return head.startsWith(namespace) || (tail !== undefined && namespace.startsWith(head))
}

/** Prefixes that cover all source names in scope, for `ref-prefix` (gitprotocol-v2, "ls-refs"). */
export function sourcePrefixes(set: RefspecSet): readonly string[] {
  return shortenPrefixes(set.include.map((spec) => parseNamePattern(spec.source).head))
}

/** Prefixes that cover all destination names in scope. */
export function destinationPrefixes(set: RefspecSet): readonly string[] {
  return shortenPrefixes(set.include.map((spec) => parseNamePattern(spec.destination).head))
}

/** git ignores the prefixes of a request that holds more than 65,536; each costs a comparison for every ref. */
const LISTING_PREFIXES = 500

function shortenPrefixes(prefixes: readonly string[]): readonly string[] {
  const kept: string[] = []
  for (const prefix of [...new Set(prefixes)].toSorted()) {
    const last = kept.at(-1)
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix)
  }
  return kept.length > LISTING_PREFIXES ? ['refs/'] : kept
}

type Fail = (problem: string, hint: string) => never

function parseExclusion(text: string, fail: Fail): string {
  const name = expandShorthand(text.slice(1).trim())
  if (name.includes(':')) {
    return fail(
      'has two sides; what is left out has one',
      'Write the name at the source alone: ^refs/heads/wip/*',
    )
  }
  checkName(name, fail)
  return name
}

function parseInclusion(text: string, fail: Fail): Refspec {
  const force = text.startsWith('+')
  const sides = (force ? text.slice(1) : text).split(':').map((side) => expandShorthand(side.trim()))
  const [source = '', destination = source] = sides
  if (sides.length > 2) {
    return fail('has more than two sides', 'Write SOURCE:DESTINATION, both as full names.')
  }
  if (source === '' || destination === '') {
    return fail(
      'has an empty side; Git would delete or guess',
      'Write both sides as full names. With prune: true, refs go away when the source no longer has them.',
    )
  }
  for (const side of [source, destination]) checkName(side, fail)
  const pattern = source.includes('*')
  if (pattern !== destination.includes('*')) {
    return fail(
      'has a * on one side only',
      'Give both sides one *, or none: refs/heads/*:refs/heads/mirror/*',
    )
  }
  return { source, destination, pattern, force, text }
}

function expandShorthand(text: string): string {
  return Object.hasOwn(SHORTHANDS, text) ? SHORTHANDS[text]! : text
}

function checkName(name: string, fail: Fail): void {
  if (name === 'HEAD' || name === '@') {
    return fail(
      'names HEAD, which is no branch and is never mirrored',
      'Write the branch that HEAD stands for, such as refs/heads/main.',
    )
  }
  if (!name.startsWith('refs/')) {
    return fail('is not a full ref name', `Write names from refs/ on, such as ${suggestName(name)}.`)
  }
  if (name.split('*').length > 2)
    return fail('has more than one * on a side', 'One * matches across slashes, too.')
  const why = whyInvalidRefName(name.replace('*', 'x'))
  if (why !== undefined)
    return fail(`is not a ref name: ${why}`, 'See git help check-ref-format for the rules.')
}

function suggestName(name: string): string {
  const full = /^(heads|tags|notes|remotes)\//.test(name) ? `refs/${name}` : `refs/heads/${name || 'main'}`
  return printableLine(full, 200)
}

function isReachedByChance(include: readonly Refspec[], reserved: string): boolean {
  const name = reserved.replace('/*', '')
  const heads = include.map((spec) => ({ spec, head: parseNamePattern(spec.source).head }))
  const isWide = heads.some(({ spec, head }) => spec.pattern && name !== head && name.startsWith(head))
  return isWide && !heads.some(({ head }) => head.startsWith(name))
}
