import { MirrorError } from '../errors.ts'
import type { HttpRequest } from './http-client.ts'
import type { Route } from './http-route.ts'

/** The head of a request, latin1, with its last empty line (RFC 9112). @throws MirrorError `usage`. */
export function encodeHead(request: HttpRequest, { proxy, tunnel }: Route): string {
  const { method, url, body } = request
  const path = url.pathname + url.search
  const whole = proxy !== undefined && tunnel === undefined
  const headers = {
    host: url.host,
    connection: 'keep-alive',
    ...request.headers,
    ...(whole && proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }),
    ...(body && frameBody(request)),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${checkValue(name, value)}\r\n`)
  // Plain http goes to a proxy as a request for the whole address.
  return `${method} ${whole ? url.origin + path : path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** Bytes of a body that streams; undefined when it goes chunked. */
export function announcedLength({ headers }: HttpRequest): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

function frameBody(request: HttpRequest): Record<string, string> {
  if (request.body instanceof Uint8Array) return { 'content-length': String(request.body.length) }
  return announcedLength(request) === undefined ? { 'transfer-encoding': 'chunked' } : {}
}

function checkValue(name: string, value: string): string {
  if (/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) return value
  throw new MirrorError(`the header ${name} would hold a character that no header may hold`, {
    code: 'usage',
  })
}
