import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { forEachRef, git, gitWith, makeBareRepository, runGit } from '../../support/git.ts'
import { type HttpBackendOptions, type HttpBackend, startHttpBackend } from '../../support/http-backend.ts'
import {
  lsRefs,
  packet,
  type TestRemote,
  type TestRemoteOptions,
  until,
  useHttpRemote,
} from '../../support/http-remote.ts'
import { addCommits, noise } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'

interface Setting extends AsyncDisposable {
  readonly backend: HttpBackend
  readonly path: string
  readonly site: TestRemote
}

/** A repository with `commits` commits behind a server. */
async function set(
  options: Omit<HttpBackendOptions, 'root'> = {},
  { commits = 0, ...rest }: TestRemoteOptions & { readonly commits?: number } = {},
): Promise<Setting> {
  const folder = await makeTempFolder()
  const { path } = await makeBareRepository({ parent: folder.path, name: 'x.git' })
  if (commits > 0) await addCommits(path, commits)
  const backend = await startHttpBackend({ root: folder.path, ...options })
  const site = useHttpRemote(`${backend.url}/x.git`, rest)
  return {
    backend,
    path,
    site,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]()
      await backend[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

interface Push {
  /** Creates refs/heads/main. */
  readonly commands: Uint8Array
  readonly pack: Uint8Array
  readonly tip: string
}

/** One commit with `size` bytes that do not compress. */
async function makePush(size: number): Promise<Push> {
  await using repository = await makeBareRepository()
  const { path } = repository
  const blob = await gitWith({ input: randomBytes(size) }, path, 'hash-object', '-w', '--stdin')
  const tree = await gitWith({ input: `100644 blob ${blob.trim()}\tfile\n` }, path, 'mktree')
  const tip = await git(path, 'commit-tree', '-m', 'First', tree.trim())
  const { stdout } = await runGit(path, ['pack-objects', '--revs', '--stdout', '-q'], { input: tip })
  const command = `${'0'.repeat(40)} ${tip} refs/heads/main\0 report-status object-format=sha1`
  return { commands: Buffer.from(`${packet(command)}0000`), pack: stdout, tip }
}

let short: Push
let long: Push

beforeAll(async () => {
  short = await makePush(100_000)
  long = await makePush(2_500_000)
})

/** Slices without end, and whether it was told to stop. */
function endless(): {
  readonly body: AsyncIterable<Uint8Array>
  readonly state: { pulled: number; returned: boolean }
} {
  const state = { pulled: 0, returned: false }
  const slice = noise(65_515)
  const iterator = {
    next: () => {
      state.pulled += slice.length
      return Promise.resolve({ done: false as const, value: slice })
    },
    return: () => {
      state.returned = true
      return Promise.resolve({ done: true as const, value: undefined })
    },
  }
  return { body: { [Symbol.asyncIterator]: () => iterator }, state }
}

async function* slices(parts: readonly Uint8Array[], size = 50_000): AsyncGenerator<Uint8Array> {
  for (const part of parts) for (let at = 0; at < part.length; at += size) yield part.subarray(at, at + size)
}

const PUSHED = `${packet('unpack ok\n')}${packet('ok refs/heads/main\n')}0000`

describe('upload-pack', () => {
  it('[F3] says Git-Protocol on every request', async () => {
    await using at = await set({}, { commits: 1 })
    const connection = await at.site.source()
    const first = toText(await (await connection.turn(lsRefs('refs/heads/'))).readAll(10_000))
    const second = toText(await (await connection.turn(lsRefs('refs/none'))).readAll(10_000))
    expect(first).toMatch(/^003d[0-9a-f]{40} refs\/heads\/main\n0000$/)
    expect(second).toBe('0000')
    expect(at.backend.requests.map(({ headers }) => headers['git-protocol'])).toEqual(
      Array(3).fill('version=2'),
    )
  })

  it('[F4] names the types of request and answer', async () => {
    await using at = await set({}, { commits: 1 })
    const connection = await at.site.source()
    await connection.turn(lsRefs())
    expect(at.backend.requests[1]).toMatchObject({
      method: 'POST',
      path: '/x.git/git-upload-pack',
      headers: {
        'content-type': 'application/x-git-upload-pack-request',
        accept: 'application/x-git-upload-pack-result',
      },
    })
  })

  it('[F4] takes no answer of another type', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Please log in' }
    await using at = await set(
      { answer: ({ method }) => (method === 'POST' ? page : undefined) },
      { commits: 1 },
    )
    const connection = await at.site.source()
    await expect(connection.turn(lsRefs())).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('Please log in'),
    })
  })

  it('[A7] compresses what is longer than 1 KB', async () => {
    await using at = await set({}, { commits: 1 })
    const connection = await at.site.source()
    const prefixes = Array.from({ length: 100 }, (_, index) => `refs/heads/${index}`)
    const answer = await connection.turn(lsRefs('refs/heads/main', ...prefixes))
    expect(toText(await answer.readAll(10_000))).toContain('refs/heads/main')
    const [, request] = at.backend.requests
    expect(request?.headers['content-encoding']).toBe('gzip')
    expect(request?.received).toBeLessThan(lsRefs('refs/heads/main', ...prefixes).length / 2)
  })

  it('sends it again as it is where compression is refused, and remembers', async () => {
    await using at = await set({ refuseGzip: 415 }, { commits: 1 })
    const connection = await at.site.source()
    const long = lsRefs('refs/heads/main', 'x'.repeat(2000))
    expect(toText(await (await connection.turn(long)).readAll(10_000))).toContain('refs/heads/main')
    await connection.turn(long)
    const codings = at.backend.requests.slice(1).map(({ headers }) => headers['content-encoding'])
    expect(codings).toEqual(['gzip', undefined, undefined])
    expect(at.site.notices).toEqual(['the server answers 415 to a compressed request: sent again as it is'])
  })

  it('does not send it again where the login is refused', async () => {
    const refused = { status: 403 }
    await using at = await set(
      { answer: ({ method }) => (method === 'POST' ? refused : undefined) },
      { commits: 1 },
    )
    const connection = await at.site.source()
    await expect(connection.turn(lsRefs('x'.repeat(2000)))).rejects.toMatchObject({
      code: 'auth',
      status: 403,
    })
    expect(at.backend.requests).toHaveLength(2)
  })

  it('follows no redirect of a POST', async () => {
    const away = { status: 307, headers: { location: 'http://me:pw@elsewhere.example/x?token=t' } }
    await using at = await set(
      { answer: ({ method }) => (method === 'POST' ? away : undefined) },
      { commits: 1 },
    )
    const connection = await at.site.source()
    await expect(connection.turn(lsRefs())).rejects.toMatchObject({
      code: 'http',
      status: 307,
      hint: 'Use the address it redirects to: http://elsewhere.example/x',
    })
  })
})

describe('receive-pack', () => {
  it('[F5] sends a short push with its length, and compresses none', async () => {
    await using at = await set()
    const { commands, pack, tip } = short
    const connection = await at.site.destination()
    const answer = await connection.turn(slices([commands, pack]))
    expect(toText(await answer.readAll(1000))).toBe(PUSHED)
    expect(await forEachRef(at.path)).toEqual(new Map([['refs/heads/main', tip]]))
    expect(at.backend.requests).toHaveLength(2)
    const { headers } = at.backend.requests[1]!
    expect(headers['content-length']).toBe(String(commands.length + pack.length))
    expect(headers).not.toHaveProperty('transfer-encoding')
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers).not.toHaveProperty('expect')
  })

  it('[F5] streams a long push in chunks', async () => {
    await using at = await set()
    const { commands, pack, tip } = long
    const connection = await at.site.destination()
    const answer = await connection.turn(slices([commands, pack]))
    expect(toText(await answer.readAll(1000))).toBe(PUSHED)
    expect(await forEachRef(at.path)).toEqual(new Map([['refs/heads/main', tip]]))
    await git(at.path, 'fsck', '--full')
    const { headers, received } = at.backend.requests.at(-1)!
    expect(headers['transfer-encoding']).toBe('chunked')
    expect(headers).not.toHaveProperty('expect')
    expect(received).toBe(commands.length + pack.length)
  })

  it('streams a long push under the length that is given', async () => {
    await using at = await set({ demandLength: true })
    const { commands, pack, tip } = long
    const connection = await at.site.destination()
    const length = commands.length + pack.length
    const answer = await connection.turn(slices([commands, pack]), { length })
    expect(toText(await answer.readAll(1000))).toBe(PUSHED)
    expect(await forEachRef(at.path)).toEqual(new Map([['refs/heads/main', tip]]))
    expect(at.backend.requests.at(-1)?.headers['content-length']).toBe(String(length))
  })

  it('breaks off a body that is shorter than the length that was given', async () => {
    await using at = await set()
    const { commands, pack } = long
    const connection = await at.site.destination()
    const turn = connection.turn(slices([commands, pack]), { length: 4_000_000 })
    await expect(turn).rejects.toMatchObject({ code: 'local' })
    expect(await forEachRef(at.path)).toEqual(new Map())
  })

  it('[F5] gives a 411 to whoever can store the push and send it with its length', async () => {
    await using at = await set({ demandLength: true })
    const { commands, pack } = long
    const connection = await at.site.destination()
    const turn = connection.turn(slices([commands, pack]))
    await expect(turn).rejects.toMatchObject({
      code: 'http',
      status: 411,
      hint: expect.stringContaining('spool'),
    })
  })

  it('[F7] finds a login that is asked for by POSTs alone before the push', async () => {
    const auth = { username: 'x-access-token', password: 'right', on: 'post' as const }
    await using at = await set({ auth }, { token: 'wrong' })
    let returned = false
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield noise(100_000)
      } finally {
        returned = true
      }
    }
    const connection = await at.site.destination()
    await expect(connection.turn(body())).rejects.toMatchObject({ code: 'auth', status: 401 })
    expect(at.backend.requests).toHaveLength(2)
    expect(at.backend.requests[1]?.headers['content-length']).toBe('4')
    await until(() => returned)
  })

  it('does not mind a refusal of the probe alone', async () => {
    await using at = await set({
      answer: ({ headers }) => (headers['content-length'] === '4' ? { status: 400 } : undefined),
    })
    const { commands, pack } = long
    const connection = await at.site.destination()
    const answer = await connection.turn(slices([commands, pack]))
    expect(toText(await answer.readAll(1000))).toBe(PUSHED)
  })

  it('[F12] pushes on a connection of its own', async () => {
    await using at = await set()
    const { commands, pack } = long
    const connection = await at.site.destination()
    await connection.greeting.drain()
    await (await connection.turn(slices([commands, pack]))).drain()
    const [discovery, probe, push] = at.backend.requests.map((request) => request.connection)
    expect(probe).toBe(discovery)
    expect(push).not.toBe(discovery)
  })

  it('[G1] leaves the body cut when its source fails, and gives the error of the source', async () => {
    await using at = await set()
    const { commands, pack } = long
    const failure = new Error('the source is gone')
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* slices([commands, pack.subarray(0, -20)])
      throw failure
    }
    const connection = await at.site.destination()
    await expect(connection.turn(body())).rejects.toBe(failure)
    await until(() => at.backend.requests[2]?.aborted === true)
    expect(at.backend.requests[2]?.complete).toBe(false)
    expect(await forEachRef(at.path)).toEqual(new Map())
  })

  it('sends nothing when the source fails within the first megabyte', async () => {
    await using at = await set()
    const failure = new Error('the source is gone')
    async function* body(): AsyncGenerator<Uint8Array> {
      yield noise(1000)
      throw failure
    }
    const connection = await at.site.destination()
    await expect(connection.turn(body())).rejects.toBe(failure)
    expect(at.backend.requests).toHaveLength(1)
  })
})

describe('answers that come early', () => {
  it('[F6] gives the 413 of a server that has had enough', async () => {
    await using at = await set({ bodyLimit: 1_500_000 })
    const { commands, pack } = long
    const connection = await at.site.destination()
    await expect(connection.turn(slices([commands, pack]))).rejects.toMatchObject({
      code: 'too-large',
      status: 413,
      serverText: 'Request Entity Too Large',
    })
    expect(await forEachRef(at.path)).toEqual(new Map())
  })

  it.each([
    [401, 'auth'],
    [403, 'auth'],
    [307, 'http'],
    [502, 'http'],
  ])('[F6] gives a %i that comes before the body has been read', async (status, code) => {
    const early = { status, headers: { location: '/y' }, body: 'enough', after: 1_500_000 }
    await using at = await set({
      answer: ({ method, headers }) =>
        method === 'POST' && headers['content-length'] !== '4' ? early : undefined,
    })
    const { body, state } = endless()
    const connection = await at.site.destination()
    await expect(connection.turn(body)).rejects.toMatchObject({ code, status, serverText: 'enough' })
    expect(state.returned).toBe(true)
  })

  it('tells the body to stop while it waits for its own source', async () => {
    await using at = await set({
      answer: ({ method, headers }) =>
        method === 'POST' && headers['content-length'] !== '4'
          ? { status: 413, after: 1_100_000 }
          : undefined,
    })
    const { body, state } = endless()
    const iterator = body[Symbol.asyncIterator]()
    const stalling = {
      next: () => (state.pulled > 1_200_000 ? new Promise<never>(() => undefined) : iterator.next()),
      return: () => iterator.return!(),
    }
    const connection = await at.site.destination()
    const turn = connection.turn({ [Symbol.asyncIterator]: () => stalling })
    await expect(turn).rejects.toMatchObject({ status: 413 })
    expect(state.returned).toBe(true)
  })

  it('reads a report that comes while the body is on its way', async () => {
    const headers = { 'content-type': 'application/x-git-receive-pack-result' }
    await using at = await set({
      answer: ({ method, headers: asked }) =>
        method === 'POST' && asked['content-length'] !== '4'
          ? { status: 200, headers, body: packet('unpack index-pack abnormal exit\n'), after: 1_500_000 }
          : undefined,
    })
    const { body, state } = endless()
    const connection = await at.site.destination()
    const answer = await connection.turn(body)
    expect(toText(await answer.readAll(1000))).toBe(packet('unpack index-pack abnormal exit\n'))
    await until(() => state.returned)
  })
})
