import { connect, type Socket } from 'node:net'
import { onHeads, type RawServer, startRawServer } from './raw-server.ts'

export interface HttpProxy extends AsyncDisposable {
  readonly url: string
  /** The heads of what it was asked, as they came. */
  readonly heads: readonly string[]
}

export interface HttpProxyOptions {
  /** Every tunnel leads to this port of the loopback device, whatever name was asked for. */
  readonly port?: number
  /** What it answers instead, raw; `undefined` for CONNECT: a tunnel. Empty: it hangs up. */
  readonly answer?: string
}

/** An HTTP proxy that knows CONNECT. */
export async function startHttpProxy({ port, answer }: HttpProxyOptions): Promise<HttpProxy> {
  const heads: string[] = []
  const server: RawServer = await startRawServer((socket) =>
    onHeads(socket, (head) => {
      heads.push(head)
      if (answer !== undefined) socket.end(answer)
      else tunnel(socket, port!)
    }),
  )
  return {
    url: `http://127.0.0.1:${server.port}`,
    heads,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function tunnel(socket: Socket, port: number): void {
  socket.removeAllListeners('data')
  const other = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n')
    socket.pipe(other)
    other.pipe(socket)
  })
  other.on('error', () => socket.destroy())
  socket.once('close', () => other.destroy())
}
