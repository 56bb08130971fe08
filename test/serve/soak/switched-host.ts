import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A host that can be dead: connections are refused, and those that there were are gone. */
export interface SwitchedHost extends AsyncDisposable {
  readonly port: number
  readonly isUp: boolean
  up(): Promise<void>
  down(): Promise<void>
  /** Resets all connections, and takes new ones. */
  cut(): void
}

/** Starts a host on 127.0.0.1 in front of `target`, a port there. */
export async function startSwitchedHost(target: number): Promise<SwitchedHost> {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0

  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    return socket.once('close', () => sockets.delete(socket))
  }
  const onClient = (client: Socket): void => {
    const upstream = keep(connect(target, '127.0.0.1'))
    keep(client).pipe(upstream).pipe(client)
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.destroy())
  }
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const up = async (): Promise<void> => {
    if (server !== undefined) return
    const made = createServer(onClient)
    server = made
    await new Promise<void>((resolve, reject) => {
      made.once('error', reject)
      made.listen(port, '127.0.0.1', resolve)
    })
    port = (made.address() as AddressInfo).port
  }
  const down = async (): Promise<void> => {
    const closing = server
    server = undefined
    if (closing === undefined) return
    const closed = new Promise((resolve) => {
      closing.close(resolve)
    })
    cut()
    await closed
  }
  await up()
  return {
    port,
    get isUp() {
      return server !== undefined
    },
    up,
    down,
    cut,
    [Symbol.asyncDispose]: down,
  }
}
