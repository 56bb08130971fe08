import { MirrorError } from '../../base/errors.ts'

/** Where the body of an answer ends (RFC 9112, 6.3). */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }

export interface AnswerHead {
  readonly status: number
  /** By name in lower case; what came more than once is joined by `, `. */
  readonly headers: ReadonlyMap<string, string>
  readonly framing: Framing
  /** Another request may follow on the same connection. */
  readonly keepsAlive: boolean
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d{2})(?: |$)/
const HEADER_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\0\r\n]*?)[ \t]*$/

/**
 * Reads the head of the answer to a GET: everything before the empty line, in Latin-1.
 * @throws MirrorError `protocol`; what a lenient reader would guess at is refused.
 */
export function parseAnswerHead(text: string): AnswerHead {
  const [first = '', ...lines] = text.split('\r\n')
  const [, minor, digits] = STATUS_LINE.exec(first) ?? []
  if (digits === undefined) throw malformed('its answer has no status line')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = HEADER_LINE.exec(line) ?? []
    if (name === undefined || value === undefined) throw malformed('a header is malformed')
    const key = name.toLowerCase()
    const before = headers.get(key)
    headers.set(key, before === undefined ? value : `${before}, ${value}`)
  }
  const status = Number(digits)
  const framing = framingOf(status, headers)
  const connection = (headers.get('connection') ?? '').toLowerCase()
  const isPersistent = minor === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection)
  // One that says its length in two ways may have been tampered with (RFC 9112, 6.1).
  const isClear = !(headers.has('transfer-encoding') && headers.has('content-length'))
  return { status, headers, framing, keepsAlive: isPersistent && isClear && framing.kind !== 'until-close' }
}

function framingOf(status: number, headers: ReadonlyMap<string, string>): Framing {
  if (status < 200 || status === 204 || status === 304) return { kind: 'length', bytes: 0 }
  const encoding = headers.get('transfer-encoding')
  if (encoding !== undefined) {
    if (encoding.toLowerCase() !== 'chunked') throw malformed('its transfer encoding is not known here')
    return { kind: 'chunked' }
  }
  const length = headers.get('content-length')
  if (length === undefined) return { kind: 'until-close' }
  const [said = '', ...others] = length.split(',').map((part) => part.trim())
  const bytes = Number(said)
  const isSafe = /^\d+$/.test(said) && Number.isSafeInteger(bytes)
  if (!isSafe || others.some((other) => other !== said)) throw malformed('its content length is no number')
  return { kind: 'length', bytes }
}

/** @returns an error without the server's name; whoever knows it adds it. */
export function malformed(why: string): MirrorError {
  return new MirrorError(why, { code: 'protocol' })
}
