import { MirrorError } from '../../base/errors.ts'
import { RouteAgent } from './route-agent.ts'
import type { ConnectorOptions } from '../route/connector.ts'
import { Download, type DownloadRequest } from './download.ts'
import { Exchange } from './exchange.ts'
import { createHttpConnections, type HttpConnections } from './http-connections.ts'
import { findRoute, type Route } from '../route/route.ts'
import type { Slots } from './slots.ts'
import type { HttpRequest, HttpAnswer } from './messages.ts'

/** Speaks HTTP/1.1 with kept connections, without any time limit but the connector's. */
export class HttpClient {
  readonly #env: NodeJS.ProcessEnv
  readonly #connections: HttpConnections
  /** The connections are shared, and outlive this client. */
  readonly #shared: boolean
  readonly #fresh: RouteAgent
  readonly #running = new Set<{ end(reason: unknown): void }>()
  readonly #ending = new AbortController()

  /** `shared`: what keeps its connections. Default: they end with it. */
  constructor(options: ConnectorOptions, shared?: HttpConnections) {
    this.#env = options.env
    this.#shared = shared !== undefined
    this.#connections = shared ?? createHttpConnections(options)
    this.#fresh = new RouteAgent(this.#connections.connector, { keepAlive: false })
  }

  /**
   * Resolves when the head of the answer is here, whatever its status and even if the body has not been sent
   * completely. An answer of 300 or more stops the body; so does the end of any answer.
   * @throws MirrorError `connect`, `timeout`, `cut`, `protocol`, `usage`; what the body threw; the signal's
   *   reason.
   */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const route = findRoute(request.url, this.#env, request.publicOnly)
    const { slots } = this.#connections
    const giveBack = slots && !request.fresh ? await this.#takeSlot(slots, route, request.signal) : undefined
    const exchange = this.#start(request, route, giveBack)
    try {
      return await exchange.answer
    } catch (error) {
      const unheard = exchange.reused && !exchange.answered
      if (!request.repeatable || !unheard || !isCut(error) || request.signal.aborted) throw error
      return await this.#start({ ...request, fresh: true }, route).answer
    }
  }

  /**
   * A GET for many bytes, which are handed on in the memory that they were read into: whoever has written them may give it
   * back (`releaseMemory`). Sent once more when a kept connection turns out to be dead.
   * @throws as `request`
   */
  async download(request: DownloadRequest): Promise<HttpAnswer> {
    const route = findRoute(request.url, this.#env, request.publicOnly)
    // A proxy that is sent the whole address frames the answer in its own way.
    if (route.proxy && !route.tunnel)
      return await this.request({ ...request, method: 'GET', repeatable: true })
    const { slots } = this.#connections
    const giveBack = slots && (await this.#takeSlot(slots, route, request.signal))
    const download = this.#startDownload(request, { route, fresh: false, onOver: giveBack })
    try {
      return await download.answer
    } catch (error) {
      const unheard = download.reused && !download.answered
      if (!unheard || !isCut(error) || request.signal.aborted) throw error
      return await this.#startDownload(request, { route, fresh: true }).answer
    }
  }

  /** A request on a connection of its own will go to `url` soon: the connection is opened now. */
  openAhead(url: URL, publicOnly?: boolean): void {
    this.#fresh.openAhead(findRoute(url, this.#env, publicOnly))
  }

  /** Ends every request, and the connections that are its own, at once. Never throws. */
  async dispose(): Promise<void> {
    const reason = new MirrorError('the connection was given up', { code: 'cancelled' })
    this.#ending.abort(reason)
    for (const exchange of this.#running) exchange.end(reason)
    this.#fresh.destroy()
    if (!this.#shared) await this.#connections.dispose()
  }

  async #takeSlot(slots: Slots, route: Route, signal: AbortSignal): Promise<() => void> {
    const giveBack = await slots.take(route.key, AbortSignal.any([signal, this.#ending.signal]))
    // Not before the connection is back with its agent: the next request would open another.
    return () => void setImmediate(giveBack)
  }

  #startDownload(
    request: DownloadRequest,
    how: { readonly route: Route; readonly fresh: boolean; readonly onOver?: (() => void) | undefined },
  ): Download {
    const { connector, downloads } = this.#connections
    try {
      request.signal.throwIfAborted()
      const download = new Download({
        ...how,
        request,
        connector,
        shelf: downloads,
        onOver: () => {
          this.#running.delete(download)
          how.onOver?.()
        },
      })
      this.#running.add(download)
      return download
    } catch (error) {
      how.onOver?.()
      throw error
    }
  }

  #start(request: HttpRequest, route: Route, onOver?: () => void): Exchange {
    try {
      request.signal.throwIfAborted()
      const exchange = new Exchange({
        request,
        route,
        agent: request.fresh ? this.#fresh : this.#connections.kept,
        onOver: () => {
          this.#running.delete(exchange)
          onOver?.()
        },
      })
      this.#running.add(exchange)
      return exchange
    } catch (error) {
      onOver?.()
      throw error
    }
  }
}

function isCut(error: unknown): boolean {
  return error instanceof MirrorError && error.code === 'cut'
}
