import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request to the API of a host that is not there to be had. */
export interface HostRequest {
  readonly method: string
  /** Decoded only where it was not encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Parsed. */
  readonly body: unknown
}

export interface HostReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown
  /** The connection is cut, and nothing is said. */
  readonly cut?: boolean
  /** It never answers. */
  readonly silent?: boolean
}

export interface FakeHost extends AsyncDisposable {
  readonly origin: string
  readonly requests: readonly HostRequest[]
  /** What stands in the place of the host's own answers, until it gives undefined. */
  intercept(reply: ((request: HostRequest) => HostReply | undefined) | undefined): void
}

/** Starts a host on 127.0.0.1 that answers as `answer` says; undefined is 404 as JSON. */
export async function startFakeHost(
  answer: (request: HostRequest, origin: string) => HostReply | undefined,
): Promise<FakeHost> {
  const requests: HostRequest[] = []
  let spoiled: ((request: HostRequest) => HostReply | undefined) | undefined
  let origin = ''
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '', origin)
      const text = Buffer.concat(parts).toString()
      const request: HostRequest = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }
      requests.push(request)
      const reply = spoiled?.(request) ??
        answer(request, origin) ?? { status: 404, body: { message: 'Not Found' } }
      if (reply.silent === true) return
      if (reply.cut === true) return void incoming.socket.destroy()
      const isText = typeof reply.body === 'string'
      response.writeHead(reply.status, {
        'content-type': isText ? 'text/html' : 'application/json',
        ...reply.headers,
      })
      response.end(isText ? reply.body : reply.body === undefined ? '' : JSON.stringify(reply.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    requests,
    intercept: (reply) => void (spoiled = reply),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
