import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Bytes that may be under way in one direction: more than any window of the programs, so the link is never the limit. */
const IN_FLIGHT = 64 * 1024 * 1024

export interface Counts {
  /** Bytes from the client to the server. */
  readonly sent: number
  /** Bytes from the server to the client. */
  readonly received: number
  /**
   * The opening of each connection, and each time that a client spoke after the server had, while nothing was
   * under way in either direction. Window updates within a stream are none.
   */
  readonly roundTrips: number
  /** Opened by clients. */
  readonly connections: number
}

export interface Proxy extends AsyncDisposable {
  readonly port: number
  /** Since the last call. */
  takeCounts(): Counts
}

export interface ProxyOptions {
  /** Port of 127.0.0.1 to pass to; asked for at each connection. */
  readonly target: () => number
  /** Milliseconds of round trip that are added, TCP's own handshake included. */
  readonly delay: number
  /** Address to listen at. Default: 127.0.0.1. */
  readonly host?: string | undefined
  /** Bytes a second in each direction of a connection; default: as many as there are. */
  readonly rate?: number | undefined
}

interface Tally {
  sent: number
  received: number
  roundTrips: number
  connections: number
}

const NOTHING: Readonly<Tally> = { sent: 0, received: 0, roundTrips: 0, connections: 0 }

/** Passes TCP connections on, counts, and delays both directions by half of `delay`. */
export async function startProxy({ target, delay, host, rate }: ProxyOptions): Promise<Proxy> {
  let tally: Tally = { ...NOTHING }
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.once('close', () => sockets.delete(socket))
  }
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    keep(client)
    tally.roundTrips += 1
    tally.connections += 1
    const open = (): void => {
      const upstream = connect({ port: target(), host: '127.0.0.1', allowHalfOpen: true })
      keep(upstream)
      join(client, upstream, { delay: delay / 2, rate }, () => tally)
    }
    // The client holds an open connection at once: what it says now is as late as if it had waited for one.
    if (delay === 0) open()
    else setTimeout(open, delay)
  })
  await new Promise<void>((resolve) => server.listen(0, host ?? '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    takeCounts() {
      const counts = tally
      tally = { ...NOTHING }
      return counts
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Road = Pick<ProxyOptions, 'delay' | 'rate'>

function join(client: Socket, upstream: Socket, road: Road, tally: () => Tally): void {
  let spoken = true
  const up = makeLine({ ...road, from: client, to: upstream })
  const down = makeLine({ ...road, from: upstream, to: client, onDelivered: () => (spoken = true) })
  client.on('data', (bytes: Buffer) => {
    if (spoken && up.isEmpty() && down.isEmpty()) {
      tally().roundTrips += 1
      spoken = false
    }
    tally().sent += bytes.length
    up.push(bytes)
  })
  upstream.on('data', (bytes: Buffer) => {
    tally().received += bytes.length
    down.push(bytes)
  })
  client.on('end', () => up.push(undefined))
  upstream.on('end', () => down.push(undefined))
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    socket.on('error', () => other.destroy())
    socket.on('close', (failed) => {
      if (failed || !socket.readableEnded) setTimeout(() => other.destroy(), road.delay)
    })
  }
  client.resume()
}

interface Line {
  /** Undefined: the end. */
  push(bytes: Buffer | undefined): void
  isEmpty(): boolean
}

interface LineOptions extends Road {
  readonly from: Socket
  readonly to: Socket
  readonly onDelivered?: (() => void) | undefined
}

function makeLine({ from, to, delay, rate = Infinity, onDelivered }: LineOptions): Line {
  const mostHeld = delay === 0 || rate < Infinity ? 1024 * 1024 : IN_FLIGHT
  let free = 0
  const queue: { readonly due: number; readonly bytes: Buffer | undefined }[] = []
  let held = 0
  let head = 0
  let waiting = false

  function deliver(): void {
    waiting = false
    const now = performance.now()
    let open = true
    to.cork()
    while (head < queue.length && queue[head]!.due <= now && open) {
      const { bytes } = queue[head]!
      head += 1
      if (bytes === undefined) to.end()
      else {
        held -= bytes.length
        open = to.write(bytes)
        onDelivered?.()
      }
    }
    to.uncork()
    if (head === queue.length || head > 1024) {
      queue.splice(0, head)
      head = 0
    }
    if (from.isPaused() && held < mostHeld) from.resume()
    if (open) schedule()
    else {
      waiting = true
      to.once('drain', deliver)
    }
  }

  function schedule(): void {
    const next = queue[head]
    if (!next || waiting) return
    waiting = true
    if (delay === 0) deliver()
    else setTimeout(deliver, Math.max(0, Math.ceil(next.due - performance.now())))
  }

  return {
    push(bytes) {
      held += bytes?.length ?? 0
      free = Math.max(free, performance.now()) + ((bytes?.length ?? 0) / rate) * 1000
      queue.push({ due: delay === 0 ? 0 : free + delay, bytes })
      if (held >= mostHeld) from.pause()
      schedule()
    },
    isEmpty: () => head === queue.length,
  }
}
