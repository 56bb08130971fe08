import { addressOf, type Target } from './target.ts'
import { findProxy, type Proxy } from './proxy.ts'

/** The way of a request to its server. */
export interface Route {
  /** The server, or the proxy that is sent the whole address. */
  readonly target: Target
  readonly proxy: Proxy | undefined
  /** The proxy, when it is asked for a tunnel to the target. */
  readonly tunnel: Proxy | undefined
  /** The server itself must not be this machine or in a private network. */
  readonly publicOnly: boolean
  /** The server, whatever is on the way. */
  readonly server: Target
  /** Equal for requests that can share a connection. */
  readonly key: string
}

/** The way to `url` by the proxies of the environment. @throws MirrorError `usage`. */
export function findRoute(url: URL, env: NodeJS.ProcessEnv, publicOnly = false): Route {
  const proxy = findProxy(url, env)
  const tunnel = url.protocol === 'https:' ? proxy : undefined
  const first = proxy && !tunnel ? proxy.url : url
  const key = `${first.origin} ${tunnel?.url.origin ?? ''}${publicOnly ? ' public' : ''}`
  return { target: addressOf(first), proxy, tunnel, publicOnly, server: addressOf(url), key }
}
