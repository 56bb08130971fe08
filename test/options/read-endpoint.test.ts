import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { type EndpointReader, type EndpointSide, readEndpoint } from '../../src/options/read-endpoint.ts'
import type { OptionValues } from '../../src/options/names.ts'
import type { Endpoint } from '../../src/options/options.ts'

const OWN_TOKEN = 'ghs_workflowtoken'
const SSH_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs1',
  format: 'pem',
}) as string

interface Read {
  readonly endpoint: Endpoint
  readonly notes: readonly string[]
}

function read(side: EndpointSide, address: string, values: OptionValues, env: NodeJS.ProcessEnv = {}): Read {
  const notes: string[] = []
  const reader: EndpointReader = {
    values,
    env,
    label: (name) => name,
    isWorkflowToken: (token) => token === OWN_TOKEN,
    note: (level, text) => notes.push(`${level}: ${text}`),
  }
  return { endpoint: readEndpoint(reader, side, address), notes }
}

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof MirrorError && error.code === 'usage') return `${error.message} ${error.hint}`
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('http credentials', () => {
  it('gives the token with the default user name', () => {
    const { endpoint } = read('destination', 'https://h.example/d', { 'destination-token': 't0ken' })
    expect(endpoint.credentials).toEqual({ username: 'x-access-token', token: 't0ken' })
    expect(endpoint.freshToken).toBe(false)
  })

  it('gives none to what is no login away', () => {
    for (const address of ['/srv/mirror.git', 'git://h.example/d']) {
      const { endpoint } = read('destination', address, { 'destination-token': 't0ken' })
      expect(endpoint).toEqual({ url: endpoint.url, credentials: {}, freshToken: false })
    }
  })

  it('keeps source and destination apart', () => {
    const values = { 'source-token': 'for-source', 'destination-token': 'for-destination' }
    expect(read('source', 'https://h.example/s', values).endpoint.credentials.token).toBe('for-source')
    expect(read('destination', 'https://h.example/d', values).endpoint.credentials.token).toBe(
      'for-destination',
    )
  })

  it('[F17] turns userinfo into credentials and takes it out of the address', () => {
    const { endpoint } = read('destination', 'https://me:p%40ss@h.example/d', {
      'destination-token': 'other',
    })
    expect(endpoint.credentials).toEqual({ username: 'me', token: 'p@ss' })
    expect(JSON.stringify(endpoint.url)).not.toMatch(/p%40ss|p@ss/)
    expect(endpoint.url).not.toHaveProperty('password')
  })

  it('puts a name in the address before the user name input', () => {
    const values = { 'destination-token': 't0ken', 'destination-username': 'input' }
    expect(read('destination', 'https://me@h.example/d', values).endpoint.credentials.username).toBe('me')
    expect(read('destination', 'https://h.example/d', values).endpoint.credentials.username).toBe('input')
  })

  it('takes a name that is a token for one', () => {
    const { endpoint } = read('source', `https://ghp_${'x'.repeat(36)}@github.com/a/b`, {})
    expect(endpoint.credentials).toEqual({ username: 'x-access-token', token: `ghp_${'x'.repeat(36)}` })
    expect(read('source', 'https://org@dev.azure.com/a/b', {}).endpoint.credentials).toEqual({
      username: 'org',
    })
  })

  it('knows that a token of an app may be too fresh', () => {
    expect(
      read('destination', 'https://github.com/a/b', { 'destination-token': 'ghs_x' }).endpoint.freshToken,
    ).toBe(true)
    expect(
      read('destination', 'https://github.com/a/b', { 'destination-token': 'ghp_x' }).endpoint.freshToken,
    ).toBe(false)
  })

  it('warns of a token that travels unencrypted, but not on this machine', () => {
    const values = { 'destination-token': 't0ken' }
    expect(read('destination', 'http://h.example/d', values).notes.join()).toContain('not encrypted')
    expect(read('destination', 'http://127.0.0.1:8080/d', values).notes).toEqual([])
    expect(read('destination', 'http://[::1]:8080/d', values).notes).toEqual([])
  })
})

describe("the workflow's own token", () => {
  const values = { 'source-token': OWN_TOKEN, 'destination-token': OWN_TOKEN }

  it("goes to the workflow's own server", () => {
    const env = { GITHUB_SERVER_URL: 'https://git.corp.example' }
    expect(read('source', 'https://git.corp.example/a/b', values, env).endpoint.credentials.token).toBe(
      OWN_TOKEN,
    )
    expect(read('source', 'https://github.com/a/b', values).endpoint.credentials.token).toBe(OWN_TOKEN)
  })

  it.each([
    'https://gitlab.com/a/b',
    'https://github.com.evil.example/a/b',
    'https://github.com:8443/a/b',
    'http://github.com/a/b',
    'https://evil.example/github.com/a/b',
  ])('does not go to %s', (address) => {
    const env = { GITHUB_SERVER_URL: 'https://github.com' }
    for (const side of ['source', 'destination'] as const) {
      const { endpoint, notes } = read(side, address, values, env)
      expect(JSON.stringify(endpoint)).not.toContain(OWN_TOKEN)
      expect(endpoint.credentials).toEqual({})
      expect(notes.join()).toContain(`${side}-token`)
      expect(notes.join()).not.toContain(OWN_TOKEN)
    }
  })

  it('is told from a token that the user gave for another host', () => {
    const given = { 'source-token': 'ghs_of-another-app' }
    const env = { GITHUB_SERVER_URL: 'https://git.corp.example' }
    expect(read('source', 'https://github.com/a/b', given, env).endpoint.credentials.token).toBe(
      'ghs_of-another-app',
    )
  })
})

describe('ssh credentials', () => {
  it('gives key, passphrase and known hosts', () => {
    const { endpoint } = read('destination', 'git@h.example:d.git', {
      'destination-ssh-key': SSH_KEY,
      'destination-token': 'unused',
    })
    expect(endpoint.credentials).toEqual({ sshKey: SSH_KEY.trim() })
  })

  it('takes along what the person calls them, for what is found wrong on connecting', () => {
    const reader: EndpointReader = {
      values: { 'source-ssh-key': SSH_KEY },
      env: {},
      label: (name) => `--${name}-file`,
      isWorkflowToken: () => false,
      note: () => undefined,
    }
    expect(readEndpoint(reader, 'source', 'git@h.example:d.git').inputNames).toEqual({
      sshKey: '--source-ssh-key-file',
      sshPassphrase: '--source-ssh-passphrase-file',
      knownHosts: '--ssh-known-hosts-file',
    })
  })

  it('asks for a key, unless an agent is at hand', () => {
    expect(messageOf(() => read('destination', 'git@h.example:d.git', {}))).toMatch(
      /^destination-ssh-key: is empty/,
    )
    const { endpoint } = read('destination', 'git@h.example:d.git', {}, { SSH_AUTH_SOCK: '/run/agent' })
    expect(endpoint.credentials).toEqual({})
  })

  it('checks the key before anything is touched, and shows nothing of it', () => {
    const broken = SSH_KEY.replace(/\n.{64}\n/, '\nsecretsecretsecret\n')
    const message = messageOf(() => read('source', 'git@h.example:d.git', { 'source-ssh-key': broken }))
    expect(message).toContain('source-ssh-key')
    expect(message).not.toContain('secretsecret')
    expect(message).not.toContain(SSH_KEY.split('\n')[5])
  })

  it('checks known_hosts lines', () => {
    const values = { 'source-ssh-key': SSH_KEY, 'ssh-known-hosts': 'h.example ssh-ed25519 AAAA' }
    expect(messageOf(() => read('source', 'git@h.example:d.git', values))).toContain('ssh-known-hosts')
  })
})

it('leaves secrets out of errors about an address', () => {
  for (const address of [
    'https://me:hunter22@',
    'https://me:hunter22@h.example:port/x',
    'me:hunter22@h.example/x',
  ]) {
    expect(messageOf(() => read('destination', address, {}))).not.toContain('hunter22')
  }
})
