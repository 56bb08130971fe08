import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { readChunks } from '../../../src/transport/connection/stream-chunks.ts'

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

describe('readChunks', () => {
  it('gives what came without waiting, and the end', async () => {
    const stream = new PassThrough()
    const chunks = readChunks(stream)
    stream.write('one')
    stream.write('two')
    await turn()
    expect(toText(chunks.takeNow()!)).toBe('one')
    expect(toText(chunks.takeNow()!)).toBe('two')
    expect(chunks.takeNow()).toBeUndefined()
    stream.end('last')
    expect(toText((await chunks.next()).value as Uint8Array)).toBe('last')
    expect((await chunks.next()).done).toBe(true)
  })

  it('stops the stream when much is waiting, and goes on when it was taken', async () => {
    const stream = new PassThrough()
    const chunks = readChunks(stream)
    const chunk = Buffer.alloc(64 * 1024)
    let writable = true
    for (let count = 0; count < 100 && writable; count++) {
      writable = stream.write(chunk)
      await turn()
    }
    expect(writable).toBe(false)
    expect(stream.isPaused()).toBe(true)
    while (chunks.takeNow());
    expect(stream.isPaused()).toBe(false)
  })

  it('throws what broke the stream, after what came before', async () => {
    const stream = new PassThrough()
    const chunks = readChunks(stream)
    stream.write('one')
    await turn()
    stream.destroy(new Error('reset'))
    await turn()
    expect(toText((await chunks.next()).value as Uint8Array)).toBe('one')
    await expect(chunks.next()).rejects.toThrow('reset')
  })

  it('throws when the stream is closed before its end', async () => {
    const stream = new PassThrough()
    const chunks = readChunks(stream)
    const waiting = chunks.next()
    stream.destroy()
    await expect(waiting).rejects.toThrow('closed before its end')
  })
})
