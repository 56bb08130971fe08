import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createReading } from '../../../src/transport/ssh2/large-reads.ts'

/** What the library gets of `parts`, and what is left when the server ends. */
function read(parts: readonly string[]): readonly string[] {
  const reading = createReading()
  const socket = new Socket()
  const got: string[] = []
  socket.on('data', (bytes: Buffer) => got.push(bytes.toString()))
  reading.start(socket)
  for (const part of parts) {
    const bytes = Buffer.from(part)
    reading.onread.callback(bytes.length, bytes)
  }
  socket.emit('end')
  return got
}

it.each([
  [['SSH-2.0-x\r\n'], ['SSH-2.0-x\r\n']],
  [
    ['S', 'SH-2', '.0-x', '\r', '\nkeys', 'more'],
    ['SSH-2.0-x\r\nkeys', 'more'],
  ],
  [
    ['hello\r\n', 'there\r\n', 'SSH-2', '.0-x\r\n', 'a', 'b'],
    ['hello\r\n', 'there\r\nSSH-2.0-x\r\n', 'a', 'b'],
  ],
  [
    ['hello\r\nSSH-2.0-x\r\nkeys', 'more'],
    ['hello\r\nSSH-2.0-x\r\nkeys', 'more'],
  ],
  [
    ['HTTP/1.1 400 Bad\r\n', 'Server: x\r\n\r\n'],
    ['HTTP/1.1 400 Bad\r\n', 'Server: x\r\n\r\n'],
  ],
  [['220 mail\r\n'], ['220 mail\r\n']],
  [['SS'], ['SS']],
])('gives the library two parts at most before the protocol begins: %j', (parts, got) => {
  expect(read(parts)).toEqual(got)
})

it('holds back no more than a greeting may have', () => {
  expect(read(['hello\r\n', 'x'.repeat(10_000), 'y'])).toEqual(['hello\r\n', 'x'.repeat(10_000), 'y'])
})
