import type { Writable } from 'node:stream'
import { ByteReader } from '../../base/bytes.ts'
import { MirrorError } from '../../base/errors.ts'
import { BodyWriter } from './body-writer.ts'
import { ChunkSource } from './chunk-source.ts'
import type { Connection, ConnectionEnd } from './connection.ts'
import { within } from '../../base/deadline.ts'

/** Milliseconds that the other side has for a polite end, and for the one after it was killed. */
const CLOSE_LIMIT_MS = 10_000

const KILL_LIMIT_MS = 5_000

/** How a program or a channel ended, where that is known. */
export type ProgramEnd = Omit<ConnectionEnd, 'text'>

export interface DuplexOptions {
  /** The server's bytes. Its clean end is the end of the greeting's reader; what it throws becomes `cut`. */
  readonly readable: AsyncIterable<Uint8Array>
  /** Ours. `end()` must be a half-close: the server can still answer. */
  readonly writable: Writable
  /** Settles when the other side is gone, also after `kill`. */
  readonly ended: Promise<ProgramEnd>
  /** The last text beside the protocol. */
  readonly text: () => string
  /** Ends the other side without ceremony; may be called more than once, and after the end. */
  readonly kill: (reason?: unknown) => void
  /** Settles `ended` as soon as the end of our side is on its way; undefined: the other side is waited for. */
  readonly leave?: (() => void) | undefined
  /** As `OpenOptions.onActivity`, for what is read and written here. */
  readonly onActivity?: ((bytes: number) => void) | undefined
  readonly signal: AbortSignal
  /** Reads an error from the way a program ended: it replaces the clean end, or the broken one, for the reader. */
  readonly describeEnd?: ((end: ConnectionEnd) => MirrorError | undefined) | undefined
  /** Milliseconds for a polite end. Default: 10,000. */
  readonly closeLimit?: number | undefined
}

/** A kept-open connection over a pair of streams. */
export function connectDuplex(options: DuplexOptions): Connection {
  const { kill, leave, signal, text, onActivity, describeEnd, closeLimit = CLOSE_LIMIT_MS } = options
  const ended = options.ended.catch((): ProgramEnd => ({}))
  let failure: { readonly reason: unknown } | undefined
  let closing: Promise<ConnectionEnd> | undefined

  const writer = new BodyWriter(options.writable, onActivity)
  const source = new ChunkSource(options.readable, { onChunk: onActivity, explainEnd })
  const greeting = new ByteReader(source)

  async function explainEnd(thrown: unknown): Promise<Error | undefined> {
    if (describeEnd) {
      const end = await within(ended, closeLimit)
      const error = describeEnd({ ...end, text: text() })
      if (error) return error
    }
    if (thrown === undefined) return undefined
    if (thrown instanceof MirrorError) return thrown
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return new MirrorError(`the connection broke off: ${message}`, {
      code: 'cut',
      retryable: true,
      cause: thrown,
    })
  }

  function abort(reason?: unknown): void {
    failure ??= {
      reason: reason ?? new MirrorError('the connection was given up', { code: 'cancelled' }),
    }
    source.fail(failure.reason)
    writer.stop()
    kill(failure.reason)
  }

  async function end(): Promise<ConnectionEnd> {
    writer.end()
    const over = source.drain().then(() => ended)
    if ((await within(over, closeLimit)) === undefined) kill()
    const how = await within(ended, KILL_LIMIT_MS)
    return { ...how, text: text() }
  }

  const onAbort = (): void => abort(signal.reason)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  let over = false
  void ended.then(() => {
    over = true
    signal.removeEventListener('abort', onAbort)
  })

  return {
    forgets: false,
    greeting,
    async turn(body, { last = false } = {}) {
      writer.send(body)
      if (last) writer.endWhenSent()
      if (failure) throw failure.reason
      return greeting
    },
    over: () => over,
    close: () => (closing ??= end()),
    ...(leave && {
      leave: () => {
        writer.end()
        leave()
      },
    }),
    abort,
  }
}
