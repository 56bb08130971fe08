import type { Socket } from 'node:net'
import { HttpClient } from '../../src/transport/http-client/http-client.ts'
import type { HttpRequest } from '../../src/transport/http-client/messages.ts'
import { onHeads, type RawServer, startRawServer } from './raw-server.ts'

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

export interface ClientSetting extends AsyncDisposable {
  readonly server: RawServer
  readonly client: HttpClient
  request(options?: Partial<HttpRequest>): ReturnType<HttpClient['request']>
}

/** A client, and a server of the loopback device that it asks. */
export async function useHttpClient(
  onSocket: (socket: Socket) => void,
  limit = 20_000,
): Promise<ClientSetting> {
  const server = await startRawServer(onSocket)
  const client = new HttpClient({ env: {}, limit })
  const url = new URL(`http://127.0.0.1:${server.port}/x`)
  return {
    server,
    client,
    request: (options) =>
      client.request({ method: 'GET', url, headers: {}, signal: new AbortController().signal, ...options }),
    async [Symbol.asyncDispose]() {
      await client.dispose()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** A server that gives the same raw answer to each request. */
export function answering(text: string, then?: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => onHeads(socket, () => socket.write(text, 'latin1', () => then?.(socket)))
}
