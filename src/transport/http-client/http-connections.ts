import { MirrorError } from '../../base/errors.ts'
import type { Connections } from '../connection/connections.ts'
import { Connector, type ConnectorOptions } from '../route/connector.ts'
import { RouteAgent } from './route-agent.ts'
import { Slots } from './slots.ts'
import { SocketShelf } from './socket-shelf.ts'

/** What opens and keeps connections, for one client or for many. Knows no credential but the proxy's. */
export interface HttpConnections {
  readonly connector: Connector
  /** Connections that wait for the next request, each for those of its own route. */
  readonly kept: RouteAgent
  /** The same for downloads, which Node's agent has no part in. */
  readonly downloads: SocketShelf
  /** undefined: no limit. */
  readonly slots: Slots | undefined
  /** Ends all of it at once. Never throws. */
  dispose(): Promise<void>
}

export function createHttpConnections(options: ConnectorOptions, socketsPerHost?: number): HttpConnections {
  const connector = new Connector(options)
  const kept = new RouteAgent(connector, { keepAlive: true })
  const downloads = new SocketShelf()
  return {
    connector,
    kept,
    downloads,
    slots: socketsPerHost === undefined ? undefined : new Slots(socketsPerHost),
    async dispose() {
      connector.end(new MirrorError('the connection was given up', { code: 'cancelled' }))
      kept.destroy()
      downloads.destroy()
    },
  }
}

/** Variables that say how servers are reached and whom to trust. */
const VARIABLES = [
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'GIT_SSL_CAINFO',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
]

/** The shared ones for an environment and a limit: one for all remotes that reach and trust servers the same way. */
export function shareHttpConnections(connections: Connections, options: ConnectorOptions): HttpConnections {
  const { env, limit } = options
  const names = VARIABLES.flatMap((name) => [name, name.toUpperCase()])
  const key = JSON.stringify(['http', limit, names.map((name) => env[name] ?? '')])
  return connections.share(key, () => createHttpConnections(options, connections.socketsPerHost))
}
