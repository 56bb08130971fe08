import { addressOf, type Target } from './connector.ts'
import { findProxy, type Proxy } from './proxy.ts'

/** The way of a request to its server. */
export interface Route {
  /** The server, or the proxy that is sent the whole address. */
  readonly target: Target
  readonly proxy: Proxy | undefined
  /** The proxy, when it is asked for a tunnel to the target. */
  readonly tunnel: Proxy | undefined
  /** Equal for requests that can share a connection. */
  readonly key: string
}

/** The way to `url` by the proxies of the environment. @throws MirrorError `usage`. */
export function findRoute(url: URL, env: NodeJS.ProcessEnv): Route {
  const proxy = findProxy(url, env)
  const tunnel = url.protocol === 'https:' ? proxy : undefined
  const first = proxy && !tunnel ? proxy.url : url
  return { target: addressOf(first), proxy, tunnel, key: `${first.origin} ${tunnel?.url.origin ?? ''}` }
}
