import { describe, expect, it } from 'vitest'
import { parseAnswerHead } from '../../../src/transport/http-client/answer-head.ts'

function parse(...lines: readonly string[]): ReturnType<typeof parseAnswerHead> {
  return parseAnswerHead(lines.join('\r\n'))
}

describe('the head of an answer', () => {
  it('has a status, headers in lower case and where the body ends', () => {
    const head = parse('HTTP/1.1 200 OK', 'Content-Length:  12 ', 'X-A: 1', 'x-a:2', 'Empty:')
    expect(head).toMatchObject({ status: 200, framing: { kind: 'length', bytes: 12 }, keepsAlive: true })
    expect(head.headers.get('x-a')).toBe('1, 2')
    expect(head.headers.get('empty')).toBe('')
  })

  it.each([
    [['HTTP/1.1 200 OK'], { kind: 'until-close' }, false],
    [['HTTP/1.1 200', 'Transfer-Encoding: Chunked'], { kind: 'chunked' }, true],
    [['HTTP/1.1 200 ', 'Transfer-Encoding: chunked', 'Content-Length: 5'], { kind: 'chunked' }, false],
    [['HTTP/1.1 204 Gone quiet', 'Content-Length: 5'], { kind: 'length', bytes: 0 }, true],
    [['HTTP/1.1 304 Same', 'Content-Length: 5'], { kind: 'length', bytes: 0 }, true],
    [['HTTP/1.1 100 Continue'], { kind: 'length', bytes: 0 }, true],
    [['HTTP/1.1 200 OK', 'Content-Length: 5', 'Connection: close'], { kind: 'length', bytes: 5 }, false],
    [['HTTP/1.0 200 OK', 'Content-Length: 5'], { kind: 'length', bytes: 5 }, false],
    [['HTTP/1.0 200 OK', 'Content-Length: 5', 'Connection: Keep-Alive'], { kind: 'length', bytes: 5 }, true],
    [['HTTP/1.1 200 OK', 'Content-Length: 5, 5'], { kind: 'length', bytes: 5 }, true],
    [['HTTP/1.1 200 OK', 'Content-Length: 5368709120'], { kind: 'length', bytes: 5_368_709_120 }, true],
  ])('%j ends as it says', (lines, framing, keepsAlive) => {
    expect(parse(...lines)).toMatchObject({ framing, keepsAlive })
  })

  it.each([
    [['HTTP/2 200']],
    [['200 OK']],
    [['']],
    [['HTTP/1.1 20 OK']],
    [['HTTP/1.1 200 OK', ' folded: header']],
    [['HTTP/1.1 200 OK', 'no colon']],
    [['HTTP/1.1 200 OK', 'name : value']],
    [['HTTP/1.1 200 OK', 'a: b\nc: d']],
    [['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 6']],
    [['HTTP/1.1 200 OK', 'Content-Length: -5']],
    [['HTTP/1.1 200 OK', 'Content-Length: 0x5']],
    [['HTTP/1.1 200 OK', 'Content-Length: 9007199254740993']],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked']],
  ])('%j is refused', (lines) => {
    expect(() => parse(...lines)).toThrow(expect.objectContaining({ code: 'protocol' }))
  })
})
