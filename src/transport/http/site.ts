import { MirrorError } from '../../base/errors.ts'
import { mayCarryLogin } from '../address/credentials.ts'
import type { HttpAnswer } from '../http-client/messages.ts'
import { HttpClient } from '../http-client/http-client.ts'
import { type Asked, isLoginAddress, loginPageError, refusalError, wrongTypeError } from './refusals.ts'
import { MOST_QUOTED_LENGTH } from './error-page.ts'
import { printableLine } from '../../base/printable.ts'
import type { Service } from '../connection/connection.ts'

/** One configured repository and how to speak with its server. */
export interface HttpSite {
  readonly client: HttpClient
  /** The configured address, without user information. */
  readonly home: URL
  /** `Authorization` value; goes where `mayCarryLogin` allows. */
  readonly authorization: string | undefined
  readonly userAgent: string
  readonly env: NodeJS.ProcessEnv
  readonly freshToken: boolean
  readonly onNotice: (text: string) => void
}

/** What all requests of one connection have in common. */
export interface HttpCall {
  readonly service: Service
  readonly version: 2 | undefined
  readonly signal: AbortSignal
  readonly onActivity: ((bytes: number) => void) | undefined
}

/** The headers of every request; no Accept-Encoding (F10), Git-Protocol to upload-pack alone (E2, F3). */
export function commonHeaders(site: HttpSite, call: HttpCall, url: URL): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': site.userAgent }
  if (call.service === 'git-upload-pack' && call.version === 2) headers['git-protocol'] = 'version=2'
  if (site.authorization !== undefined && mayCarryLogin(site.home, url)) {
    if (url.protocol === 'https:') refuseUnverified(site.env)
    headers['authorization'] = site.authorization
  }
  return headers
}

/** @throws MirrorError `usage` where Node was told to take any certificate, so that anybody could ask for the login. */
export function refuseUnverified(env: NodeJS.ProcessEnv): void {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  throw new MirrorError(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates, and a login would be sent',
    {
      code: 'usage',
      hint: "Unset it. For a server with a certificate of its own, set NODE_EXTRA_CA_CERTS or SSL_CERT_FILE to a file with its authority's certificate.",
    },
  )
}

/** The address fit to print: without user information, and without a query, which may hold a token. */
export function printAddress(url: URL): string {
  return `${url.origin}${url.pathname}`
}

/**
 * Passes an answer of 200 with the type of `suffix`; ends every other one.
 * @throws MirrorError that explains the answer.
 */
export async function acceptAnswer(
  answer: HttpAnswer,
  where: { readonly site: HttpSite; readonly call: HttpCall; readonly url: URL },
  suffix: 'advertisement' | 'result',
): Promise<HttpAnswer> {
  const asked = describeRequest(where.site, where.call, where.url)
  const { status } = answer
  const location = redirectTarget(answer, where.url)
  if (status === 203 || (location && isLoginAddress(location))) {
    await answer.bytes.cancel()
    throw loginPageError(asked, status)
  }
  if (status !== 200) throw await refusalError(answer, asked)
  const type = answer.header('content-type')?.split(';')[0]!.trim().toLowerCase()
  if (type !== `application/x-${where.call.service}-${suffix}`) throw await wrongTypeError(answer, asked)
  const coding = answer.header('content-encoding')?.trim().toLowerCase()
  if (coding && coding !== 'identity') {
    await answer.bytes.cancel()
    throw new MirrorError(
      `${asked.label} answers in ${printableLine(coding, MOST_QUOTED_LENGTH)}, which nobody asked for`,
      {
        code: 'protocol',
        hint: 'A web server or proxy in front of it compresses its answers: turn that off for this address.',
      },
    )
  }
  return answer
}

/** Where a 3xx answer points; undefined for any other answer. */
export function redirectTarget(answer: HttpAnswer, from: URL): URL | undefined {
  if (answer.status < 300 || answer.status > 399) return undefined
  const location = answer.header('location')
  if (location === undefined) return undefined
  const target = URL.parse(location, from.href)
  if (!target) return undefined
  target.username = ''
  target.password = ''
  target.hash = ''
  return target
}

function describeRequest(site: HttpSite, call: HttpCall, url: URL): Asked {
  const carried = mayCarryLogin(site.home, url)
  return {
    label: printAddress(url).replace(/\/(info\/refs|git-(upload|receive)-pack)$/, ''),
    service: call.service,
    loggedIn: site.authorization !== undefined && carried,
    strayed: !carried,
    freshToken: site.freshToken,
  }
}
