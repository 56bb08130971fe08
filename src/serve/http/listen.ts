import { createServer, type Server } from 'node:http'
import { isIPv6 } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { MirrorError } from '../../base/errors.ts'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

export interface Listening {
  readonly server: Server
  /** `http://127.0.0.1:8080`. */
  readonly url: string
  /** No connection is taken any more; those without a request end at once. */
  close(): void
  /** Ends those that are left. */
  destroy(): void
}

const DEFAULT_LISTEN: ListenAddress = { host: '127.0.0.1', port: 8080 }
const MOST_CONNECTIONS = 512
const MOST_REQUESTS_OF_CONNECTION = 1000
/** Milliseconds without a byte in either direction: a reader that does not read keeps a connection no longer. */
const SILENCE_MS = 120_000

const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 5000,
  maxHeaderSize: 16 * 1024,
} as const

/** `HOST:PORT`, `[::1]:8080`, `:8080` or a port. @throws MirrorError `usage` */
export function readListen(text: string | undefined): ListenAddress {
  if (text === undefined) return DEFAULT_LISTEN
  const parts = /^(?:(\[[0-9a-f:.]+\]|[^\s:[\]/@]*):)?(\d{1,5})$/i.exec(text)
  const port = Number(parts?.[2])
  if (parts === null || port > 65_535) {
    throw new MirrorError('--listen is not HOST:PORT', {
      code: 'usage',
      hint: 'Write for instance 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:8080.',
    })
  }
  const host = (parts[1] ?? DEFAULT_LISTEN.host).replace(/^\[|\]$/g, '')
  return { host: host === '' ? '0.0.0.0' : host, port }
}

/** Whether only this machine reaches it. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** @throws MirrorError `usage` when the address can't be had */
export async function listen(
  app: Pick<Hono<{ Bindings: HttpBindings }>, 'fetch'>,
  address: ListenAddress,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: LIMITS,
  }) as Server
  server.maxConnections = MOST_CONNECTIONS
  server.maxRequestsPerSocket = MOST_REQUESTS_OF_CONNECTION
  server.timeout = SILENCE_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new MirrorError(
          `--listen: ${address.host}:${address.port} can't be listened on (${error.code ?? 'error'})`,
          {
            code: 'usage',
            hint: 'Choose another port, or end what listens there.',
          },
        ),
      )
    })
    server.listen(address.port, address.host, resolve)
  })
  server.on('error', () => undefined)
  const found = server.address()
  const port = typeof found === 'object' && found !== null ? found.port : address.port
  return {
    server,
    url: `http://${isIPv6(address.host) ? `[${address.host}]` : address.host}:${port}`,
    close() {
      server.close()
      server.closeIdleConnections()
    },
    destroy: () => server.closeAllConnections(),
  }
}
