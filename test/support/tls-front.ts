import { connect } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificate.ts'

export interface TlsFront extends AsyncDisposable {
  readonly port: number
}

/** Speaks TLS before a server of this machine that does not. */
export async function startTlsFront(target: number, { key, cert }: Certificate): Promise<TlsFront> {
  const sockets = new Set<TLSSocket>()
  const server = createServer({ key, cert }, (socket) => {
    sockets.add(socket)
    const inner = connect(target, '127.0.0.1')
    socket.on('error', () => inner.destroy())
    inner.on('error', () => socket.destroy())
    socket.once('close', () => {
      sockets.delete(socket)
      inner.destroy()
    })
    socket.pipe(inner)
    inner.pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
