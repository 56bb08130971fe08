import { connect, type Socket } from 'node:net'
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  HOOK_SECRET,
  makeSetting,
  type Serving,
  type Setting,
  startServing,
  TOKEN,
  until,
} from './serving.ts'
import { residentBytes } from './soak/world.ts'

const MIB = 1024 * 1024

/** A client that never reads what it is sent. */
function open(serving: Serving, bytes: string | Buffer): { readonly socket: Socket; isClosed: boolean } {
  const socket = connect(Number(new URL(serving.url).port), '127.0.0.1')
  const one = { socket, isClosed: false }
  socket.on('error', () => undefined)
  socket.once('close', () => (one.isClosed = true))
  socket.pause()
  socket.write(bytes)
  return one
}

describe('S10, S11: a flood', () => {
  let setting: Setting
  let serving: Serving
  beforeAll(async () => {
    setting = await makeSetting(['a'])
    const mirrors = Array.from(
      { length: 200 },
      (_, index) =>
        `  - { name: m${index}, source: '${setting.backend.url}/m${index}.git', destination: '${setting.backend.url}/c${index}.git' }\n`,
    ).join('')
    serving = await startServing(
      await setting.configure({
        server: '  hooks: { github: { secret: { env: HOOK_SECRET } } }\n  stop-grace: 0s\n',
        mirrors,
      }),
    )
  }, 60_000)
  afterAll(async () => {
    await serving[Symbol.asyncDispose]()
    await setting[Symbol.asyncDispose]()
  })

  const resident = (): number => residentBytes(serving.pid) ?? 0
  const sign = (body: string): Readonly<Record<string, string>> => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', HOOK_SECRET).update(body).digest('hex')}`,
    'x-github-event': 'ping',
  })

  /** What everybody else must be able to do meanwhile, and afterwards. */
  async function expectService(): Promise<void> {
    expect((await serving.call('GET', '/healthz', { token: null })).status).toBe(200)
    expect((await serving.call('GET', '/mirrors/m1')).status).toBe(200)
    expect((await serving.call('POST', '/hooks/github', { body: '{}', headers: sign('{}') })).status).toBe(
      204,
    )
  }

  it('of ten thousand bad hooks is told to slow down, takes no memory, and hinders nobody', async () => {
    const headers = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}`, 'x-github-event': 'push' }
    const body = JSON.stringify({ repository: { clone_url: `https://example.org/${'x'.repeat(1000)}` } })
    const statuses: Record<number, number> = {}
    const send = async (count: number): Promise<void> => {
      for (let sent = 0; sent < count; sent++) {
        const { status } = await serving.call('POST', '/hooks/github', { token: null, body, headers })
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }
    const sendAll = async (count: number): Promise<void> => {
      await Promise.all(Array.from({ length: 20 }, async () => await send(count / 20)))
    }
    await sendAll(4000)
    const before = resident()
    await expectService()
    await sendAll(6000)
    expect(statuses[401]).toBeGreaterThanOrEqual(10)
    expect((statuses[401] ?? 0) + (statuses[429] ?? 0)).toBe(10_000)
    expect(statuses[429]).toBeGreaterThan(9000)
    expect(resident() - before).toBeLessThan(60 * MIB)
    await expectService()
    // Nor does it fill the log.
    expect(serving.log().match(/no right signature/g)!.length).toBeLessThan(100)
  }, 120_000)

  it('of large bodies that nobody has vouched for fills no more memory than is set aside for them', async () => {
    const before = resident()
    const head = `POST /hooks/github HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${20 * MIB}\r\n\r\n`
    const senders = Array.from({ length: 60 }, () => open(serving, head))
    const part = Buffer.alloc(MIB, 'a')
    for (let sent = 0; sent < 6; sent++) {
      for (const { socket } of senders) if (!socket.destroyed) socket.write(part)
      await sleep(50)
    }
    await until(async () => (await serving.call('GET', '/metrics')).status === 200)
    // 360 MiB were offered, and 64 MiB are taken; Node and the kernel have some more under way.
    expect(resident() - before).toBeLessThan(250 * MIB)
    expect((await serving.call('GET', '/healthz', { token: null })).status).toBe(200)
    for (const { socket } of senders) socket.destroy()
    await until(
      async () =>
        (await serving.call('POST', '/hooks/github', { body: '{}', headers: sign('{}') })).status === 204,
      'a hook that is taken again',
    )
    await expectService()
  }, 60_000)

  it('of readers that do not read takes little memory', async () => {
    const before = resident()
    const get = `GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`
    const readers = Array.from({ length: 50 }, () => open(serving, get.repeat(20)))
    await sleep(3000)
    // 1,000 pages of 100 KB were asked for.
    expect(resident() - before).toBeLessThan(200 * MIB)
    await expectService()
    for (const { socket } of readers) socket.destroy()
  }, 60_000)

  it('of headers without end is cut', async () => {
    const before = resident()
    const large = open(serving, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ')
    const part = 'a'.repeat(64 * 1024)
    for (let sent = 0; sent < 160 && !large.isClosed; sent++) {
      if (!large.socket.write(part)) await sleep(1)
    }
    large.socket.resume()
    await until(() => large.isClosed, 'the end of the connection')
    expect(resident() - before).toBeLessThan(40 * MIB)
    await expectService()
  }, 60_000)

  it('ends with the server, which ends at once', async () => {
    const idle = Array.from({ length: 100 }, () => open(serving, 'GET / HTTP/1.1\r\nHost: loc'))
    await sleep(200)
    const began = Date.now()
    serving.kill('SIGTERM')
    expect((await serving.result).code).toBe(0)
    expect(Date.now() - began).toBeLessThan(5000)
    for (const { socket } of idle) socket.destroy()
  })
})
