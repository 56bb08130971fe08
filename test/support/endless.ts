import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface EndlessServer extends AsyncDisposable {
  readonly port: number
  readonly sent: () => number
}

/** Sends bytes for as long as somebody takes them. */
export type Pour = (socket: Socket, head: Buffer, pattern: Buffer) => void

/** A server of the loopback device; `serve` is called with the first bytes of each connection. */
export async function startEndlessServer(
  serve: (given: {
    readonly asked: string
    readonly socket: Socket
    readonly pour: (head: Buffer, pattern: Buffer) => void
  }) => void,
  options: { readonly speaksFirst?: boolean } = {},
): Promise<EndlessServer> {
  const sockets = new Set<Socket>()
  let sent = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    const pour = (head: Buffer, pattern: Buffer): void => {
      const block = Buffer.concat(Array.from({ length: Math.ceil(262_144 / pattern.length) }, () => pattern))
      const more = (): void => {
        while (!socket.destroyed && socket.writable) {
          sent += block.length
          if (!socket.write(block)) return
        }
      }
      socket.on('drain', more)
      sent += head.length
      socket.write(head)
      more()
    }
    if (options.speaksFirst) serve({ asked: '', socket, pour })
    let asked = ''
    let answering = false
    socket.on('data', (bytes: Buffer) => {
      if (options.speaksFirst || answering) return
      asked += bytes.toString('latin1')
      if (!asked.includes('\r\n\r\n')) return
      const head = asked
      asked = ''
      answering = /git-(upload|receive)-pack HTTP/.test(head) && head.startsWith('GET') === false
      serve({ asked: head, socket, pour })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => sent,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The largest resident size, in bytes, that a process has while it runs. */
export async function watchMemory(pid: number, until: Promise<unknown>): Promise<number> {
  const state = { peak: 0, over: false }
  const end = (): void => {
    state.over = true
  }
  void until.then(end, end)
  while (!state.over) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    state.peak = Math.max(state.peak, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return state.peak
}
