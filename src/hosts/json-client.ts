import { parseStrangersJson } from '../base/json.ts'
import { toBytes, toText } from '../base/bytes.ts'
import { MirrorError, type MirrorErrorDetails, toMirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import { VERSION } from '../base/version.ts'
import { formatSeconds } from '../report/wording.ts'
import { HttpClient } from '../transport/http-client/http-client.ts'
import type { HttpAnswer } from '../transport/http-client/messages.ts'
import { readRateLimit, waitBefore } from './rate-limit.ts'

export interface JsonClientOptions {
  /** Base address of the API. The headers go to its origin and nowhere else. */
  readonly base: URL
  /** Login and what else the API wants with each request. */
  readonly headers: Readonly<Record<string, string>>
  /** Proxies and certificates are named there. */
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Milliseconds to wait for a server that asks for it; a longer wait is an error that names the time. */
  readonly mostWait?: number | undefined
  /** Milliseconds of one request. */
  readonly timeLimit?: number | undefined
  /** What to do about a token that is refused. */
  readonly tokenHint?: string | undefined
  /** A line for each answer: method, address without its query, status. */
  readonly onRequest?: ((text: string) => void) | undefined
  /** A line for the log. */
  readonly onNotice?: ((text: string) => void) | undefined
}

export type JsonMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface JsonAnswer {
  readonly value: unknown
  /** Address of the page behind it, by the `Link` header (RFC 8288); on the same origin. */
  readonly next: URL | undefined
  header(name: string): string | undefined
}

/** Asks one API over the product's own HTTP client: with its proxies, certificates and limits. */
export interface JsonClient {
  /**
   * @param path below the base, or an absolute address on its origin
   * @throws MirrorError `auth`, `not-found`, `http`, `protocol`, `limit`, and those of the connection
   */
  get(path: string | URL): Promise<JsonAnswer>
  /**
   * As `get`, with a body that changes something. It is sent again after a failure that passes: the server may have done
   * it by then.
   */
  send(method: JsonMethod, path: string | URL, body?: unknown): Promise<JsonAnswer>
  /** As `get`, for what is no JSON. */
  getText(path: string | URL): Promise<string>
  /** The same, as it came. */
  getBytes(path: string | URL): Promise<Uint8Array>
  /**
   * Page after page, until `next` of one gives nothing.
   * @throws MirrorError as `get`; `protocol` for a page that was there before; `limit` past 1,000 pages
   */
  pages(path: string, next?: (answer: JsonAnswer) => string | URL | undefined): AsyncGenerator<JsonAnswer>
  /** Never throws. */
  dispose(): Promise<void>
}

const CONNECT_LIMIT_MS = 30_000
const TIME_LIMIT_MS = 60_000
const MOST_ANSWER_BYTES = 32 * 1024 * 1024
const MOST_PAGE_BYTES = 64 * 1024
const MOST_PAGES = 1000
const MOST_REDIRECTS = 5

export function createJsonClient(options: JsonClientOptions): JsonClient {
  const client = new HttpClient({ env: options.env, limit: CONNECT_LIMIT_MS })
  const base = new URL(options.base)
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  const resolve = (path: string | URL): URL => checkOrigin(new URL(path, base), base)

  async function ask(path: string | URL, method: JsonMethod = 'GET', body?: unknown): Promise<Asked> {
    const question = { method, url: resolve(path), body }
    for (let tries = 0; ; tries++) {
      try {
        return await askOnce(client, options, question)
      } catch (thrown) {
        const reason: unknown = options.signal.aborted ? options.signal.reason : thrown
        await waitBefore(toMirrorError(reason, { code: 'cut' }), tries, options)
      }
    }
  }

  async function send(method: JsonMethod, path: string | URL, body?: unknown): Promise<JsonAnswer> {
    const { bytes, url, answer } = await ask(path, method, body)
    const text = toText(bytes)
    return {
      value: text === '' && method !== 'GET' ? undefined : parseJson(text, url),
      next: readNext(answer, url, base),
      header: (name) => answer.header(name),
    }
  }

  const get = async (path: string | URL): Promise<JsonAnswer> => await send('GET', path)

  return {
    get,
    send,
    getText: async (path) => toText((await ask(path)).bytes),
    getBytes: async (path) => (await ask(path)).bytes,
    async *pages(path, next = (answer) => answer.next) {
      const seen = new Set<string>()
      for (let url: URL | undefined = resolve(path); url !== undefined;) {
        if (seen.has(url.href)) {
          throw new MirrorError(`the pages of ${printPlace(url)} go round in a circle`, { code: 'protocol' })
        }
        if (seen.size === MOST_PAGES) {
          throw new MirrorError(`${printPlace(url)} has more than ${MOST_PAGES} pages`, { code: 'limit' })
        }
        seen.add(url.href)
        const answer = await get(url)
        yield answer
        const following: string | URL | undefined = next(answer)
        url = following === undefined ? undefined : resolve(following)
      }
    },
    dispose: () => client.dispose(),
  }
}

interface Asked {
  readonly bytes: Uint8Array
  readonly url: URL
  readonly answer: HttpAnswer
}

interface Question {
  readonly method: JsonMethod
  readonly url: URL
  readonly body: unknown
}

const DONE = new Set([200, 201, 202, 204])

async function askOnce(client: HttpClient, options: JsonClientOptions, question: Question): Promise<Asked> {
  const { method, body, url: first } = question
  const late = AbortSignal.timeout(options.timeLimit ?? TIME_LIMIT_MS)
  const signal = AbortSignal.any([options.signal, late])
  try {
    let url = first
    for (let redirects = 0; ; redirects++) {
      const answer = await client.request({
        method,
        url,
        headers: {
          'user-agent': `kalandra/${VERSION}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        body: body === undefined ? undefined : toBytes(JSON.stringify(body)),
        repeatable: method !== 'POST',
        signal,
      })
      options.onRequest?.(`${method} ${printPlace(url)}: HTTP ${answer.status}`)
      const target = redirectOf(answer, url)
      if (target === undefined || redirects === MOST_REDIRECTS) {
        const isDone = DONE.has(answer.status)
        const bytes = await answer.bytes.readAll(isDone ? MOST_ANSWER_BYTES : MOST_PAGE_BYTES)
        if (!isDone) throw refusal(answer, url, toText(bytes), options.tokenHint)
        return { bytes, url, answer }
      }
      await answer.bytes.cancel()
      url = checkOrigin(target, first)
    }
  } catch (thrown) {
    if (!late.aborted || options.signal.aborted) throw thrown
    throw new MirrorError(`${printPlace(first)} did not answer in time`, { code: 'timeout', retryable: true })
  }
}

function redirectOf(answer: HttpAnswer, from: URL): URL | undefined {
  const location = answer.header('location')
  const isRedirect = [301, 302, 307, 308].includes(answer.status) && location !== undefined
  return isRedirect ? (URL.parse(location, from.href) ?? undefined) : undefined
}

/** @throws MirrorError where an answer leads to another server: neither login nor questions go there. */
function checkOrigin(url: URL, base: URL): URL {
  if (url.origin === base.origin) return url
  throw new MirrorError(`${printPlace(base)} leads to another server, ${printableLine(url.origin, 200)}`, {
    code: 'protocol',
    hint: 'Nothing is asked there. Give the address of the API itself, under `api` of this host.',
  })
}

function refusal(
  answer: HttpAnswer,
  url: URL,
  page: string,
  tokenHint = 'Give the host a token that may read its repositories, under `hosts`.',
): MirrorError {
  const { status } = answer
  const place = printPlace(url)
  const limit = readRateLimit(answer, Date.now())
  const details: Partial<MirrorErrorDetails> = { status, serverText: page === '' ? undefined : page }
  if (limit !== undefined) {
    const text = `${place} asks to wait ${formatSeconds(limit / 1000)} before the next request (HTTP ${status})`
    return new MirrorError(text, { ...details, code: 'http', retryable: true, retryAfter: limit })
  }
  // Azure DevOps shows its login page with 203.
  if (status === 401 || status === 403 || status === 203) {
    return new MirrorError(`${place} refused the token (HTTP ${status})`, {
      ...details,
      code: 'auth',
      hint: tokenHint,
    })
  }
  if (status === 404) {
    return new MirrorError(`there is nothing at ${place}, or nothing that this token may see`, {
      ...details,
      code: 'not-found',
    })
  }
  return new MirrorError(`${place} refused the request (HTTP ${status})`, {
    ...details,
    code: 'http',
    retryable: status === 408 || status === 429 || (status >= 500 && status !== 501),
  })
}

function readNext(answer: HttpAnswer, url: URL, base: URL): URL | undefined {
  const link = /<([^<>]*)>\s*(?:;[^,;]*)*;\s*rel="?next"?(?=[\s;,]|$)/i.exec(answer.header('link') ?? '')
  const next = link?.[1] === undefined ? undefined : URL.parse(link[1], url.href)
  return next ? checkOrigin(next, base) : undefined
}

function parseJson(text: string, url: URL): unknown {
  try {
    return parseStrangersJson(text)
  } catch {
    throw new MirrorError(`${printPlace(url)} did not answer in JSON`, {
      code: 'protocol',
      hint: 'Check the address of the API, under `api` of this host.',
    })
  }
}

/** A query may hold a token. */
function printPlace(url: URL): string {
  return printableLine(`${url.origin}${url.pathname}`, 300)
}
