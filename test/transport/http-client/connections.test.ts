import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { answering, OK, useHttpClient } from '../../support/http-client.ts'
import { until } from '../../support/http-remote.ts'
import { onHeads } from '../../support/raw-server.ts'

const MEGABYTE = 1024 * 1024

/** Answers the first request of a connection and hangs up at the second. */
function answerOnce(socket: Socket): void {
  onHeads(socket, (_, count) => (count === 1 ? socket.write(OK) : socket.destroy()))
}

describe('connections', () => {
  it('uses a connection again', async () => {
    await using at = await useHttpClient(answering(OK))
    for (let index = 0; index < 3; index++) await (await at.request()).bytes.drain()
    expect(at.server.sockets).toHaveLength(1)
  })

  it('asks again when a kept connection is dead, if it may', async () => {
    await using at = await useHttpClient(answerOnce)
    await (await at.request()).bytes.drain()
    expect((await at.request({ repeatable: true })).status).toBe(200)
    expect(at.server.sockets).toHaveLength(2)
  })

  it.each([
    ['the end', (socket: Socket) => socket.end()],
    ['the reset', (socket: Socket) => socket.resetAndDestroy()],
  ])('does not mind %s of an idle connection, and opens another', async (_, act) => {
    await using at = await useHttpClient(answering(OK))
    await (await at.request()).bytes.drain()
    act(at.server.sockets[0]!)
    await until(() => at.server.sockets[0]!.destroyed)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await at.request()).status).toBe(200)
    expect(at.server.sockets).toHaveLength(2)
  })

  it.each([
    ['has sent more than one answer', `${OK}${OK}`],
    ['has sent something behind its answer', `${OK}!`],
    ['will be closed by the server', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
    ['is kept for a second only', 'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok'],
  ])('does not use a connection again that %s', async (_, text) => {
    await using at = await useHttpClient(answering(text))
    for (let index = 0; index < 2; index++)
      expect(toText(await (await at.request()).bytes.readAll(9))).toBe('ok')
    expect(at.server.sockets).toHaveLength(2)
  })

  it('uses a connection again whose answer was not read yet', async () => {
    const long = 'x'.repeat(2 * MEGABYTE)
    await using at = await useHttpClient(
      answering(`HTTP/1.1 200 OK\r\nContent-Length: ${long.length}\r\n\r\n${long}`),
    )
    const first = await at.request()
    // Most of it is read; the rest has arrived, and waits with a reader that had made the server wait.
    expect((await first.bytes.read(long.length - 400_000))?.length).toBe(long.length - 400_000)
    await first.whenOver
    const second = await at.request()
    expect((await second.bytes.readAll(long.length)).length).toBe(long.length)
    expect((await first.bytes.readAll(long.length)).length).toBe(400_000)
    expect(at.server.sockets).toHaveLength(1)
  })

  it('does not ask again what may be asked only once', async () => {
    await using at = await useHttpClient(answerOnce)
    await (await at.request()).bytes.drain()
    await expect(at.request({ method: 'POST', body: new Uint8Array(4) })).rejects.toMatchObject({
      code: 'cut',
    })
    expect(at.server.sockets).toHaveLength(1)
  })

  it('does not ask again on a connection that was new', async () => {
    await using at = await useHttpClient((socket) => onHeads(socket, () => socket.destroy()))
    await expect(at.request({ repeatable: true })).rejects.toMatchObject({ code: 'cut', retryable: true })
    expect(at.server.sockets).toHaveLength(1)
  })

  it('closes the connection of a fresh request after its answer', async () => {
    await using at = await useHttpClient(answering(OK))
    await (await at.request({ fresh: true })).bytes.drain()
    await until(
      () => at.server.sockets[0]?.readableEnded === true || at.server.sockets[0]?.destroyed === true,
    )
    await (await at.request()).bytes.drain()
    expect(at.server.sockets).toHaveLength(2)
  })

  it('leaves none open when it is disposed of', async () => {
    const at = await useHttpClient(answering('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'))
    const { bytes } = await at.request()
    await at.request({ fresh: true })
    await at.client.dispose()
    await until(() => at.server.sockets.length === 2 && at.server.sockets.every(({ destroyed }) => destroyed))
    expect(toText((await bytes.read(3))!)).toBe('abc')
    await expect(bytes.readSome()).rejects.toMatchObject({ code: 'cancelled' })
    await at.server[Symbol.asyncDispose]()
  })
})

describe('ends from outside', () => {
  it.each(['before', 'while waiting for the answer', 'while reading'])(
    'gives the reason of the signal: %s',
    async (when) => {
      await using at = await useHttpClient(
        answering(when === 'while reading' ? 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc' : ''),
      )
      const controller = new AbortController()
      const reason = { why: 'no Error at all' }
      if (when === 'before') controller.abort(reason)
      const read = async (): Promise<unknown> =>
        (await at.request({ signal: controller.signal })).bytes.read(9)
      const outcome = read().catch((error: unknown) => error)
      if (when !== 'before') {
        await until(() => at.server.sockets.length === 1)
        await new Promise((resolve) => setTimeout(resolve, 50))
        controller.abort(reason)
      }
      expect(await outcome).toBe(reason)
      if (when !== 'before') await until(() => at.server.sockets[0]!.destroyed)
    },
  )

  it('ends the request when its reader is cancelled', async () => {
    await using at = await useHttpClient(answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'))
    const answer = await at.request()
    await answer.bytes.cancel()
    await answer.whenOver
    expect(answer.over).toBe(true)
    await until(() => at.server.sockets[0]!.destroyed)
  })
})
