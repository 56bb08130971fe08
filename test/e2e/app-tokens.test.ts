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
}

/** GitHub's API, whose tokens live for so many seconds. */
async function startAppHost(seconds: number): Promise<AppHost> {
  const tokens: string[] = []
  const api = await startFakeHost(({ method, path }) => {
    if (path.endsWith('/installation'))
      return { status: 200, body: { id: 7, permissions: { contents: 'write' } } }
    if (path !== '/app/installations/7/access_tokens' || method !== 'POST') return undefined
    tokens.push(`ghs_0123456789_${tokens.length}_of_a_test`)
    const expires_at = new Date(Date.now() + seconds * 1000).toISOString()
    return { status: 201, body: { token: tokens.at(-1), expires_at } }
  })
  return { api, tokens }
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
    expect(wrong.stderr).toContain('app-private-key: is no private key of a GitHub App')
    expect(wrong.stderr).not.toContain('no key at all')
    const alone = await runCli([pair.source, destination], { env })
    expect(alone.exitCode).toBe(2)
    expect(alone.stderr).toContain('--app-id: is empty')
    expect(api.requests).toEqual([])
  })
})
