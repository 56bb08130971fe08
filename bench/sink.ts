import { createServer, type AddressInfo, type Socket } from 'node:net'

const CHUNKS_END = Buffer.from('\r\n0\r\n\r\n')
const HEAD_END = Buffer.from('\r\n\r\n')

export interface Sink extends AsyncDisposable {
  readonly url: string
  /** Empty again, for the next run. */
  reset(): void
}

/**
 * An http destination that throws packs away as fast as they come, and then claims to have `refs`: what is
 * measured is the road to it, not a receive-pack. It knows just what one push into an empty repository needs.
 */
export async function startSink(refs: ReadonlyMap<string, string>): Promise<Sink> {
  let pushed = false
  const sockets = new Set<Socket>()
  const report = pack(['unpack ok\n', ...[...refs.keys()].map((ref) => `ok ${ref}\n`)])
  const answerTo = (head: string): string => {
    if (head.includes('git-upload-pack')) return answer(403, 'text/plain', '')
    if (head.startsWith('POST')) return answer(200, 'application/x-git-receive-pack-result', report)
    const service = pack(['# service=git-receive-pack\n'])
    return answer(
      200,
      'application/x-git-receive-pack-advertisement',
      service + advertise(pushed ? refs : new Map()),
    )
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
    takeRequests(socket, (head, isPack) => {
      if (isPack) pushed = true
      socket.write(head.startsWith('POST') && !isPack ? answer(200, 'text/plain', '') : answerTo(head))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sink.git`,
    reset: () => {
      pushed = false
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Calls `onRequest` when a request has come to its end. Only the last bytes of a chunked body are looked at. */
function takeRequests(socket: Socket, onRequest: (head: string, isPack: boolean) => void): void {
  let head = ''
  let left = 0
  let chunked = false
  let tail = Buffer.alloc(0)
  const finish = (isPack: boolean): void => {
    const request = head
    head = ''
    chunked = false
    tail = Buffer.alloc(0)
    onRequest(request, isPack)
  }
  socket.on('data', (bytes: Buffer) => {
    let rest = bytes
    if (head === '') {
      tail = Buffer.concat([tail, bytes])
      const end = tail.indexOf(HEAD_END)
      if (end === -1) return
      head = tail.subarray(0, end).toString('latin1')
      rest = tail.subarray(end + HEAD_END.length)
      tail = Buffer.alloc(0)
      chunked = /^transfer-encoding:.*chunked/im.test(head)
      left = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      if (/^expect: *100-continue/im.test(head)) socket.write('HTTP/1.1 100 Continue\r\n\r\n')
      if (!chunked && left === 0) return finish(false)
    }
    if (!chunked) {
      left -= rest.length
      // A body of four bytes is the flush packet of a probe.
      if (left <= 0) finish(!/^content-length: *4\r?$/im.test(head))
      return
    }
    const last = Buffer.concat([tail, rest.subarray(-CHUNKS_END.length)])
    tail = last.subarray(-CHUNKS_END.length)
    if (tail.equals(CHUNKS_END)) finish(true)
  })
}

function answer(status: number, type: string, body: string): string {
  const length = Buffer.byteLength(body)
  return `HTTP/1.1 ${status} Sink\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`
}

function advertise(refs: ReadonlyMap<string, string>): string {
  const capabilities = '\0report-status delete-refs ofs-delta object-format=sha1'
  if (refs.size === 0) return pack([`${'0'.repeat(40)} capabilities^{}${capabilities}\n`])
  return pack([...refs].map(([ref, id], index) => `${id} ${ref}${index === 0 ? capabilities : ''}\n`))
}

/** pkt-lines and a flush. */
function pack(lines: readonly string[]): string {
  const packets = lines.map((line) => `${(line.length + 4).toString(16).padStart(4, '0')}${line}`)
  return `${packets.join('')}0000`
}
