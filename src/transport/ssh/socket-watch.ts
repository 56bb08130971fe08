import type { Socket } from 'node:net'
import type { MirrorError } from '../../base/errors.ts'
import { brokenSession, lateSession, notSsh, type SessionPlace, turnedAway } from './ssh-errors.ts'

/** Bytes from the server that tell whether it speaks ssh: a few lines may come first (RFC 4253, section 4.2). */
const HEAD_LENGTH = 1_024

/** Milliseconds that a server has to close after we said goodbye. */
const GOODBYE_LIMIT_MS = 1_000

/** Starts what ends by a callback of the library. */
export type Start<T> = (resolve: (value: T) => void, reject: (reason: unknown) => void) => void

/** The socket below an ssh connection: its end settles whatever waits on the connection. */
export interface SocketWatch {
  /** Whether the socket is closed. */
  readonly dead: () => boolean
  /** Ends the connection at once; the first reason is the one that everybody gets. */
  fail(reason: MirrorError): void
  /** The reason that everybody gets when the socket closes without one. */
  expectEnd(reason: MirrorError): void
  /** Called once the socket is closed, before the library hears of it. */
  onClosed(listener: (reason: MirrorError) => void): void
  /** Begins to read along, once the library reads the socket. */
  readAlong(): void
  /** After the login nothing that the server sends makes it one of another protocol. */
  setLoggedIn(): void
  /**
   * Waits for a callback of the library. `onLate`: nobody waits for it any more.
   * @throws what `start` gives; MirrorError for the end of the socket and for the handshake limit; the signal's reason.
   */
  waitFor<T>(signal: AbortSignal, start: Start<T>, onLate: () => void): Promise<T>
  /** Resolves when the socket is closed, within a second of its last byte. */
  closeSoon(): Promise<void>
}

/**
 * The ssh library may tell of a broken connection by an error, by a close, or not at all: here the socket itself is
 * watched, and every error ends it. To be called before the library gets the socket: its own listener ends the
 * channels of a broken connection as if the server had done so.
 */
export function watchSocket(socket: Socket, place: SessionPlace): SocketWatch {
  const listeners: ((reason: MirrorError) => void)[] = []
  const settlers = new Set<(reason: MirrorError) => void>()
  let failure: MirrorError | undefined
  let dead = false
  let head = ''
  let loggedIn = false

  let expected: MirrorError | undefined

  const explain = (reason: MirrorError): MirrorError => {
    if (loggedIn) return reason
    if (head === '') return reason.code === 'cut' ? turnedAway(place, reason) : reason
    return isOtherProtocol(head) ? notSsh(place, head) : reason
  }

  function fail(reason: MirrorError): void {
    failure ??= explain(reason)
    socket.destroy()
  }

  socket.once('close', () => {
    dead = true
    const reason = failure ?? expected ?? explain(brokenSession(place))
    for (const settle of settlers) settle(reason)
    for (const listener of listeners.splice(0)) listener(reason)
    settlers.clear()
  })
  socket.once('end', () => fail(expected ?? brokenSession(place)))
  // The library ends the socket on its own at some errors; a peer that stays silent would keep it half open.
  socket.once('finish', () => void closeSoon())

  async function closeSoon(): Promise<void> {
    if (dead) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => socket.destroy(), GOODBYE_LIMIT_MS)
      socket.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  function waitFor<T>(signal: AbortSignal, start: Start<T>, onLate: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        settlers.delete(refuse)
        act()
      }
      const refuse = (reason: unknown): void => settle(() => reject(reason))
      const onAbort = (): void => {
        refuse(signal.reason)
        onLate()
      }
      const timer = setTimeout(() => {
        refuse(explain(lateSession(place)))
        onLate()
      }, place.limits.handshake)
      settlers.add(refuse)
      if (signal.aborted) return onAbort()
      signal.addEventListener('abort', onAbort, { once: true })
      if (dead) return refuse(failure ?? expected ?? brokenSession(place))
      try {
        start((value) => settle(() => resolve(value)), refuse)
      } catch (cause) {
        refuse(brokenSession(place, cause))
      }
    })
  }

  return {
    dead: () => dead,
    fail,
    expectEnd(reason) {
      expected = reason
    },
    onClosed: (listener) => void listeners.push(listener),
    readAlong() {
      // Before the library's own listener: what it sends on hearing something, most of all the packets that a larger
      // window lets out, leaves in one call to the system rather than in three for each packet.
      socket.prependListener('data', () => {
        socket.cork()
        process.nextTick(() => socket.uncork())
      })
      socket.on('data', function readHead(bytes: Buffer) {
        head += bytes.toString('latin1', 0, HEAD_LENGTH)
        if (head.length >= HEAD_LENGTH) socket.off('data', readHead)
      })
    },
    setLoggedIn() {
      loggedIn = true
    },
    waitFor,
    closeSoon,
  }
}

function isOtherProtocol(head: string): boolean {
  return head !== '' && !/^SSH-/m.test(head)
}
