import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { BodyBudget } from '../../../src/serve/http/body-budget.ts'
import { until } from '../serving.ts'

/** A real server whose bodies are read with so much memory; what came of each is in `ends`. */
async function startServer(most: number, limit: number) {
  const budget = new BodyBudget(most)
  const ends: string[] = []
  const server = createServer((incoming, response) => {
    void budget
      .read(incoming, limit, async (body) => `${body.length} bytes`)
      .then((end) => {
        ends.push(end)
        response.end(end)
      })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    budget,
    ends,
    begin(headers: Readonly<Record<string, string>> = {}) {
      const sender = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
      sender.on('error', () => undefined)
      sender.on('response', (response) => response.resume())
      return sender
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

it('reads a body to its end, and gives the memory back', async () => {
  await using server = await startServer(1000, 100)
  server.begin().end('a'.repeat(100))
  server.begin().end()
  await until(() => server.ends.length === 2)
  expect(server.ends.toSorted()).toEqual(['0 bytes', '100 bytes'])
  expect(server.budget.used).toBe(0)
})

it('takes no more than the limit, announced or not', async () => {
  await using server = await startServer(1000, 100)
  server.begin({ 'content-length': '101' }).write('a')
  await until(() => server.ends.length === 1)
  const endless = server.begin()
  for (let sent = 0; sent < 5; sent++) endless.write('a'.repeat(50))
  await until(() => server.ends.length === 2)
  expect(server.ends).toEqual(['too-large', 'too-large'])
  expect(server.budget.used).toBe(0)
})

it('counts what has come of all bodies together, and not what was announced', async () => {
  await using server = await startServer(1000, 900)
  const slow = Array.from({ length: 5 }, () => server.begin({ 'content-length': '900' }))
  for (const sender of slow) sender.write('a')
  await until(() => server.budget.used === 5)
  const large = server.begin()
  large.write('a'.repeat(800))
  await until(() => server.budget.used === 805)
  server.begin().end('a'.repeat(300))
  await until(() => server.ends.length === 1)
  expect(server.ends).toEqual(['busy'])
  large.end()
  await until(() => server.ends.length === 2)
  expect(server.ends[1]).toBe('800 bytes')
  for (const sender of slow) sender.destroy()
  await until(() => server.ends.length === 7)
  expect(server.ends.slice(2)).toEqual(Array.from({ length: 5 }, () => 'cut'))
  expect(server.budget.used).toBe(0)
})
