import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { MirrorError } from '../../base/errors.ts'
import { keepLastWords } from './last-words.ts'
import { isPrivateAddress, lookupPublic, privateError } from './private-address.ts'
import type { Route } from './route.ts'
import { addressOf, type Target } from './target.ts'
import { blameProxy, openTunnel, proxyHint } from './tunnel.ts'
import { connectTcp } from '../connection/tcp.ts'

export interface ConnectorOptions {
  readonly env: NodeJS.ProcessEnv
  /** Milliseconds for all of it: name, connection, proxy, TLS. */
  readonly limit: number
}

/** Opens the sockets of one remote. */
export class Connector {
  readonly #options: ConnectorOptions
  readonly #ending = new AbortController()
  readonly #sessions = new Map<string, Buffer>()
  #authorities: Promise<SecureContext | undefined> | undefined

  constructor(options: ConnectorOptions) {
    this.#options = options
  }

  /**
   * A socket to the target of `route`, through its tunnel if there is one.
   * @throws MirrorError `connect` or `timeout`, with the proxy's name where it is the proxy that fails; the reason of
   *   `end`.
   */
  async open(route: Route): Promise<Socket> {
    const { limit } = this.#options
    const late = AbortSignal.timeout(limit)
    const signal = AbortSignal.any([late, this.#ending.signal])
    try {
      const socket = await this.#open(route, signal)
      keepLastWords(socket)
      return socket
    } catch (error) {
      if (!late.aborted || this.#ending.signal.aborted || isMirrorTimeout(error)) throw error
      throw lateError(route, limit)
    }
  }

  /** Ends attempts that are under way. */
  end(reason: unknown): void {
    this.#ending.abort(reason)
  }

  async #open(route: Route, signal: AbortSignal): Promise<Socket> {
    const { target, tunnel, server } = route
    if (route.publicOnly && isPrivateAddress(server.host)) throw privateError(server.host)
    const first = tunnel ? addressOf(tunnel.url) : target
    let socket = await this.#connect(route, first, signal)
    // Each layer ends with the one below it.
    const tcp = socket
    const abort = (): void => void tcp.destroy()
    signal.addEventListener('abort', abort, { once: true })
    try {
      if (tunnel) {
        if (first.secure) socket = await this.#secure(socket, first).catch(blameProxy(tunnel))
        await openTunnel(socket, tunnel, authority(target))
      }
      if (!target.secure) return socket
      return await this.#secure(socket, target).catch(blameProxy(tunnel ? undefined : route.proxy))
    } catch (error) {
      tcp.destroy()
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  async #connect(route: Route, { host, port }: Target, signal: AbortSignal): Promise<Socket> {
    const { limit } = this.#options
    const lookup = route.publicOnly && !route.proxy ? lookupPublic : undefined
    return await connectTcp({ host, port, limit, signal, lookup }).catch(blameProxy(route.proxy))
  }

  async #secure(socket: Socket, { host, port }: Target): Promise<Socket> {
    // A run over plain http never loads node:tls.
    const { connectTls, loadAuthorities } = await import('./tls.ts')
    const key = `${host}:${port}`
    this.#authorities ??= loadAuthorities(this.#options.env)
    const context = await this.#authorities
    const tls = await connectTls(socket, { host, port, context, session: this.#sessions.get(key) })
    tls.on('session', (session: Buffer) => this.#sessions.set(key, session))
    return tls
  }
}

function lateError({ server, proxy }: Route, limit: number): MirrorError {
  const place = proxy ? `${server.host} through the proxy ${proxy.url.host}` : server.host
  return new MirrorError(`no connection to ${place}, port ${server.port}, within ${limit / 1000} seconds`, {
    code: 'timeout',
    retryable: true,
    hint: proxy ? proxyHint(proxy) : 'Check the address, and that a firewall lets this machine through.',
  })
}

function authority({ host, port }: Target): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function isMirrorTimeout(error: unknown): boolean {
  return error instanceof MirrorError && error.code === 'timeout'
}
