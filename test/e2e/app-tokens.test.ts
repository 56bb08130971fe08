import { generateKeyPairSync } from 'node:crypto'
import { chmod, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type FakeHost, startFakeHost } from '../support/fake-host.ts'
import { forEachRef } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { makePair } from '../support/pair.ts'
import { runAction, runCli } from '../support/runner.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

interface AppHost {
  readonly api: FakeHost
  readonly tokens: string[]
  /** Whether a login of git is one of them that has not ended. */
  readonly isGood: (authorization: string | undefined) => boolean
}

/** GitHub's API, whose tokens live for so many seconds. */
async function startAppHost(seconds: number): Promise<AppHost> {
  const tokens: string[] = []
  const ends = new Map<string, number>()
  const api = await startFakeHost(({ method, path }) => {
    if (path.endsWith('/installation'))
      return { status: 200, body: { id: 7, permissions: { contents: 'write' } } }
    if (path !== '/app/installations/7/access_tokens' || method !== 'POST') return undefined
    tokens.push(`ghs_0123456789_${tokens.length}_of_a_test`)
    const end = Date.now() + seconds * 1000
    ends.set(basic(tokens.at(-1)), end)
    return { status: 201, body: { token: tokens.at(-1), expires_at: new Date(end).toISOString() } }
  })
  return {
    api,
    tokens,
    isGood: (authorization) => (ends.get(authorization ?? '') ?? 0) > Date.now(),
  }
}

function basic(token: string | undefined): string {
  return `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
}

const CREDENTIALS = { 'app-id': 'Iv23.test', 'app-private-key': privateKey.replaceAll('\n', '\\n') }

describe('app-id and app-private-key', () => {
  it('open a destination on GitHub, and a run that outlives its token gets another one', async () => {
    await using pair = await makePair()
    const { api, tokens } = await startAppHost(4)
    await using _api = api
    const hook = join(pair.destination, 'hooks', 'pre-receive')
    await writeFile(hook, '#!/bin/sh\nsleep 6\n')
    await chmod(hook, 0o755)
    const taken = new Set<string | undefined>()
    await using backend = await startHttpBackend({
      root: dirname(pair.folder),
      answer({ headers }) {
        // Only the newest token is worth anything.
        if (headers.authorization !== basic(tokens.at(-1))) return { status: 401, body: 'no' }
        taken.add(headers.authorization)
        return undefined
      },
    })
    const result = await runAction({
      inputs: {
        source: pair.source,
        'source-token': '',
        destination: `${backend.url}/${basename(pair.folder)}/destination.git`,
        ...CREDENTIALS,
      },
      env: { GITHUB_SERVER_URL: backend.url, GITHUB_API_URL: api.origin },
    })
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
    expect(taken.size).toBeGreaterThan(1)
    expect(result.log).toContain('got a new token of the GitHub App')
    for (const token of tokens) {
      expect(result.masks).toContain(token)
      expect(result.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(token)
    }
  })

  it('say what is wrong before anything is touched, on the command line, too', async () => {
    await using pair = await makePair()
    const { api } = await startAppHost(3600)
    await using _api = api
    const env = {
      GITHUB_SERVER_URL: api.origin,
      GITHUB_API_URL: api.origin,
      KALANDRA_APP_PRIVATE_KEY: 'no key at all',
    }
    const destination = `${api.origin}/acme/destination`
    const wrong = await runCli([pair.source, destination, '--app-id', '1'], { env })
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toContain('KALANDRA_APP_PRIVATE_KEY: is no private key of a GitHub App')
    expect(wrong.stderr).not.toContain('no key at all')
    const alone = await runCli([pair.source, destination], { env })
    expect(alone.exitCode).toBe(2)
    expect(alone.stderr).toContain('--app-id: is empty')
    expect(api.requests).toEqual([])
  })
})

describe('app-id and app-private-key of a host in a file of many mirrors', () => {
  /** Two mirrors to one owner on an Enterprise Server, the first of which outlives a token. */
  const startFleet = async (seconds: number) => {
    const stack = new AsyncDisposableStack()
    const [one, two] = [stack.use(await makePair()), stack.use(await makePair())]
    const hook = join(one.destination, 'hooks', 'pre-receive')
    await writeFile(hook, '#!/bin/sh\nsleep 6\n')
    await chmod(hook, 0o755)
    const { api, tokens, isGood } = await startAppHost(seconds)
    stack.use(api)
    const taken = new Set<string | undefined>()
    const backend = stack.use(
      await startHttpBackend({
        root: dirname(one.folder),
        answer({ headers, path }) {
          if (!isGood(headers.authorization)) return { status: 401, body: 'no' }
          taken.add(headers.authorization)
          expect(path).toMatch(/destination\.git/)
          return undefined
        },
      }),
    )
    const address = ({ folder }: { readonly folder: string }): string =>
      `${backend.url}/${basename(folder)}/destination.git`
    const { host } = new URL(backend.url)
    const config = (more = ''): string => `version: 1
hosts:
  '${host}':
    api: ${api.origin}
    app-id: Iv23.test
    app-private-key: { env: APP_KEY }
mirrors:
  - { name: one, source: ${one.source}, destination: '${address(one)}' }
  - { name: two, source: ${two.source}, destination: '${address(two)}' }
${more}`
    return { stack, one, two, api, tokens, taken, config }
  }

  it('open every repository of the host, and a round that outlives a token gets another one', async () => {
    const { stack, one, two, api, tokens, taken, config } = await startFleet(4)
    await using _stack = stack
    const result = await runAction({
      inputs: { config: config(), 'source-token': '' },
      env: { APP_KEY: privateKey },
    })
    expect(result.exitCode, result.log).toBe(0)
    for (const pair of [one, two])
      expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
    expect(taken.size).toBeGreaterThan(1)
    expect(tokens.length).toBeGreaterThan(1)
    for (const token of tokens) {
      expect(result.masks).toContain(token)
      expect(result.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(token)
    }
    expect(result.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(privateKey.split('\n')[3])
    expect(api.requests.some(({ path }) => path.startsWith('/repos/'))).toBe(false)
  })

  it('fail the mirrors of that host alone where GitHub gives no token', async () => {
    const { stack, one, api, config } = await startFleet(3600)
    await using _stack = stack
    api.intercept(() => ({ status: 404, body: { message: 'Not Found' } }))
    await using other = await makePair()
    const path = join(one.folder, 'fleet.yml')
    await writeFile(
      path,
      config(`  - { name: other, source: ${other.source}, destination: ${other.destination} }
`),
    )
    const result = await runCli(['round', path], { env: { APP_KEY: privateKey } })
    expect(result.exitCode).toBe(1)
    expect(result.stdout).toContain('the GitHub App is not installed')
    expect(await forEachRef(other.destination)).toEqual(await forEachRef(other.source))
  })

  it('are checked with the file: both, and a key that is one', async () => {
    const { stack, one, config } = await startFleet(3600)
    await using _stack = stack
    const path = join(one.folder, 'fleet.yml')
    await writeFile(path, config())
    const wrong = await runCli(['check', path], { env: { APP_KEY: 'no key at all' } })
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toContain('app-private-key: is no private key of a GitHub App')
    expect(wrong.stderr).toMatch(/fleet\.yml:6:/)
    expect(wrong.stderr).not.toContain('no key at all')
    await writeFile(path, config().replace(/^.*app-private-key.*\n/m, ''))
    const half = await runCli(['check', path], { env: {} })
    expect(half.exitCode).toBe(2)
    expect(half.stderr).toContain('app-private-key: is empty, and there is an App')
    await writeFile(path, config())
    expect((await runCli(['check', path], { env: { APP_KEY: privateKey } })).exitCode).toBe(0)
  })
})
