import { describe, expect, it } from 'vitest'
import { BodyDecoder } from '../../../src/transport/http-client/body-decoder.ts'
import { parseAnswerHead } from '../../../src/transport/http-client/answer-head.ts'

/** More than 32 bits can count. */
const LARGE_BYTES = 5 * 2 ** 30
const SLICE = Buffer.alloc(64 * 1024 * 1024)

/** Feeds `length` bytes, and some more, in slices. @returns the bytes that belong to the body, and the places of its end */
function feed(decoder: BodyDecoder, length: number): readonly boolean[] {
  const ends = []
  for (let left = length; left > 0; left -= SLICE.length) {
    decoder.take(SLICE.subarray(0, Math.min(left, SLICE.length)))
    ends.push(decoder.isDone)
  }
  return ends
}

describe('a body of more than four gibibytes', () => {
  it.each([0, 1, -1])('ends where its length says, %i bytes beside 5 GiB', (beside) => {
    const bytes = LARGE_BYTES + beside
    const { framing } = parseAnswerHead(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}`)
    expect(framing).toEqual({ kind: 'length', bytes })
    let got = 0
    const decoder = new BodyDecoder(framing, (part) => (got += part.length))
    expect(feed(decoder, bytes - 1)).not.toContain(true)
    expect(decoder.take(Buffer.from('!next'))).toBe(1)
    expect([decoder.isDone, got]).toEqual([true, bytes])
  })

  it('may come in one chunk', () => {
    const { framing } = parseAnswerHead('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked')
    let got = 0
    const decoder = new BodyDecoder(framing, (part) => (got += part.length))
    decoder.take(Buffer.from(`${LARGE_BYTES.toString(16)}\r\n`))
    expect(feed(decoder, LARGE_BYTES)).not.toContain(true)
    decoder.take(Buffer.from('\r\n0\r\n\r\n'))
    expect([decoder.isDone, got]).toEqual([true, LARGE_BYTES])
  })
})
