import { parseStrangersJson } from '../../base/json.ts'
import { MirrorError } from '../../base/errors.ts'
import type { LfsObject } from './store.ts'

export type Operation = 'download' | 'upload'

/** Where and how one step is done: an address with the headers that go there and nowhere else. */
export interface Action {
  readonly href: string
  readonly header: Readonly<Record<string, string>>
  /** Milliseconds since 1970; undefined: it does not expire. */
  readonly expires: number | undefined
}

/** What the server says of one object. */
export interface BatchEntry {
  readonly object: LfsObject
  /** The server asks for no other credential than the headers of the actions. */
  readonly authenticated: boolean
  readonly download: Action | undefined
  readonly upload: Action | undefined
  readonly verify: Action | undefined
  readonly error: { readonly code: number; readonly message: string } | undefined
}

export const LFS_MEDIA_TYPE = 'application/vnd.git-lfs+json'
/** Longest text of a server that is kept. */
const MESSAGE_LIMIT_LENGTH = 500
/** No header of a real server is longer, signed tokens included. */
const HEADER_LIMIT_LENGTH = 16_384
const HEADERS_LIMIT = 50
/** Characters of a word of the server that a sentence shows. */
const SHOWN_LENGTH = 40

/** The body of a batch request (git-lfs, "docs/api/batch.md"). `ref`: the full name of a ref at that server. */
export function encodeBatch(request: {
  readonly operation: Operation
  readonly objects: readonly LfsObject[]
  readonly ref: string | undefined
}): string {
  const { operation, objects, ref } = request
  return JSON.stringify({
    operation,
    transfers: ['basic'],
    ...(ref === undefined ? {} : { ref: { name: ref } }),
    objects: objects.map(({ oid, size }) => ({ oid, size })),
    hash_algo: 'sha256',
  })
}

/**
 * Reads a batch answer: one entry for each of `asked`, in their order. What the answer leaves out has an error 404
 * of its own; what nobody asked for is passed over.
 * @param sentAt milliseconds since 1970 at which the request was sent: `expires_in` counts from there
 * @throws MirrorError `protocol` for an answer that is none, or that speaks of another transfer or hash
 */
export function parseBatch(
  body: string,
  options: { readonly asked: readonly LfsObject[]; readonly sentAt: number },
): readonly BatchEntry[] {
  const answer = parseJson(body)
  const transfer = answer['transfer'] ?? 'basic'
  if (transfer !== 'basic') throw unusable(`it answers with the transfer ${shown(transfer)}`)
  const hash = answer['hash_algo'] ?? 'sha256'
  if (hash !== 'sha256') throw unusable(`it answers with the hash ${shown(hash)}`)
  const objects = answer['objects']
  if (!Array.isArray(objects)) throw unusable('its answer names no objects')
  const found = new Map<string, Readonly<Record<string, unknown>>>()
  for (const object of objects) {
    if (!isRecord(object) || typeof object['oid'] !== 'string') continue
    found.set(object['oid'], object)
    if (typeof object['size'] === 'number') found.set(`${object['oid']} ${object['size']}`, object)
  }
  return options.asked.map((object) => {
    const entry = found.get(`${object.oid} ${object.size}`) ?? found.get(object.oid)
    return entry === undefined
      ? { ...NOTHING, object, error: { code: 404, message: 'the server’s answer leaves it out' } }
      : parseEntry(object, entry, options.sentAt)
  })
}

const NOTHING = {
  authenticated: false,
  download: undefined,
  upload: undefined,
  verify: undefined,
  error: undefined,
} as const

function parseEntry(object: LfsObject, entry: Readonly<Record<string, unknown>>, sentAt: number): BatchEntry {
  // Servers of before version 1.0 of the API say `_links`.
  const actions = [entry['actions'], entry['_links']].find(isRecord) ?? {}
  const error = isRecord(entry['error']) ? parseError(entry['error']) : undefined
  const upload = parseAction(actions['upload'], sentAt)
  const { size } = entry
  // What it has is not the object: it was cut, or never came.
  const isOther = typeof size === 'number' && size !== object.size && upload === undefined
  return {
    object,
    authenticated: entry['authenticated'] === true,
    download: isOther ? undefined : parseAction(actions['download'], sentAt),
    upload,
    verify: parseAction(actions['verify'], sentAt),
    error: error ?? (isOther ? { code: 422, message: `the server has it with ${size} bytes` } : undefined),
  }
}

function parseError({ code, message }: Readonly<Record<string, unknown>>): BatchEntry['error'] {
  return {
    code: (typeof code === 'number' || typeof code === 'string' ? Number(code) : 0) || 500,
    message: typeof message === 'string' ? message.slice(0, MESSAGE_LIMIT_LENGTH) : '',
  }
}

/** A value of JSON in a sentence. `String` fails for an object whose `toString` is no function. */
function shown(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SHOWN_LENGTH)
}

function parseAction(value: unknown, sentAt: number): Action | undefined {
  if (!isRecord(value) || typeof value['href'] !== 'string') return undefined
  const header: Record<string, string> = {}
  if (isRecord(value['header'])) {
    for (const [name, text] of Object.entries(value['header']).slice(0, HEADERS_LIMIT)) {
      if (typeof text === 'string' && isHeader(name, text)) header[name.toLowerCase()] = text
    }
  }
  return { href: value['href'], header, expires: expiryOf(value, sentAt) }
}

/**
 * The answer of `git-lfs-authenticate` (git-lfs, "docs/api/authentication.md"), whose `href` may be left out: then it is
 * empty. Undefined for what is none.
 */
export function readAction(text: string, sentAt: number): Action | undefined {
  let value: unknown
  try {
    value = parseStrangersJson(text)
  } catch {
    return undefined
  }
  return isRecord(value) ? parseAction({ ...value, href: value['href'] ?? '' }, sentAt) : undefined
}

/** A name or a value with a line break in it would begin a header of its own. */
function isHeader(name: string, value: string): boolean {
  return (
    /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) &&
    /^[\t\x20-\x7e\x80-\xff]*$/.test(value) &&
    value.length <= HEADER_LIMIT_LENGTH
  )
}

const LONGEST_EXPIRY_SECONDS = 2_147_483_647

/** `expires_in` counts; else `expires_at`, where Go's zero time, and any before 2000, stands for none. */
function expiryOf(value: Readonly<Record<string, unknown>>, sentAt: number): number | undefined {
  const seconds = value['expires_in']
  if (typeof seconds === 'number' && seconds > 0 && seconds <= LONGEST_EXPIRY_SECONDS) {
    return sentAt + seconds * 1000
  }
  const at = typeof value['expires_at'] === 'string' ? Date.parse(value['expires_at']) : Number.NaN
  return at > 946_684_800_000 ? at : undefined
}

/** The `message` of an error's body (git-lfs, "docs/api/batch.md"); undefined where it has none. */
export function messageOf(body: string): string | undefined {
  try {
    const value: unknown = parseStrangersJson(body)
    const message = isRecord(value) ? value['message'] : undefined
    return typeof message === 'string' && message !== '' ? message.slice(0, MESSAGE_LIMIT_LENGTH) : undefined
  } catch {
    return undefined
  }
}

function parseJson(body: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = parseStrangersJson(body)
  } catch {
    throw unusable('its answer is no JSON')
  }
  if (!isRecord(value)) throw unusable('its answer is no JSON object')
  return value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unusable(why: string): MirrorError {
  return new MirrorError(`the LFS server cannot be used: ${why}`, {
    code: 'protocol',
    hint: 'Is that address an LFS server? `git lfs env` in a clone shows which one a client uses.',
  })
}
