import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type FaultKind = 'cut' | 'half-close' | 'reset' | 'stall' | 'corrupt'

export interface Fault {
  readonly kind: FaultKind
  /** Whose bytes are counted and hit. */
  readonly from: 'client' | 'server'
  /** How many of them pass unharmed. */
  readonly after: number
}

/** A TCP proxy on 127.0.0.1 that breaks its connections, each in the same way. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number
  /** The fault of connections from now on; undefined: none. */
  fault: Fault | undefined
  /** Bytes that went through the newest connection. */
  readonly passed: { readonly client: number; readonly server: number }
  /** Connections that their clients have not ended. */
  readonly open: () => number
}

export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const clients = new Set<Socket>()
  const sockets = new Set<Socket>()
  const state = { fault: undefined as Fault | undefined, passed: { client: 0, server: 0 } }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    const passed = { client: 0, server: 0 }
    state.passed = passed
    const { fault } = state
    clients.add(client)
    for (const event of ['end', 'close']) client.once(event, () => clients.delete(client))
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.once('close', () => sockets.delete(socket))
    }
    relay('client', client, upstream)
    relay('server', upstream, client)

    function relay(from: Fault['from'], source: Socket, sink: Socket): void {
      let broken = false
      source.on('data', (bytes) => {
        const before = passed[from]
        passed[from] += bytes.length
        if (broken) return
        if (fault?.from !== from || passed[from] <= fault.after) return void sink.write(bytes)
        const intact = Math.max(0, fault.after - before)
        if (fault.kind === 'corrupt') {
          if (before <= fault.after) bytes[intact]! ^= 0x55
          return void sink.write(bytes)
        }
        broken = true
        sink.write(bytes.subarray(0, intact), () => breakOff(fault.kind))
      })
      source.once('end', () => {
        if (!broken || fault?.kind !== 'stall') sink.end()
      })
      source.once('close', () => {
        if (fault?.kind !== 'stall' || from === 'client') sink.destroy()
      })

      function breakOff(kind: FaultKind): void {
        if (kind === 'half-close') sink.end()
        if (kind === 'reset') client.resetAndDestroy()
        if (kind === 'reset' || kind === 'cut') for (const socket of [client, upstream]) socket.destroy()
      }
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    open: () => clients.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
