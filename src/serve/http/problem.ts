import { printableLine } from '../../base/printable.ts'
import { plainJson } from './plain-json.ts'

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Refused',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unknown content type',
  429: 'Too many failures',
  500: 'A defect',
  503: 'Not ready',
}

const LONGEST_DETAIL_LENGTH = 500

/** An error as RFC 9457 has it. `detail` is ours; what it quotes is made printable. */
export function problem(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const title = TITLES[status] ?? 'Error'
  const body = JSON.stringify({
    type: 'about:blank',
    title,
    status,
    detail: printableLine(detail, LONGEST_DETAIL_LENGTH),
  })
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } })
}

export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${plainJson(value)}\n`, {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}
