/** What stands in a repository in place of a large file (git-lfs, "docs/spec.md"). */
export interface Pointer {
  /** SHA-256 of what the LFS server stores, 64 lower-case hex digits. */
  readonly oid: string
  /** Bytes of it; above zero, since an empty file has no pointer. A larger number than 2^53 - 1 is nobody's size. */
  readonly size: number
}

/** A pointer is shorter than this, extension lines included: Git's client reads no longer blob as one. */
export const POINTER_LIMIT_BYTES = 1024

/** What a pointer's first line may name. */
export const POINTER_VERSIONS = [
  'https://git-lfs.github.com/spec/v1',
  'https://hawser.github.com/spec/v1',
  'http://git-media.io/v/2',
] as const
const VERSIONS: ReadonlySet<string> = new Set(POINTER_VERSIONS)
/** Keeps a byte order mark, which no pointer may have. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const KEYS = ['version', 'oid', 'size'] as const
const MENTION = /git-media|hawser|git-lfs/
const EXTENSION = /^ext-(\d)-\w+/
const OID = /^sha256:([0-9a-f]{64})$/
const SIZE = /^\+?\d+$/
/** What Go's `TrimSpace` takes away. JavaScript's `trim` would take a byte order mark, too. */
const EDGES =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g

/**
 * The pointer that a blob is, as tolerant and as strict as Git's own client; undefined for any other blob, and for
 * the pointer of an empty file, of which nothing has to be copied.
 */
export function parsePointer(blob: Uint8Array): Pointer | undefined {
  if (blob.length >= POINTER_LIMIT_BYTES) return undefined
  const text = decoder.decode(blob)
  if (!MENTION.test(text)) return undefined
  const values = readKeys(text.replace(EDGES, ''))
  if (values === undefined || !VERSIONS.has(values.version)) return undefined
  const oid = OID.exec(values.oid)?.[1]
  if (oid === undefined || !SIZE.test(values.size)) return undefined
  const size = Number(values.size)
  return size > 0 && Number.isSafeInteger(size) ? { oid, size } : undefined
}

type Values = Record<(typeof KEYS)[number], string>

/** `version`, `oid` and `size` in this order; extensions stand anywhere before `size`, each priority once. */
function readKeys(text: string): Values | undefined {
  const values: Values = { version: '', oid: '', size: '' }
  const priorities = new Set<string>()
  let found = 0
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line === '') continue
    const space = line.indexOf(' ')
    const expected = KEYS[found]
    if (space < 0 || expected === undefined) return undefined
    const key = line.slice(0, space)
    const value = line.slice(space + 1)
    if (key === expected) {
      values[expected] = value
      found++
      continue
    }
    const priority = EXTENSION.exec(key)?.[1]
    if (priority === undefined || priorities.has(priority) || !OID.test(value)) return undefined
    priorities.add(priority)
  }
  return found === KEYS.length ? values : undefined
}
