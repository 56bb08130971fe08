import { describe, expect, it } from 'vitest'
import { Connector } from '../../../src/transport/route/connector.ts'
import type { Proxy } from '../../../src/transport/route/proxy.ts'
import type { Route } from '../../../src/transport/route/route.ts'
import { addressOf, type Target } from '../../../src/transport/route/target.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { until } from '../../support/http-remote.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { startRawServer } from '../../support/raw-server.ts'

const LOCAL = { secure: false, host: '127.0.0.1' }

function routeTo(target: Target, tunnel?: Proxy): Route {
  return { target, server: target, proxy: tunnel, tunnel, publicOnly: false, key: 'any' }
}

describe('Connector', () => {
  it('says that nobody listens', async () => {
    const server = await startRawServer(() => undefined)
    await server[Symbol.asyncDispose]()
    const connector = new Connector({ env: {}, limit: 20_000 })
    await expect(connector.open(routeTo({ ...LOCAL, port: server.port }))).rejects.toMatchObject({
      code: 'connect',
      retryable: true,
      message: expect.stringContaining(`127.0.0.1, port ${server.port}`),
    })
  })

  it.each([
    ['TLS', true, undefined],
    ['a proxy', false, 'proxy'],
  ])('limits the time of all steps: %s', async (_, secure, proxied) => {
    await using server = await startRawServer((socket) => void socket.resume())
    const connector = new Connector({ env: {}, limit: 200 })
    const proxy = proxied
      ? { url: new URL(`http://127.0.0.1:${server.port}`), authorization: undefined, variable: 'http_proxy' }
      : undefined
    const opened = connector.open(routeTo({ secure, host: '127.0.0.1', port: server.port }, proxy))
    await expect(opened).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
      message: expect.stringMatching(/^no connection to 127\.0\.0\.1.*, port \d+, within 0\.2 seconds$/),
    })
    await until(() => server.sockets[0]!.destroyed)
  })

  it('gives up what is under way when it is ended', async () => {
    await using server = await startRawServer((socket) => void socket.resume())
    const connector = new Connector({ env: {}, limit: 20_000 })
    const opened = connector.open(routeTo({ ...LOCAL, secure: true, port: server.port }))
    const outcome = opened.catch((error: unknown) => error)
    await until(() => server.sockets.length === 1)
    const reason = new Error('enough')
    connector.end(reason)
    expect(await outcome).toBe(reason)
    await until(() => server.sockets[0]!.destroyed)
    await expect(connector.open(routeTo({ ...LOCAL, port: server.port }))).rejects.toBe(reason)
  })

  it('offers the session of an earlier TLS connection', async () => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate })
    const connector = new Connector({ env: { GIT_SSL_CAINFO: certificate.path }, limit: 20_000 })
    const target = { secure: true, host: 'localhost', port: backend.port }
    const first = await connector.open(routeTo(target))
    await new Promise((resolve) => first.once('session', resolve))
    const second = (await connector.open(routeTo(target))) as unknown as { isSessionReused(): boolean }
    expect(second.isSessionReused()).toBe(true)
    first.destroy()
  })
})

describe('addressOf', () => {
  it.each([
    ['https://git.example/', { secure: true, host: 'git.example', port: 443 }],
    ['http://git.example/', { secure: false, host: 'git.example', port: 80 }],
    ['http://[::1]:8080/', { secure: false, host: '::1', port: 8080 }],
  ])('of %s', (url, target) => {
    expect(addressOf(new URL(url))).toEqual(target)
  })
})
