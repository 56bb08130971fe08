import { isAscii } from 'node:buffer'
import { ByteReader, concatBytes, toBytes } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'
import { saidError, cutInside, noPacket } from './wire-errors.ts'

/** gitprotocol-common, "pkt-line Format": four hexadecimal digits of length, themselves included. */
export const PACKET_HEADER_BYTES = 4

/** The largest payload that may be sent; readers take what four digits can say, 65,531. */
export const LARGEST_PAYLOAD_BYTES = 65_516

export const FLUSH: Uint8Array = toBytes('0000')

export const DELIM: Uint8Array = toBytes('0001')

/** One pkt-line. Text is sent as it is: lines bring their own LF. @throws MirrorError `protocol` past 65,516 bytes. */
export function encodePacket(payload: string | Uint8Array): Uint8Array {
  const bytes = typeof payload === 'string' ? toBytes(payload) : payload
  return concatBytes([toBytes(encodeHeader(bytes.length)), bytes])
}

/** Many pkt-lines in one array: the fast way for a hundred thousand haves. */
export function encodePackets(payloads: readonly string[]): Uint8Array {
  const parts: string[] = []
  for (const payload of payloads) parts.push(encodeHeader(Buffer.byteLength(payload)), payload)
  return Buffer.from(parts.join(''))
}

function encodeHeader(length: number): string {
  if (length > LARGEST_PAYLOAD_BYTES) {
    throw new MirrorError(`a packet of ${length} bytes is longer than Git allows`, { code: 'protocol' })
  }
  return (length + PACKET_HEADER_BYTES).toString(16).padStart(4, '0')
}

/** The text of a data packet without its LF; what is no UTF-8 becomes U+FFFD. */
export function lineOf(payload: Uint8Array): string {
  const last = payload.length - 1
  const end = payload[last] === LF ? last : payload.length
  return Buffer.from(payload.buffer, payload.byteOffset, end).toString()
}

const LF = 0x0a

export type SpecialPacket = 'flush' | 'delim' | 'response-end'

export type Packet =
  | { readonly kind: 'data'; readonly payload: Uint8Array }
  | { readonly kind: SpecialPacket }

/** By the length in the header. */
const SPECIAL: readonly Packet[] = [{ kind: 'flush' }, { kind: 'delim' }, { kind: 'response-end' }]

const EMPTY = new Uint8Array(0)

const ERR = toBytes('ERR ')

/** Bytes and the same as text, from `at` on. */
export interface TextAt {
  readonly view: Uint8Array
  readonly text: string
  readonly at: number
}

/**
 * Reads pkt-lines, however the bytes are cut. A packet whose bytes are here already is read without waiting.
 * `ERR` packets are thrown (gitprotocol-pack, "pkt-line Format").
 */
export class PacketReader {
  readonly #bytes: ByteReader
  /** Length of the packet whose header was read and whose payload was not; -1: none. */
  #length = -1
  #first = true
  /** Count of bytes read up to which a text that is not ASCII reaches. */
  #unplainUntil = 0
  /** What `textNow` gave last, and the count of bytes read at which it begins. */
  #text: Omit<TextAt, 'at'> | undefined
  #textFrom = 0

  constructor(bytes: ByteReader) {
    this.#bytes = bytes
  }

  /**
   * The next packet; undefined at a clean end. The payload is a view of the chunk it came in.
   * @throws MirrorError `protocol` for a wrong length, `cut` inside a packet, `server` for `ERR`.
   */
  async next(): Promise<Packet | undefined> {
    const now = this.nextNow()
    if (now !== undefined) return now
    if (this.#length < 0) {
      const header = await this.#bytes.read(PACKET_HEADER_BYTES)
      if (header === undefined) return undefined
      this.#length = this.#parseHeader(header)
    }
    if (this.#length <= PACKET_HEADER_BYTES) return this.#finish(EMPTY)
    const payload = await this.#bytes.read(this.#length - PACKET_HEADER_BYTES)
    if (payload === undefined) throw cutInside()
    return this.#finish(payload)
  }

  /** The next packet when all of it is here; undefined when it would have to be waited for, or at the end. */
  nextNow(): Packet | undefined {
    if (this.#length < 0) {
      const header = this.#bytes.readNow(PACKET_HEADER_BYTES)
      if (header === undefined) return undefined
      this.#length = this.#parseHeader(header)
    }
    if (this.#length <= PACKET_HEADER_BYTES) return this.#finish(EMPTY)
    const payload = this.#bytes.readNow(this.#length - PACKET_HEADER_BYTES)
    return payload === undefined ? undefined : this.#finish(payload)
  }

  /**
   * Bytes that are here, the same as text, and where in both the next packet's header begins; undefined where there
   * are none or one of them is not ASCII. For who reads a hundred thousand lines, and leaves to `next` what is no such
   * line.
   */
  textNow(): TextAt | undefined {
    const { consumed } = this.#bytes
    if (this.#length >= 0 || consumed < this.#unplainUntil) return undefined
    if (this.#bytes.peekNow(1) === undefined) return undefined
    const { buffered } = this.#bytes
    const at = consumed - this.#textFrom
    // Made once for all its lines, even when `next` takes some of them.
    if (this.#text !== undefined && at + buffered === this.#text.view.length) return { ...this.#text, at }
    const view = this.#bytes.peekNow(buffered)!
    if (!isAscii(view)) {
      this.#unplainUntil = consumed + view.length
      return undefined
    }
    this.#textFrom = consumed
    this.#text = { view, text: Buffer.from(view.buffer, view.byteOffset, view.length).toString('latin1') }
    return { ...this.#text, at: 0 }
  }

  /** Consumes whole packets of what `textNow` gave: `length` bytes with their headers. */
  skipNow(length: number): void {
    if (length === 0) return
    this.#bytes.readNow(length)
    this.#first = false
  }

  /**
   * The first byte of the next packet's payload, not consumed and not waited for longer than needed. Undefined
   * for a packet without payload, for bytes that are no packet, and at the end.
   */
  async peekByte(): Promise<number | undefined> {
    if (this.#length >= 0) return (await this.#bytes.peek(1))[0]
    const length = parseLength(await this.#bytes.peek(PACKET_HEADER_BYTES))
    return length > PACKET_HEADER_BYTES
      ? (await this.#bytes.peek(PACKET_HEADER_BYTES + 1))[PACKET_HEADER_BYTES]
      : undefined
  }

  /**
   * Begins a packet whose payload is then taken in slices with `readSome`, so that it is never gathered. Gives
   * its length, header included: 4 and more is data, 0 to 2 flush, delim, response-end; undefined at a clean
   * end. `ERR` is not looked for.
   */
  async begin(): Promise<number | undefined> {
    if (this.#length < 0) {
      const header = this.#bytes.readNow(PACKET_HEADER_BYTES) ?? (await this.#bytes.read(PACKET_HEADER_BYTES))
      if (header === undefined) return undefined
      this.#length = this.#parseHeader(header)
    }
    const length = this.#length
    this.#length = -1
    return length
  }

  /**
   * Begins a data packet whose payload begins with the byte `first`, if both are here already, and gives the
   * number of bytes that follow that byte. Undefined: nothing was consumed, `begin` knows more.
   */
  beginNow(first: number): number | undefined {
    if (this.#length >= 0) return undefined
    const head = this.#bytes.peekNow(PACKET_HEADER_BYTES + 1)
    if (head === undefined || head[PACKET_HEADER_BYTES] !== first) return undefined
    const length = parseLength(head)
    if (length <= PACKET_HEADER_BYTES + 1) return undefined
    this.#bytes.readNow(PACKET_HEADER_BYTES + 1)
    this.#first = false
    return length - PACKET_HEADER_BYTES - 1
  }

  /** Bytes as `readSome` gives them, if some are here already. */
  readSomeNow(max: number): Uint8Array | undefined {
    return this.#bytes.readSomeNow(max)
  }

  /** At least one and at most `max` bytes of the packet that `begin` announced. @throws MirrorError `cut`. */
  async readSome(max: number): Promise<Uint8Array> {
    const slice = await this.#bytes.readSome(max)
    if (slice === undefined) throw cutInside()
    return slice
  }

  #finish(payload: Uint8Array): Packet {
    const length = this.#length
    this.#length = -1
    if (length < PACKET_HEADER_BYTES) return SPECIAL[length]!
    if (startsWith(payload, ERR)) throw saidError(payload.subarray(ERR.length))
    return { kind: 'data', payload }
  }

  #parseHeader(header: Uint8Array): number {
    const length = parseLength(header)
    if (length < 0) throw noPacket(header, this.#bytes, this.#first)
    this.#first = false
    return length
  }
}

/** Length of the packet that begins at `at`, header included. -1: no pkt-line begins like that. */
export function parseLength(header: Uint8Array, at = 0): number {
  let length = 0
  for (let index = at; index < at + PACKET_HEADER_BYTES; index++) {
    const digit = hexValue(header[index]!)
    if (digit < 0) return -1
    length = length * 16 + digit
  }
  return length === 3 ? -1 : length
}

/** Negative: no digit. */
function hexValue(code: number): number {
  if (code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index++) if (bytes[index] !== prefix[index]) return false
  return true
}
