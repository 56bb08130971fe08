import type { ByteReader } from '../../base/bytes.ts'
import { MirrorError, type Side, toMirrorError } from '../../base/errors.ts'
import { IdleWatch } from '../../transport/connection/idle-watch.ts'
import type { TurnBody } from '../../transport/connection/connection.ts'
import type { HttpClient } from '../../transport/http-client/http-client.ts'
import type { HttpAnswer } from '../../transport/http-client/messages.ts'
import { checkHref } from './href.ts'

/** What all requests to one LFS server have in common. */
export interface LfsHttp {
  readonly client: HttpClient
  readonly userAgent: string
  readonly side: Side
  readonly signal: AbortSignal
  /** Milliseconds without a byte in either direction. */
  readonly idleTimeout: number
}

export interface LfsRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: URL
  /** The LFS server itself: what addresses it names are judged by. */
  readonly server: URL
  /** Whether an address must not be on this machine or in a private network: a stranger named it. */
  readonly publicOnly: (url: URL) => Promise<boolean>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: TurnBody | undefined
}

/** An answer whose body is still to be read; `end` gives its connection and its idle limit back. */
export interface LfsAnswer {
  readonly status: number
  header(name: string): string | undefined
  readonly bytes: ByteReader
  end(): void
}

const REDIRECTS_LIMIT = 2
const REDIRECTING: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Sends one request and follows two redirects at most, with method and body kept (git-lfs, "docs/api/README.md"). A
 * credential does not follow to another host, and nothing goes to an address that `checkHref` refuses. A body that
 * streams is not sent twice: a redirect of it is the answer.
 * @throws MirrorError with the server's side; what the body threw; the signal's reason.
 */
export async function sendLfs(http: LfsHttp, request: LfsRequest): Promise<LfsAnswer> {
  let { url, headers } = request
  for (let hops = 0; ; hops++) {
    checkHref(url, request.server, http.side)
    const answer = await sendOnce(http, { ...request, url, headers })
    const target = redirectOf(answer, url)
    if (target === undefined || isStream(request.body) || hops === REDIRECTS_LIMIT) return answer
    answer.end()
    if (target.origin !== url.origin) headers = withoutCredentials(headers)
    url = target
  }
}

async function sendOnce(http: LfsHttp, request: LfsRequest): Promise<LfsAnswer> {
  const { method, url, body } = request
  const publicOnly = await request.publicOnly(url)
  const controller = new AbortController()
  const watch = new IdleWatch(http.idleTimeout, () => controller.abort(silent(http, url)))
  let answer: HttpAnswer
  try {
    const common = {
      url,
      headers: { 'user-agent': http.userAgent, ...request.headers },
      publicOnly,
      signal: AbortSignal.any([http.signal, controller.signal]),
      onActivity: (bytes: number) => watch.touch(bytes),
    }
    answer =
      method === 'GET'
        ? await http.client.download(common)
        : await http.client.request({ ...common, method, body, repeatable: !isStream(body) })
  } catch (error) {
    watch.stop()
    http.signal.throwIfAborted()
    throw toMirrorError(error, { code: 'cut', side: http.side, retryable: true })
  }
  void answer.whenOver.then(() => watch.stop())
  return {
    status: answer.status,
    header: (name) => answer.header(name),
    bytes: answer.bytes,
    end() {
      watch.stop()
      if (!answer.over) void answer.bytes.cancel().catch(() => undefined)
    },
  }
}

function isStream(body: TurnBody | undefined): boolean {
  return body !== undefined && !(body instanceof Uint8Array)
}

function redirectOf({ status, header }: LfsAnswer, from: URL): URL | undefined {
  if (!REDIRECTING.has(status)) return undefined
  return URL.parse(header('location') ?? '', from.href) ?? undefined
}

/** What every server may see; a server may have named any other header to carry its secret. */
const COMMON_HEADERS = /^(accept|accept-encoding|content-type|content-length|user-agent)$/i

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => COMMON_HEADERS.test(name)))
}

function silent({ side, idleTimeout }: LfsHttp, url: URL): MirrorError {
  return new MirrorError(
    `the LFS server ${url.host} was silent for ${Math.round(idleTimeout / 1000)} seconds`,
    {
      code: 'timeout',
      side,
      retryable: true,
      hint: 'The server hangs or the network is down; a slow server may need a larger idle-timeout.',
    },
  )
}
