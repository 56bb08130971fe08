import type { Dispatcher } from 'undici'
import Agent from 'undici/lib/dispatcher/agent.js'
import { ByteReader } from '../bytes.ts'
import { MirrorError } from '../errors.ts'
import { AnswerChunks } from './http-answer.ts'
import { addressOf, Connector, type ConnectorOptions, type Target } from './http-connect.ts'
import { proxyHint, refusedByProxy } from './http-tunnel.ts'
import { Upload } from './http-upload.ts'
import { findProxy, type Proxy } from './proxy.ts'
import type { TurnBody } from './transport.ts'

/** Milliseconds that an idle connection is kept; less if the server says so. */
const KEEP_IDLE = 30_000

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Bytes go with Content-Length; slices go chunked unless `headers` has a `content-length`. */
  readonly body?: TurnBody | undefined
  /** On a connection of its own, which is closed after the answer. */
  readonly fresh?: boolean | undefined
  /** May be sent once more when a kept connection turns out to be dead. */
  readonly repeatable?: boolean | undefined
  readonly signal: AbortSignal
  readonly onActivity?: (() => void) | undefined
}

export interface HttpAnswer {
  readonly status: number
  header(name: string): string | undefined
  /** Its `cancel` ends the request. */
  readonly bytes: ByteReader
  /** Everything has arrived, or never will. */
  readonly over: boolean
  /** Resolves when `over` becomes true, and never rejects. What waits to be read counts as arrived. */
  readonly whenOver: Promise<void>
}

/** Speaks HTTP/1.1 with pooled connections, without any time limit but the connector's. */
export class HttpClient {
  readonly #env: NodeJS.ProcessEnv
  readonly #connector: Connector
  readonly #kept = new Map<string, Agent>()
  readonly #fresh = new Set<Agent>()

  constructor(options: ConnectorOptions) {
    this.#env = options.env
    this.#connector = new Connector(options)
  }

  /**
   * Resolves when the head of the answer is here, whatever its status and even if the body has not been sent
   * completely. An answer of 300 or more stops the body; so does the end of any answer.
   * @throws MirrorError `connect`, `timeout`, `cut`; what the body threw; the signal's reason.
   */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const opened = this.#connector.opened
    try {
      return await this.#send(request)
    } catch (error) {
      const reused = opened === this.#connector.opened
      if (!request.repeatable || !reused || !isCut(error) || request.signal.aborted) throw error
      return await this.#send({ ...request, fresh: true })
    }
  }

  /** Closes every connection at once. Never throws. */
  async dispose(): Promise<void> {
    const reason = new MirrorError('the connection was given up', { code: 'cancelled' })
    this.#connector.end(reason)
    const agents = [...this.#kept.values(), ...this.#fresh]
    this.#kept.clear()
    this.#fresh.clear()
    await Promise.all(agents.map((agent) => agent.destroy(reason)))
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    const { url, signal } = request
    // The pool takes a connection back a moment after its answer has ended.
    if (!request.fresh) await new Promise(setImmediate)
    signal.throwIfAborted()
    const proxy = findProxy(url, this.#env)
    const tunnel = url.protocol === 'https:' ? proxy : undefined
    const agent = request.fresh ? this.#makeAgent(tunnel) : this.#keptAgent(tunnel)
    if (request.fresh) this.#fresh.add(agent)
    const release = (): void => {
      // Not from inside its parser's callback, where this is called.
      if (this.#fresh.delete(agent)) setImmediate(() => void agent.destroy())
    }
    return await new Promise((resolve, reject) => {
      const exchange = new Exchange({ request, proxy, resolve, reject, release })
      agent.dispatch({ ...addressRequest(request, proxy, tunnel), body: exchange.body as never }, exchange)
    })
  }

  #keptAgent(tunnel: Proxy | undefined): Agent {
    const key = tunnel?.url.href ?? ''
    const agent = this.#kept.get(key) ?? this.#makeAgent(tunnel)
    this.#kept.set(key, agent)
    return agent
  }

  #makeAgent(tunnel: Proxy | undefined): Agent {
    return new Agent({
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_IDLE,
      maxHeaderSize: 64 * 1024,
      connect: ({ hostname, protocol, port }, callback) => {
        const secure = protocol === 'https:'
        const target: Target = { secure, host: hostname, port: Number(port) || (secure ? 443 : 80) }
        this.#connector.open(target, tunnel).then(
          (socket) => callback(null, socket),
          (error: Error) => callback(error, null),
        )
      },
    })
  }
}

/** Plain http goes to a proxy as a request for the whole address (RFC 9112, absolute-form). */
function addressRequest(
  { url, method, headers }: HttpRequest,
  proxy: Proxy | undefined,
  tunnel: Proxy | undefined,
): Pick<Dispatcher.DispatchOptions, 'origin' | 'path' | 'method' | 'headers'> {
  const path = url.pathname + url.search
  if (!proxy || tunnel) return { origin: url.origin, path, method, headers }
  const login = proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }
  return {
    origin: proxy.url.origin,
    path: url.origin + path,
    method,
    headers: { ...headers, host: url.host, ...login },
  }
}

function isCut(error: unknown): boolean {
  return error instanceof MirrorError && error.code === 'cut'
}

interface ExchangeOptions {
  readonly request: HttpRequest
  readonly proxy: Proxy | undefined
  readonly resolve: (answer: HttpAnswer) => void
  readonly reject: (reason: unknown) => void
  /** Called once, when all is over. */
  readonly release: () => void
}

/** One request and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly body: Uint8Array | Upload | undefined
  readonly #options: ExchangeOptions
  readonly #upload: Upload | undefined
  readonly #chunks: AnswerChunks
  readonly #onAbort: () => void
  readonly #whenOver: Promise<void>
  #over: () => void = () => undefined
  #controller: Dispatcher.DispatchController | undefined
  #ended: { readonly reason: unknown } | undefined

  constructor(options: ExchangeOptions) {
    const { body, signal, onActivity } = options.request
    this.#options = options
    if (body && !(body instanceof Uint8Array)) this.#upload = new Upload(body, onActivity)
    this.body = this.#upload ?? (body as Uint8Array | undefined)
    this.#chunks = new AnswerChunks({
      pause: () => this.#controller?.pause(),
      resume: () => this.#controller?.resume(),
      cancel: () => this.#end(new Error('the answer was given up')),
    })
    this.#whenOver = new Promise((resolve) => {
      this.#over = resolve
    })
    this.#onAbort = () => this.#end(signal.reason)
    signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#ended) controller.abort(toError(this.#ended.reason))
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return
    const { request, proxy, resolve } = this.#options
    request.onActivity?.()
    if (status === 407 && proxy) {
      this.#end(refusedByProxy(proxy, status))
      return
    }
    if (status >= 300) this.#upload?.stop()
    const chunks = this.#chunks
    resolve({
      status,
      bytes: new ByteReader(chunks),
      header(name) {
        const value = headers[name]
        return Array.isArray(value) ? value.join(', ') : value
      },
      get over() {
        return chunks.over
      },
      whenOver: this.#whenOver,
    })
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#options.request.onActivity?.()
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.#chunks.end()
    this.#upload?.fail(new Error('the server has answered'))
    this.#finish()
  }

  onResponseError(_: unknown, error: Error): void {
    this.#end(this.#upload?.failure ? this.#upload.failure.reason : this.#explain(error))
  }

  #end(reason: unknown): void {
    if (this.#ended) return
    this.#ended = { reason }
    this.#chunks.fail(reason)
    this.#options.reject(reason)
    this.#upload?.fail(reason)
    this.#controller?.abort(toError(reason))
    this.#finish()
  }

  #finish(): void {
    this.#ended ??= { reason: undefined }
    this.#options.request.signal.removeEventListener('abort', this.#onAbort)
    this.#options.release()
    this.#over()
  }

  #explain(cause: Error & { code?: string }): unknown {
    if (cause instanceof MirrorError) return cause
    const { request, proxy } = this.#options
    const place = `${addressOf(request.url).host}${proxy ? ` (through the proxy ${proxy.url.host})` : ''}`
    if (cause.code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
      return new MirrorError('the body is longer or shorter than was announced', { code: 'local', cause })
    }
    if (cause.name === 'HTTPParserError') {
      return new MirrorError(`${place} does not speak HTTP/1.1: ${cause.message}`, {
        code: 'protocol',
        cause,
      })
    }
    return new MirrorError(
      `the connection to ${place} ended before the answer was complete: ${cause.message}`,
      {
        code: 'cut',
        retryable: true,
        hint: proxy && proxyHint(proxy),
        cause,
      },
    )
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
