import { type ErrorCode, MirrorError, toMirrorError, withDetails } from '../../base/errors.ts'
import type { ConnectionEnd, Connection, Service } from '../../transport/connection/connection.ts'
import {
  type IdleReason,
  IdleWatch,
  LEAST_BYTES_PER_SECOND,
  NO_PROGRESS_FACTOR,
} from '../../transport/connection/idle-watch.ts'
import { createServerText, type ServerText, unframe } from './server-lines.ts'
import type { Server } from './server.ts'

/** A connection with its idle limit and its texts. */
export interface Talk {
  readonly connection: Connection
  readonly watch: IdleWatch
  readonly text: ServerText
  /** It has ended, by the idle limit or at the other side: nothing more can be asked. */
  readonly over: () => boolean
  /** Ends everything with `reason`. */
  abort(reason?: unknown): void
  /** Ends politely and gives the watch back. */
  close(): Promise<ConnectionEnd>
  /** As `close`, when nothing is under way: the other side's end is waited for only where it is near. */
  leave(): Promise<void>
}

/**
 * Opens a connection to `server`. It ends with the run's signal, or after `idleTimeout` without a byte.
 * @throws MirrorError with the server's side.
 */
export async function openTalk(server: Server, service: Service, signal?: AbortSignal): Promise<Talk> {
  const controller = new AbortController()
  const ending = AbortSignal.any([server.signal, controller.signal, ...(signal ? [signal] : [])])
  const watch = new IdleWatch(server.idleTimeout, (reason) => controller.abort(idleError(server, reason)))
  const text = createServerText((line) =>
    server.reporter({ kind: 'server-text', side: server.side, server: server.remote.label, text: line }),
  )
  const onAbort = (): void => text.endedByUs()
  ending.addEventListener('abort', onAbort, { once: true })
  // Node keeps a joined signal that somebody listens to, and with it all that the listener knows, for good.
  const forget = (): void => ending.removeEventListener('abort', onAbort)
  try {
    const connection = await server.remote.open({
      service,
      version: service === 'git-upload-pack' ? 2 : undefined,
      signal: ending,
      onText: (raw) => text.write(raw),
      onActivity: (bytes) => watch.touch(bytes),
    })
    return {
      connection,
      watch,
      text,
      over: () => ending.aborted || connection.over?.() === true,
      abort(reason) {
        watch.stop()
        forget()
        text.endedByUs()
        connection.abort(reason)
      },
      async close() {
        watch.stop()
        const end = await connection.close().finally(forget)
        text.end()
        return end
      },
      async leave() {
        watch.stop()
        if (connection.leave) connection.leave()
        else await connection.close()
        forget()
        text.end()
      },
    }
  } catch (error) {
    watch.stop()
    forget()
    text.end()
    throw toMirrorError(error, { code: 'connect', side: server.side, retryable: true })
  }
}

function idleError(server: Server, reason: IdleReason): MirrorError {
  if (reason === 'no-progress') {
    const seconds = Math.round((NO_PROGRESS_FACTOR * server.idleTimeout) / 1000)
    return new MirrorError(
      `${server.remote.label} showed no progress for ${seconds} seconds, only that it is alive`,
      {
        code: 'timeout',
        side: server.side,
        retryable: true,
        hint: `Fewer than ${LEAST_BYTES_PER_SECOND} bytes a second moved for ${NO_PROGRESS_FACTOR} times the idle-timeout. A server that works so long on one answer needs a larger idle-timeout.`,
      },
    )
  }
  return new MirrorError(
    `${server.remote.label} was silent for ${Math.round(server.idleTimeout / 1000)} seconds`,
    {
      code: 'timeout',
      side: server.side,
      retryable: true,
      hint: 'The server hangs or the network is down; a slow server may need a larger idle-timeout.',
    },
  )
}

/** Errors of the protocol's own readers, which know no address. */
const NAMELESS: ReadonlySet<ErrorCode> = new Set(['limit', 'protocol', 'server'])

/** What the server wrote beside a fatal message often says more than the message. */
function wordsOf(error: MirrorError, talk: Talk): string | undefined {
  if (error.code !== 'server') return error.serverText
  return [error.serverText ?? '', ...talk.text.lines.slice(-10)].join('\n')
}

const PASSING =
  /try again|temporar|time[d ]?-?out|overload|too many|rate limit|connection (closed|reset)|unavailable|hung up|early eof/i

/**
 * What a talk that broke off died of: the program's own words say more than the end of the stream does.
 * A kept-open talk is closed on the way.
 */
export async function explainEnd(server: Server, talk: Talk, thrown: unknown): Promise<MirrorError> {
  const plain = toMirrorError(thrown, { code: 'cut', side: server.side, retryable: true })
  const error = NAMELESS.has(plain.code)
    ? withDetails(plain, { serverText: wordsOf(plain, talk) }, `${server.remote.label}: ${plain.message}`)
    : plain
  // Over http each turn stands for itself: others may still be under way.
  if (talk.connection.forgets) return error
  if (error.code !== 'cut' || server.signal.aborted) {
    talk.abort(error)
    return error
  }
  const end = await talk.close()
  const words = unframe(end.text)
  if (words !== '' && (end.exitCode ?? 0) !== 0) {
    return new MirrorError(`${server.remote.label}: ${words}`, {
      code: 'server',
      side: server.side,
      retryable: PASSING.test(words),
      serverText: words,
      cause: error,
    })
  }
  const how =
    end.exitSignal !== undefined
      ? ` (its program was ended by ${end.exitSignal})`
      : end.exitCode
        ? ` (its program ended with status ${end.exitCode})`
        : ''
  return withDetails(
    error,
    { serverText: words === '' ? undefined : words },
    `${server.remote.label}: ${error.message}${how}`,
  )
}
