import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import type { Host } from '../../../src/hosts/api/host.ts'
import { openHost } from '../../../src/hosts/api/open-host.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import type { FakeHost, HostReply } from '../../support/fake-host.ts'
import { FORGES, type Forge, type ForgeState, startForge, TOKEN } from '../../support/fake-forges.ts'

const PRIVATE = { visibility: 'private', format: 'sha1' } as const

/** What is sent for a repository that others see, by its visibility and the kind of host; undefined: there is no such. */
const VISIBLE: Readonly<Record<'public' | 'internal', Readonly<Record<Forge['kind'], object | undefined>>>> =
  {
    public: {
      github: { name: 'new', private: false, auto_init: false },
      gitlab: {
        name: 'new',
        path: 'new',
        namespace_id: 7,
        visibility: 'public',
        initialize_with_readme: false,
        auto_devops_enabled: false,
      },
      gitea: { name: 'new', private: false, auto_init: false },
      bitbucket: { scm: 'git', name: 'new', is_private: false },
      'bitbucket-server': { name: 'new', scmId: 'git', public: true },
      // It is the project's.
      azure: { name: 'new' },
    },
    internal: {
      github: { name: 'new', private: true, auto_init: false, visibility: 'internal' },
      gitlab: {
        name: 'new',
        path: 'new',
        namespace_id: 7,
        visibility: 'internal',
        initialize_with_readme: false,
        auto_devops_enabled: false,
      },
      gitea: undefined,
      bitbucket: undefined,
      'bitbucket-server': undefined,
      azure: { name: 'new' },
    },
  }

const HTML = '<!doctype html><title>Sign in</title>'

beforeAll(() => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
})

afterAll(() => vi.unstubAllEnvs())

async function refusal(work: Promise<unknown>): Promise<MirrorError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(MirrorError)
  return thrown as MirrorError
}

describe.each(FORGES.map((forge) => [forge.kind, forge] as const))('%s', (_, forge: Forge) => {
  let host: FakeHost
  let state: ForgeState
  let lines: string[] = []

  beforeAll(async () => {
    ;({ host, state } = await startForge(forge))
  })

  beforeEach(() => {
    host.intercept(undefined)
    lines = []
    Object.assign(state, {
      exists: false,
      defaultBranch: undefined,
      made: undefined,
      mayNotCreate: false,
      rules: {},
    })
  })

  afterAll(() => host?.[Symbol.asyncDispose]())

  const open = async (
    token = TOKEN,
    signal = new AbortController().signal,
    timeLimit?: number,
  ): Promise<Host> =>
    await openHost(
      {
        url: parseRemoteUrl(`${host.origin}${forge.address}`, 'destination'),
        credentials: { username: 'x-access-token', token },
        freshToken: false,
      },
      {
        kind: forge.kind,
        api: `${host.origin}${forge.api}`,
        env: {},
        signal,
        timeLimit,
        onRequest: (text) => lines.push(text),
        onNotice: (text) => lines.push(text),
      },
    )

  /** `reply` so often, then what the host says itself. */
  const spoil = (reply: HostReply, times = Number.POSITIVE_INFINITY): void => {
    let left = times
    host.intercept(() => (left-- > 0 ? reply : undefined))
  }

  it('tells a repository that is there from one that is not', async () => {
    const opened = await open()
    expect(await opened.look()).toBeUndefined()
    state.exists = true
    state.defaultBranch = 'main'
    expect(await opened.look()).toMatchObject({ defaultBranch: 'main', archived: false })
    await opened.dispose()
  })

  it('makes it empty, and says so of no other that is there', async () => {
    const opened = await open()
    expect(await opened.create(PRIVATE)).toBe(true)
    expect(state.made).toEqual(forge.body)
    // Another run was faster: the host's own way to say so is no failure.
    expect(await opened.create(PRIVATE)).toBe(false)
    await opened.dispose()
  })

  it.each(['public', 'internal'] as const)(
    'makes one that is %s, or says that there is no such thing',
    async (visibility) => {
      const opened = await open()
      const body = VISIBLE[visibility][forge.kind]
      const before = host.requests.length
      if (body === undefined) {
        const error = await refusal(opened.create({ visibility, format: 'sha1' }))
        expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining('internal') })
        expect(host.requests.length).toBe(before)
      } else {
        expect(await opened.create({ visibility, format: 'sha1' })).toBe(true)
        expect(state.made).toEqual(body)
      }
      await opened.dispose()
    },
  )

  it('says what a token lacks that may not make one, in the words of the host, too', async () => {
    state.mayNotCreate = true
    const error = await refusal((await open()).create(PRIVATE))
    expect(error.code).toBe('auth')
    expect(error.message).toContain('could not be made')
    expect(error.hint).toContain('by hand')
    expect(error.message).not.toContain(TOKEN)
  })

  it('sets the default branch by its short name', async () => {
    Object.assign(state, { exists: true, defaultBranch: 'old' })
    const opened = await open()
    await opened.setDefaultBranch('release/1')
    expect(state.defaultBranch).toBe('release/1')
    expect((await opened.look())?.defaultBranch).toBe('release/1')
  })

  it('refuses sha256 where the host has only sha1, before it asks anything', async () => {
    if (forge.kind === 'gitea') return
    const before = host.requests.length
    expect((await refusal((await open()).create({ visibility: 'private', format: 'sha256' }))).code).toBe(
      'format',
    )
    expect(host.requests.length).toBe(before)
  })

  it('shows each call without a secret, and sends its name', async () => {
    const opened = await open()
    await opened.look()
    expect(lines.join('\n')).toMatch(/GET http:\/\/127\.0\.0\.1.*: HTTP 404/)
    expect(lines.join('\n')).not.toContain(TOKEN)
    expect(host.requests.at(-1)!.headers['user-agent']).toBeTruthy()
  })

  it('refuses a token that the host does not know', async () => {
    const error = await refusal((await open('another-token')).look())
    expect(error).toMatchObject({ code: 'auth', status: 401 })
    expect(error.hint).toBeTruthy()
  })

  it('says that it may not, for 403', async () => {
    spoil({ status: 403, body: { message: 'forbidden' } })
    expect(await refusal((await open()).look())).toMatchObject({ code: 'auth', status: 403 })
  })

  it('waits as long as the host asks for, and goes on', async () => {
    state.exists = true
    spoil({ status: 429, body: 'Retry later', headers: { 'retry-after': '1' } }, 1)
    const started = performance.now()
    expect(await (await open()).look()).toBeDefined()
    expect(performance.now() - started).toBeGreaterThan(900)
    expect(lines.join('\n')).toContain('asks to wait 1.0 s')
  })

  it('waits until a limit that it is out of is lifted, by the header that tells when', async () => {
    state.exists = true
    const reset = String(Math.ceil(Date.now() / 1000) + 1)
    const names = forge.kind === 'gitlab' ? ['ratelimit'] : ['x-ratelimit']
    const headers = Object.fromEntries(
      names.flatMap((name) => [
        [`${name}-remaining`, '0'],
        [`${name}-reset`, reset],
      ]),
    )
    spoil({ status: 403, body: { message: 'API rate limit exceeded' }, headers }, 1)
    expect(await (await open()).look()).toBeDefined()
    expect(lines.join('\n')).toContain('asks to wait')
    expect(Date.now()).toBeGreaterThanOrEqual(Number(reset) * 1000 - 50)
  })

  it('gives up a call that is not answered in time, and asks again', async () => {
    state.exists = true
    spoil({ status: 0, silent: true }, 1)
    const started = performance.now()
    expect(await (await open(TOKEN, undefined, 300)).look()).toBeDefined()
    expect(performance.now() - started).toBeGreaterThan(290)
    expect(lines.join('\n')).toContain('did not answer in time')
  })

  it('does not wait for an hour: it says when, and ends', async () => {
    spoil({ status: 429, body: { message: 'later' }, headers: { 'retry-after': '3600' } })
    const error = await refusal((await open()).look())
    expect(error.message).toContain('asks to wait 60 min')
  })

  it('asks again after a failure that passes', async () => {
    state.exists = true
    spoil({ status: 502, body: '<h1>Bad gateway</h1>' }, 1)
    expect(await (await open()).look()).toBeDefined()
    spoil({ status: 0, cut: true }, 1)
    expect(await (await open()).look()).toBeDefined()
  })

  it('takes a page for no answer', async () => {
    spoil({ status: 200, body: HTML })
    expect((await refusal((await open()).look())).code).toBe('protocol')
  })

  it('follows nobody to another server, and sends the token nowhere else', async () => {
    const other = await startForge(forge)
    try {
      spoil({ status: 302, headers: { location: `${other.host.origin}/elsewhere` } })
      const error = await refusal((await open()).look())
      expect(['protocol', 'not-found']).toContain(error.code)
      expect(other.host.requests).toEqual([])
    } finally {
      await other.host[Symbol.asyncDispose]()
    }
  })

  it('ends at once when the run is cancelled', async () => {
    spoil({ status: 503, body: {}, headers: { 'retry-after': '60' } })
    const controller = new AbortController()
    const looking = (await open(TOKEN, controller.signal)).look()
    setTimeout(() => controller.abort(new MirrorError('cancelled', { code: 'cancelled' })), 200)
    const started = performance.now()
    await refusal(looking)
    // Half of what the host asks to wait.
    expect(performance.now() - started).toBeLessThan(30_000)
  })

  it('lets a branch be forced and puts the rule back, where the host has such rules', async () => {
    Object.assign(state, { exists: true, rules: { main: false, 'release/*': false, open: true } })
    const opened = await open()
    if (opened.allowForce === undefined) return
    const before = { ...state.rules }
    for (const [branch, rule] of [
      ['main', 'main'],
      ['release/1', 'release/*'],
    ] as const) {
      const lifted: string[] = []
      const mayLift = async (name: string): Promise<boolean> => lifted.push(name) > 0
      expect(await opened.allowForce(branch, mayLift)).toBe(true)
      expect(lifted).toEqual([rule])
      expect(state.rules).toEqual({ ...before, [rule]: true })
      await opened.forbidForce!(rule, AbortSignal.timeout(5000))
      expect(state.rules).toEqual(before)
      expect(await opened.allowForce(branch, async () => false)).toBe(false)
      expect(state.rules).toEqual(before)
    }
    for (const branch of ['open', 'other']) {
      expect(await opened.allowForce(branch, () => expect.unreachable())).toBe(false)
    }
  })

  it('asks whether it may lift a rule before it does, and forbids again with another signal: the answer may be lost', async () => {
    Object.assign(state, { exists: true, rules: { main: false } })
    const controller = new AbortController()
    const opened = await open(TOKEN, controller.signal)
    if (opened.allowForce === undefined) return
    host.intercept((request) => {
      if (request.method !== 'PATCH') return undefined
      state.rules['main'] = true
      controller.abort(new MirrorError('cancelled', { code: 'cancelled' }))
      host.intercept(undefined)
      return { status: 0, cut: true }
    })
    const lifted: string[] = []
    await refusal(opened.allowForce('main', async (name) => lifted.push(name) > 0))
    expect(lifted).toEqual(['main'])
    expect(state.rules).toEqual({ main: true })
    await opened.forbidForce!('main', AbortSignal.timeout(5000))
    expect(state.rules).toEqual({ main: false })
  })

  it('tells when the token ends, where the host does', async () => {
    state.exists = true
    const { readExpiry } = await open()
    if (readExpiry === undefined) return
    expect((await readExpiry())?.toISOString().slice(0, 10)).toBe('2026-12-03')
  })
})
