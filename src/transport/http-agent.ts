import { Agent, type ClientRequestArgs } from 'node:http'
import type { Connector } from './http-connect.ts'
import type { Route } from './http-route.ts'

/** Milliseconds that an idle connection is kept; less if the server says so. */
const KEEP_IDLE = 30_000

/** What a request tells its agent, beside Node's own options. */
export interface Routed {
  readonly route: Route
}

/** Node's agent on connections that a Connector opens. It keeps them, if at all, for requests of the same route. */
export class RouteAgent extends Agent {
  readonly #connector: Connector

  constructor(connector: Connector, { keepAlive }: { readonly keepAlive: boolean }) {
    super({ keepAlive, maxSockets: Infinity, timeout: KEEP_IDLE })
    this.#connector = connector
  }

  override getName(options?: unknown): string {
    return routeOf(options).key
  }

  override createConnection(
    options: ClientRequestArgs,
    onCreated: NonNullable<Parameters<Agent['createConnection']>[1]>,
  ): undefined {
    const { target, tunnel } = routeOf(options)
    this.#connector.open(target, tunnel).then(
      (socket) => onCreated(null, socket),
      (error: Error) => onCreated(error, undefined as never),
    )
  }
}

function routeOf(options: unknown): Route {
  return (options as Routed).route
}
