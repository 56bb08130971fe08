import { type Duplex, type Readable, Writable } from 'node:stream'
import { MirrorError } from '../../base/errors.ts'
import type { ProgramEnd } from '../connection/duplex.ts'
import { createGatherer } from '../connection/gather.ts'
import { ChunkQueue } from '../connection/chunk-queue.ts'
import type { Tuning } from '../ssh2/tuning.ts'

/** What the ssh library gives for a program that runs at the other side. */
export interface RawChannel extends Duplex {
  readonly stderr: Readable
  close(): void
}

export interface ChannelOptions {
  readonly channel: RawChannel
  /** Bytes that may be under way to us. */
  readonly window: number
  readonly tuning: Tuning
  readonly onText: (bytes: Uint8Array) => void
  /** As `ExecOptions.onActivity`. */
  readonly onActivity?: ((bytes: number) => void) | undefined
  /** Runs `write` so that all that it sends leaves in one call to the system; calls back when the socket takes more. */
  readonly send: (
    write: (onWritten: (error?: Error | null) => void) => void,
    callback: (error?: Error | null) => void,
  ) => void
}

/** A program at the other side, with ends that are told for certain. */
export interface SshChannel {
  readonly readable: AsyncIterable<Uint8Array>
  /** `end()` is a half-close. Fails when the program is gone. */
  readonly writable: Writable
  /** Settles when the channel or the connection below it is closed, and after `close`. */
  readonly ended: Promise<ProgramEnd>
  /** Settles when the server counts it no more, never before `ended`. */
  readonly gone: Promise<undefined>
  /** Bytes that came, stderr apart. */
  readonly received: () => number
  /** Whether the connection broke before the server had ended the channel. */
  readonly broken: () => boolean
  /** Ends the program without ceremony. */
  close(): void
  /** It is over once the end of its input was sent. */
  leave(): void
  /** Ends its input, on which receive-pack removes its quarantine, and closes the channel if it lives on. */
  giveUp(): void
  /** The connection is gone: what came before is read first, then `reason` is thrown. */
  cut(reason: MirrorError): void
}

/** Milliseconds that a program has to end once its input has. */
export const GIVE_UP_LIMIT_MS = 1_500

/**
 * Wraps a channel of the ssh library, whose own stream ends cleanly when the connection breaks, and whose
 * writes never call back after the channel was closed.
 */
export function wrapChannel(options: ChannelOptions): SshChannel {
  const { channel, tuning, onText, onActivity, send } = options
  const { promise: ended, resolve: resolveEnded } = withResolvers<ProgramEnd>()
  const { promise: gone, resolve: resolveGone } = withResolvers<undefined>()
  const window = tuning.enlargeWindow(channel, options.window)
  tuning.sendWholePackets(channel)
  if (onActivity) tuning.watchGrants(channel, () => onActivity(0))
  let how: ProgramEnd = {}
  let received = 0
  let broken: MirrorError | undefined

  // What waits in the paused stream waits, too: without it, each chunk that is taken would let another one in.
  const topUp = (): void => window.topUp(inbox.waiting + channel.readableLength)
  const inbox = new ChunkQueue(
    {
      pause() {
        if (!broken) channel.pause()
      },
      resume: () => channel.resume(),
      taken: topUp,
    },
    { high: window.size, low: window.size / 2 },
  )
  channel.on('data', (chunk: Uint8Array) => {
    received += chunk.length
    inbox.push(chunk)
  })
  const endInbox = (): void => (broken ? inbox.fail(broken) : inbox.end())
  channel.once('end', endInbox)
  channel.on('error', () => {})

  const writable = wrapWriting(channel, send)
  channel.once('exit', (code: number | null, signal?: string) => {
    how = code === null ? { exitSignal: signal } : { exitCode: code }
  })
  channel.stderr.on('data', (bytes: Uint8Array) => {
    onActivity?.(bytes.length)
    onText(bytes)
    topUp()
  })
  channel.stderr.on('error', () => {})
  // Standard error is always read, so that its closing tells of the channel's even while the other stream waits.
  channel.stderr.once('close', () => {
    finish()
    resolveGone(undefined)
  })

  function finish(): void {
    writable.destroy()
    resolveEnded(how)
  }

  function close(): void {
    try {
      channel.close()
    } catch {
      // The connection broke a moment ago.
    }
    finish()
  }

  return {
    readable: inbox,
    writable,
    ended,
    gone,
    received: () => received,
    broken: () => broken !== undefined,
    close,
    leave() {
      if (writable.writableFinished) finish()
      else writable.once('finish', finish)
    },
    giveUp() {
      try {
        channel.end()
      } catch {
        return close()
      }
      const timer = setTimeout(close, GIVE_UP_LIMIT_MS)
      void ended.then(() => clearTimeout(timer))
    },
    cut(reason) {
      if (!tuning.endedByServer(channel)) broken = reason
      channel.resume()
      finish()
      resolveGone(undefined)
      // Two turns let the resumed stream hand over what it still holds; its own end may never come.
      setImmediate(() => setImmediate(endInbox))
    },
  }
}

function wrapWriting(channel: RawChannel, send: ChannelOptions['send']): Writable {
  const write = (bytes: Buffer, callback: (error?: Error | null) => void): void => {
    try {
      send((onWritten) => channel.write(bytes, onWritten), callback)
    } catch (error) {
      callback(error as Error)
    }
  }
  // Encrypting copies what was joined before the next parts come.
  const gather = createGatherer()
  const writable = new Writable({
    highWaterMark: 256 * 1024,
    write: (chunk: Buffer, _encoding, callback) => write(chunk, callback),
    // A copy costs less than the packets of ssh that small parts would make.
    writev: (chunks, callback) => write(gather(chunks.map(({ chunk }) => chunk as Buffer)), callback),
    final(callback) {
      channel.end()
      callback()
    },
  })
  writable.on('error', () => {})
  return writable
}

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
