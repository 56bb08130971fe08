import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HttpClient } from '../../../src/transport/http-client/http-client.ts'
import type { HttpAnswer } from '../../../src/transport/http-client/messages.ts'
import { onHeads, startRawServer } from '../../support/raw-server.ts'

const OPTIONS = { env: {}, limit: 5000 }

function open(): HttpClient & AsyncDisposable {
  const client = new HttpClient(OPTIONS)
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.dispose() })
}

async function get(
  client: HttpClient,
  port: number,
  more: { readonly headers?: Record<string, string>; readonly signal?: AbortSignal } = {},
): Promise<HttpAnswer> {
  return await client.download({
    url: new URL(`http://127.0.0.1:${port}/o?q=1`),
    headers: more.headers ?? {},
    signal: more.signal ?? new AbortController().signal,
  })
}

async function text(answer: HttpAnswer): Promise<string> {
  return Buffer.from(await answer.bytes.readAll(1e9)).toString('latin1')
}

/** Answers each request with the parts, each written by itself. */
function startParts(
  parts: (count: number, head: string) => readonly (string | Buffer)[],
  end = false,
): ReturnType<typeof startRawServer> {
  let count = 0
  return startRawServer((socket) => {
    socket.setNoDelay(true)
    onHeads(socket, (head) => {
      void (async () => {
        for (const part of parts(++count, head)) {
          socket.write(part)
          await new Promise((resolve) => setImmediate(resolve))
        }
        if (end) socket.end()
      })()
    })
  })
}

describe('a download', () => {
  it('asks as it was told, and the answers of one server come over one connection', async () => {
    const heads: string[] = []
    await using server = await startParts((_, head) => {
      heads.push(head)
      return ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello']
    })
    await using client = open()
    for (let index = 0; index < 3; index++) {
      const answer = await get(client, server.port, { headers: { authorization: 'Basic eA==' } })
      expect(answer.status).toBe(200)
      expect(answer.header('X-a')).toBe('b')
      expect(await text(answer)).toBe('hello')
      await answer.whenOver
    }
    expect(server.sockets).toHaveLength(1)
    expect(heads[2]!.split('\r\n')).toEqual([
      'GET /o?q=1 HTTP/1.1',
      `host: 127.0.0.1:${server.port}`,
      'connection: keep-alive',
      'authorization: Basic eA==',
    ])
  })

  it('is what Node’s own client reads, however the answer is framed and cut', async () => {
    const makeParts = fc.record({
      chunks: fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 40 }), { maxLength: 6 }),
      kind: fc.constantFrom('length', 'chunked', 'close'),
      status: fc.constantFrom(200, 206, 404, 503),
      interim: fc.boolean(),
      cuts: fc.array(fc.nat(400), { maxLength: 12 }),
    })
    let bytes = Buffer.alloc(0)
    let cuts: readonly number[] = []
    await using server = await startParts(() => {
      const places = [0, ...cuts.filter((at) => at < bytes.length), bytes.length].toSorted((a, b) => a - b)
      return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
    }, true)
    await fc.assert(
      fc.asyncProperty(makeParts, async ({ chunks, kind, status, interim, cuts: some }) => {
        const body = chunks.join('')
        const framed = {
          length: ['Content-Length: ' + body.length, body],
          chunked: [
            'Transfer-Encoding: chunked',
            `${chunks.map((chunk) => `${chunk.length.toString(16)};x=1\r\n${chunk}\r\n`).join('')}0\r\nT: 1\r\n\r\n`,
          ],
          close: ['Connection: close', body],
        }[kind]!
        const before = interim ? 'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n' : ''
        bytes = Buffer.from(
          `${before}HTTP/1.1 ${status} Words\r\nA: b\r\n${framed.join('\r\n\r\n')}`,
          'latin1',
        )
        cuts = some
        await using client = open()
        const ours = await get(client, server.port)
        const theirs = await client.request({
          method: 'GET',
          url: new URL(`http://127.0.0.1:${server.port}/o`),
          headers: {},
          signal: new AbortController().signal,
        })
        expect(ours.status).toBe(theirs.status)
        expect(ours.header('a')).toBe('b')
        const read = await text(ours)
        expect(read).toBe(body)
        expect(read).toBe(await text(theirs))
      }),
      { numRuns: 150 },
    )
  })

  it('of many bytes waits for its reader, and is whole', async () => {
    const size = 24 * 1024 * 1024
    const block = Buffer.alloc(64 * 1024, 'abcdefg')
    let written = 0
    const server = createServer((_: IncomingMessage, response) => {
      response.writeHead(200, { 'content-length': size })
      const more = (): void => {
        while (written < size) {
          written += block.length
          if (!response.write(block)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      await using client = open()
      const answer = await get(client, (server.address() as AddressInfo).port)
      await new Promise((resolve) => setTimeout(resolve, 300))
      // What the system and the queue hold, and no more.
      expect(written).toBeLessThan(size / 2)
      const hash = createHash('sha1')
      let read = 0
      for (let part = await answer.bytes.readSome(); part; part = await answer.bytes.readSome()) {
        hash.update(part)
        read += part.length
      }
      expect(read).toBe(size)
      const expected = createHash('sha1')
      for (let at = 0; at < size; at += block.length) expected.update(block)
      expect(hash.digest('hex')).toBe(expected.digest('hex'))
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it('goes once more where the kept connection was dead, and not where it had begun to answer', async () => {
    await using server = await startRawServer((socket) => {
      onHeads(socket, (_, count) => {
        if (count === 1) return void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        socket.destroy()
      })
    })
    await using client = open()
    for (let index = 0; index < 3; index++) {
      const answer = await get(client, server.port)
      expect(await text(answer)).toBe('ok')
      await answer.whenOver
    }
    expect(server.sockets.length).toBe(3)
  })

  it('is cut by name where the server hangs up, and never looks whole', async () => {
    for (const parts of [
      ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello'],
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ]) {
      await using server = await startParts(() => parts, true)
      await using client = open()
      const answer = await get(client, server.port)
      await expect(text(answer)).rejects.toMatchObject({ code: 'cut', retryable: true })
    }
    await using server = await startParts(() => ['HTTP/1.1 200 OK\r\nContent-Le'], true)
    await using client = open()
    await expect(get(client, server.port)).rejects.toMatchObject({ code: 'cut', retryable: true })
  })

  it.each([
    ['an endless head', `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}`],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a switch', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
  ])('refuses %s', async (_, words) => {
    await using server = await startParts(() => [words])
    await using client = open()
    await expect(get(client, server.port)).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining(`127.0.0.1 does not speak HTTP/1.1`),
    })
  })

  it.each([
    ['a size that is none', 'zz\r\nhello\r\n'],
    ['a chunk that is longer than it says', '2\r\nhello\r\n'],
    ['a line without its end', '5\nhello\r\n'],
    ['an endless line', `5;${'x'.repeat(9000)}`],
  ])('refuses %s', async (_, body) => {
    await using server = await startParts(() => [
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
    ])
    await using client = open()
    const answer = await get(client, server.port)
    await expect(text(answer)).rejects.toMatchObject({ code: 'protocol' })
  })

  it('keeps no connection on which more came than was asked for', async () => {
    await using server = await startParts(() => [
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
    ])
    await using client = open()
    for (let index = 0; index < 2; index++) expect(await text(await get(client, server.port))).toBe('ok')
    expect(server.sockets).toHaveLength(2)
  })

  it('ends at a cancellation, in any state, and refuses what would begin another header', async () => {
    await using server = await startParts(() => ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello'])
    await using silent = await startRawServer(() => undefined)
    await using client = open()
    const reason = new Error('enough')
    const controller = new AbortController()
    const waiting = get(client, silent.port, { signal: controller.signal })
    const answer = await get(client, server.port, { signal: controller.signal })
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(text(answer)).rejects.toBe(reason)
    await expect(get(client, server.port, { headers: { a: 'b\r\nc: d' } })).rejects.toMatchObject({
      code: 'usage',
    })
  })
})
