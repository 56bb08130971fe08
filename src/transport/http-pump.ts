import type { Socket } from 'node:net'
import { MirrorError } from '../errors.ts'

export interface PumpOptions {
  readonly socket: Socket
  /** Goes before the first byte of the body, with it. */
  readonly head: string
  /** Bytes of the body, as announced; undefined: it goes chunked. */
  readonly length: number | undefined
}

/**
 * Sends a request at the pace of the server, with one system call for all that came together.
 * @throws what the body throws; MirrorError `local` when it is longer or shorter than announced. The request is
 *   then left unfinished.
 */
export async function pumpBody(slices: AsyncIterator<Uint8Array>, options: PumpOptions): Promise<void> {
  const { socket, length } = options
  let { head } = options
  let sent = 0
  for (let next = await slices.next(); !next.done; next = await slices.next()) {
    const size = next.value.length
    // An empty chunk would end the body.
    if (size === 0) continue
    sent += size
    if (length !== undefined && sent > length) throw lengthError()
    socket.cork()
    const before = length === undefined ? `${head}${size.toString(16)}\r\n` : head
    if (before !== '') socket.write(before, 'latin1')
    socket.write(next.value)
    if (length === undefined) socket.write('\r\n', 'latin1')
    socket.uncork()
    head = ''
    if (socket.writableNeedDrain) await new Promise<void>((resolve) => socket.once('drain', resolve))
  }
  if (length !== undefined && sent < length) throw lengthError()
  const end = length === undefined ? `${head}0\r\n\r\n` : head
  if (end !== '') socket.write(end, 'latin1')
}

function lengthError(): MirrorError {
  return new MirrorError('the body is longer or shorter than was announced', { code: 'local' })
}
