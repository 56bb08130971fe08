import { createVerify, generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { type AppTokens, createAppTokenPool, openAppTokens } from '../../../src/hosts/api/github-app.ts'
import { makeProof } from '../../../src/hosts/api/github-token.ts'
import type { OptionValues } from '../../../src/options/names.ts'
import { readOptions } from '../../../src/options/read-options.ts'
import { type FakeHost, startFakeHost } from '../../support/fake-host.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

interface Asked {
  readonly permissions: Readonly<Record<string, string>>
  readonly repositories?: readonly string[]
}

describe('openAppTokens', () => {
  let github: FakeHost
  let asked: Asked[] = []
  let secrets: string[] = []
  let notices: string[] = []
  let lifeSeconds = 3600
  let granted: Record<string, string> = {}
  let opened: AppTokens | undefined

  beforeAll(async () => {
    for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
    github = await startFakeHost(({ method, path, body, headers }) => {
      if (!isProof(headers.authorization))
        return { status: 401, body: { message: 'A JSON web token could not be decoded' } }
      if (path === '/repos/acme/there/installation' || path === '/orgs/acme/installation') {
        return { status: 200, body: { id: 42, permissions: granted } }
      }
      if (path !== '/app/installations/42/access_tokens' || method !== 'POST') return undefined
      asked.push(body as Asked)
      const expires_at = new Date(Date.now() + lifeSeconds * 1000).toISOString()
      return { status: 201, body: { token: `ghs_installation_token_${asked.length}`, expires_at } }
    })
  })

  beforeEach(() => {
    asked = []
    secrets = []
    notices = []
    lifeSeconds = 3600
    granted = { contents: 'write', metadata: 'read' }
    github.intercept(undefined)
  })

  afterEach(() => opened?.dispose())

  afterAll(async () => {
    vi.unstubAllEnvs()
    await github?.[Symbol.asyncDispose]()
  })

  const open = async (values: OptionValues): Promise<AppTokens> => {
    const { options } = readOptions({
      values: { source: '/a', 'app-id': 'Iv23.abc', 'app-private-key': privateKey, ...values },
      env: { GITHUB_SERVER_URL: 'https://git.corp.example', GITHUB_API_URL: github.origin },
    })
    opened = await openAppTokens(options, options.app!, {
      signal: new AbortController().signal,
      onSecret: (text) => secrets.push(text),
      onNotice: (text) => notices.push(text),
    })
    return opened
  }

  it('gives a token for one repository with what a push needs, and masks it and the proof before', async () => {
    const { options } = await open({ destination: 'https://git.corp.example/acme/there' })
    expect(options.destinations[0]).toMatchObject({ freshToken: true })
    expect(options.destinations[0]!.credentials).toMatchObject({ username: 'x-access-token' })
    expect(options.destinations[0]!.credentials.token).toBe('ghs_installation_token_1')
    expect(asked).toEqual([{ permissions: { metadata: 'read', contents: 'write' }, repositories: ['there'] }])
    expect(secrets.at(-1)).toBe('ghs_installation_token_1')
    expect(secrets.some((text) => isProof(`Bearer ${text}`))).toBe(true)
  })

  it('asks for workflows where the App has them, and for administration where a repository is to be made', async () => {
    granted = { contents: 'write', workflows: 'write', administration: 'write' }
    await open({ destination: 'https://git.corp.example/acme/new', create: 'private' })
    expect(asked).toEqual([
      { permissions: { metadata: 'read', contents: 'write', workflows: 'write', administration: 'write' } },
    ])
  })

  it('reads alone at the source', async () => {
    await open({ source: 'https://git.corp.example/acme/there', destination: '/d' })
    expect(asked).toEqual([{ permissions: { metadata: 'read', contents: 'read' }, repositories: ['there'] }])
  })

  it('leaves an address with a token of its own, and one elsewhere, as it is', async () => {
    const destination = 'https://git.corp.example/acme/there\nhttps://codeberg.org/acme/there'
    const { options } = await open({ destination, 'destination-token': 'own-token' })
    expect(options.destinations.map(({ credentials }) => credentials.token)).toEqual([
      'own-token',
      'own-token',
    ])
    expect(asked).toEqual([])
    expect(notices.join()).toContain('is not used')
  })

  it('gets a new token before the old one ends', async () => {
    lifeSeconds = 1.5
    const { options } = await open({ destination: 'https://git.corp.example/acme/there' })
    const { credentials } = options.destinations[0]!
    expect(credentials.token).toBe('ghs_installation_token_1')
    await vi.waitFor(() => expect(credentials.token).toBe('ghs_installation_token_2'), 20_000)
    expect(secrets).toContain('ghs_installation_token_2')
    opened!.dispose()
    const count = asked.length
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(asked.length).toBe(count)
  })

  it.each([
    [{ status: 401, body: { message: "'Expiration time' claim is too far in the future" } }, 'auth', 'clock'],
    [
      { status: 422, body: { message: 'The permissions requested are not granted' } },
      'auth',
      'Contents: write',
    ],
    [{ status: 404, body: { message: 'Not Found' } }, 'not-found', 'Install the App'],
    [{ status: 200, body: '<html>' }, 'protocol', 'API'],
  ] as const)('says what to do about %j', async (reply, code, hint) => {
    github.intercept(() => reply)
    const error: unknown = await open({ destination: 'https://git.corp.example/acme/there' }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code })
    expect((error as MirrorError).hint).toContain(hint)
  })
})

describe('createAppTokenPool', () => {
  const hour = (): string => new Date(Date.now() + 3_600_000).toISOString()

  /** GitHub with organisations, whose tokens live for an hour unless the test says otherwise. */
  const startGitHub = async (expires: () => string = hour) => {
    const made: { readonly owner: string; readonly permissions: object; readonly repositories?: unknown }[] =
      []
    const api = await startFakeHost(({ method, path, body }) => {
      const owner = /^\/orgs\/([^/]+)\/installation$/.exec(path)?.[1]
      if (owner !== undefined)
        return {
          status: 200,
          body: { id: owner, permissions: { contents: 'write', administration: 'write' } },
        }
      const id = /^\/app\/installations\/([^/]+)\/access_tokens$/.exec(path)?.[1]
      if (id === undefined || method !== 'POST') return undefined
      made.push({ owner: id, ...(body as { permissions: object }) })
      return { status: 201, body: { token: `ghs_of_${id}_number_${made.length}`, expires_at: expires() } }
    })
    const app = { id: 'Iv23.abc', privateKey, isOfHost: true, api: api.origin }
    const optionsOf = (source: string, destination: string, more: OptionValues = {}) => {
      const { options } = readOptions({ values: { source, destination, ...more }, env: {} })
      const withApp = <T extends object>(endpoint: T): T => ({ ...endpoint, app })
      return { ...options, source: withApp(options.source), destinations: options.destinations.map(withApp) }
    }
    const notices: string[] = []
    const pool = createAppTokenPool({
      signal: new AbortController().signal,
      onSecret: () => undefined,
      onNotice: (text) => notices.push(text),
    })
    return { api, made, notices, optionsOf, pool }
  }

  beforeAll(() => {
    for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
  })

  afterAll(() => vi.unstubAllEnvs())

  it('asks once for all mirrors of an owner that begin together, and for each need', async () => {
    const { api, made, optionsOf, pool } = await startGitHub()
    await using _api = api
    const mirrors = ['one', 'two', 'three'].map((name) =>
      optionsOf(`https://git.corp.example/from/${name}`, `https://git.corp.example/to/${name}`),
    )
    const opened = await Promise.all(mirrors.map((options) => pool.open(options)))
    expect(made.map(({ owner }) => owner).toSorted()).toEqual(['from', 'to'])
    const byOwner = new Map(made.map((one) => [one.owner, one]))
    expect(byOwner.get('from')!.permissions).toEqual({ metadata: 'read', contents: 'read' })
    expect(byOwner.get('to')!.permissions).toEqual({ metadata: 'read', contents: 'write' })
    for (const { options } of opened) {
      expect(options.source.credentials.token).toMatch(/^ghs_of_from_/)
      expect(options.destinations[0]!.credentials.token).toMatch(/^ghs_of_to_/)
    }
    const create = await pool.open(optionsOf('/a', 'https://git.corp.example/to/new', { create: 'private' }))
    expect(made.at(-1)!.permissions).toMatchObject({ administration: 'write' })
    for (const one of [...opened, create]) one.dispose()
  })

  it('renews while a mirror uses it, asks anew when one comes after its end, and not in between', async () => {
    const { api, made, notices, optionsOf, pool } = await startGitHub(() =>
      new Date(Date.now() + 2400).toISOString(),
    )
    await using _api = api
    const options = optionsOf('/a', 'https://git.corp.example/to/one')
    const first = await pool.open(options)
    const { credentials } = first.options.destinations[0]!
    expect(credentials.token).toBe('ghs_of_to_number_1')
    await vi.waitFor(() => expect(credentials.token).toBe('ghs_of_to_number_2'), 20_000)
    expect(notices).toContain('got a new token of the GitHub App for to')
    first.dispose()
    await new Promise((resolve) => setTimeout(resolve, 3000))
    expect(made).toHaveLength(2)
    const second = await pool.open(options)
    expect(second.options.destinations[0]!.credentials.token).toBe('ghs_of_to_number_3')
    second.dispose()
  })

  it('says on which side no token was to be had, and tries again for the next mirror', async () => {
    const { api, optionsOf, pool } = await startGitHub()
    await using _api = api
    api.intercept(() => ({ status: 404, body: { message: 'Not Found' } }))
    const options = optionsOf('/a', 'https://git.corp.example/to/one')
    await expect(pool.open(options)).rejects.toMatchObject({ code: 'not-found', side: 'destination' })
    api.intercept(undefined)
    const opened = await pool.open(options)
    expect(opened.options.destinations[0]!.credentials.token).toBe('ghs_of_to_number_1')
    opened.dispose()
  })
})

describe('makeProof', () => {
  it('is a signed token of ten minutes, from a key in any of the ways in which secrets hold one', () => {
    const forms = [
      privateKey,
      privateKey.replaceAll('\n', '\\n'),
      privateKey.replaceAll('\n', '\r\n'),
      Buffer.from(privateKey).toString('base64'),
    ]
    for (const form of forms) {
      const proof = makeProof({ id: '12345', privateKey: form }, 1_000_000)
      expect(isProof(`bearer ${proof}`)).toBe(true)
      const body = JSON.parse(Buffer.from(proof.split('.')[1]!, 'base64url').toString()) as object
      expect(body).toEqual({ iat: 999_940, exp: 1_000_540, iss: '12345' })
    }
  })

  it('names the input where the key is none, and quotes nothing of it', () => {
    const { privateKey: ec } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    for (const wrong of ['a-secret-that-is-no-key', ec]) {
      const thrown = (() => {
        try {
          return makeProof({ id: '1', privateKey: wrong }, 0)
        } catch (error) {
          return error as MirrorError
        }
      })()
      expect(thrown).toBeInstanceOf(MirrorError)
      expect((thrown as MirrorError).message).toBe('is no private key of a GitHub App')
      expect((thrown as MirrorError).message).not.toContain('a-secret')
    }
  })
})

/** Whether a header holds a token that our key has signed. */
function isProof(authorization: string | undefined): boolean {
  const parts = /^bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization ?? '')
  if (parts === null) return false
  const verify = createVerify('RSA-SHA256').update(`${parts[1]}.${parts[2]}`)
  return verify.verify(publicKey, Buffer.from(parts[3]!, 'base64url'))
}
