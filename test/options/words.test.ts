import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import type { OptionValues } from '../../src/options/names.ts'
import { type OptionInput, readOptions } from '../../src/options/read-options.ts'
import { type ParseRefspecs, parseRefspecs } from '../../src/plan/refspec.ts'

const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const HTTPS = { source: 'https://s.example/s', destination: 'https://d.example/d' }
const SSH = { source: 'git@s.example:s', destination: 'git@d.example:d' }

function read(values: OptionValues, input: Partial<OptionInput> = {}) {
  const { options, notices } = readOptions({ values, env: {}, ...input })
  return { options, notices: notices.map(({ level, text }) => `${level}: ${text}`) }
}

function refusal(
  values: OptionValues,
  input: Partial<OptionInput> = {},
): Pick<MirrorError, 'message' | 'hint'> {
  try {
    read(values, input)
  } catch (error) {
    if (error instanceof MirrorError && error.code === 'usage')
      return { message: error.message, hint: error.hint }
    throw error
  }
  throw new Error('nothing was refused')
}

describe('options that are wrong', () => {
  it.each<readonly [OptionValues, string, string]>([
    [
      { ...HTTPS, source: '' },
      'source: is empty, and there is no workflow whose repository could be meant',
      'Give the address of the repository to read.',
    ],
    [{ ...HTTPS, destination: '' }, 'destination: is empty', 'Give the address to write to, one per line.'],
    [
      { ...HTTPS, destination: HTTPS.source },
      'destination: https://s.example/s is the source itself',
      'Give the address of another repository.',
    ],
    [
      { ...HTTPS, destination: `${HTTPS.destination}\n${HTTPS.destination}.git` },
      'destination: line 2: https://d.example/d.git is named twice',
      'Name each destination once.',
    ],
    [
      { ...HTTPS, backup: 'old' },
      'backup: "old" is neither true nor false nor a namespace of refs: it does not begin with refs/ and a name',
      'Write true, or the beginning of full ref names, such as refs/backup/.',
    ],
    [
      { ...HTTPS, 'push-options': 'a\0b' },
      'push-options: "a b" holds a null byte',
      'Write plain text, one option per line.',
    ],
    [
      { ...HTTPS, 'source-token': 'one\ntwo' },
      'source-token: holds a line break or another control character, which no token has',
      'Paste the token alone, as one line.',
    ],
    [
      { ...HTTPS, 'source-token': 'x', 'source-username': 'a:b' },
      'source-username: holds a colon or a control character, which HTTP Basic cannot carry',
      'Give the user name alone, and the token or password in its own input.',
    ],
    [
      { ...HTTPS, 'max-pack-size': 'much' },
      'max-pack-size: "much" is not a size',
      'Write a number of bytes above 0, or one with k, M or G: 500M.',
    ],
    [
      { ...HTTPS, 'max-deletions': 'few' },
      'max-deletions: "few" is neither a whole number nor unlimited',
      'Write digits only, such as 50, or unlimited.',
    ],
    [
      { ...HTTPS, 'max-refs-per-push': '0' },
      'max-refs-per-push: "0" is not a whole number from 1 to 1000000000',
      'Write digits only, such as 1.',
    ],
    [
      { ...SSH, 'destination-ssh-key': KEY },
      'source-ssh-key: is empty, and git@s.example:s is an ssh address',
      'Give the private key whose public half the server knows, or use an https address with a token.',
    ],
    [
      { ...HTTPS, refs: 'refs/branch/*' },
      `refs: "refs/branch/*" is in no namespace of Git's`,
      'Write refs/heads/*.',
    ],
    [
      { ...HTTPS, refs: 'refs/Remotes/*' },
      `refs: "refs/Remotes/*" is in no namespace of Git's`,
      'Write refs/remotes/*.',
    ],
    [
      { ...HTTPS, refs: 'refs/note/x' },
      `refs: "refs/note/x" is in no namespace of Git's`,
      'Write refs/notes/x.',
    ],
    [
      { ...HTTPS, refs: 'refs/remote/x' },
      `refs: "refs/remote/x" is in no namespace of Git's`,
      'Write refs/remotes/x.',
    ],
  ])('%j', (values, message, hint) => {
    expect(refusal(values)).toEqual({ message, hint })
  })

  it('are told all at once, and what they have in common once', () => {
    const values = {
      ...HTTPS,
      prune: 'x',
      force: 'x',
      backup: 'old',
      'host-api': 'x',
      'app-id': '1',
      'push-options': 'a\0b',
    }
    const { message, hint } = refusal(values)
    expect(message.split('; ')).toHaveLength(6)
    expect(message).toMatch(/; prune: "x" is neither true nor false; force: "x" is neither true nor false$/)
    expect(hint?.match(/Write true or false\./g)).toHaveLength(1)
    expect(hint).toMatch(/\. Write true or false\.$/)
  })

  it('are usage errors, and a fault of ours is none', () => {
    const parseRefspecs = (): never => {
      throw new TypeError('a fault')
    }
    expect(() => readOptions({ values: HTTPS, env: {}, parseRefspecs })).toThrow(TypeError)
    const failing = (thrown: Error) => () =>
      readOptions({
        values: { ...HTTPS, prune: 'x' },
        env: {},
        parseRefspecs: () => {
          throw thrown
        },
      })
    for (const thrown of [new TypeError('a fault'), new MirrorError('no room', { code: 'local' })])
      expect(failing(thrown)).toThrow(thrown)
  })
})

describe('namespaces that are near to a known one', () => {
  const noted = (name: string) => read({ ...HTTPS, refs: `refs/heads/*\nrefs/${name}/*` }).notices

  it.each([
    ['heads1', 'heads'],
    ['heaads', 'heads'],
    ['heds', 'heads'],
    ['heafs', 'heads'],
    ['haeds', 'heads'],
    ['tgas', 'tags'],
    ['tagz', 'tags'],
    ['ntoes', 'notes'],
    ['remotez', 'remotes'],
  ])('are noted: %s', (given, meant) => {
    expect(noted(given)).toEqual([
      `warning: refs: refs/${given}/* is taken as it is; is refs/${meant}/* meant?`,
    ])
  })

  it.each([
    'heads',
    'tags',
    'notes',
    'changes',
    'hedsx',
    'adehs',
    'x',
    'pipelines',
    'hxayz',
    'hxxds',
    'hxeds',
    'haxds',
    'haexx',
  ])('are not: %s', (given) => {
    expect(noted(given)).toEqual([])
  })

  it('are looked for in what is left out, too, and not in what hosts keep', () => {
    expect(read({ ...HTTPS, refs: 'refs/*\n^refs/heds/x' }).notices).toEqual([
      'warning: refs: refs/heds/x is taken as it is; is refs/heads/x meant?',
    ])
    expect(read({ ...HTTPS, refs: 'refs/*' }).notices).toEqual([])
    const parsed = (reserved?: readonly string[]) => () => ({
      ...parseRefspecs(['refs/*'], 'refs'),
      exclude: ['refs/headz/x'],
      reserved,
    })
    const notices = (reserved?: readonly string[]) =>
      read(HTTPS, { parseRefspecs: parsed(reserved) as ParseRefspecs }).notices
    expect(notices(['refs/headz/x'])).toEqual([])
    expect(notices()).toHaveLength(1)
  })

  it('are none where a name has nothing behind them', () => {
    expect(read({ ...HTTPS, refs: 'refs/heds' }).notices).toEqual([])
  })
})

describe('what is given and not used', () => {
  it.each<readonly [OptionValues, readonly string[]]>([
    [
      { ...HTTPS, 'source-ssh-key': KEY },
      ['warning: source-ssh-key is not used: the source is no ssh address.'],
    ],
    [
      { ...HTTPS, 'destination-ssh-key': KEY },
      ['warning: destination-ssh-key is not used: no destination is an ssh address.'],
    ],
    [
      { ...SSH, 'source-ssh-key': KEY, 'destination-ssh-key': KEY, 'source-token': 'tttt' },
      ['warning: source-token is not used: the source is no https address.'],
    ],
    [
      { ...SSH, 'source-ssh-key': KEY, 'destination-ssh-key': KEY, 'destination-token': 'tttt' },
      ['warning: destination-token is not used: no destination is an https address.'],
    ],
    [
      {
        ...SSH,
        'source-ssh-key': KEY,
        'destination-ssh-key': KEY,
        'destination-token': 'tttt',
        create: 'private',
      },
      [],
    ],
    [
      {
        ...SSH,
        'source-ssh-key': KEY,
        'destination-ssh-key': KEY,
        'source-token': 'tttt',
        create: 'private',
      },
      ['warning: source-token is not used: the source is no https address.'],
    ],
    [
      { ...HTTPS, 'source-ssh-passphrase': 'word' },
      ['warning: source-ssh-passphrase is not used: there is no key that it opens.'],
    ],
    [
      { source: '/a', destination: '/b', 'destination-token': 'tttt', create: 'private' },
      ['warning: destination-token is not used: no destination is an https address.'],
    ],
    [{ ...HTTPS, 'source-token': 'tttt', 'destination-token': 'tttt' }, []],
    [
      {
        source: 'http://localhost/s',
        destination: 'http://localhost/d',
        'source-token': 'tttt',
        'destination-token': 'tttt',
      },
      [],
    ],
    [
      {
        source: '/a',
        destination: `git@d.example:d\n${HTTPS.destination}`,
        'destination-ssh-key': KEY,
        'destination-token': 'tttt',
      },
      [],
    ],
  ])('%#: is told', (values, notices) => {
    expect(read(values).notices).toEqual(notices)
  })

  it('is no token that a workflow gives by itself', () => {
    const values = { source: '/a', destination: '/b', 'source-token': 'ghs_x' }
    expect(read(values, { isWorkflowToken: () => true }).notices).toEqual([])
    expect(read(values).notices).toHaveLength(1)
  })
})

describe('tokens', () => {
  const shared = 'https://one.example/d\nhttps://two.example/d'

  it('that go to several servers are told of', () => {
    const told = (destination: string) => read({ ...HTTPS, destination, 'destination-token': 'tttt' }).notices
    expect(told(shared)).toEqual([
      'warning: destination-token goes to 2 servers: one.example, two.example. To give each its own, write it into the address: https://USER:TOKEN@HOST/PATH',
    ])
    expect(told('https://one.example/d\nhttps://one.example/e')).toEqual([])
    expect(told('https://one.example/d\nhttps://me:own@two.example/d')).toEqual([])
    expect(told('https://one.example/d\n/srv/d')).toEqual([])
    expect(told('http://localhost/d\nhttps://one.example/d')).toHaveLength(1)
    expect(read({ ...HTTPS, destination: shared }).notices).toEqual([])
  })

  it('that are not encrypted on their way are told of, but for this machine', () => {
    const told = (source: string, token = 'tttt') => read({ ...HTTPS, source, 'source-token': token }).notices
    expect(told('http://s.example/s')).toEqual([
      'warning: source: http://s.example/s is not encrypted, and the token travels as it is. Use https.',
    ])
    expect(told('http://s.example/s', '')).toEqual([])
    expect(told('http://127.0.0.1/s')).toEqual([])
  })

  it("of a workflow go to the workflow's own server alone", () => {
    const own = {
      isWorkflowToken: (token: string) => token === 'ghs_x',
      env: { GITHUB_SERVER_URL: 'https://github.com' },
    }
    const withheld = read({ ...HTTPS, 'source-token': 'ghs_x' }, own)
    expect(withheld.options.source).toMatchObject({ credentials: {}, freshToken: false })
    expect(withheld.notices).toEqual([
      "info: source-token: the workflow's own token is not sent to https://s.example/s, which is another server. Set source-token to a token of that server if the repository is private.",
    ])
    expect(read({ ...HTTPS, 'destination-token': 'ghs_x' }, own).notices).toEqual([
      "warning: destination-token: the workflow's own token is not sent to https://d.example/d, which is another server. Set destination-token to a token of that server.",
    ])
    const named = read({ ...HTTPS, source: 'https://me@s.example/s', 'source-token': 'ghs_x' }, own)
    expect(named.options.source.credentials).toEqual({ username: 'me' })
    const home = read({ ...HTTPS, source: 'https://github.com/me/x', 'source-token': 'ghs_x' }, own)
    expect(home.options.source).toMatchObject({ credentials: { token: 'ghs_x' }, freshToken: true })
  })

  it('and names in an address are stronger than the inputs', () => {
    const login = (source: string, more: OptionValues = {}) =>
      read({ ...HTTPS, source, ...more }).options.source.credentials
    expect(login('https://me:word@s.example/s', { 'source-token': 'tttt' })).toEqual({
      username: 'me',
      token: 'word',
    })
    expect(login('https://me:@s.example/s', { 'source-token': 'tttt' })).toEqual({
      username: 'me',
      token: 'tttt',
    })
    expect(login('https://me@s.example/s')).toEqual({ username: 'me' })
    expect(login(`https://ghp_${'x'.repeat(36)}@s.example/s`)).toEqual({
      username: 'x-access-token',
      token: `ghp_${'x'.repeat(36)}`,
    })
    expect(login('https://s.example/s')).toEqual({})
  })
})

describe('ssh', () => {
  it('takes key, passphrase and known hosts, and a token beside them for the API', () => {
    const known = `d.example ssh-ed25519 ${Buffer.from('\0\0\0\u000bssh-ed25519\0\0\0 12345678901234567890123456789012', 'latin1').toString('base64')}`
    const values = {
      ...SSH,
      source: '/a',
      'destination-ssh-key': KEY,
      'destination-ssh-passphrase': ' two words\r\n',
      'destination-token': 'tttt',
      'destination-username': 'me',
      'ssh-known-hosts': known,
      create: 'private',
    } as const
    expect(read(values).notices).toEqual([])
    const [endpoint] = read(values).options.destinations
    expect(endpoint).toMatchObject({
      credentials: { sshKey: KEY.trim(), sshPassphrase: ' two words', knownHosts: known },
      freshToken: false,
      api: { token: 'tttt', username: 'me' },
    })
    const bare = read({ ...SSH, source: '/a', 'destination-ssh-key': KEY }).options.destinations[0]!
    expect(Object.keys(bare.credentials)).toEqual(['sshKey'])
    expect('api' in bare).toBe(false)
    const own = read({ ...values, 'destination-token': 'ghs_x' }, { isWorkflowToken: () => true })
    expect('api' in own.options.destinations[0]!).toBe(false)
    const agent = read({ ...SSH, source: '/a' }, { env: { SSH_AUTH_SOCK: '/run/agent' } })
    expect(agent.options.destinations[0]).toMatchObject({ credentials: {}, freshToken: false })
  })

  it('keeps the lines of a passphrase but for its end', () => {
    const values = {
      ...SSH,
      source: '/a',
      'destination-ssh-key': KEY,
      'destination-ssh-passphrase': 'a\nb\n',
    }
    expect(read(values).options.destinations[0]?.credentials.sshPassphrase).toBe('a\nb')
  })
})
