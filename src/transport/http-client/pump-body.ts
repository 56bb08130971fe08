import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { MirrorError } from '../../base/errors.ts'
import { createGatherer } from '../connection/gather.ts'
import { listSlices, type Slices } from '../connection/connection.ts'

export interface PumpOptions {
  readonly request: ClientRequest
  /** The one that `request` has been given. */
  readonly socket: Socket
  /** Bytes of the body, as announced; undefined: it goes chunked. */
  readonly length: number | undefined
  /** Called with the bytes that the socket took. */
  readonly onWritten?: ((bytes: number) => void) | undefined
}

/** Bytes below which a slice costs more to write than to copy. */
const SMALL_SLICE_BYTES = 16 * 1024

/**
 * Sends a request at the pace of the server: what came together goes as one chunk, in one system call.
 * @throws what the body throws; MirrorError `local` when it is longer or shorter than announced. The request is
 *   then left unfinished.
 */
export async function pumpBody(body: AsyncIterator<Slices>, options: PumpOptions): Promise<void> {
  const { request, socket, length, onWritten } = options
  const gather = createGatherer()
  let sent = 0
  let written = true
  for (let next = await body.next(); !next.done;) {
    const slices = listSlices(next.value)
    const bytes = slices.reduce((sum, slice) => sum + slice.length, 0)
    sent += bytes
    if (length !== undefined && sent > length) throw lengthError()
    const copied = written && slices.length > 1 && bytes < slices.length * SMALL_SLICE_BYTES
    // A request uncorks its socket before it hands on what it gathered.
    socket.cork()
    request.cork()
    for (const slice of copied ? [gather(slices)] : slices) request.write(slice)
    request.uncork()
    socket.uncork()
    // Of the socket: a request that was corked may call for a drain that never comes.
    if (socket.writableNeedDrain) await new Promise<void>((resolve) => socket.once('drain', resolve))
    onWritten?.(bytes)
    written = socket.writableLength === 0 && request.writableLength === 0
    next = await body.next(copied || written)
  }
  if (length !== undefined && sent < length) throw lengthError()
  request.end()
}

function lengthError(): MirrorError {
  return new MirrorError('the body is longer or shorter than was announced', { code: 'local' })
}
