import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { MirrorError } from '../../base/errors.ts'
import { keepLastWords } from './last-words.ts'
import { openTunnel } from './tunnel.ts'
import type { Proxy } from './proxy.ts'
import { connectTcp } from '../connection/tcp.ts'

export interface Target {
  readonly secure: boolean
  readonly host: string
  readonly port: number
}

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
   * A socket to `target`, through a tunnel of `proxy` if given.
   * @throws MirrorError `connect` or `timeout`; the reason of `end`.
   */
  async open(target: Target, proxy: Proxy | undefined): Promise<Socket> {
    const { limit } = this.#options
    const late = AbortSignal.timeout(limit)
    const signal = AbortSignal.any([late, this.#ending.signal])
    try {
      const socket = await this.#open(target, proxy, signal)
      keepLastWords(socket)
      return socket
    } catch (error) {
      if (!late.aborted || this.#ending.signal.aborted || isMirrorTimeout(error)) throw error
      throw new MirrorError(
        `no connection to ${target.host}, port ${target.port}, within ${limit / 1000} seconds`,
        {
          code: 'timeout',
          retryable: true,
          hint: 'Check the address, and that a firewall lets this machine through.',
        },
      )
    }
  }

  /** Ends attempts that are under way. */
  end(reason: unknown): void {
    this.#ending.abort(reason)
  }

  async #open(target: Target, proxy: Proxy | undefined, signal: AbortSignal): Promise<Socket> {
    const first = proxy ? addressOf(proxy.url) : target
    let socket = await connectTcp({ host: first.host, port: first.port, limit: this.#options.limit, signal })
    // Each layer ends with the one below it.
    const tcp = socket
    const abort = (): void => void tcp.destroy()
    signal.addEventListener('abort', abort, { once: true })
    try {
      if (proxy) {
        if (first.secure) socket = await this.#secure(socket, first)
        await openTunnel(socket, proxy, authority(target))
      }
      return target.secure ? await this.#secure(socket, target) : socket
    } catch (error) {
      tcp.destroy()
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
    }
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

/** Where an http or https address points, with brackets of IPv6 taken off. */
export function addressOf(url: URL): Target {
  const secure = url.protocol === 'https:'
  return {
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
  }
}

function authority({ host, port }: Target): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function isMirrorTimeout(error: unknown): boolean {
  return error instanceof MirrorError && error.code === 'timeout'
}
