import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import type { OptionValues } from '../../src/options/names.ts'
import { type OptionInput, type OptionsRead, readOptions } from '../../src/options/read-options.ts'
import { printUrl } from '../../src/transport/address/remote-url.ts'

const WORKFLOW = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'me/project' }
const SSH_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs1',
  format: 'pem',
}) as string

function read(values: OptionValues, input: Partial<OptionInput> = {}): OptionsRead {
  return readOptions({ values: { destination: 'https://h.example/d', ...values }, env: WORKFLOW, ...input })
}

function usageOf(action: () => unknown): MirrorError {
  try {
    action()
  } catch (error) {
    if (error instanceof MirrorError && error.code === 'usage') return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('readOptions', () => {
  it('gives the documented defaults', () => {
    const { options, notices } = read({})
    expect(options).toMatchObject({
      prune: true,
      maxDeletions: 50,
      force: true,
      atomic: false,
      dryRun: false,
      allowUnrelated: false,
      pushOptions: [],
      retries: 3,
      idleTimeout: 900_000,
      timeLimit: undefined,
      maxPackSize: undefined,
      maxRefsPerPush: undefined,
      transfer: 'auto',
      knownHostsFiles: [],
      verbose: false,
    })
    expect(options.refspecs.texts).toEqual(['refs/heads/*', 'refs/tags/*'])
    expect(notices).toEqual([])
  })

  it("reads the workflow's own repository where no source is given", () => {
    expect(printUrl(read({}).options.source.url)).toBe('https://github.com/me/project')
    const bare = { GITHUB_REPOSITORY: 'me/project' }
    expect(printUrl(read({}, { env: bare }).options.source.url)).toBe('https://github.com/me/project')
    const ghes = { GITHUB_SERVER_URL: 'https://git.corp.example', GITHUB_REPOSITORY: 'a/b' }
    expect(printUrl(read({}, { env: ghes }).options.source.url)).toBe('https://git.corp.example/a/b')
  })

  it('asks for a source where there is no workflow', () => {
    expect(usageOf(() => read({}, { env: {} })).message).toMatch(/^source: is empty/)
  })

  it('asks for a destination', () => {
    expect(usageOf(() => read({ destination: ' \n ' })).message).toMatch(/^destination: is empty/)
  })

  it('reads several destinations, one per line', () => {
    const { options } = read({ destination: 'https://a.example/x\r\n\n  /srv/mirror.git \n' })
    expect(options.destinations.map(({ url }) => url.scheme)).toEqual(['https', 'file'])
  })

  it('refuses a destination that is the source', () => {
    const error = usageOf(() => read({ destination: 'https://GITHUB.com/me/project.git/' }))
    expect(error.message).toContain('destination: https://github.com/me/project.git/ is the source')
  })

  it('refuses a destination that is named twice', () => {
    const error = usageOf(() => read({ destination: 'https://h.example/d\nhttps://h.example:443/d.git' }))
    expect(error.message).toContain('named twice')
  })

  it('reads unlimited and a number of deletions', () => {
    expect(read({ 'max-deletions': 'unlimited' }).options.maxDeletions).toBe(Number.POSITIVE_INFINITY)
    expect(read({ 'max-deletions': '0' }).options.maxDeletions).toBe(0)
    expect(usageOf(() => read({ 'max-deletions': '-1' })).message).toMatch(/^max-deletions: "-1"/)
  })

  it.each([
    ['refs', 'heads/main'],
    ['retries', 'many'],
    ['idle-timeout', '0'],
    ['max-refs-per-push', '0'],
    ['transfer', 'slow'],
    ['force', 'maybe'],
    ['source', 'ext::sh -c true'],
    ['destination', '-oProxyCommand=x'],
    ['source-username', 'a:b'],
  ] as const)('names %s when it is wrong, and what to do', (name, value) => {
    const error = usageOf(() => read({ 'source-token': 'tokentoken', [name]: value }))
    expect(error.message).toContain(name)
    expect(error.hint).toBeTruthy()
  })

  it('tells everything that is wrong at once', () => {
    const values = { retries: 'many', force: 'maybe', refs: 'heads/main', 'time-limit': '1d' }
    const { message, hint } = usageOf(() => read({ ...values, destination: 'ext::x\nhttps://h.example/d' }))
    for (const name of ['retries: "many"', 'force: "maybe"', 'refs: "heads/main"', 'time-limit: "1d"']) {
      expect(message).toContain(name)
    }
    expect(message).toContain('destination: line 1 asks for a remote helper')
    expect(hint).toContain('Write true or false.')
    expect(hint).toContain('90m')
  })

  it('names the line of each wrong destination', () => {
    const destination = 'https://a.example/x\n\nhttps://b.example:port/y\n-x\nhttps://A.example/x.git'
    const { message } = usageOf(() => read({ destination }))
    const places = [...message.matchAll(/destination: line (\d)/g)].map((match) => match[1])
    expect(places).toEqual(['3', '4', '5'])
    const own = { lineLabel: (name: string, line: number) => `${name} ${line}` }
    expect(usageOf(() => read({ destination }, own)).message).toMatch(/^destination 3 is not/)
    const values = { destination: 'https://a.example/x\nhttps://b.example/y', 'destination-token': 'a\nb' }
    expect(usageOf(() => read(values)).message).toMatch(/^destination-token: holds a line break/)
    // Of one line, no number is needed.
    expect(usageOf(() => read({ destination: '-x' })).message).toMatch(/^destination begins/)
  })

  it('calls inputs what its caller calls them', () => {
    const error = usageOf(() => read({ retries: 'x' }, { label: (name) => `--${name}` }))
    expect(error.message).toMatch(/^--retries: /)
  })

  it.each([
    ['refs/head/*', 'refs/heads/*'],
    ['refs/heads/*\nrefs/tag/v*', 'refs/tags/v*'],
    ['refs/Heads/main', 'refs/heads/main'],
    ['refs/heads/*:refs/branches/*', 'refs/heads/*'],
    ['refs/heads/*\n^refs/head/wip/*', 'refs/heads/wip/*'],
  ])('refuses %j, which nobody can mean', (refs, meant) => {
    const error = usageOf(() => read({ refs }))
    expect(error.message).toMatch(/^refs: ".*" is in no namespace of Git's/)
    expect(error.hint).toBe(`Write ${meant}.`)
  })

  it.each(['refs/haeds/*', 'refs/tasg/*', 'refs/headss/*', 'refs/ntes/*'])('asks what %s means', (refs) => {
    const { options, notices } = read({ refs })
    expect(options.refspecs.texts).toEqual([refs])
    expect(notices.map(({ level }) => level)).toEqual(['warning'])
    expect(notices[0]?.text).toMatch(/is refs.(heads|tags|notes).\* meant\?$/)
  })

  it.each([
    'refs/heads/head/*',
    'refs/meta/*',
    'refs/changes/*',
    'refs/*',
    'refs/pull/*',
    'refs/constructor/*',
  ])('takes %s as it is', (refs) => {
    expect(read({ refs }).notices).toEqual([])
  })

  it('notes a key that no ssh address uses, and a passphrase without a key', () => {
    const { notices } = read({ 'destination-ssh-key': SSH_KEY, 'source-ssh-passphrase': 'secret' })
    expect(notices.map(({ text }) => text)).toEqual([
      'source-ssh-passphrase is not used: there is no key that it opens.',
      'destination-ssh-key is not used: no destination is an ssh address.',
    ])
  })

  it('reads each option into its own field', () => {
    const { options } = read(
      {
        prune: 'false',
        'max-deletions': '7',
        force: 'false',
        atomic: 'true',
        'dry-run': 'true',
        'allow-unrelated': 'true',
        'push-options': 'ci.skip',
        backup: 'refs/old/',
        create: 'private',
        retries: '5',
        'idle-timeout': '6',
        'time-limit': '8',
        'max-pack-size': '9',
        'max-refs-per-push': '10',
        transfer: 'spool',
        lfs: 'full',
      },
      { knownHostsFiles: ['known'], verbose: true },
    )
    expect(options).toMatchObject({
      prune: false,
      maxDeletions: 7,
      force: false,
      atomic: true,
      dryRun: true,
      allowUnrelated: true,
      pushOptions: ['ci.skip'],
      backup: { prefixes: ['refs/old/'] },
      host: { create: 'private' },
      retries: 5,
      idleTimeout: 6000,
      timeLimit: 8000,
      maxPackSize: 9,
      maxRefsPerPush: 10,
      transfer: 'spool',
      lfs: 'full',
      knownHostsFiles: ['known'],
      verbose: true,
      env: WORKFLOW,
    })
    expect(options.restores).toBeUndefined()
  })

  it('takes the destination for the source of backups that are brought back', () => {
    const restores = (values: OptionValues) => read(values, { env: {}, restores: true })
    const { options, notices } = restores({ 'source-ssh-key': SSH_KEY })
    expect(options.restores).toBe(true)
    expect(options.source).toBe(options.destinations[0])
    expect(printUrl(options.source.url)).toBe('https://h.example/d')
    expect(notices).toEqual([])
    expect(usageOf(() => restores({ destination: ' ' })).message).toBe('destination: is empty')
  })

  it('warns of one token that goes to two servers', () => {
    const destination = 'https://a.example/x\nhttps://b.example/y\nhttps://u:own@c.example/z'
    const { notices } = read({ destination, 'destination-token': 'tokentoken' })
    expect(notices).toHaveLength(1)
    expect(notices[0]?.text).toContain('a.example, b.example')
    expect(notices[0]?.text).not.toContain('c.example')
  })
})
