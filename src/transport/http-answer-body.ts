import type { AnswerHead } from './http-answer-head.ts'

/** Characters of one line between chunks, and of all trailers. */
const MAX_LINE = 64 * 1024

/** Takes the framing off the body of one answer; copies nothing. */
export interface BodyDecoder {
  /**
   * Hands the bytes of the body to `emit`. Returns how many of `bytes` belong to the answer once all of it
   * is here, else undefined.
   * @throws Error for broken chunks.
   */
  decode(bytes: Buffer, emit: (bytes: Buffer) => void): number | undefined
  /** Only the end of the connection tells that the body is whole. */
  readonly endsWithConnection: boolean
}

/** The decoder for the body behind `head`; undefined when there is none (RFC 9112, 6.3). @throws Error. */
export function chooseDecoder({ status, headers }: AnswerHead): BodyDecoder | undefined {
  if (status === 204 || status === 304) return undefined
  const coding = headers.get('transfer-encoding')
  if (coding !== undefined) {
    if (coding.trim().toLowerCase() === 'chunked') return new ChunkedDecoder()
    throw new Error('its answer is encoded in an unknown way')
  }
  const length = headers.get('content-length')
  if (length === undefined) return untilEnd
  const [first = '', ...others] = length.split(/[ \t]*,[ \t]*/)
  if (!/^\d{1,15}$/.test(first) || others.some((other) => other !== first)) {
    throw new Error('its answer has a broken length')
  }
  return Number(first) === 0 ? undefined : decodeLength(Number(first))
}

const untilEnd: BodyDecoder = {
  endsWithConnection: true,
  decode(bytes, emit) {
    emit(bytes)
    return undefined
  },
}

function decodeLength(length: number): BodyDecoder {
  let left = length
  return {
    endsWithConnection: false,
    decode(bytes, emit) {
      const taken = Math.min(left, bytes.length)
      left -= taken
      emit(taken === bytes.length ? bytes : bytes.subarray(0, taken))
      return left === 0 ? taken : undefined
    },
  }
}

/** RFC 9112, 7.1. Extensions and trailers are passed over. */
class ChunkedDecoder implements BodyDecoder {
  readonly endsWithConnection = false
  #expects: 'size' | 'data' | 'end of data' | 'trailer' = 'size'
  /** Of the chunk. */
  #left = 0
  /** The part of a line that came before. */
  #line = ''
  #trailers = 0

  decode(bytes: Buffer, emit: (bytes: Buffer) => void): number | undefined {
    for (let at = 0; at < bytes.length;) {
      if (this.#expects === 'data') {
        const end = Math.min(bytes.length, at + this.#left)
        emit(bytes.subarray(at, end))
        this.#left -= end - at
        if (this.#left === 0) this.#expects = 'end of data'
        at = end
        continue
      }
      const end = bytes.indexOf(0x0a, at)
      this.#line += bytes.toString('latin1', at, end < 0 ? bytes.length : end)
      if (this.#line.length > MAX_LINE) throw new Error('a line between its chunks is too long')
      if (end < 0) return undefined
      at = end + 1
      const line = this.#line.replace(/\r$/, '')
      this.#line = ''
      if (this.#takeLine(line)) return at
    }
    return undefined
  }

  /** True for the last line of the body. */
  #takeLine(line: string): boolean {
    if (this.#expects === 'trailer') {
      this.#trailers += line.length
      if (this.#trailers > MAX_LINE) throw new Error('its trailers are too long')
      return line === ''
    }
    if (this.#expects === 'end of data') {
      if (line !== '') throw new Error('a chunk is longer than it says')
      this.#expects = 'size'
      return false
    }
    const size = /^([0-9a-f]{1,13})[ \t]*(;|$)/i.exec(line)?.[1]
    if (size === undefined) throw new Error('a chunk has no size')
    this.#left = Number.parseInt(size, 16)
    this.#expects = this.#left === 0 ? 'trailer' : 'data'
    return false
  }
}
