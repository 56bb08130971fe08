import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { HostKind } from '../../../src/hosts/api/host.ts'
import { kindByName, openHost } from '../../../src/hosts/api/open-host.ts'
import { describeExpiry } from '../../../src/hosts/api/token-expiry.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { type HostReply, startFakeHost } from '../../support/fake-host.ts'

beforeAll(() => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
})

afterAll(() => vi.unstubAllEnvs())

const signal = new AbortController().signal

describe('kindByName', () => {
  it.each([
    ['https://github.com/a/b', 'github'],
    ['git@github.com:a/b.git', 'github'],
    ['ssh://git@ssh.github.com:443/a/b.git', 'github'],
    ['https://acme.ghe.com/a/b', 'github'],
    ['git@gitlab.com:a/b/c.git', 'gitlab'],
    ['https://codeberg.org/a/b', 'gitea'],
    ['git@bitbucket.org:a/b.git', 'bitbucket'],
    ['https://dev.azure.com/o/p/_git/r', 'azure'],
    ['git@ssh.dev.azure.com:v3/o/p/r', 'azure'],
    ['https://o.visualstudio.com/p/_git/r', 'azure'],
    ['https://git.corp.example/a/b', 'github'],
    ['https://other.example/a/b', undefined],
    ['/srv/a.git', undefined],
    ['git://github.com/a/b', undefined],
  ] as const)('%s is %s', (address, kind) => {
    const env = {
      GITHUB_SERVER_URL: 'https://git.corp.example',
      GITHUB_API_URL: 'https://git.corp.example/api/v3',
    }
    expect(kindByName(parseRemoteUrl(address, 'd'), env)).toBe(kind)
  })
})

describe('a host that nobody knows', () => {
  const find = async (replies: Readonly<Record<string, HostReply>>): Promise<HostKind | string> => {
    await using host = await startFakeHost(({ path, headers }) => {
      // No token goes out before it is known what the server is.
      expect(headers.authorization).toBeUndefined()
      return replies[path] ?? { status: 404, body: '<h1>nothing</h1>' }
    })
    const endpoint = {
      url: parseRemoteUrl(`${host.origin}/acme/new`, 'd'),
      credentials: { token: 'a-token' },
      freshToken: false,
    }
    try {
      const opened = await openHost(endpoint, { kind: undefined, api: undefined, env: {}, signal })
      await opened.dispose()
      return opened.kind
    } catch (thrown) {
      return (thrown as Error).message
    }
  }

  it('is asked what it is', async () => {
    const version = { status: 200, body: { version: '1.26.0' } }
    expect(await find({ '/api/v1/version': version })).toBe('gitea')
    expect(await find({ '/api/v4/version': version })).toBe('gitlab')
    expect(await find({ '/api/v4/version': { status: 401, body: { message: '401 Unauthorized' } } })).toBe(
      'gitlab',
    )
    expect(await find({ '/api/v3/meta': { status: 200, body: { installed_version: '3.15.0' } } })).toBe(
      'github',
    )
    expect(await find({ '/rest/api/1.0/application-properties': version })).toBe('bitbucket-server')
  })

  it('is not taken for one of them by a page, a login or anything else in JSON', async () => {
    const page = { status: 200, body: '<html>' }
    const login = { status: 401, body: '<html>' }
    for (const replies of [
      {},
      { '/api/v1/version': page, '/api/v4/version': login },
      { '/api/v3/meta': { status: 200, body: {} } },
    ]) {
      expect(await find(replies)).toMatch(/is at no host whose API is known/)
    }
  })

  it('needs a token, which no ssh key replaces', async () => {
    const endpoint = {
      url: parseRemoteUrl('git@github.com:a/b.git', 'd'),
      credentials: { sshKey: 'x' },
      freshToken: false,
    }
    await expect(openHost(endpoint, { kind: undefined, api: undefined, env: {}, signal })).rejects.toThrow(
      /no token for the API/,
    )
  })

  it('is an error for a path, before anything is asked', async () => {
    const endpoint = { url: parseRemoteUrl('/srv/a.git', 'd'), credentials: {}, freshToken: false }
    await expect(openHost(endpoint, { kind: 'gitea', api: undefined, env: {}, signal })).rejects.toThrow(
      /no host whose API is known/,
    )
  })
})

describe('describeExpiry', () => {
  const now = Date.UTC(2026, 10, 30, 12)
  const inDays = (days: number): string | undefined => describeExpiry(new Date(now + days * 86_400_000), now)

  it('warns from fourteen days before, and says when', () => {
    expect(inDays(14)).toBeUndefined()
    expect(inDays(13.9)).toContain('expires in 13 days, on 2026-12-14')
    expect(inDays(1.5)).toContain('in 1 day,')
    expect(inDays(0.5)).toContain('within a day')
    expect(inDays(-1)).toContain('expired on 2026-11-29')
  })
})
