import { describe, expect, it } from 'vitest'
import { type AnswerHead, HeadReader } from '../../src/transport/http-answer-head.ts'

function read(text: string): { readonly head: AnswerHead; readonly rest: number } | undefined {
  return new HeadReader().push(Buffer.from(text, 'latin1'))
}

describe('HeadReader', () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Type:  text/plain \r\nX: 1\r\nx:2\r\nEmpty:\r\n\r\nbody'

  it('reads a head that comes in pieces cut anywhere', () => {
    for (let at = 1; at < answer.length - 4; at++) {
      const reader = new HeadReader()
      const first = reader.push(Buffer.from(answer.slice(0, at)))
      const read = first ?? reader.push(Buffer.from(answer.slice(at)))
      expect(first).toBeUndefined()
      expect(read?.head.status).toBe(200)
      expect(read?.rest).toBe(4)
      expect(Object.fromEntries(read!.head.headers)).toEqual({
        'content-type': 'text/plain',
        x: '1, 2',
        empty: '',
      })
    }
  })

  it('drops informational answers', () => {
    const read = new HeadReader().push(
      Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 404 No\r\n\r\n'),
    )
    expect(read).toMatchObject({ head: { status: 404 }, rest: 0 })
    expect(read?.head.headers.size).toBe(0)
  })

  it.each([
    ['bare newlines', 'HTTP/1.1 200 OK\nA: b\n\n'],
    ['no reason', 'HTTP/1.1 200\r\nA: b\r\n\r\n'],
    ['an empty reason', 'HTTP/1.0 200 \r\nA: b\r\n\r\n'],
    ['a folded header', 'HTTP/1.1 200 OK\r\nA:\r\n  b\r\n\r\n'],
  ])('takes %s', (_, text) => {
    expect(read(text)?.head.headers.get('a')).toBe('b')
  })

  it.each([
    ['HTTP/1.1 200 OK', true],
    ['HTTP/1.1 200 OK\r\nConnection: Keep-Alive', true],
    ['HTTP/1.1 200 OK\r\nConnection: Upgrade, Close', false],
    ['HTTP/1.0 200 OK', false],
    ['HTTP/1.0 200 OK\r\nConnection: keep-alive', true],
  ])('knows whether the connection stays: %s', (text, keepsAlive) => {
    expect(read(`${text}\r\n\r\n`)?.head.keepsAlive).toBe(keepsAlive)
  })

  it.each([
    ['another protocol', 'SSH-2.0-x\r\n'],
    ['another protocol, in its first byte', 'S'],
    ['HTTP/2', 'HTTP/2 200\r\n'],
    ['no status', 'HTTP/1.1 OK\r\n\r\n'],
    ['a change of the protocol', 'HTTP/1.1 101 Switching\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: b\r\n\r\n'],
    ['a header with a space in its name', 'HTTP/1.1 200 OK\r\na b: c\r\n\r\n'],
    ['a bare carriage return', 'HTTP/1.1 200 OK\r\na: b\rc: d\r\n\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\na: ${'x'.repeat(64 * 1024)}`],
    ['a long head', `HTTP/1.1 200 OK\r\na: ${'x'.repeat(64 * 1024)}\r\n\r\n`],
  ])('throws for %s', (_, text) => {
    expect(() => read(text)).toThrow()
  })
})
