import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { RouteAgent } from '../../../src/transport/http-client/route-agent.ts'
import { Connector } from '../../../src/transport/route/connector.ts'
import { startRequest } from '../../../src/transport/http-client/start-request.ts'
import { findRoute } from '../../../src/transport/route/route.ts'
import { onHeads, type RawServer, startRawServer } from '../../support/raw-server.ts'

interface Setting extends AsyncDisposable {
  readonly agent: RouteAgent
  readonly server: RawServer
  /** Asks for a path and reads the answer. */
  get(path: string, host?: string): Promise<void>
}

async function set(keepAlive: boolean, header = ''): Promise<Setting> {
  const server = await startRawServer((socket) =>
    onHeads(socket, () => socket.write(`HTTP/1.1 200 OK\r\n${header}Content-Length: 2\r\n\r\nok`)),
  )
  const agent = new RouteAgent(new Connector({ env: {}, limit: 20_000 }), { keepAlive })
  const { signal } = new AbortController()
  return {
    agent,
    server,
    async get(path, host = '127.0.0.1') {
      const url = new URL(`http://${host}:${server.port}${path}`)
      const request = startRequest({
        request: { method: 'GET', url, headers: {}, signal },
        route: findRoute(url, {}),
        agent,
      })
      request.end()
      const [answer] = (await once(request, 'response')) as [IncomingMessage]
      answer.resume()
      await once(request, 'close')
    },
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}

function idle({ agent }: Setting): readonly Socket[] {
  return Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])
}

it('keeps a connection for requests of the same route', async () => {
  await using at = await set(true)
  await at.get('/a')
  await at.get('/b')
  expect(at.server.sockets).toHaveLength(1)
  await at.get('/a', 'localhost')
  expect(at.server.sockets).toHaveLength(2)
  expect(Object.keys(at.agent.freeSockets)).toHaveLength(2)
})

it('keeps none when it shall not', async () => {
  await using at = await set(false)
  await at.get('/')
  expect(idle(at)).toEqual([])
  await at.get('/')
  expect(at.server.sockets).toHaveLength(2)
})

it.each([
  ['30 seconds', '', 30_000],
  ['a little less than the server says', 'Keep-Alive: timeout=5\r\n', 4000],
  ['never more than 30 seconds', 'Keep-Alive: timeout=300\r\n', 30_000],
])('limits the time of idle connections: %s', async (_, header, limit) => {
  await using at = await set(true, header)
  await at.get('/')
  expect(idle(at).map(({ timeout }) => timeout)).toEqual([limit])
})

it('uses the connection that was opened ahead, once', async () => {
  await using at = await set(false)
  const route = findRoute(new URL(`http://127.0.0.1:${at.server.port}/a`), {})
  at.agent.openAhead(route)
  await expect.poll(() => at.server.sockets.length).toBe(1)
  await at.get('/a')
  expect(at.server.sockets).toHaveLength(1)
  await at.get('/a')
  expect(at.server.sockets).toHaveLength(2)
})

it('opens another connection when the one ahead was closed meanwhile, or leads elsewhere', async () => {
  await using at = await set(false)
  at.agent.openAhead(findRoute(new URL(`http://127.0.0.1:${at.server.port}/a`), {}))
  await expect.poll(() => at.server.sockets.length).toBe(1)
  at.server.sockets[0]!.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await at.get('/a')
  expect(at.server.sockets).toHaveLength(2)
  at.agent.openAhead(findRoute(new URL(`http://127.0.0.1:${at.server.port}/a`), {}))
  await at.get('/a', 'localhost')
  expect(at.server.sockets).toHaveLength(4)
})

it('leaves no connection behind that nobody used', async () => {
  await using at = await set(false)
  at.agent.openAhead(findRoute(new URL(`http://127.0.0.1:${at.server.port}/a`), {}))
  await expect.poll(() => at.server.sockets.length).toBe(1)
  const closed = once(at.server.sockets[0]!, 'close')
  at.agent.destroy()
  await closed
})
