import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { RouteAgent } from '../../../src/transport/http-client/route-agent.ts'
import type { HttpRequest } from '../../../src/transport/http-client/messages.ts'
import { Connector } from '../../../src/transport/route/connector.ts'
import { startRequest } from '../../../src/transport/http-client/start-request.ts'
import { findRoute } from '../../../src/transport/route/route.ts'
import { startRawServer } from '../../support/raw-server.ts'

type Asked = Partial<Omit<HttpRequest, 'url'>> & { readonly url?: string }

/** The lines of the head that a server, whatever its name, gets. */
async function send({ url, ...options }: Asked, env = {}): Promise<readonly string[]> {
  let text = ''
  await using server = await startRawServer((socket) => {
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'))
  })
  const connector = new Connector({ env, limit: 20_000 })
  connector.open = () => Promise.resolve(connect(server.port, '127.0.0.1'))
  const agent = new RouteAgent(connector, { keepAlive: true })
  const request = startOn(agent, { ...options, url: url ?? 'http://git.example/a/b?c=d' }, env)
  request.end()
  await once(request, 'response')
  agent.destroy()
  return text.split('\r\n\r\n')[0]!.split('\r\n')
}

function startOn(agent: RouteAgent, options: Asked, env = {}): ReturnType<typeof startRequest> {
  const url = new URL(options.url!)
  const { signal } = new AbortController()
  const request: HttpRequest = { method: 'POST', headers: {}, signal, ...options, url }
  return startRequest({ request, route: findRoute(url, env), agent })
}

describe('startRequest', () => {
  it('names the host, its port when it is unusual, and the path with the query', async () => {
    expect(await send({ method: 'GET', headers: { accept: '*/*' } })).toEqual([
      'GET /a/b?c=d HTTP/1.1',
      'host: git.example',
      'connection: keep-alive',
      'accept: */*',
    ])
    expect(await send({ url: 'https://[::1]:8443/' })).toContain('host: [::1]:8443')
    expect(await send({ url: 'https://git.example:443/' })).toContain('host: git.example')
  })

  it('gives a proxy the whole address and its login, but not through a tunnel', async () => {
    const env = { all_proxy: 'http://me:pw@proxy.example:3128' }
    const plain = await send({}, env)
    expect(plain[0]).toBe('POST http://git.example/a/b?c=d HTTP/1.1')
    expect(plain).toContain('host: git.example')
    expect(plain).toContain(`proxy-authorization: Basic ${Buffer.from('me:pw').toString('base64')}`)
    const tunnelled = await send({ url: 'https://git.example/a' }, env)
    expect(tunnelled[0]).toBe('POST /a HTTP/1.1')
    expect(tunnelled.join()).not.toContain('proxy-authorization')
  })

  it.each(['a\r\nb: c', 'a\nb', '\0', '\u20ac'])(
    'throws for a header that would be another one: %j',
    (value) => {
      const agent = new RouteAgent(new Connector({ env: {}, limit: 1 }), { keepAlive: false })
      const start = (): unknown =>
        startOn(agent, { url: 'http://git.example/', headers: { 'user-agent': value } })
      expect(start).toThrow(
        expect.objectContaining({ code: 'usage', message: expect.stringContaining('user-agent') }),
      )
    },
  )
})
