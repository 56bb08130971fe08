import { once } from 'node:events'
import type { Socket } from 'node:net'
import { FLUSH_PKT, pkt } from '../pkt.ts'
import { startRawServer } from '../raw-server.ts'

export interface ManyRefsServer extends AsyncDisposable {
  readonly url: string
  /** Resolves when so many refs were sent. */
  sent(count: number): Promise<void>
}

const REFS_IN_A_CHUNK = 10_000

/** A git:// server of version 2 that lists `count` refs as fast as they are taken, and then says nothing more. */
export async function startManyRefsServer(count: number): Promise<ManyRefsServer> {
  let done = 0
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const tell = (): void => {
    for (const one of waiting) if (done >= one.count) one.resolve()
  }
  const server = await startRawServer((socket) => {
    socket.write(pkt('version 2\n', 'ls-refs=unborn\n', 'fetch=shallow\n', 'object-format=sha1\n'))
    socket.write(FLUSH_PKT)
    let asked = ''
    socket.on('data', (chunk: Buffer) => {
      asked += chunk.toString('latin1')
      if (!asked.includes('command=ls-refs') || !asked.endsWith('0000')) return
      asked = ''
      void send(socket, count, (sent) => {
        done = sent
        tell()
      }).catch(() => undefined)
    })
  })
  return {
    url: `git://127.0.0.1:${server.port}/many.git`,
    sent: async (wanted) =>
      await new Promise<void>((resolve) => {
        waiting.push({ count: wanted, resolve })
        tell()
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function send(socket: Socket, count: number, onSent: (sent: number) => void): Promise<void> {
  for (let from = 0; from < count; from += REFS_IN_A_CHUNK) {
    const lines = Array.from({ length: Math.min(REFS_IN_A_CHUNK, count - from) }, (_, index) =>
      encodeLine(String(from + index).padStart(8, '0')),
    )
    if (!socket.write(lines.join(''))) await once(socket, 'drain')
    onSent(from + lines.length)
  }
  socket.write(FLUSH_PKT)
}

function encodeLine(number: string): string {
  const line = `${number.padEnd(40, 'a')} refs/heads/branch-${number}\n`
  return `${(line.length + 4).toString(16).padStart(4, '0')}${line}`
}
