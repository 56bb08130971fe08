import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MirrorError } from '../../../src/base/errors.ts'
import { type Answer, type HttpBackend, startHttpBackend } from '../../support/http-backend.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { useHttpRemote } from '../../support/http-remote.ts'

const PAGE = '{"SecretAccessKey":"wJalrXUtnFEMI-EXAMPLE"}'
const TAIL = '/info/refs?service=git-upload-pack'

/** Another server, on which everything is a page that nobody should see. */
let inner: HttpBackend
let page: Answer
beforeAll(async () => {
  inner = await startHttpBackend({ root: '/', answer: () => page })
})
afterAll(() => inner[Symbol.asyncDispose]())

async function errorOf(address: string, env: NodeJS.ProcessEnv = {}): Promise<MirrorError> {
  await using source = useHttpRemote(address, { env })
  return await source.source().then(
    () => Promise.reject(new Error('it was opened')),
    (error: unknown) => error as MirrorError,
  )
}

function textOf(error: MirrorError): string {
  return [error.message, error.hint, error.serverText].join('\n')
}

describe('a redirect', () => {
  it.each([
    '/latest/meta-data/role',
    '/x.git/info/refs',
    '/x.git/info/refs?service=git-receive-pack',
    '/x.git/info/refs?service=git-upload-pack&more=1',
    '/?next=/info/refs',
  ])('to %s is not followed', async (path) => {
    page = { status: 200, body: PAGE }
    const to = `${inner.url}${path}`
    const answer = { status: 302, headers: { location: to } }
    await using outer = await startHttpBackend({ root: '/', answer: () => answer })
    const before = inner.requests.length
    const error = await errorOf(`${outer.url}/x.git`)
    expect(error).toMatchObject({
      code: 'http',
      message: expect.stringContaining('not the address of a repository'),
    })
    expect(inner.requests.length).toBe(before)
  })

  it.each([
    [200, { 'content-type': 'application/json' }],
    [403, { 'content-type': 'text/plain' }],
    [401, { 'www-authenticate': 'Basic realm="x"' }],
    [404, {}],
    [500, { 'content-type': 'text/html' }],
  ] as const)('never quotes the page of the host it leads to: %d', async (status, headers) => {
    page = { status, headers, body: PAGE }
    const answer = { status: 307, headers: { location: `${inner.url}/y.git${TAIL}` } }
    await using outer = await startHttpBackend({ root: '/', answer: () => answer })
    const before = inner.requests.length
    const error = await errorOf(`${outer.url}/x.git`)
    expect(inner.requests.length).toBe(before + 1)
    expect(textOf(error)).not.toContain('wJalrXUt')
    expect(error.serverText).toBeUndefined()
  })

  it('may lead to a page of the host itself, which is quoted', async () => {
    await using outer = await startHttpBackend({
      root: '/',
      answer: ({ path }) =>
        path.startsWith('/old')
          ? { status: 301, headers: { location: `/new${TAIL}` } }
          : { status: 403, body: 'this repository is archived' },
    })
    expect(textOf(await errorOf(`${outer.url}/old`))).toContain('this repository is archived')
  })
})

describe('a redirect from a public host', () => {
  // What is behind a proxy counts as public: there is no other on this machine.
  it.each([
    ['a number', (port: number) => `127.0.0.1:${port}`],
    ['a name', (port: number) => `localhost:${port}`],
    ['a mapped number', (port: number) => `[::ffff:127.0.0.1]:${port}`],
    ['another notation', (port: number) => `2130706433:${port}`],
  ])('is not followed to this machine: by %s', async (_, host) => {
    page = { status: 200, body: PAGE }
    const to = `http://${host(inner.port)}/y.git${TAIL}`
    await using proxy = await startHttpProxy({
      answer: `HTTP/1.1 302 Found\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`,
    })
    const before = inner.open()
    const error = await errorOf('http://git.example/x.git', { http_proxy: proxy.url })
    expect(error).toMatchObject({
      code: 'connect',
      retryable: false,
      message: expect.stringContaining('a public server redirects there'),
    })
    expect(proxy.heads).toHaveLength(1)
    expect(inner.open()).toBe(before)
  })

  it('is not followed into a private network through the proxy either', async () => {
    await using proxy = await startHttpProxy({
      answer: `HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/y.git${TAIL}\r\nContent-Length: 0\r\n\r\n`,
    })
    const error = await errorOf('http://git.example/x.git', { http_proxy: proxy.url })
    expect(error.message).toContain('169.254.169.254 is on this machine or in a private network')
    expect(proxy.heads).toHaveLength(1)
  })
})
