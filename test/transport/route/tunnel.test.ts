import { describe, expect, it } from 'vitest'
import { makeCertificate } from '../../support/certificate.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { until, useHttpRemote } from '../../support/http-remote.ts'

const ADVERTISEMENT = {
  status: 200,
  headers: { 'content-type': 'application/x-git-upload-pack-advertisement' },
  body: '000eversion 2\n0000',
}

describe('a tunnel for https', () => {
  it('leads to a server that only the proxy can find', async () => {
    await using certificate = await makeCertificate(['DNS:git.example'])
    await using backend = await startHttpBackend({ root: '/', tls: certificate, answer: () => ADVERTISEMENT })
    await using proxy = await startHttpProxy({ port: backend.port })
    const env = {
      HTTPS_PROXY: proxy.url.replace('//', '//me:p%40ss@'),
      GIT_SSL_CAINFO: certificate.path,
    }
    await using source = useHttpRemote('https://git.example/x.git', { env, token: 'secret' })
    await source.source()
    const login = Buffer.from('me:p@ss').toString('base64')
    expect(proxy.heads).toEqual([
      `CONNECT git.example:443 HTTP/1.1\r\nHost: git.example:443\r\nProxy-Authorization: Basic ${login}`,
    ])
    const { headers } = backend.requests[0]!
    expect(headers.host).toBe('git.example')
    expect(headers.authorization).toBe(`Basic ${Buffer.from('x-access-token:secret').toString('base64')}`)
    expect(headers).not.toHaveProperty('proxy-authorization')
    await source.remote.dispose()
    await until(() => backend.open() === 0)
  })

  it.each([
    [
      'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n',
      { status: 407, retryable: false },
      'asks for a login (HTTP 407)',
    ],
    [
      'HTTP/1.1 502 Bad Gateway\r\n\r\n',
      { status: 502, retryable: true },
      'refused the connection (HTTP 502)',
    ],
    [
      'HTTP/1.0 403 Forbidden\r\n\r\n',
      { status: 403, retryable: false },
      'refused the connection (HTTP 403)',
    ],
    ['220 mail.example ESMTP\r\n\r\n', { retryable: false }, 'does not answer as an HTTP proxy'],
    ['', { retryable: true }, 'hung up'],
  ])('gives an error of its own for %j', async (answer, details, message) => {
    await using proxy = await startHttpProxy({ answer })
    await using source = useHttpRemote('https://git.example/x.git', { env: { HTTPS_PROXY: proxy.url } })
    const name = `the proxy ${proxy.url.slice('http://'.length)}`
    await expect(source.source()).rejects.toMatchObject({
      code: 'connect',
      ...details,
      message: `${name} ${message}`,
      hint: expect.stringContaining('HTTPS_PROXY'),
    })
    expect(proxy.heads).toHaveLength(1)
  })

  it('is not there for what NO_PROXY names', async () => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate, answer: () => ADVERTISEMENT })
    await using proxy = await startHttpProxy({ answer: '' })
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost', GIT_SSL_CAINFO: certificate.path }
    await using source = useHttpRemote(`${backend.url}/x.git`, { env })
    await source.source()
    expect(proxy.heads).toEqual([])
  })
})

describe('plain http through a proxy', () => {
  it('asks the proxy for the whole address', async () => {
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: ${ADVERTISEMENT.headers['content-type']}\r\nContent-Length: 4\r\n\r\n0000`
    await using proxy = await startHttpProxy({ answer })
    const env = { http_proxy: proxy.url.replace('//', '//me:pw@') }
    await using source = useHttpRemote('http://git.example:8080/x.git', { env })
    await source.source()
    const [head] = proxy.heads
    expect(head).toMatch(
      /^GET http:\/\/git\.example:8080\/x\.git\/info\/refs\?service=git-upload-pack HTTP\/1\.1\r\n/,
    )
    expect(head).toMatch(/^host: git\.example:8080\r$/im)
    expect(head).toMatch(
      new RegExp(`^proxy-authorization: Basic ${Buffer.from('me:pw').toString('base64')}\r?$`, 'im'),
    )
  })

  it('knows when it is the proxy that asks for a login', async () => {
    await using proxy = await startHttpProxy({ answer: 'HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n' })
    await using source = useHttpRemote('http://git.example/x.git', { env: { http_proxy: proxy.url } })
    await expect(source.source()).rejects.toMatchObject({ code: 'connect', status: 407 })
  })
})
