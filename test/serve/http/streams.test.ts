import { get, type IncomingMessage } from 'node:http'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { listen } from '../../../src/serve/http/listen.ts'
import { MOST_STREAMS, Streams } from '../../../src/serve/http/streams.ts'
import type { StreamEvent } from '../../../src/serve/jobs/event-log.ts'
import { until } from '../serving.ts'

/** A real server with one path: a stream of the events that `send` gives. */
async function startStreams() {
  const streams = new Streams()
  const listeners = new Set<(event: StreamEvent) => void>()
  const app = new Hono()
  app.get('/', () =>
    streams.open((listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }),
  )
  const listening = await listen(app, { host: '127.0.0.1', port: 0 })
  return {
    streams,
    listeners,
    server: listening.server,
    send(data: unknown) {
      for (const listener of listeners) listener({ id: undefined, kind: 'progress', data })
    },
    async ask(): Promise<IncomingMessage> {
      return await new Promise((resolve, reject) => {
        get(listening.url, { agent: false }, resolve).once('error', reject)
      })
    },
    async [Symbol.asyncDispose]() {
      listening.close()
      listening.destroy()
    },
  }
}

describe('a stream of events', () => {
  it('S11: is ended for a reader that does not read, and goes on for one that does', async () => {
    await using setting = await startStreams()
    const { streams, listeners } = setting
    const lazy = await setting.ask()
    lazy.on('error', () => undefined)
    lazy.pause()
    const eager = await setting.ask()
    let received = 0
    eager.on('data', (bytes: Buffer) => (received += bytes.length))
    await until(() => streams.size === 2)
    const data = 'x'.repeat(100_000)
    let sent = 0
    // The kernel's buffers take some megabytes before anything has to wait.
    await until(async () => {
      setting.send(data)
      sent++
      await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
      return streams.size === 1
    }, 'the end of the stream that nobody reads')
    expect(listeners.size).toBe(1)
    expect(sent).toBeLessThan(300)
    await until(() => received > sent * data.length, 'all that was sent to the one who reads')
    lazy.destroy()
    eager.destroy()
    await until(() => streams.size === 0)
    expect(listeners.size).toBe(0)
  })

  it('is told the end when the server stops, and there are no more than so many', async () => {
    await using setting = await startStreams()
    const readers = await Promise.all(Array.from({ length: MOST_STREAMS }, async () => await setting.ask()))
    expect(setting.streams.isFull).toBe(true)
    const texts = readers.map(async (reader) => {
      let text = ''
      for await (const bytes of reader) text += String(bytes)
      return text
    })
    setting.streams.close()
    for (const text of await Promise.all(texts))
      expect(text).toMatch(/event: done\ndata: \{"state":"stopping"\}\n\n$/)
    expect(setting.streams.size).toBe(0)
  })
})

it('has the limits of time and size that a server on an open network needs', async () => {
  await using setting = await startStreams()
  expect(setting.server).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5000,
    timeout: 120_000,
    maxConnections: 512,
    maxRequestsPerSocket: 1000,
  })
})
