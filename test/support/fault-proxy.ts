import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultKind } from './fault-plan.ts'
import type { Place } from './places.ts'

export interface ProxyFault {
  readonly kind: FaultKind
  /** Whose bytes are counted and hit. */
  readonly from: 'client' | 'server'
  /** Bytes of that side that pass unharmed, over all connections; `page`: requests. */
  readonly after: number
  /** Connections that come later are hung up. */
  readonly dead?: boolean | undefined
  /** Of `page`. */
  readonly status?: number | undefined
  /** Of `slow`: milliseconds before the rest moves at all. */
  readonly hold?: number | undefined
}

export interface Passed {
  readonly client: number
  readonly server: number
  /** HTTP requests. */
  readonly requests: number
}

/** A TCP proxy on 127.0.0.1 that breaks one connection of all that pass it, once. */
export interface SpoilingProxy extends AsyncDisposable {
  readonly port: number
  /** Counts from nothing again; the fault of what comes now, or none. */
  arm(fault: ProxyFault | undefined): void
  /** What came since it was armed. */
  readonly passed: () => Passed
  /** The fault has come. */
  readonly struck: () => boolean
  /** Connections that their clients have not ended. */
  readonly open: () => number
  /** Holds all bytes back in both directions, and lets them go again. */
  pause(): void
  resume(): void
}

const SLOW_SLICE_BYTES = 16_384
const SLOW_DELAY_MS = 8

interface State {
  fault: ProxyFault | undefined
  passed: { client: number; server: number; requests: number }
  struck: boolean
}

/** Starts a proxy in front of `target`, a port of 127.0.0.1. */
export async function startSpoilingProxy(target: number): Promise<SpoilingProxy> {
  const clients = new Set<Socket>()
  const sockets = new Set<Socket>()
  let state: State = { fault: undefined, passed: { client: 0, server: 0, requests: 0 }, struck: false }
  let gate: PromiseWithResolvers<void> | undefined

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const mine = state
    if (mine.struck && mine.fault?.dead) return void client.resetAndDestroy()
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    clients.add(client)
    for (const event of ['end', 'close']) client.once(event, () => clients.delete(client))
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
    }
    const victim = { stalled: false }
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => {
      if (!victim.stalled) client.destroySoon()
    })
    void relay('client', client, upstream)
    void relay('server', upstream, client)

    async function relay(from: 'client' | 'server', source: Socket, sink: Socket): Promise<void> {
      let manner: 'well' | 'slow' | 'gone' = 'well'
      const closed = new Promise<void>((resolve) => void sink.once('close', () => resolve()))
      const write = async (bytes: Buffer): Promise<void> => {
        if (bytes.length === 0 || sink.destroyed || sink.writableEnded || sink.write(bytes)) return
        await Promise.race([new Promise((resolve) => sink.once('drain', resolve)), closed])
      }
      try {
        for await (const bytes of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          if (gate) await gate.promise
          const before = mine.passed[from]
          mine.passed[from] += bytes.length
          if (from === 'client' && /^(GET|POST) \//.test(bytes.toString('latin1', 0, 6)))
            mine.passed.requests++
          const { fault } = mine
          const due =
            fault !== undefined && !mine.struck && manner === 'well' && isDue(fault, from, mine.passed)
          if (due) {
            mine.struck = true
            const at = fault.kind === 'page' ? 0 : Math.max(0, fault.after - before)
            manner = await strike(fault, bytes, at)
          } else if (manner === 'slow') {
            for (let at = 0; at < bytes.length; at += SLOW_SLICE_BYTES) {
              await write(bytes.subarray(at, at + SLOW_SLICE_BYTES))
              await sleep(SLOW_DELAY_MS)
            }
          } else if (manner === 'well') await write(bytes)
        }
      } catch {
        // The source was reset: what that means to the other side is told by its close.
      }
      if (manner !== 'gone') return void sink.end()
      // A client that ends a broken connection is gone.
      if (from === 'client') for (const socket of [client, upstream]) socket.destroy()

      async function strike(fault: ProxyFault, bytes: Buffer, at: number): Promise<'well' | 'slow' | 'gone'> {
        switch (fault.kind) {
          case 'corrupt': {
            const damaged = Buffer.from(bytes)
            damaged[at]! ^= 0x55
            await write(damaged)
            return 'well'
          }
          case 'slow':
            await write(bytes.subarray(0, at))
            await Promise.race([sleep(fault.hold ?? 0), closed])
            await write(bytes.subarray(at))
            return 'slow'
          case 'page':
            client.end(makePage(fault.status ?? 500))
            upstream.destroy()
            return 'gone'
          case 'stall':
            victim.stalled = true
            await write(bytes.subarray(0, at))
            return 'gone'
          case 'half-close':
            await write(bytes.subarray(0, at))
            sink.end()
            return 'gone'
          default:
            await new Promise<void>((resolve) => sink.write(bytes.subarray(0, at), () => resolve()))
            if (fault.kind === 'reset') client.resetAndDestroy()
            else client.destroy()
            upstream.destroy()
            return 'gone'
        }
      }
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    arm(fault) {
      state = { fault, passed: { client: 0, server: 0, requests: 0 }, struck: false }
    },
    passed: () => state.passed,
    struck: () => state.struck,
    open: () => clients.size,
    pause() {
      gate ??= Promise.withResolvers<void>()
    },
    resume() {
      gate?.resolve()
      gate = undefined
    },
    async [Symbol.asyncDispose]() {
      gate?.resolve()
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function isDue(fault: ProxyFault, from: 'client' | 'server', passed: Passed): boolean {
  if (fault.kind === 'page') return from === 'client' && passed.requests > fault.after
  return fault.from === from && passed[from] > fault.after
}

function makePage(status: number): string {
  const body = '<html><body><h1>The front end is unwell</h1></body></html>\n'
  const wait = status === 429 || status === 503 ? 'Retry-After: 1\r\n' : ''
  const ask = status === 401 ? 'WWW-Authenticate: Basic realm="git"\r\n' : ''
  const head = `HTTP/1.1 ${status} Unwell\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n`
  return `${head}${wait}${ask}Connection: close\r\n\r\n${body}`
}

/** The same place, seen through a proxy. */
export interface SpoiledPlace extends Place {
  readonly proxy: SpoilingProxy
}

/** Puts a proxy in front of a place with a port. The place lives as long as what is given back. */
export async function spoilPlace(place: Place): Promise<SpoiledPlace> {
  const port = Number(new URL(place.url('/x')).port)
  const proxy = await startSpoilingProxy(port)
  return {
    proxy,
    url: (path) => place.url(path).replace(`:${port}/`, `:${proxy.port}/`),
    inputs: (side) => place.inputs(side),
    knownHosts: place.knownHosts.replaceAll(`]:${port} `, `]:${proxy.port} `),
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}
