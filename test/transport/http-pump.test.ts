import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { pumpBody } from '../../src/transport/http-pump.ts'
import { startRawServer } from '../support/raw-server.ts'

interface Sent {
  /** What the server received. */
  readonly text: string
  readonly error: unknown
}

async function pump(slices: readonly string[], length?: number): Promise<Sent> {
  let text = ''
  let serverSide: Socket | undefined
  await using server = await startRawServer((socket) => {
    serverSide = socket
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  })
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const slice of slices) yield new Uint8Array(Buffer.from(slice))
  }
  const error = await pumpBody(body(), { socket, head: 'HEAD\r\n', length }).catch(
    (reason: unknown) => reason,
  )
  socket.end()
  await once(serverSide ?? socket, 'end')
  return { text, error }
}

it('sends each slice as a chunk, and none that is empty', async () => {
  const { text } = await pump(['', 'abc', '', '0123456789'])
  expect(text).toBe('HEAD\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n')
})

it('sends slices as they are under a length', async () => {
  expect((await pump(['abc', 'd'], 4)).text).toBe('HEAD\r\nabcd')
})

it('sends the head of a body without slices', async () => {
  expect((await pump([])).text).toBe('HEAD\r\n0\r\n\r\n')
  expect((await pump([], 0)).text).toBe('HEAD\r\n')
})

it('sends no byte more than was announced, and tells of one less', async () => {
  const long = await pump(['abc', 'de'], 4)
  expect(long).toEqual({ text: 'HEAD\r\nabc', error: expect.objectContaining({ code: 'local' }) })
  expect((await pump(['abc'], 4)).error).toMatchObject({
    code: 'local',
    message: 'the body is longer or shorter than was announced',
  })
})
