import { MirrorError } from '../../base/errors.ts'
import { RouteAgent } from './route-agent.ts'
import { Connector, type ConnectorOptions } from './connector.ts'
import { Exchange } from './exchange.ts'
import { findRoute } from './route.ts'
import type { HttpRequest, HttpAnswer } from './messages.ts'

/** Speaks HTTP/1.1 with kept connections, without any time limit but the connector's. */
export class HttpClient {
  readonly #env: NodeJS.ProcessEnv
  readonly #connector: Connector
  readonly #kept: RouteAgent
  readonly #fresh: RouteAgent
  readonly #running = new Set<Exchange>()

  constructor(options: ConnectorOptions) {
    this.#env = options.env
    this.#connector = new Connector(options)
    this.#kept = new RouteAgent(this.#connector, { keepAlive: true })
    this.#fresh = new RouteAgent(this.#connector, { keepAlive: false })
  }

  /**
   * Resolves when the head of the answer is here, whatever its status and even if the body has not been sent
   * completely. An answer of 300 or more stops the body; so does the end of any answer.
   * @throws MirrorError `connect`, `timeout`, `cut`, `protocol`, `usage`; what the body threw; the signal's
   *   reason.
   */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const exchange = this.#start(request)
    try {
      return await exchange.answer
    } catch (error) {
      if (!request.repeatable || !exchange.reused || !isCut(error) || request.signal.aborted) throw error
      return await this.#start({ ...request, fresh: true }).answer
    }
  }

  /** A request on a connection of its own will go to `url` soon: the connection is opened now. */
  openAhead(url: URL): void {
    this.#fresh.openAhead(findRoute(url, this.#env))
  }

  /** Closes every connection at once. Never throws. */
  async dispose(): Promise<void> {
    const reason = new MirrorError('the connection was given up', { code: 'cancelled' })
    this.#connector.end(reason)
    for (const exchange of this.#running) exchange.end(reason)
    this.#kept.destroy()
    this.#fresh.destroy()
  }

  #start(request: HttpRequest): Exchange {
    request.signal.throwIfAborted()
    const exchange = new Exchange({
      request,
      route: findRoute(request.url, this.#env),
      agent: request.fresh ? this.#fresh : this.#kept,
      onOver: () => this.#running.delete(exchange),
    })
    this.#running.add(exchange)
    return exchange
  }
}

function isCut(error: unknown): boolean {
  return error instanceof MirrorError && error.code === 'cut'
}
