import type { Socket } from 'node:net'

/** Milliseconds that an idle connection is kept. */
const KEEP_IDLE = 30_000
/** The server shall not close a connection that is just being used: give it up this much before. */
const MARGIN = 1000

/** Connections that wait for their next request. They do not keep the process alive. */
export class SocketPool {
  readonly #idle = new Map<string, Idle[]>()
  #ended = false

  /** Keeps `socket` for `keepAlive` (the server's Keep-Alive header, if any), 30 seconds at most. */
  put(key: string, socket: Socket, keepAlive: string | undefined): void {
    const announced = /\btimeout=(\d+)/i.exec(keepAlive ?? '')?.[1]
    const limit = announced === undefined ? KEEP_IDLE : Number(announced) * 1000 - MARGIN
    if (limit <= 0 || socket.destroyed || !socket.writable || this.#ended) {
      socket.destroy()
      return
    }
    const all = this.#idle.get(key) ?? []
    this.#idle.set(key, all)
    const idle = new Idle(socket, () => void all.splice(all.indexOf(idle), 1))
    all.push(idle)
    idle.wait(Math.min(limit, KEEP_IDLE))
  }

  /** The connection that was used last. */
  take(key: string): Socket | undefined {
    const all = this.#idle.get(key)
    for (let socket = all?.at(-1)?.take(); socket; socket = all?.at(-1)?.take()) {
      // Its end may be known before its events have come.
      if (!socket.destroyed && socket.writable) return socket
      socket.destroy()
    }
    return undefined
  }

  /** Closes all, and those to come. */
  end(): void {
    this.#ended = true
    for (const all of this.#idle.values()) for (const { socket } of all) socket.destroy()
    this.#idle.clear()
  }
}

class Idle {
  readonly socket: Socket
  readonly #onGone: () => void
  /** Whatever happens to an idle connection, it can no longer be used: an answer has nobody who asked. */
  readonly #drop = (): void => {
    this.socket.destroy()
    this.#leave()
  }

  constructor(socket: Socket, onGone: () => void) {
    this.socket = socket
    this.#onGone = onGone
  }

  wait(limit: number): void {
    for (const event of EVENTS) this.socket.on(event, this.#drop)
    this.socket.setTimeout(limit)
    this.socket.unref()
    this.socket.resume()
  }

  take(): Socket {
    this.#leave()
    this.socket.setTimeout(0)
    this.socket.ref()
    return this.socket
  }

  #leave(): void {
    for (const event of EVENTS) this.socket.off(event, this.#drop)
    this.#onGone()
  }
}

const EVENTS = ['data', 'end', 'close', 'timeout'] as const
