import { createHmac, randomBytes } from 'node:crypto'
import type { ApiRequest, Route } from './context.ts'
import { problem } from './problem.ts'
import { isOneOf, readBasic } from './secret-compare.ts'

const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i
const CHALLENGE = 'Basic realm="kalandra", charset="UTF-8"'
const COOKIE = 'kalandra'
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

/** Binds a form to the cookie of the browser that asked for it; another process has another key. */
const formKey = randomBytes(32)

/** `Authorization: Bearer`, or for the page a login with the token as password. */
export function isSignedIn(
  header: string | undefined,
  tokens: readonly string[],
  isLoopback: boolean,
): boolean {
  // Without a token it listens to this machine alone.
  if (tokens.length === 0) return isLoopback
  const given = BEARER.exec(header ?? '')?.[1] ?? readBasic(header)?.password
  return given !== undefined && isOneOf(given, tokens)
}

/** Why this request may not ask for this; undefined: it may. */
export function refuse(route: Route, request: ApiRequest): Response | undefined {
  return refuseHost(request) ?? refuseStranger(route, request) ?? refuseForeignPage(route, request)
}

/** A name that leads here without being ours: a page elsewhere that had its own name point to this machine. */
function refuseHost({ http, isLoopback, settings }: ApiRequest): Response | undefined {
  const { tokens, isPagePublic, hostsAllowed } = settings()
  if (!isLoopback || (tokens.length > 0 && !isPagePublic)) return undefined
  const host = (http.req.header('host') ?? '').toLowerCase().replace(/:\d{1,5}$/, '')
  if ([...LOOPBACK_NAMES, ...hostsAllowed].includes(host)) return undefined
  return problem(403, 'this server does not go by that name: see server.hosts-allowed')
}

function refuseStranger(route: Route, request: ApiRequest): Response | undefined {
  const { settings } = request
  const { isPagePublic, areMetricsPublic } = settings()
  const isOpen =
    route.access === 'anyone' ||
    route.access === 'signature' ||
    (route.access === 'page' && isPagePublic) ||
    (route.access === 'metrics' && areMetricsPublic)
  if (isOpen || request.isSignedIn) return undefined
  return refuseLogin(request, route.access === 'page' || route.access === 'form')
}

/** 401, and 429 where an address does not stop. */
export function refuseLogin({ failures, address, http, log }: ApiRequest, isForBrowser: boolean): Response {
  const isGiven = http.req.header('authorization') !== undefined
  const isTooMuch = isGiven && failures.add(address)
  if (isTooMuch) return problem(429, 'too many wrong tokens', { 'retry-after': '60' })
  if (isGiven) log.warn('a wrong token', { address })
  return problem(401, 'the token is missing or wrong', {
    'www-authenticate': isForBrowser ? CHALLENGE : 'Bearer realm="kalandra"',
  })
}

/** A browser sends its login along with what other pages make it ask. */
function refuseForeignPage(route: Route, { http }: ApiRequest): Response | undefined {
  if (route.method === 'GET' || route.access === 'signature') return undefined
  const site = http.req.header('sec-fetch-site')
  const origin = http.req.header('origin')
  // Where a page sends no referrer, its own forms have the origin `null`: the other header knows better.
  const isForeign =
    site === undefined
      ? origin !== undefined && URL.parse(origin)?.host !== http.req.header('host')
      : site !== 'same-origin' && site !== 'none'
  const isBearer = BEARER.test(http.req.header('authorization') ?? '')
  return isForeign && !isBearer ? problem(403, 'another site asked for it') : undefined
}

/** The cookie of this browser, and the token for its forms; `isNew`: the cookie is to be set. */
export function readSession(cookies: string | undefined): {
  readonly cookie: string
  readonly formToken: string
  readonly isNew: boolean
} {
  const given = new RegExp(`(?:^|; ?)${COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(cookies ?? '')?.[1]
  const value = given ?? randomBytes(32).toString('base64url')
  return {
    cookie: `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict`,
    formToken: createHmac('sha256', formKey).update(value).digest('base64url'),
    isNew: given === undefined,
  }
}

/** Whether a form came from a page that this browser got. */
export function isOwnForm(cookies: string | undefined, given: string | undefined): boolean {
  const session = readSession(cookies)
  return !session.isNew && given !== undefined && isOneOf(given, [session.formToken])
}
