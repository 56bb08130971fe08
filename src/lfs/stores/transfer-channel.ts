import type { ByteReader } from '../../base/bytes.ts'
import { concatBytes, toText } from '../../base/bytes.ts'
import { MirrorError, type Side } from '../../base/errors.ts'
import {
  DELIM,
  encodePacket,
  encodePackets,
  FLUSH,
  LARGEST_PAYLOAD_BYTES,
  PACKET_HEADER_BYTES,
  parseLength,
} from '../../protocol/pkt-line.ts'
import type { Connection, Slices } from '../../transport/connection/connection.ts'

/** Lines of one answer: a batch of a hundred objects has a few hundred. */
const LINES_LIMIT = 10_000
const FLUSH_LENGTH = 0
const DELIM_LENGTH = 1

export interface TransferRequest {
  /** `put-object OID`. */
  readonly command: string
  /** `size=5`. */
  readonly args?: readonly string[]
  /** Behind a delimiter: lines, or the bytes of an object. */
  readonly lines?: readonly string[]
  readonly data?: AsyncIterable<Uint8Array>
}

export interface TransferAnswer {
  readonly status: number
  readonly args: readonly string[]
  /** Lines behind the delimiter, where there is one and the answer was asked for as lines. */
  readonly lines: readonly string[]
}

/** `more`: lines or data follow. */
interface AnswerHead extends Pick<TransferAnswer, 'status' | 'args'> {
  readonly more: boolean
}

/**
 * One talk with `git-lfs-transfer` (git-lfs, "docs/proposals/ssh_adapter.md"): packets, one request after the other.
 * It is not told from Git's own packets by their lengths, but a packet with data may begin with any bytes.
 */
export class TransferChannel {
  readonly #connection: Connection
  readonly #side: Side
  #reader: ByteReader
  /** The request for version 1 was not sent yet, or not answered yet. */
  #version: 'to-send' | 'to-read' | 'agreed' = 'to-send'

  private constructor(connection: Connection, side: Side) {
    this.#connection = connection
    this.#side = side
    this.#reader = connection.greeting
  }

  /**
   * Reads the greeting. One that offers version 1 is believed: the request for it goes with the first one.
   * @throws MirrorError `protocol`, `cut`.
   */
  static async open(connection: Connection, side: Side): Promise<TransferChannel> {
    const channel = new TransferChannel(connection, side)
    const capabilities = await channel.#readLines()
    if (!capabilities.lines.includes('version=1')) throw channel.#unusable('it does not speak version 1')
    return channel
  }

  /** The other side has gone. */
  get over(): boolean {
    return this.#connection.over?.() === true
  }

  /** Sends a request and reads an answer of lines. @throws MirrorError; what `data` threw. */
  async ask(request: TransferRequest): Promise<TransferAnswer> {
    await this.#send(request)
    const { status, args, more } = await this.#readAnswer()
    return { status, args, lines: more ? (await this.#readLines()).lines : [] }
  }

  /** Sends a request and reads an answer with data. The next request may be sent when all of it was read. */
  async askData(request: TransferRequest): Promise<{
    readonly status: number
    readonly args: readonly string[]
    readonly data: AsyncIterable<Uint8Array>
  }> {
    await this.#send(request)
    const { status, args, more } = await this.#readAnswer()
    return { status, args, data: more ? this.#readData() : noData() }
  }

  /** Ends the talk politely; its end is not waited for where the connection can do without. Never throws. */
  async close(): Promise<void> {
    await this.#connection.turn(concatBytes([encodePacket('quit\n'), FLUSH])).catch(() => undefined)
    if (this.#connection.leave) this.#connection.leave()
    else await this.#connection.close()
  }

  abort(reason?: unknown): void {
    this.#connection.abort(reason)
  }

  async #send(request: TransferRequest): Promise<void> {
    const { command, args = [], lines, data } = request
    const words = encodePackets([`${command}\n`, ...args.map((arg) => `${arg}\n`)])
    const isFirst = this.#version === 'to-send'
    const head = isFirst ? concatBytes([encodePacket('version 1\n'), FLUSH, words]) : words
    if (isFirst) this.#version = 'to-read'
    if (data === undefined) {
      const body = lines === undefined ? [] : [DELIM, encodePackets(lines.map((line) => `${line}\n`))]
      this.#reader = await this.#connection.turn(concatBytes([head, ...body, FLUSH]))
      return
    }
    this.#reader = await this.#connection.turn(encodeData(concatBytes([head, DELIM]), data))
  }

  async #readAnswer(): Promise<AnswerHead> {
    if (this.#version === 'to-read') {
      const { status, more } = await this.#readHead()
      if (status !== 200) throw this.#unusable(`it answers version 1 with ${status}`)
      if (more) await this.#readLines()
      this.#version = 'agreed'
    }
    return await this.#readHead()
  }

  async #readHead(): Promise<AnswerHead> {
    const { lines, end } = await this.#readLines()
    const status = Number(/^status (\d{3})$/.exec(lines[0] ?? '')?.[1])
    if (Number.isNaN(status)) throw this.#unusable('its answer begins with no status')
    return { status, args: lines.slice(1), more: end === 'delim' }
  }

  async #readLines(): Promise<{ readonly lines: readonly string[]; readonly end: 'flush' | 'delim' }> {
    const lines: string[] = []
    for (;;) {
      const packet = await this.#readPacket()
      if (packet === 'flush' || packet === 'delim') return { lines, end: packet }
      if (lines.length === LINES_LIMIT) throw this.#unusable('its answer has too many lines')
      lines.push(toText(packet).replace(/\n$/, ''))
    }
  }

  async *#readData(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const packet = await this.#readPacket()
      if (packet === 'flush') return
      if (packet === 'delim') throw this.#unusable('its data holds a delimiter')
      yield packet
    }
  }

  async #readPacket(): Promise<Uint8Array | 'flush' | 'delim'> {
    const header = await this.#reader.read(PACKET_HEADER_BYTES)
    if (header === undefined) {
      throw new MirrorError('git-lfs-transfer ended before its answer', {
        code: 'cut',
        side: this.#side,
        retryable: true,
      })
    }
    const length = parseLength(header)
    if (length === FLUSH_LENGTH) return 'flush'
    if (length === DELIM_LENGTH) return 'delim'
    if (length < PACKET_HEADER_BYTES) throw this.#unusable('its answer is no packet')
    if (length === PACKET_HEADER_BYTES) return new Uint8Array(0)
    const payload = await this.#reader.read(length - PACKET_HEADER_BYTES)
    if (payload === undefined) throw this.#unusable('its answer ends within a packet')
    return payload
  }

  #unusable(why: string): MirrorError {
    return new MirrorError(`git-lfs-transfer cannot be used: ${why}`, { code: 'protocol', side: this.#side })
  }
}

async function* encodeData(head: Uint8Array, data: AsyncIterable<Uint8Array>): AsyncGenerator<Slices, void> {
  yield head
  for await (const slice of data) {
    for (let at = 0; at < slice.length; at += LARGEST_PAYLOAD_BYTES)
      yield encodePacket(slice.subarray(at, at + LARGEST_PAYLOAD_BYTES))
  }
  yield FLUSH
}

async function* noData(): AsyncGenerator<Uint8Array, void> {}
