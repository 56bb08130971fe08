import { describe, expect, it } from 'vitest'
import { findProxy } from '../../../src/transport/route/proxy.ts'

const PROXY = 'http://proxy.example:3128'

function proxyFor(url: string, env: NodeJS.ProcessEnv): string | undefined {
  return findProxy(new URL(url), env)?.url.origin
}

describe('findProxy', () => {
  it('takes the variable of the scheme, lower case first', () => {
    const env = { https_proxy: PROXY, HTTPS_PROXY: 'http://other', http_proxy: 'http://plain' }
    expect(proxyFor('https://git.example/x', env)).toBe(PROXY)
    expect(proxyFor('http://git.example/x', env)).toBe('http://plain')
  })

  it('knows upper case and all_proxy, and skips empty ones', () => {
    expect(proxyFor('https://git.example/x', { https_proxy: '', HTTPS_PROXY: PROXY })).toBe(PROXY)
    expect(proxyFor('https://git.example/x', { ALL_PROXY: PROXY })).toBe(PROXY)
    expect(proxyFor('https://git.example/x', { HTTP_PROXY: PROXY })).toBeUndefined()
  })

  it('keeps user and password out of the address', () => {
    const proxy = findProxy(new URL('https://git.example/x'), {
      HTTPS_PROXY: 'http://me:p%40ss@proxy.example:3128',
    })
    expect(proxy?.url.href).toBe(`${PROXY}/`)
    expect(proxy?.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
  })

  it('takes a host and port without scheme', () => {
    expect(proxyFor('https://git.example/x', { HTTPS_PROXY: 'proxy.example:3128' })).toBe(PROXY)
  })

  it.each(['socks5://proxy:1080', 'http://', 'http://a b'])('refuses %s and names the variable', (value) => {
    expect(() => proxyFor('https://git.example/x', { HTTPS_PROXY: value })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('HTTPS_PROXY') }),
    )
  })

  it.each([
    'http://localhost:80/',
    'http://127.0.0.1:8080/',
    'http://127.9.9.9/',
    'http://[::1]:1/',
    'http://a.localhost/',
  ])('never sends %s to a proxy', (url) => {
    expect(proxyFor(url, { http_proxy: PROXY })).toBeUndefined()
  })

  it.each([
    ['*', 'https://git.example/', false],
    ['git.example', 'https://git.example/', false],
    ['git.example', 'https://sub.git.example/', false],
    ['git.example', 'https://mygit.example/', true],
    ['.git.example', 'https://git.example/', false],
    ['*.example', 'https://git.example/', false],
    ['GIT.Example', 'https://git.example./', false],
    ['git.example:8443', 'https://git.example:8443/', false],
    ['git.example:8443', 'https://git.example/', true],
    ['git.example:443', 'https://git.example/', false],
    ['a.example, b.example git.example', 'https://git.example/', false],
    ['10.0.0.0/8', 'https://10.1.2.3/', false],
    ['10.0.0.0/8', 'https://11.1.2.3/', true],
    ['10.0.0.0/40', 'https://10.1.2.3/', true],
    ['10.0.0.0/8', 'https://git.example/', true],
    ['fd00::/8', 'https://[fd12::1]/', false],
    ['fd12::1', 'https://[fd12::1]/', false],
    ['[fd12::1]:443', 'https://[fd12::1]/', false],
    ['10.1.2.3', 'https://10.1.2.3/', false],
    ['2.3', 'https://10.1.2.3/', true],
    ['', 'https://git.example/', true],
  ])('with no_proxy=%s, %s goes to the proxy: %s', (list, url, proxied) => {
    expect(proxyFor(url, { https_proxy: PROXY, no_proxy: list }) !== undefined).toBe(proxied)
  })
})
