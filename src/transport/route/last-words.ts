import type { Socket } from 'node:net'

/** How long a write that failed waits for the reading side to end by itself, in milliseconds. */
const LAST_WORDS_MS = 10_000

type Done = (error?: Error | null) => void
interface Writer {
  _write(chunk: unknown, encoding: BufferEncoding, done: Done): void
  _writev(chunks: unknown, done: Done): void
}

/**
 * Makes a write that fails wait until the reading side has ended. A server that answers early and closes
 * resets the connection; Node would destroy the socket at the first refused write and lose the answer that
 * already lies in the receive buffer (F6).
 */
export function keepLastWords(socket: Socket): void {
  const writer = socket as unknown as Writer
  const write = writer._write.bind(socket)
  const writeMany = writer._writev.bind(socket)
  writer._write = (chunk, encoding, done) => write(chunk, encoding, holdError(socket, done))
  writer._writev = (chunks, done) => writeMany(chunks, holdError(socket, done))
}

function holdError(socket: Socket, done: Done): Done {
  return (error) => {
    if (error && !socket.readableEnded && !socket.destroyed) awaitEnd(socket, () => done(error))
    else done(error)
  }
}

function awaitEnd(socket: Socket, then: () => void): void {
  const finish = (): void => {
    clearTimeout(timer)
    socket.off('end', finish)
    socket.off('close', finish)
    then()
  }
  const timer = setTimeout(finish, LAST_WORDS_MS)
  socket.once('end', finish)
  socket.once('close', finish)
}
