import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { answering, OK, useHttpClient } from '../../support/http-client.ts'
import { until } from '../../support/http-remote.ts'
import { onHeads } from '../../support/raw-server.ts'

const MEGABYTE = 1024 * 1024

/** Slices of `length` bytes. */
async function* repeat(
  length: number,
  times: number,
  onPull?: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < times; index++) {
    onPull?.(length)
    yield new Uint8Array(length)
  }
}

/** Waits until a number stays the same for a while. */
async function standsStill(read: () => number): Promise<void> {
  for (let before = Number.NaN; before !== read();) {
    before = read()
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

describe('answers', () => {
  it.each([
    ['a chunk', 'Transfer-Encoding: chunked\r\n\r\n10\r\nabc'],
    ['the last chunk', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
    ['a length', 'Content-Length: 10\r\n\r\nabc'],
  ])('[F14] says that an answer was cut within %s', async (_, rest) => {
    await using at = await useHttpClient(answering(`HTTP/1.1 200 OK\r\n${rest}`, (socket) => socket.end()))
    const { bytes } = await at.request()
    expect(toText((await bytes.read(3))!)).toBe('abc')
    await expect(bytes.readSome()).rejects.toMatchObject({ code: 'cut', retryable: true })
  })

  it('[F14] says that an answer was cut by a reset', async () => {
    await using at = await useHttpClient(
      answering('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', (socket) => socket.resetAndDestroy()),
    )
    const answer = await at
      .request()
      .then(({ bytes }) => bytes.readAll(100))
      .catch((error: unknown) => error)
    expect(answer).toMatchObject({ code: 'cut', retryable: true })
  })

  it('[F14] cannot tell for an answer that ends with its connection', async () => {
    await using at = await useHttpClient(answering('HTTP/1.0 200 OK\r\n\r\nabc', (socket) => socket.end()))
    const { bytes } = await at.request()
    expect(toText(await bytes.readAll(100))).toBe('abc')
  })

  it('[F11] waits for an answer longer than for a connection', async () => {
    await using at = await useHttpClient(
      (socket) => onHeads(socket, () => setTimeout(() => socket.write(OK), 900)),
      300,
    )
    const { bytes } = await at.request()
    expect(toText(await bytes.readAll(100))).toBe('ok')
  })

  it('skips what comes before the answer', async () => {
    await using at = await useHttpClient(
      answering(`HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n${OK}`),
    )
    expect((await at.request()).status).toBe(200)
  })

  it('knows what is no HTTP', async () => {
    await using at = await useHttpClient(answering('SSH-2.0-OpenSSH_9.2\r\n'))
    await expect(at.request()).rejects.toMatchObject({ code: 'protocol' })
  })

  it('does not wait for the rest of an answer that is no HTTP', async () => {
    await using at = await useHttpClient(answering('SSH-'))
    await expect(at.request()).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringMatching(/^127\.0\.0\.1 does not speak HTTP\/1\.1: /),
    })
  })

  it.each([
    ['a head of more than 64 KiB', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(65_536)}\r\n\r\n`],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ])('refuses %s', async (_, text) => {
    await using at = await useHttpClient(answering(text))
    await expect(at.request()).rejects.toMatchObject({ code: 'protocol' })
    await until(() => at.server.sockets[0]!.destroyed)
  })

  it('takes a head of just less than 64 KiB', async () => {
    const value = 'y'.repeat(65_000)
    await using at = await useHttpClient(
      answering(`HTTP/1.1 200 OK\r\nX: ${value}\r\nContent-Length: 0\r\n\r\n`),
    )
    expect((await at.request()).header('x')).toBe(value)
  })

  it('refuses a broken chunk after the bytes before it', async () => {
    await using at = await useHttpClient(
      answering('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n'),
    )
    const { bytes } = await at.request()
    expect(toText((await bytes.read(3))!)).toBe('abc')
    await expect(bytes.readSome()).rejects.toMatchObject({ code: 'protocol' })
  })

  it('makes the server wait while nothing is read', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const total = 1024 * chunk.length
    let sent = 0
    await using at = await useHttpClient((socket) => {
      const pump = (): void => {
        while (sent < total) {
          sent += chunk.length
          if (!socket.write(chunk)) return void socket.once('drain', pump)
        }
      }
      onHeads(socket, () => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${total}\r\n\r\n`)
        pump()
      })
    })
    const { bytes } = await at.request()
    await standsStill(() => sent)
    // What the kernel holds of both sides, and half a megabyte of ours.
    expect(sent).toBeLessThan(24 * MEGABYTE)
    let read = 0
    for (let part = await bytes.readSome(); part; part = await bytes.readSome()) read += part.length
    expect(read).toBe(total)
  })
})

describe('bodies', () => {
  it('pulls no faster than the server reads', async () => {
    await using at = await useHttpClient((socket) => void socket.pause())
    let pulled = 0
    const body = repeat(65_515, Infinity, (length) => {
      pulled += length
    })
    const controller = new AbortController()
    const request = at.request({ method: 'POST', body, signal: controller.signal })
    const outcome = request.catch((error: unknown) => error)
    await until(() => pulled > 0)
    await standsStill(() => pulled)
    expect(pulled).toBeLessThan(24 * MEGABYTE)
    const reason = new Error('enough')
    controller.abort(reason)
    expect(await outcome).toBe(reason)
  })

  it('gives an answer that comes while the body is on its way, and never uses that connection again', async () => {
    await using at = await useHttpClient(answering(OK))
    let returned = false
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(65_515)
      } finally {
        returned = true
      }
    }
    const answer = await at.request({ method: 'POST', body: body() })
    expect(toText(await answer.bytes.readAll(100))).toBe('ok')
    await until(() => returned && at.server.sockets[0]!.destroyed)
    await (await at.request()).bytes.drain()
    expect(at.server.sockets).toHaveLength(2)
  })

  it('says that the server closed while it owed the answer, with a body that is stuck', async () => {
    await using at = await useHttpClient((socket) => {
      socket.once('data', () => {
        socket.pause()
        socket.end()
      })
    })
    await expect(at.request({ method: 'POST', body: repeat(65_515, Infinity) })).rejects.toMatchObject({
      code: 'cut',
      retryable: true,
      message: expect.stringContaining('127.0.0.1 ended before the answer was complete: other side closed'),
    })
  })

  it('says that an answer was cut, with a body that is stuck', async () => {
    await using at = await useHttpClient((socket) => {
      socket.once('data', () => {
        socket.pause()
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')
      })
    })
    const { bytes } = await at.request({ method: 'POST', body: repeat(65_515, Infinity) })
    expect(toText((await bytes.read(3))!)).toBe('abc')
    await expect(bytes.readSome()).rejects.toMatchObject({ code: 'cut', retryable: true })
  })

  it('asks a body for nothing whose server cannot be reached', async () => {
    const at = await useHttpClient(() => undefined)
    await at.server[Symbol.asyncDispose]()
    const calls: string[] = []
    const body: AsyncIterator<Uint8Array> = {
      next() {
        calls.push('next')
        return Promise.resolve({ done: true, value: undefined })
      },
      return() {
        calls.push('return')
        return Promise.resolve({ done: true, value: undefined })
      },
    }
    const request = at.request({ method: 'POST', body: { [Symbol.asyncIterator]: () => body } })
    await expect(request).rejects.toMatchObject({ code: 'connect' })
    expect(calls).toEqual(['return'])
    await at.client.dispose()
  })

  it('throws what the body throws, and leaves the request cut', async () => {
    let received = ''
    await using at = await useHttpClient(
      (socket) => void socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1'))),
    )
    const reason = new Error('the source is gone')
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('abc')
      await until(() => received.endsWith('abc\r\n'))
      throw reason
    }
    await expect(at.request({ method: 'POST', body: body() })).rejects.toBe(reason)
    await until(() => at.server.sockets[0]!.destroyed)
    expect(received).toMatch(/\r\n\r\n3\r\nabc\r\n$/)
  })

  it('tells of bytes in either direction', async () => {
    await using at = await useHttpClient((socket) => {
      let text = ''
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1')
        if (text.endsWith('0\r\n\r\n')) socket.write(OK)
      })
    })
    let calls = 0
    const onActivity = (): void => void (calls += 1)
    const { bytes } = await at.request({ method: 'POST', body: repeat(10, 5), onActivity })
    expect(calls).toBeGreaterThanOrEqual(6)
    const before = calls
    await bytes.drain()
    expect(calls).toBeGreaterThanOrEqual(before)
  })
})
