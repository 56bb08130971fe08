import type { OnReadOpts, Socket } from 'node:net'

/** Bytes that are read at once. */
const BUFFER_LENGTH = 256 * 1024

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
  return {
    onread: {
      buffer: () => (reused ? buffer : (buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH))),
      callback(length, bytes) {
        socket?.emit('data', Buffer.from(bytes.buffer, bytes.byteOffset, length))
        return true
      },
    },
    start(given) {
      socket = given
    },
    reuse() {
      // Not the one that holds what came unencrypted.
      if (!reused) buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH)
      reused = true
    },
  }
}
