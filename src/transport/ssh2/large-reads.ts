import type { OnReadOpts, Socket } from 'node:net'

/** Bytes that are read at once. */
const BUFFER_LENGTH = 256 * 1024

/** Bytes that may come before and with the line that names the server (RFC 4253, section 4.2). */
const LONGEST_GREETING_BYTES = 8 * 1024

const NAME_LINE = /^SSH-[^\n]*\n/m

/** How the socket of an ssh connection is read. */
export interface Reading {
  readonly onread: OnReadOpts
  /** To be called as soon as there is a socket. */
  start(socket: Socket): void
  /** From now on everything is encrypted: the same memory serves for each piece. */
  reuse(): void
}

/**
 * Reads in large pieces into memory that is used again: what decrypts them makes copies. Before the first keys
 * are there, the ssh library keeps parts of what it was given.
 */
export function createReading(): Reading {
  let buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH)
  let reused = false
  let socket: Socket | undefined
  let greeted = false
  let warned = false
  let held = Buffer.alloc(0)

  /**
   * The library loses a part of what comes before the protocol when there are more than two: the lines before the one
   * that names the server are the first, and the rest up to that one's end the second.
   */
  function greet(piece: Buffer): void {
    held = Buffer.concat([held, piece])
    const text = held.toString('latin1', 0, LONGEST_GREETING_BYTES)
    const waits = warned ? !NAME_LINE.test(text) : beginsLine(text)
    if (!waits || held.length >= LONGEST_GREETING_BYTES) flush()
  }

  function flush(): void {
    if (held.length === 0) return
    const bytes = held
    held = Buffer.alloc(0)
    greeted ||= NAME_LINE.test(bytes.toString('latin1')) || bytes.length >= LONGEST_GREETING_BYTES
    warned = true
    socket?.emit('data', bytes)
  }

  return {
    onread: {
      buffer: () => (reused ? buffer : (buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH))),
      callback(length, bytes) {
        const piece = Buffer.from(bytes.buffer, bytes.byteOffset, length)
        if (greeted) socket?.emit('data', piece)
        else greet(piece)
        return true
      },
    },
    start(given) {
      socket = given
      given.once('end', flush)
    },
    reuse() {
      // Not the one that holds what came unencrypted.
      if (!reused) buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH)
      reused = true
    },
  }
}

/** Whether the last line of `text` is the beginning of the one that names the server. */
function beginsLine(text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1)
  return line !== '' && (line.startsWith('SSH-') || 'SSH-'.startsWith(line)) && !NAME_LINE.test(text)
}
