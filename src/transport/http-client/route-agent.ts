import { Agent, type ClientRequestArgs } from 'node:http'
import type { Socket } from 'node:net'
import { readClock } from '../../base/clock.ts'
import type { Connector } from '../route/connector.ts'
import type { Route } from '../route/route.ts'

/** Milliseconds that an idle connection is kept; less if the server says so. */
const KEEP_IDLE_MS = 30_000

/** What a request tells its agent, beside Node's own options. */
export interface Routed {
  readonly route: Route
}

/** Milliseconds that a connection may wait for its request: servers close those on which nothing comes. */
const LONGEST_AHEAD_MS = 5000

interface Ahead {
  readonly key: string
  readonly openedAt: number
  readonly socket: Promise<Socket>
}

/** Node's agent on connections that a Connector opens. It keeps them, if at all, for requests of the same route. */
export class RouteAgent extends Agent {
  readonly #connector: Connector
  #ahead: Ahead | undefined

  constructor(connector: Connector, { keepAlive }: { readonly keepAlive: boolean }) {
    super({ keepAlive, maxSockets: Infinity, timeout: KEEP_IDLE_MS })
    this.#connector = connector
  }

  /** Opens the connection of a request that will be made soon. A failure is met by that request, which opens another. */
  openAhead(route: Route): void {
    this.#dropAhead()
    const socket = this.#connector.open(route)
    socket.catch(() => undefined)
    this.#ahead = { key: route.key, openedAt: readClock(), socket }
  }

  override destroy(): void {
    this.#dropAhead()
    super.destroy()
  }

  override getName(options?: unknown): string {
    return routeOf(options).key
  }

  override createConnection(
    options: ClientRequestArgs,
    onCreated: NonNullable<Parameters<Agent['createConnection']>[1]>,
  ): undefined {
    this.#open(routeOf(options)).then(
      (socket) => onCreated(null, socket),
      (error: Error) => onCreated(error, undefined as never),
    )
  }

  async #open(route: Route): Promise<Socket> {
    const ahead = this.#ahead
    const isYoung = ahead !== undefined && readClock() - ahead.openedAt < LONGEST_AHEAD_MS
    if (ahead?.key === route.key && isYoung) {
      this.#ahead = undefined
      const socket = await ahead.socket.catch(() => undefined)
      if (socket?.readyState === 'open') return socket
      socket?.destroy()
    }
    return await this.#connector.open(route)
  }

  #dropAhead(): void {
    void this.#ahead?.socket.then((socket) => socket.destroy()).catch(() => undefined)
    this.#ahead = undefined
  }
}

function routeOf(options: unknown): Route {
  return (options as Routed).route
}
