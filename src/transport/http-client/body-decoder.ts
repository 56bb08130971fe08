import { type Framing, malformed } from './answer-head.ts'

/** Of the line before a chunk, and of one trailer. */
const LINE_LIMIT_BYTES = 8 * 1024

const LF = 10

/** Finds the body in what comes behind the head of an answer. No byte is copied. */
export class BodyDecoder {
  /** The body is complete. One that ends with the connection never is. */
  isDone: boolean
  readonly #onBody: (part: Uint8Array) => void
  readonly #isChunked: boolean
  /** Bytes of the body, or of its chunk, that are still to come. */
  #left: number
  /** Between chunks: the line so far. */
  #line = ''
  #place: 'size' | 'data' | 'after-data' | 'trailers'

  constructor(framing: Framing, onBody: (part: Uint8Array) => void) {
    this.#onBody = onBody
    this.#isChunked = framing.kind === 'chunked'
    this.#left = framing.kind === 'length' ? framing.bytes : framing.kind === 'chunked' ? 0 : Infinity
    this.#place = this.#isChunked ? 'size' : 'data'
    this.isDone = !this.#isChunked && this.#left === 0
  }

  /** @returns how many bytes of `bytes` belong to the answer. @throws MirrorError `protocol`. */
  take(bytes: Uint8Array): number {
    let at = 0
    while (at < bytes.length && !this.isDone) {
      at += this.#place === 'data' ? this.#takeData(bytes, at) : this.#takeLine(bytes, at)
    }
    return at
  }

  #takeData(bytes: Uint8Array, at: number): number {
    const part = bytes.subarray(at, at + Math.min(this.#left, bytes.length - at))
    this.#left -= part.length
    if (this.#left === 0) {
      if (this.#isChunked) this.#place = 'after-data'
      else this.isDone = true
    }
    this.#onBody(part)
    return part.length
  }

  #takeLine(bytes: Uint8Array, at: number): number {
    const end = bytes.indexOf(LF, at)
    const part = bytes.subarray(at, end < 0 ? undefined : end + 1)
    this.#line += Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1')
    if (this.#line.length > LINE_LIMIT_BYTES) throw malformed('a line between chunks is too long')
    if (end >= 0) {
      const line = this.#line
      this.#line = ''
      if (!line.endsWith('\r\n')) throw malformed('a line between chunks ends in the wrong way')
      this.#readLine(line.slice(0, -2))
    }
    return part.length
  }

  #readLine(line: string): void {
    switch (this.#place) {
      case 'size': {
        const digits = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i.exec(line)?.[1]
        if (digits === undefined) throw malformed('the size of a chunk is no number')
        this.#left = Number.parseInt(digits, 16)
        this.#place = this.#left === 0 ? 'trailers' : 'data'
        break
      }
      case 'after-data':
        if (line !== '') throw malformed('a chunk is longer than it says')
        this.#place = 'size'
        break
      default:
        if (line === '') this.isDone = true
    }
  }
}
