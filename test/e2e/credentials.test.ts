import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, makeCertificate } from '../support/certificate.ts'
import { forEachRef, makeBareRepository } from '../support/git.ts'
import { writeHook } from '../support/hosts/hooks.ts'
import {
  type Answer,
  type HttpBackend,
  type RecordedRequest,
  startHttpBackend,
} from '../support/http-backend.ts'
import { startHttpProxy } from '../support/http-proxy.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

const TOKEN = 'a-token-of-its-own'
const WORKFLOW_TOKEN = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'
const LOGIN = `Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`

let pair: Pair

beforeAll(async () => {
  pair = await makePair()
})

afterAll(async () => {
  await pair[Symbol.asyncDispose]()
})

async function run(
  inputs: Readonly<Record<string, string>>,
  options: { readonly token?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<ActionResult> {
  const { source, destination } = pair
  return await runAction({
    ...options,
    inputs: { source, destination, 'dry-run': 'true', retries: '0', ...inputs },
  })
}

/** The logins that a server was shown, each once. */
function loginsOf(server: HttpBackend): readonly (string | undefined)[] {
  expect(server.requests.length).toBeGreaterThan(0)
  return [...new Set(server.requests.map(({ headers }) => headers.authorization))]
}

/** Sends every request on, to the same path elsewhere. */
function redirect(status: number, to: () => string): (request: RecordedRequest) => Answer {
  return ({ path }) => ({ status, headers: { location: `${to()}${path}` } })
}

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'of %i to another host is followed without the login',
    async (status) => {
      await using there = await startHttpBackend({ root: pair.folder })
      const answer = redirect(status, () => `http://localhost:${there.port}`)
      await using here = await startHttpBackend({ root: pair.folder, answer })
      const result = await run({ source: `${here.url}/source.git`, 'source-token': TOKEN })
      expect(result.exitCode, result.log).toBe(0)
      expect(loginsOf(here)).toEqual([LOGIN])
      expect(loginsOf(there)).toEqual([undefined])
    },
  )

  it('to another port of the host is followed without the login', async () => {
    await using there = await startHttpBackend({ root: pair.folder })
    await using here = await startHttpBackend({ root: pair.folder, answer: redirect(302, () => there.url) })
    const result = await run({ source: `${here.url}/source.git`, 'source-token': TOKEN })
    expect(result.exitCode, result.log).toBe(0)
    expect(loginsOf(there)).toEqual([undefined])
  })

  it('to another host that asks for a login ends the run, which says where the login goes', async () => {
    const auth = { username: 'x-access-token', password: TOKEN }
    await using there = await startHttpBackend({ root: pair.folder, auth })
    const answer = redirect(302, () => `http://localhost:${there.port}`)
    await using here = await startHttpBackend({ root: pair.folder, answer })
    for (const side of ['source', 'destination']) {
      const result = await run({ [side]: `${here.url}/${side}.git`, [`${side}-token`]: TOKEN })
      expect(result.exitCode).toBe(1)
      expect(result.errors.join('\n')).toContain('configured host only')
    }
    expect(loginsOf(there)).toEqual([undefined])
  })

  it('that holds a login of its own is not given ours', async () => {
    await using there = await startHttpBackend({ root: pair.folder })
    const answer = redirect(302, () => `http://me:theirs@localhost:${there.port}`)
    await using here = await startHttpBackend({ root: pair.folder, answer })
    await run({ source: `${here.url}/source.git`, 'source-token': TOKEN })
    const logins = there.requests.map(({ headers }) => headers.authorization)
    expect(logins).not.toContain(LOGIN)
    expect(logins.filter((login) => login !== undefined)).toEqual([])
  })

  it('of a push goes nowhere', async () => {
    await using there = await startHttpBackend({ root: pair.folder })
    const answer = ({ method, path }: RecordedRequest): Answer | undefined =>
      method === 'POST'
        ? { status: 307, headers: { location: `http://localhost:${there.port}${path}` }, after: 4 }
        : undefined
    await using here = await startHttpBackend({ root: pair.folder, answer })
    const result = await run({
      destination: `${here.url}/destination.git`,
      'destination-token': TOKEN,
      'dry-run': 'false',
    })
    expect(result.exitCode).toBe(1)
    expect(there.requests).toEqual([])
    expect((await forEachRef(pair.destination)).size).toBe(0)
  })

  describe('from https', () => {
    let certificate: Certificate
    beforeAll(async () => {
      certificate = await makeCertificate()
    })
    afterAll(async () => {
      await certificate[Symbol.asyncDispose]()
    })

    it.each(['127.0.0.1', 'localhost'])('to http at %s is not followed', async (host) => {
      await using there = await startHttpBackend({ root: pair.folder })
      const answer = redirect(302, () => `http://${host}:${there.port}`)
      await using here = await startHttpBackend({ root: pair.folder, tls: certificate, answer })
      const env = { NODE_EXTRA_CA_CERTS: certificate.path }
      const result = await run({ source: `${here.url}/source.git`, 'source-token': TOKEN }, { env })
      expect(result.exitCode).toBe(1)
      expect(result.errors.join('\n')).toContain('not followed from https')
      expect(loginsOf(here)).toEqual([LOGIN])
      expect(there.requests).toEqual([])
    })
  })
})

describe('the token of the workflow', () => {
  it('goes to the own server, and to no other', async () => {
    await using own = await startHttpBackend({ root: pair.folder })
    await using foreign = await startHttpBackend({ root: pair.folder })
    const env = { GITHUB_SERVER_URL: own.url, GITHUB_REPOSITORY: 'source.git' }
    const options = { token: WORKFLOW_TOKEN, env: { ...env, GITHUB_TOKEN: WORKFLOW_TOKEN } }
    const home = await runAction({ ...options, inputs: { destination: pair.destination, 'dry-run': 'true' } })
    expect(home.exitCode, home.log).toBe(0)
    const login = `Basic ${Buffer.from(`x-access-token:${WORKFLOW_TOKEN}`).toString('base64')}`
    expect(loginsOf(own)).toEqual([login])
    const abroad = await run({ source: `${foreign.url}/source.git` }, options)
    expect(abroad.exitCode, abroad.log).toBe(0)
    expect(loginsOf(foreign)).toEqual([undefined])
    expect(abroad.log).toContain('not sent to')
  })

  it.each(['source', 'destination'])(
    'goes to no other where it is given by hand, as %s-token',
    async (side) => {
      await using foreign = await startHttpBackend({ root: pair.folder })
      const env = { GITHUB_SERVER_URL: 'https://github.example' }
      const inputs = { [side]: `${foreign.url}/${side}.git`, [`${side}-token`]: WORKFLOW_TOKEN }
      const result = await run(inputs, { token: WORKFLOW_TOKEN, env })
      expect(loginsOf(foreign)).toEqual([undefined])
      expect(result.log).toContain(`${side}-token`)
    },
  )

  it('goes to no other where the runner does not name it', async () => {
    await using foreign = await startHttpBackend({ root: pair.folder })
    const inputs = {
      source: `${foreign.url}/source.git`,
      'source-token': WORKFLOW_TOKEN,
      'workflow-token': '',
    }
    await run(inputs)
    expect(loginsOf(foreign)).toEqual([undefined])
  })
})

describe('each side', () => {
  it('has its own login, and an address its own', async () => {
    await using from = await startHttpBackend({ root: pair.folder })
    await using to = await startHttpBackend({ root: pair.folder })
    await using third = await startHttpBackend({ root: pair.folder })
    await makeBareRepository({ parent: pair.folder, name: 'third.git' })
    const result = await run({
      source: `${from.url}/source.git`,
      destination: `${to.url}/destination.git\nhttp://me:secret-of-third@127.0.0.1:${third.port}/third.git`,
      'source-token': 'of-the-source',
      'destination-token': 'of-the-destination',
    })
    expect(result.exitCode, result.log).toBe(0)
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
    expect(loginsOf(from)).toEqual([basic('x-access-token:of-the-source')])
    expect(loginsOf(to)).toEqual([basic('x-access-token:of-the-destination')])
    expect(loginsOf(third)).toEqual([basic('me:secret-of-third')])
  })

  it('keeps it when the address of the other has none', async () => {
    await using from = await startHttpBackend({ root: pair.folder })
    await using to = await startHttpBackend({ root: pair.folder })
    await run({
      source: `${from.url}/source.git`,
      destination: `${to.url}/destination.git`,
      'source-token': '',
      'destination-token': TOKEN,
    })
    expect(loginsOf(from)).toEqual([undefined])
    expect(loginsOf(to)).toEqual([LOGIN])
  })

  it('sends no login to a path on this machine', async () => {
    const file = join(pair.folder, 'env-of-hook')
    await makeBareRepository({ parent: pair.folder, name: 'hooked.git' })
    const destination = join(pair.folder, 'hooked.git')
    await writeHook(destination, 'pre-receive', [`env > '${file}'`])
    const result = await run({
      'source-token': TOKEN,
      'destination-token': TOKEN,
      'dry-run': 'false',
      destination,
    })
    expect(result.exitCode, result.log).toBe(0)
    const seen = await readFile(file, 'utf8')
    expect(seen).toContain('GIT_')
    expect(seen).not.toContain(TOKEN)
  })
})

describe('a proxy', () => {
  it('gets its own login, and the server gets ours', async () => {
    await using certificate = await makeCertificate(['DNS:git.example.org'])
    await using server = await startHttpBackend({ root: pair.folder, tls: certificate })
    await using proxy = await startHttpProxy({ port: server.port })
    const named = proxy.url.replace('http://', 'http://puser:ppass@')
    const env = { https_proxy: named, NODE_EXTRA_CA_CERTS: certificate.path }
    const result = await run({ source: 'https://git.example.org/source.git', 'source-token': TOKEN }, { env })
    expect(result.exitCode, result.log).toBe(0)
    expect(proxy.heads.length).toBeGreaterThan(0)
    for (const head of proxy.heads) {
      expect(head).toMatch(/^CONNECT git\.example\.org:443 /)
      expect(head).not.toMatch(/^authorization:/im)
      expect(head).toContain(`Basic ${Buffer.from('puser:ppass').toString('base64')}`)
      expect(head).not.toContain(LOGIN)
    }
    expect(loginsOf(server)).toEqual([LOGIN])
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty('proxy-authorization')
  })

  it('that refuses has seen no login of ours', async () => {
    await using proxy = await startHttpProxy({ answer: 'HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n' })
    const env = { https_proxy: proxy.url }
    const result = await run({ source: 'https://git.example.org/x.git', 'source-token': TOKEN }, { env })
    expect(result.exitCode).toBe(1)
    expect(proxy.heads.length).toBeGreaterThan(0)
    expect(proxy.heads.join('\n')).not.toMatch(new RegExp(`${TOKEN}|${LOGIN.slice(6)}`))
  })

  it('that stands at the place of the server by a redirect gets nothing', async () => {
    await using proxy = await startHttpProxy({ answer: 'HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n' })
    const answer = redirect(302, () => proxy.url.replace('127.0.0.1', 'localhost'))
    await using here = await startHttpBackend({ root: pair.folder, answer })
    await run({ source: `${here.url}/source.git`, 'source-token': TOKEN })
    expect(proxy.heads.join('\n')).not.toMatch(/authorization/i)
  })
})
