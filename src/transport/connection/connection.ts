import { ByteReader } from '../../base/bytes.ts'

/** The two programs that a Git server runs for others. */
export type Service = 'git-upload-pack' | 'git-receive-pack'

/** A slice, or slices that are here together and are written at once. */
export type Slices = Uint8Array | readonly Uint8Array[]

/**
 * What a turn sends: all of it at once, or a stream that the transport pulls at the server's pace. `next(true)` tells a
 * stream that all it gave before is written, or was copied.
 */
export type TurnBody = Uint8Array | AsyncIterable<Slices, unknown, boolean | undefined>

/** `slices` as a list. */
export function listSlices(slices: Slices): readonly Uint8Array[] {
  return slices instanceof Uint8Array ? [slices] : slices
}

export interface OpenOptions {
  readonly service: Service
  /** Asked from upload-pack with `Git-Protocol` or `GIT_PROTOCOL`; receive-pack is never asked. */
  readonly version?: 2 | undefined
  /** Ask for the version in the command itself too (`mayInsist`): not every account may run such a command. */
  readonly insists?: boolean | undefined
  /** Ends the connection at once, in any state. The reason is thrown by whatever waits. */
  readonly signal: AbortSignal
  /** Text that the server writes beside the protocol: stderr, an ssh banner. Raw, cut anywhere. */
  readonly onText?: ((text: string) => void) | undefined
  /**
   * Called with the bytes of Git's own that moved in either direction, stderr included. 0 is a sign of life without
   * any: an interim answer of http, the head of an answer, room to send. What ssh sends to keep a line open is none.
   */
  readonly onActivity?: ((bytes: number) => void) | undefined
}

export interface TurnOptions {
  /** Send with Content-Length instead of chunked (http only). */
  readonly length?: number | undefined
  /**
   * No turn follows: where the connection is kept open, our input ends with the body. Some servers (go-git) read a pack
   * to the end of their input.
   */
  readonly last?: boolean | undefined
}

/** How a connection ended. */
export interface ConnectionEnd {
  /** Exit status of the program at the other side, where the transport tells. */
  readonly exitCode?: number | undefined
  readonly exitSignal?: string | undefined
  /** The last text the server wrote beside the protocol, at most 8 KiB, raw. */
  readonly text: string
}

/**
 * A greeting to read, then any number of turns, then an end. Kept-open transports (file, ssh, git) have one
 * duplex; http makes each turn a POST.
 */
export interface Connection {
  /** The server forgets everything between turns (http): each turn must say it all again. */
  readonly forgets: boolean
  /** The greeting; where the server does not forget, also every answer. */
  readonly greeting: ByteReader
  /**
   * Sends `body` and resolves with the reader of the answer, as soon as the answer can be read: that may be
   * before the body has been sent. A kept-open connection resolves at once.
   *
   * A body that throws ends the request as G1 says: end of input where the server can still report (file,
   * ssh, git), a destroyed socket for http. A server that stops reading makes the transport call the body's
   * `return()`; its answer can still be read.
   *
   * @throws MirrorError as the transport found it (`http`, `auth`, `cut`, …).
   */
  turn(body: TurnBody, options?: TurnOptions): Promise<ByteReader>
  /** The next turn will come soon: what takes a round trip before it may be done now (http opens a connection). */
  prepare?(): void
  /** Ends our side politely, drains what comes, and waits for the other side's end, at most 10 seconds. Never throws. */
  close(): Promise<ConnectionEnd>
  /** As `close`, when nothing is under way and nobody asks how the other side ended: it is not waited for. */
  leave?(): void
  /** The other side is gone: a kept-open connection that waited for its next turn may have been cut meanwhile. */
  over?(): boolean
  /** Ends everything now. Never throws; harmless after the end. */
  abort(reason?: unknown): void
}

/** One server's address with what is needed to get in. `open` may be called many times. */
export interface Remote {
  /** Printable address, without any secret. */
  readonly label: string
  /** The server may take the version from nowhere but the command (ssh). */
  readonly mayInsist?: boolean | undefined
  open(options: OpenOptions): Promise<Connection>
  /** Lets go of what is kept between connections (pools, shared ssh clients). Never throws. */
  dispose(): Promise<void>
}

/** Tells a body, started or not, that nobody wants it. */
export function stopBody(body: AsyncIterable<Slices>): void {
  giveUp(body[Symbol.asyncIterator]())
}

/** As `stopBody`, for one that is being pulled. */
export function giveUp(slices: AsyncIterator<Slices>): void {
  // Not awaited: a generator that waits for its own source returns when that source does.
  void Promise.resolve(slices.return?.()).catch(() => undefined)
}
