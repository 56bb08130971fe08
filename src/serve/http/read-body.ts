import type { Context } from 'hono'
import { problem } from './problem.ts'

export interface SyncBody {
  readonly only: readonly string[]
  readonly dryRun: boolean
}

const MOST_WORDS = 1000
const LONGEST_WORD_LENGTH = 500

/** What `POST /sync` may say; an answer where it says something else. */
export async function readSyncBody(
  http: Context,
  keys: readonly (keyof SyncBody)[],
): Promise<SyncBody | Response> {
  const text = await http.req.text()
  if (text.trim() === '') return { only: [], dryRun: false }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return problem(400, 'the body is no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return problem(400, 'the body is no JSON object')
  }
  const stray = Object.keys(value).find((key) => !keys.some((known) => known === key))
  if (stray !== undefined) {
    return problem(400, `the body has an unknown key "${stray.slice(0, 50)}"; known are: ${keys.join(', ')}`)
  }
  const { only = [], dryRun = false } = value as Readonly<Record<string, unknown>>
  if (typeof dryRun !== 'boolean') return problem(400, 'dryRun must be true or false')
  const words: unknown = typeof only === 'string' ? [only] : only
  const isList =
    Array.isArray(words) &&
    words.length <= MOST_WORDS &&
    words.every((word) => typeof word === 'string' && word !== '' && word.length <= LONGEST_WORD_LENGTH)
  if (!isList) return problem(400, `only must be a list of at most ${MOST_WORDS} names, labels or globs`)
  return { only: words as readonly string[], dryRun }
}
