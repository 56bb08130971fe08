import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a port of this machine that breaks. */
export interface Cutter extends AsyncDisposable {
  readonly port: number
  /** Bytes that passed since the last call of `arm`, both directions together. */
  readonly passed: () => number
  /** Every connection breaks once so many bytes have passed; nobody gets through from then on. Undefined: never. */
  arm(bytes: number | undefined): void
}

export async function startCutter(target: number): Promise<Cutter> {
  let passed = 0
  let limit = Infinity
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  }
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const pipe = (from: Socket, to: Socket): void => {
    from.on('data', (bytes: Buffer) => {
      const left = limit - passed
      passed += bytes.length
      if (bytes.length < left) {
        if (!to.write(bytes)) {
          from.pause()
          to.once('drain', () => from.resume())
        }
        return
      }
      // What was under way arrives; what came later does not.
      to.write(bytes.subarray(0, Math.max(0, left)), cut)
    })
    from.once('end', () => to.end())
    from.once('close', () => to.destroy())
  }
  const server = createServer((client) => {
    if (passed >= limit) return void client.destroy()
    keep(client)
    const upstream = connect(target, '127.0.0.1')
    keep(upstream)
    pipe(client, upstream)
    pipe(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    passed: () => passed,
    arm(bytes) {
      passed = 0
      limit = bytes ?? Infinity
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      cut()
      await closed
    },
  }
}
