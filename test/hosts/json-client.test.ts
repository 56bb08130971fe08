import { expect, it } from 'vitest'
import { createJsonClient, type JsonClient } from '../../src/hosts/json-client.ts'
import { readRateLimit } from '../../src/hosts/rate-limit.ts'
import { startHttpProxy } from '../support/http-proxy.ts'
import { type FakeApi, type FakeReply, startFakeApi } from '../support/fake-api.ts'

const never = new AbortController().signal

interface Bench extends AsyncDisposable {
  readonly api: FakeApi
  readonly client: JsonClient
}

async function bench(
  answer: (path: string, count: number, origin: string) => FakeReply,
  more: { readonly timeLimit?: number; readonly signal?: AbortSignal; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Bench> {
  const api = await startFakeApi({
    owner: 'x',
    repositories: [],
    intercept: ({ path }, count, origin) => answer(path, count, origin),
  })
  const client = createJsonClient({
    base: new URL(`${api.origin}/api`),
    headers: { authorization: 'Bearer secret-token-9' },
    env: more.env ?? {},
    signal: more.signal ?? never,
    mostWait: 2000,
    ...(more.timeLimit === undefined ? {} : { timeLimit: more.timeLimit }),
  })
  return {
    api,
    client,
    async [Symbol.asyncDispose]() {
      await client.dispose()
      await api[Symbol.asyncDispose]()
    },
  }
}

it('asks below its base, with its headers', async () => {
  await using b = await bench((path) => ({ status: 200, body: JSON.stringify({ path }) }))
  expect((await b.client.get('projects?x=1')).value).toEqual({ path: '/api/projects' })
  expect(b.api.requests[0]).toMatchObject({ authorization: 'Bearer secret-token-9' })
  expect(b.api.requests[0]?.query.get('x')).toBe('1')
})

it('follows a redirect on the same server, and to no other one', async () => {
  await using other = await startFakeApi({ owner: 'x', repositories: [] })
  await using b = await bench((path, _, origin) => {
    if (path === '/api/old') return { status: 301, headers: { location: `${origin}/api/new` } }
    return path === '/api/away'
      ? { status: 302, headers: { location: `${other.origin}/api/new` } }
      : { status: 200, body: '1' }
  })
  expect((await b.client.get('old')).value).toBe(1)
  await expect(b.client.get('away')).rejects.toMatchObject({
    code: 'protocol',
    message: expect.stringContaining('leads to another server'),
  })
  await expect(b.client.get(new URL(`${other.origin}/x`))).rejects.toMatchObject({ code: 'protocol' })
  expect(other.requests).toEqual([])
})

it.each([
  [401, 'auth'],
  [403, 'auth'],
  [404, 'not-found'],
  [418, 'http'],
] as const)('tells what %d means, once', async (status, code) => {
  await using b = await bench(() => ({ status, body: '{"message":"secret words"}' }))
  await expect(b.client.get('x?private_token=hunter22')).rejects.toMatchObject({
    code,
    status,
    message: expect.not.stringContaining('hunter22'),
  })
  expect(b.api.requests).toHaveLength(1)
})

it('tries again after a passing failure, a few times', async () => {
  await using b = await bench(() => ({ status: 502, body: '<html>' }))
  await expect(b.client.get('x')).rejects.toMatchObject({ code: 'http', status: 502 })
  expect(b.api.requests).toHaveLength(4)
})

it('does not take a page for JSON', async () => {
  await using b = await bench(() => ({ status: 200, body: '<html>sign in' }))
  await expect(b.client.get('x')).rejects.toMatchObject({
    code: 'protocol',
    message: expect.stringMatching(/did not answer in JSON/),
  })
})

it('gives up an answer that does not come, and ends with its signal', async () => {
  const controller = new AbortController()
  await using b = await bench(
    () => {
      controller.abort(new Error('enough'))
      return { status: 429, headers: { 'retry-after': '2' } }
    },
    { signal: controller.signal },
  )
  await expect(b.client.get('x')).rejects.toThrow('enough')
})

it('goes through the proxy of the environment', async () => {
  await using proxy = await startHttpProxy({ answer: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n42' })
  const client = createJsonClient({
    base: new URL('http://api.invalid/v4'),
    headers: {},
    env: { http_proxy: proxy.url },
    signal: never,
  })
  expect((await client.get('x')).value).toBe(42)
  await client.dispose()
  expect(proxy.heads.join()).toContain('api.invalid')
})

it.each([
  [{ status: 429, headers: { 'retry-after': '7' } }, 7000],
  [{ status: 403, headers: { 'retry-after': '7' } }, 7000],
  [{ status: 503, headers: { 'retry-after': '7' } }, 7000],
  [{ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1010' } }, 10_000],
  [{ status: 429, headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': '1005' } }, 5000],
  [{ status: 429, headers: {} }, 60_000],
  [{ status: 403, headers: { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': '1010' } }, undefined],
  [{ status: 503, headers: {} }, undefined],
  [{ status: 404, headers: { 'retry-after': '7' } }, undefined],
])('reads from %j that it is to wait %s', ({ status, headers }, wait) => {
  const header = (name: string): string | undefined => (headers as Readonly<Record<string, string>>)[name]
  expect(readRateLimit({ status, header }, 1_000_000)).toBe(wait)
})
