import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request as openRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { pumpBody } from '../../../src/transport/http-client/pump-body.ts'
import type { Slices } from '../../../src/transport/connection/connection.ts'
import { startRawServer } from '../../support/raw-server.ts'

interface Sent {
  readonly head: string
  /** What the server received behind the head. */
  readonly text: string
  /** Calls to the system. */
  readonly writes: number
  readonly error: unknown
}

type Batch = string | readonly string[]

async function pump(batches: readonly Batch[], length?: number): Promise<Sent> {
  let text = ''
  let serverSide: Socket | undefined
  await using server = await startRawServer((socket) => {
    serverSide = socket
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  })
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const writes = countWrites(socket)
  const headers = length === undefined ? {} : { 'content-length': length }
  const request = openRequest({ method: 'POST', headers, createConnection: () => socket })
  request.on('error', () => undefined)
  await once(request, 'socket')
  const error = await pumpBody(giveBatches(batches), { request, socket, length }).catch(
    (reason: unknown) => reason,
  )
  socket.end()
  await once(serverSide ?? socket, 'end')
  const [head = ''] = text.split('\r\n\r\n', 1)
  return { head, text: text.slice(head.length + 4), writes: writes(), error }
}

async function* giveBatches(batches: readonly Batch[]): AsyncGenerator<Slices> {
  for (const batch of batches) {
    yield typeof batch === 'string' ? toBytes(batch) : batch.map(toBytes)
    // What comes later is no part of it.
    await new Promise(setImmediate)
  }
}

function toBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text))
}

function countWrites(socket: Socket): () => number {
  let count = 0
  const writer = socket as unknown as Record<'_write' | '_writev', (...all: unknown[]) => void>
  for (const name of ['_write', '_writev'] as const) {
    const write = writer[name].bind(socket)
    writer[name] = (...all) => {
      count += 1
      write(...all)
    }
  }
  return () => count
}

it('sends each slice as a chunk, and none that is empty', async () => {
  const { text } = await pump(['', 'abc', ['', ''], '0123456789'])
  expect(text).toBe('3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n')
})

it('sends what came together with one write, and the head with the first of it', async () => {
  const { text, writes } = await pump([
    ['ab', 'c'],
    ['de', '', 'f', 'gh'],
  ])
  expect(text.replaceAll(/[0-9]+\r\n|\r\n/g, '')).toBe('abcdefgh')
  expect(writes).toBe(3)
})

it('sends slices as they are under a length', async () => {
  expect(await pump([['abc', 'd'], 'e'], 5)).toMatchObject({ text: 'abcde', writes: 2 })
})

it('sends the head of a body without slices', async () => {
  for (const length of [undefined, 0]) {
    const { head, text } = await pump([], length)
    expect(head).toMatch(/^content-length: 0$/im)
    expect(text).toBe('')
  }
})

it('goes on after more than the socket takes at once', async () => {
  const slices = Array.from({ length: 100 }, () => 'x'.repeat(1000))
  for (const batches of [[slices, slices], slices]) {
    const { text, error } = await pump(batches)
    expect(error).toBeUndefined()
    expect(text.replaceAll(/[^x]/g, '').length).toBe(batches.flat().length * 1000)
  }
})

it('joins small slices, and never in memory that is still to be sent', async () => {
  const [batches, parts, size] = [500, 30, 1000]
  const hash = createHash('sha1')
  const length = batches * parts * size
  let received = 0
  await using server = await startRawServer((socket) => {
    socket.once('data', (head: Buffer) => {
      const body = head.subarray(head.indexOf('\r\n\r\n') + 4)
      received += body.length
      hash.update(body)
      socket.pause()
      socket.on('data', (chunk: Buffer) => {
        received += chunk.length
        hash.update(chunk)
      })
      // By then the system takes no more, and what is left waits in memory.
      setTimeout(() => socket.resume(), 300)
    })
  })
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const headers = { 'content-length': length }
  const request = openRequest({ method: 'POST', headers, createConnection: () => socket })
  request.on('error', () => undefined)
  await once(request, 'socket')
  const sent = createHash('sha1')
  let most = 0
  const told: boolean[] = []
  async function* body(): AsyncGenerator<Slices, void, boolean | undefined> {
    for (let batch = 0; batch < batches; batch++) {
      most = Math.max(most, socket.writableLength)
      const slices = Array.from({ length: parts }, (_, at) => new Uint8Array(size).fill(batch * parts + at))
      for (const slice of slices) sent.update(slice)
      const copied = socket.writableLength === 0
      const written = yield slices
      if (copied) expect(written).toBe(true)
      // Nobody else may rely on what was told to be written.
      if (written === true) for (const slice of slices) slice.fill(0xff)
      told.push(written === true)
    }
  }
  await pumpBody(body(), { request, socket, length })
  await expect.poll(() => received).toBe(length)
  expect(hash.digest('hex')).toBe(sent.digest('hex'))
  expect(most).toBeGreaterThan(0)
  expect(told).toContain(false)
  socket.destroy()
})

it('tells a body that all it gave is written, and never before that', async () => {
  const told: boolean[] = []
  const sockets: Socket[] = []
  let received = 0
  await using server = await startRawServer((socket) => {
    sockets.push(socket.pause())
    socket.on('data', (chunk: Buffer) => (received += chunk.length))
    socket.pause()
  })
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const request = openRequest({ method: 'POST', createConnection: () => socket })
  request.on('error', () => undefined)
  await once(request, 'socket')
  const large = 64 * 1024 * 1024
  async function* body(): AsyncGenerator<Uint8Array, void, boolean | undefined> {
    for (const size of [10, large]) {
      const written = yield new Uint8Array(size)
      if (written === true) expect(socket.writableLength).toBe(0)
      told.push(written === true)
    }
  }
  const pumped = pumpBody(body(), { request, socket, length: undefined })
  await expect.poll(() => told.length).toBe(1)
  // More than the system keeps for a server that does not read.
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(told.length).toBe(1)
  await expect.poll(() => sockets.length).toBe(1)
  sockets[0]!.resume()
  await pumped
  expect(told[1]).toBe(true)
  await expect.poll(() => received).toBeGreaterThan(large)
  socket.destroy()
})

it('sends no byte more than was announced, and tells of one less', async () => {
  const long = await pump(['abc', ['d', 'e']], 4)
  expect(long).toMatchObject({ text: 'abc', error: { code: 'local' } })
  expect((await pump(['abc'], 4)).error).toMatchObject({
    code: 'local',
    message: 'the body is longer or shorter than was announced',
  })
})
