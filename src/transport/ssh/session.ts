import type { Socket } from 'node:net'
import { within } from '../../base/deadline.ts'
import { MirrorError } from '../../base/errors.ts'
import { DEFAULT_WINDOW_BYTES, chooseWindow } from '../ssh2/receive-window.ts'
import type { Tuning } from '../ssh2/tuning.ts'
import { GIVE_UP_LIMIT_MS, type RawChannel, type SshChannel, wrapChannel } from './channel.ts'
import type { SocketWatch } from './socket-watch.ts'
import { lateSession, refusedChannel, type SessionPlace } from './ssh-errors.ts'

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
  /** The channel shows life beside its data: bytes of stderr, or 0 for room to send. Keepalives are none. */
  readonly onActivity?: ((bytes: number) => void) | undefined
}

/** A login at a server, on which programs can be run. */
export interface SshSession {
  /** Whether the connection is over. */
  readonly dead: () => boolean
  /** @throws MirrorError within the handshake limit: `server` when the program is refused, `cut`, `timeout`. */
  exec(command: string, options: ExecOptions): Promise<SshChannel>
  /** Says goodbye; resolves when no socket and no timer is left, within a second. Never throws. */
  end(): Promise<void>
}

export interface SessionParts {
  readonly client: RawClient
  readonly socket: Socket
  readonly watch: SocketWatch
  readonly tuning: Tuning
  readonly place: SessionPlace
  /** Milliseconds that an answer of the server takes; undefined while that is not known. */
  readonly roundTrip: () => number | undefined
}

/** Waits until the client is logged in. @throws MirrorError within the handshake limit. */
export async function awaitLogin(parts: SessionParts, signal: AbortSignal): Promise<SshSession> {
  const { client, watch, place } = parts
  await watch.waitFor<void>(
    signal,
    (resolve) =>
      client.once('ready', () => {
        watch.setLoggedIn()
        resolve()
      }),
    () => watch.fail(lateSession(place)),
  )
  return createSession(parts)
}

function createSession(parts: SessionParts): SshSession {
  const { socket, watch, place, tuning } = parts
  const channels = new Set<SshChannel>()
  const milliseconds = parts.roundTrip()
  const window = milliseconds === undefined ? DEFAULT_WINDOW_BYTES : chooseWindow(milliseconds)
  watch.onClosed((reason) => {
    for (const channel of channels) channel.cut(reason)
    channels.clear()
  })

  return {
    dead: watch.dead,
    exec(command, { env, signal, onText, onActivity }) {
      let given = true
      return watch.waitFor<SshChannel>(
        signal,
        (resolve, reject) => {
          parts.client.exec(command, { env: { ...env } }, (error, raw) => {
            if (error) return reject(refusedChannel(error, place))
            const send: Send = (write, callback) => sendAtOnce(socket, write, callback)
            const channel = wrapChannel({ channel: raw, window, tuning, onText, onActivity, send })
            if (!given || watch.dead()) return channel.close()
            channels.add(channel)
            void channel.ended.then(() => channels.delete(channel))
            resolve(channel)
          })
        },
        () => {
          given = false
        },
      )
    },
    async end() {
      if (watch.dead()) return
      // Each ends by itself, or was given up and is closed in time.
      const ended = Promise.all([...channels].map((channel) => channel.ended))
      if (channels.size > 0) await within(ended, 2 * GIVE_UP_LIMIT_MS)
      await sayGoodbye(parts)
    },
  }
}

async function sayGoodbye({ client, socket, watch }: SessionParts): Promise<void> {
  if (watch.dead()) return
  watch.expectEnd(new MirrorError('the ssh connection was closed', { code: 'cancelled' }))
  const closed = watch.closeSoon()
  try {
    client.end()
    // Nothing more is said on either side: the server's own goodbye is not worth a round trip.
    if (socket.writableFinished) socket.destroy()
    else socket.once('finish', () => socket.destroy())
  } catch {
    socket.destroy()
  }
  await closed
}

type Send = Parameters<typeof wrapChannel>[0]['send']

/**
 * The library writes to its socket without looking back, three times a packet: waiting for the socket here keeps
 * the rest out of memory.
 */
function sendAtOnce(socket: Socket, write: Parameters<Send>[0], callback: Parameters<Send>[1]): void {
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
