import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { MirrorError } from '../../base/errors.ts'
import { GIVE_UP_LIMIT, type RawChannel, type SshChannel, wrapChannel } from './channel.ts'
import { brokenSession, lateSession, notSsh, refusedChannel, type SessionPlace } from './ssh-errors.ts'
import { chooseWindow, DEFAULT_WINDOW } from '../ssh2/receive-window.ts'

/** Bytes from the server that tell whether it speaks ssh: a few lines may come first (RFC 4253, section 4.2). */
const HEAD_LENGTH = 1_024

/** Milliseconds that a server has to close after we said goodbye. */
const GOODBYE_LIMIT = 1_000

/** What is used of the ssh library's client. */
export interface RawClient {
  once(event: 'ready', listener: () => void): unknown
  exec(
    command: string,
    options: { env: NodeJS.ProcessEnv },
    callback: (error: Error | undefined, channel: RawChannel) => void,
  ): unknown
  end(): unknown
}

export interface ExecOptions {
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Standard error of the program. */
  readonly onText: (bytes: Uint8Array) => void
}

/** A login at a server, on which programs can be run. */
export interface SshSession {
  /** Whether the connection is over. */
  readonly dead: () => boolean
  /** @throws MirrorError within the handshake limit: `server` when the program is refused, `cut`, `timeout`. */
  exec(command: string, options: ExecOptions): Promise<SshChannel>
  /** Called for whatever the server sends, answers to keepalives included. Returns how to stop it. */
  onActivity(listener: () => void): () => void
  /** Says goodbye; resolves when no socket and no timer is left, within a second. Never throws. */
  end(): Promise<void>
}

export interface StartedSession extends SshSession {
  /** Resolves after the login. @throws MirrorError within the handshake limit. */
  readonly ready: (signal: AbortSignal) => Promise<void>
  /** Ends the connection at once; the first reason is the one that everybody gets. */
  fail(reason: MirrorError): void
  /** Begins to watch the socket, once the library has it. */
  watch(): void
  /** Tells how long an answer of the server takes, in milliseconds. */
  setRoundTrip(milliseconds: number): void
}

/**
 * Watches over a client of the ssh library, which may tell of a broken connection by an error, by a close, or not
 * at all: whatever waits here is settled by the end of the socket, and every error ends the socket.
 */
export function startSession(client: RawClient, socket: Socket, place: SessionPlace): StartedSession {
  const channels = new Set<SshChannel>()
  const listeners = new Set<() => void>()
  const settlers = new Set<(reason: MirrorError) => void>()
  let failure: MirrorError | undefined
  let dead = false
  let head = ''
  let loggedIn = false
  let window = DEFAULT_WINDOW

  function fail(reason: MirrorError): void {
    failure ??= explain(reason)
    socket.destroy()
  }

  function explain(reason: MirrorError): MirrorError {
    return !loggedIn && isOtherProtocol(head) ? notSsh(place, head) : reason
  }

  // Before the library's own listener, which ends the channels as if the server had done so.
  socket.once('close', () => {
    dead = true
    const reason = failure ?? brokenSession(place)
    for (const settle of settlers) settle(reason)
    for (const channel of channels) channel.cut(reason)
    settlers.clear()
    channels.clear()
    listeners.clear()
  })
  socket.once('end', () => fail(brokenSession(place)))
  // The library ends the socket on its own at some errors; a peer that stays silent would keep it half open.
  socket.once('finish', () => void closeSoon())

  async function closeSoon(): Promise<void> {
    if (dead) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => socket.destroy(), GOODBYE_LIMIT)
      socket.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** Waits for a callback of the library, for the end, for the limit or for the signal. */
  function waitFor<T>(
    signal: AbortSignal,
    start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void,
    onLate: () => void,
  ): Promise<T> {
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
      if (dead) return refuse(failure ?? brokenSession(place))
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
    watch() {
      // Before the library's own listener: what it sends on hearing something, most of all the packets that a larger
      // window lets out, leaves in one call to the system rather than in three for each packet.
      socket.prependListener('data', () => {
        socket.cork()
        process.nextTick(() => socket.uncork())
      })
      socket.on('data', (bytes: Buffer) => {
        if (head.length < HEAD_LENGTH) head += bytes.toString('latin1', 0, HEAD_LENGTH)
        for (const listener of listeners) listener()
      })
    },
    setRoundTrip(milliseconds) {
      window = chooseWindow(milliseconds)
    },
    ready: (signal) =>
      waitFor<void>(
        signal,
        (resolve) =>
          client.once('ready', () => {
            loggedIn = true
            resolve()
          }),
        () => fail(lateSession(place)),
      ),
    exec(command, { env, signal, onText }) {
      let given = true
      const start = (resolve: (channel: SshChannel) => void, reject: (reason: unknown) => void): void => {
        client.exec(command, { env: { ...env } }, (error, raw) => {
          if (error) return reject(refusedChannel(error, place))
          const channel = wrapChannel({ channel: raw, window, onText, send })
          if (!given || dead) return channel.close()
          channels.add(channel)
          void channel.ended.then(() => channels.delete(channel))
          resolve(channel)
        })
      }
      return waitFor(signal, start, () => {
        given = false
      })
    },
    onActivity(listener) {
      if (!dead) listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async end() {
      if (dead) return
      // Each ends by itself, or was given up and is closed in time.
      await Promise.race([
        Promise.all([...channels].map(({ ended }) => ended)),
        sleep(2 * GIVE_UP_LIMIT, undefined, { ref: false }),
      ])
      if (dead) return
      failure ??= new MirrorError('the ssh connection was closed', { code: 'cancelled' })
      const closed = closeSoon()
      try {
        client.end()
        // Nothing more is said on either side: the server's own goodbye is not worth a round trip.
        if (socket.writableFinished) socket.destroy()
        else socket.once('finish', () => socket.destroy())
      } catch {
        socket.destroy()
      }
      await closed
    },
  }

  // The library writes to its socket without looking back, three times a packet: waiting for the socket here
  // keeps the rest out of memory.
  function send(
    write: (onWritten: (error?: Error | null) => void) => void,
    callback: (error?: Error | null) => void,
  ): void {
    socket.cork()
    try {
      write((error) => {
        if (error) callback(error)
        else if (socket.writableNeedDrain) socket.once('drain', callback)
        else callback()
      })
    } finally {
      socket.uncork()
    }
  }
}

function isOtherProtocol(head: string): boolean {
  return head !== '' && !/^SSH-/m.test(head)
}
