import { describe, expect, it } from 'vitest'
import { chooseDecoder } from '../../src/transport/http-answer-body.ts'

function headOf(
  headers: Readonly<Record<string, string>>,
  status = 200,
): Parameters<typeof chooseDecoder>[0] {
  return { status, headers: new Map(Object.entries(headers)), keepsAlive: true }
}

/** What a decoder gives for pieces, and how much of the last one it took when it was done. */
function decode(
  headers: Readonly<Record<string, string>>,
  pieces: readonly string[],
): { readonly text: string; readonly taken: number | undefined } {
  const decoder = chooseDecoder(headOf(headers))!
  let text = ''
  let taken
  for (const piece of pieces) taken = decoder.decode(Buffer.from(piece), (part) => (text += part.toString()))
  return { text, taken }
}

const CHUNKED = { 'transfer-encoding': 'Chunked' }

describe('chooseDecoder', () => {
  it.each([
    ['a length of nothing', { 'content-length': '0' }, 200],
    ['204', {}, 204],
    ['304', { 'content-length': '7' }, 304],
  ])('finds no body in %s', (_, headers, status) => {
    expect(chooseDecoder(headOf(headers as Record<string, string>, status))).toBeUndefined()
  })

  it.each([
    ['a length that is none', { 'content-length': '5x' }],
    ['two lengths', { 'content-length': '5, 6' }],
    ['a negative length', { 'content-length': '-1' }],
    ['an unknown coding', { 'transfer-encoding': 'gzip, chunked' }],
  ])('throws for %s', (_, headers) => {
    expect(() => chooseDecoder(headOf(headers as Record<string, string>))).toThrow()
  })

  it('prefers chunks to a length', () => {
    expect(decode({ ...CHUNKED, 'content-length': '1' }, ['2\r\nab\r\n0\r\n\r\n']).text).toBe('ab')
  })
})

describe('a body with a length', () => {
  it('ends with its last byte', () => {
    expect(decode({ 'content-length': '5' }, ['ab', 'cd'])).toEqual({ text: 'abcd', taken: undefined })
    expect(decode({ 'content-length': '5' }, ['ab', 'cdeHTTP'])).toEqual({ text: 'abcde', taken: 3 })
    expect(decode({ 'content-length': '5, 5' }, ['abcde'])).toEqual({ text: 'abcde', taken: 5 })
  })
})

describe('a body without a length', () => {
  it('ends with its connection', () => {
    expect(chooseDecoder(headOf({}))?.endsWithConnection).toBe(true)
    expect(decode({}, ['ab', 'c'])).toEqual({ text: 'abc', taken: undefined })
  })
})

describe('a body in chunks', () => {
  const body = '3;x="y"\r\nabc\r\n00a \r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n'

  it('is the same however it is cut', () => {
    for (let at = 0; at <= body.length; at++) {
      for (const then of [at, Math.min(body.length, at + 1)]) {
        const pieces = [body.slice(0, at), body.slice(at, then), `${body.slice(then)}HTTP`]
        const { text, taken } = decode(CHUNKED, pieces)
        if (then < body.length)
          expect({ text, taken }).toEqual({ text: 'abc0123456789', taken: body.length - then })
        else expect(text).toBe('abc0123456789')
      }
    }
  })

  it('takes bare newlines', () => {
    expect(decode(CHUNKED, ['3\nabc\n0\n\n'])).toEqual({ text: 'abc', taken: 9 })
  })

  it('copies nothing', () => {
    const bytes = Buffer.from('3\r\nabc\r\n')
    chooseDecoder(headOf(CHUNKED))!.decode(bytes, (part) => {
      expect(part.buffer).toBe(bytes.buffer)
    })
    expect.assertions(1)
  })

  it.each([
    ['no size', '\r\nabc'],
    ['a size that is none', 'xyz\r\n'],
    ['a size no memory has', 'ffffffffffffff\r\n'],
    ['a negative size', '-1\r\n'],
    ['a chunk that goes on', '3\r\nabcd\r\n'],
    ['a line without end', 'a'.repeat(70_000)],
    ['trailers without end', `0\r\n${'a: b\r\n'.repeat(20_000)}`],
  ])('throws for %s', (_, text) => {
    expect(() => decode(CHUNKED, [text])).toThrow()
  })
})
