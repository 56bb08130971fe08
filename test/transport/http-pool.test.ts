import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { SocketPool } from '../../src/transport/http-pool.ts'
import { until } from '../support/http-remote.ts'
import { type RawServer, startRawServer } from '../support/raw-server.ts'

async function open(server: RawServer): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  await until(() => server.sockets.some(({ remotePort }) => remotePort === socket.localPort))
  return socket
}

describe('SocketPool', () => {
  it('gives back what was put last, each once, to the same key', async () => {
    await using server = await startRawServer(() => undefined)
    const pool = new SocketPool()
    const sockets = [await open(server), await open(server)]
    for (const socket of sockets) pool.put('a', socket, undefined)
    expect(pool.take('b')).toBeUndefined()
    expect([pool.take('a'), pool.take('a'), pool.take('a')]).toEqual([sockets[1], sockets[0], undefined])
    for (const socket of sockets) socket.destroy()
  })

  it('limits the time of idle connections alone', async () => {
    await using server = await startRawServer(() => undefined)
    const pool = new SocketPool()
    const socket = await open(server)
    const limitFor = (keepAlive: string | undefined): number | undefined => {
      pool.put('a', socket, keepAlive)
      const { timeout } = socket
      expect(pool.take('a')).toBe(socket)
      expect(socket.timeout).toBe(0)
      expect(socket.listenerCount('data')).toBe(0)
      return timeout
    }
    expect(limitFor(undefined)).toBe(30_000)
    expect(limitFor('timeout=5, max=100')).toBe(4000)
    expect(limitFor('max=100, timeout=300')).toBe(30_000)
    pool.put('a', socket, 'timeout=1')
    expect(socket.destroyed).toBe(true)
    expect(pool.take('a')).toBeUndefined()
  })

  it('closes a connection that was idle for too long', async () => {
    await using server = await startRawServer(() => undefined)
    const pool = new SocketPool()
    const socket = await open(server)
    pool.put('a', socket, 'timeout=2')
    await until(() => socket.closed)
    expect(pool.take('a')).toBeUndefined()
  })

  it.each([
    ['is closed', (socket: Socket) => socket.end()],
    ['is reset', (socket: Socket) => socket.resetAndDestroy()],
    ['speaks without being asked', (socket: Socket) => socket.write('HTTP/1.1 408 Too late\r\n\r\n')],
  ])('drops a connection that %s', async (_, act) => {
    await using server = await startRawServer(() => undefined)
    const pool = new SocketPool()
    const socket = await open(server)
    pool.put('a', socket, undefined)
    act(server.sockets[0]!)
    await until(() => socket.closed)
    expect(pool.take('a')).toBeUndefined()
  })

  it('never gives one whose end is known, before its events have come', async () => {
    await using server = await startRawServer(() => undefined)
    const pool = new SocketPool()
    const [good, dead] = [await open(server), await open(server)]
    pool.put('a', good, undefined)
    pool.put('a', dead, undefined)
    dead.destroy()
    expect(pool.take('a')).toBe(good)
    good.destroy()
  })

  it('closes all that it has, and all that it is given afterwards', async () => {
    await using server = await startRawServer(() => undefined)
    const pool = new SocketPool()
    const sockets = [await open(server), await open(server)] as const
    pool.put('a', sockets[0], undefined)
    pool.end()
    pool.put('a', sockets[1], undefined)
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true])
    expect(pool.take('a')).toBeUndefined()
  })
})
