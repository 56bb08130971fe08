import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../src/transport/http-client.ts'
import { encodeHead } from '../../src/transport/http-request-head.ts'
import { findRoute } from '../../src/transport/http-route.ts'

function encode(
  options: Partial<Omit<HttpRequest, 'url'>> & { readonly url?: string },
  env: NodeJS.ProcessEnv = {},
): readonly string[] {
  const { signal } = new AbortController()
  const url = new URL(options.url ?? 'http://git.example/a/b?c=d')
  const request: HttpRequest = { method: 'POST', headers: {}, signal, ...options, url }
  return encodeHead(request, findRoute(url, env)).split('\r\n')
}

async function* noSlices(): AsyncGenerator<Uint8Array> {}

describe('encodeHead', () => {
  it('names the host, its port when it is unusual, and the path with the query', () => {
    expect(encode({ method: 'GET', headers: { accept: '*/*' } })).toEqual([
      'GET /a/b?c=d HTTP/1.1',
      'host: git.example',
      'connection: keep-alive',
      'accept: */*',
      '',
      '',
    ])
    expect(encode({ url: 'https://[::1]:8443/' })).toContain('host: [::1]:8443')
    expect(encode({ url: 'https://git.example:443/' })).toContain('host: git.example')
  })

  it.each([
    ['bytes', { body: new Uint8Array(3) }, 'content-length: 3'],
    ['no byte at all', { body: new Uint8Array(0) }, 'content-length: 0'],
    ['slices', { body: noSlices() }, 'transfer-encoding: chunked'],
    [
      'slices of a known length',
      { body: noSlices(), headers: { 'content-length': '9' } },
      'content-length: 9',
    ],
  ])('tells where the body ends: %s', (_, options, line) => {
    const framing = encode(options).filter((text) => /^(content-length|transfer-encoding)/.test(text))
    expect(framing).toEqual([line])
  })

  it('gives a proxy the whole address and its login, but not through a tunnel', () => {
    const env = { all_proxy: 'http://me:pw@proxy.example:3128' }
    const plain = encode({}, env)
    expect(plain[0]).toBe('POST http://git.example/a/b?c=d HTTP/1.1')
    expect(plain).toContain('host: git.example')
    expect(plain).toContain(`proxy-authorization: Basic ${Buffer.from('me:pw').toString('base64')}`)
    const tunnelled = encode({ url: 'https://git.example/a' }, env)
    expect(tunnelled[0]).toBe('POST /a HTTP/1.1')
    expect(tunnelled.join()).not.toContain('proxy-authorization')
  })

  it.each(['a\r\nb: c', 'a\nb', '\0', '\u20ac'])(
    'throws for a header that would be another one: %j',
    (value) => {
      expect(() => encode({ headers: { 'user-agent': value } })).toThrow(
        expect.objectContaining({ code: 'usage', message: expect.stringContaining('user-agent') }),
      )
    },
  )
})
