import type { ObjectId } from './object-id.ts'

/**
 * How servers say that they do not have an object, or do not give it because it is no tip: git and what is built on
 * it, JGit and Gerrit, dulwich, Azure Repos, go-git. Each sentence has the id where `ID` stands, or no id at all.
 */
const SENTENCES: readonly string[] = [
  String.raw`\bnot our ref(?: ID)?`,
  String.raw`\bwant(?: ID)? not valid\b`,
  String.raw`\bMissing (?:unknown|commit|tree|blob|tag)(?: ID\b|$)`,
  String.raw`\bwants invalid object(?: b?'?ID)?`,
  String.raw`\bTF401035: The object(?: '?ID'?)? does not exist`,
  String.raw`(?:^|: )object not found(?:: ID)?$`,
]

const ID = '([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])'

const PATTERNS = SENTENCES.map((sentence) => new RegExp(sentence.replace('ID', ID), 'i'))

/** What git's own programs add when the other side has gone: it tells nothing. */
const HANG_UP = /^(?:fatal: )?the remote end hung up\b/i

/** Characters of a line that are looked at: the sentences are short. */
const LINE_LOOKED_AT_LENGTH = 1000

/**
 * Whether a server's last words, given when it was asked for `id`, mean that it does not have that object or does not
 * give it (gitprotocol-v2 "fetch", gitprotocol-pack "Packfile Negotiation": a want has to be known there). Servers do
 * not tell these two apart.
 *
 * Words that name another id mean that one. No words at all may mean it, too: some servers hang up without a word.
 * Where the connection may have been cut for another reason, ask once more before you believe the silence.
 *
 * @param words raw; undefined or empty: the connection ended without a word
 */
export function meansUnknownObject(words: string | undefined, id: ObjectId): boolean {
  const lines = linesOf(words)
  if (lines.length === 0) return true
  const named = lines.flatMap(readLine)
  return named.includes(id) || (named.length > 0 && named.every((name) => name === undefined))
}

/** The first object that a server names as one that it does not have or does not give; undefined: it names none. */
export function findUnknownObject(words: string): ObjectId | undefined {
  return linesOf(words)
    .flatMap(readLine)
    .find((id) => id !== undefined)
}

function linesOf(words = ''): readonly string[] {
  return words
    .split(/[\r\n]/)
    .map((line) => line.slice(0, LINE_LOOKED_AT_LENGTH).trim())
    .filter((line) => line !== '' && !HANG_UP.test(line))
}

/** The id that the line calls unknown, undefined where it names none; nothing when it says something else. */
function readLine(line: string): readonly (ObjectId | undefined)[] {
  for (const pattern of PATTERNS) {
    const match = pattern.exec(line)
    if (match !== null) return [match[1]?.toLowerCase()]
  }
  return []
}
