import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startFakeHost } from '../../support/fake-host.ts'
import { fleetOf } from '../fleet-of.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

const TOKEN = 'ghs_token_of_an_installation'

describe('discovery at a host with a GitHub App', () => {
  beforeAll(() => {
    for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
  })

  afterAll(() => vi.unstubAllEnvs())

  it('asks with a token of its installation at the owner, shows each call, and hides the token', async () => {
    await using api = await startFakeHost(({ path, method, headers }, origin) => {
      if (path === '/orgs/acme/installation') return { status: 200, body: { id: 7, permissions: {} } }
      if (path === '/app/installations/7/access_tokens' && method === 'POST') {
        const expires_at = new Date(Date.now() + 3_600_000).toISOString()
        return { status: 201, body: { token: TOKEN, expires_at } }
      }
      if (headers.authorization !== `token ${TOKEN}`)
        return { status: 401, body: { message: 'Bad credentials' } }
      const repository = {
        full_name: 'acme/app',
        clone_url: `${origin}/acme/app.git`,
        fork: false,
        size: 1,
        owner: { login: 'acme' },
      }
      if (path === '/orgs/acme/repos') return { status: 200, body: [repository] }
      if (path === '/installation/repositories')
        return { status: 200, body: { total_count: 1, repositories: [repository] } }
      return undefined
    })
    const lines: string[] = []
    const fleet = await fleetOf(
      `version: 1
hosts: { '${new URL(api.origin).host}': { app-id: Iv23.test, app-private-key: { env: KEY }, api: '${api.origin}' } }
mirrors:
  - name: m/{path}
    discover: { github: '${api.origin}/acme' }
    destination: /mirrors/{path-flat}.git
`,
      { env: { KEY: privateKey }, verbose: true, onNotice: (text) => lines.push(text) },
    )
    expect(fleet.discovered[0]?.error?.message).toBeUndefined()
    expect(fleet.mirrors.map(({ name }) => name)).toEqual(['m/app'])
    expect(fleet.secrets.texts).toContain(TOKEN)
    expect(fleet.secrets.texts.some((text) => text.includes('PRIVATE KEY'))).toBe(true)
    const [group] = fleet.mirrors[0]!.groups
    expect(group!.source).toMatchObject({ app: { id: 'Iv23.test', isOfHost: true, api: api.origin } })
    expect(lines).toContain(`GET ${api.origin}/orgs/acme/repos: HTTP 200`)
    expect(lines).toContain(`POST ${api.origin}/app/installations/7/access_tokens: HTTP 201`)
    expect(lines.join('\n')).not.toContain(TOKEN)
  })
})
