import type { Socket } from 'node:net'

/** Milliseconds that an idle connection is kept. */
const KEEP_IDLE_MS = 30_000

/** Connections that wait for their next request, by the key of their route. Idle ones keep no process alive. */
export class SocketShelf {
  readonly #kept = new Map<string, Set<Socket>>()
  readonly #drop = new WeakMap<Socket, () => void>()

  /** The one that was put there last: its server is the least likely to have closed it. */
  take(key: string): Socket | undefined {
    const socket = [...(this.#kept.get(key) ?? [])].at(-1)
    if (socket === undefined) return undefined
    this.#forget(key, socket)
    socket.setTimeout(0)
    socket.ref()
    return socket
  }

  /** Nobody else listens to `socket`. One that ends, or that the server says anything on, is closed. */
  put(key: string, socket: Socket): void {
    if (socket.destroyed || !socket.readable || !socket.writable) return void socket.destroy()
    const sockets = this.#kept.get(key) ?? new Set()
    this.#kept.set(key, sockets)
    sockets.add(socket)
    const drop = (): void => {
      this.#forget(key, socket)
      socket.destroy()
    }
    this.#drop.set(socket, drop)
    for (const event of ['data', 'end', 'close', 'timeout']) socket.once(event, drop)
    socket.setTimeout(KEEP_IDLE_MS)
    socket.unref()
    socket.resume()
  }

  destroy(): void {
    for (const [key, sockets] of this.#kept) {
      for (const socket of sockets) {
        this.#forget(key, socket)
        socket.destroy()
      }
    }
  }

  #forget(key: string, socket: Socket): void {
    const drop = this.#drop.get(socket)
    if (drop) for (const event of ['data', 'end', 'close', 'timeout']) socket.off(event, drop)
    const sockets = this.#kept.get(key)
    sockets?.delete(socket)
    if (sockets?.size === 0) this.#kept.delete(key)
  }
}
