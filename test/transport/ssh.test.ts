import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBytes, toText } from '../../src/bytes.ts'
import type { Connection } from '../../src/transport/transport.ts'
import { git, makeBareRepository, type Repository } from '../support/git.ts'
import { sshRemote, uploadPack, waitUntil } from '../support/sshd-remote.ts'
import { type Sshd, sshdMissing, startSshd } from '../support/sshd.ts'

const packet = (text: string): string => (text.length + 4).toString(16).padStart(4, '0') + text
const NULL_ID = '0'.repeat(40)

/** Reads until the text ends so. */
async function readUntil(connection: Connection, end: string): Promise<string> {
  let text = ''
  while (!text.endsWith(end)) {
    const part = await connection.greeting.readSome()
    if (!part) throw new Error(`the stream ended after: ${text}`)
    text += toText(part)
  }
  return text
}

describe.skipIf(sshdMissing())('a remote behind a real sshd', () => {
  let sshd: Sshd
  let repository: Repository
  beforeAll(async () => {
    sshd = await startSshd()
    repository = await makeBareRepository({ name: `it's a "test" $(id)!.git` })
    const tree = await git(repository.path, 'mktree')
    const commit = await git(repository.path, 'commit-tree', '-m', 'first', tree)
    await git(repository.path, 'update-ref', 'refs/heads/main', commit)
  })
  afterAll(async () => {
    await repository[Symbol.asyncDispose]()
    await sshd[Symbol.asyncDispose]()
  })
  const remoteAt = (path = encodeURI(repository.path)) => sshRemote(sshd, { path })

  it('[J6] asks for version 2 through the environment', async () => {
    const remote = remoteAt()
    const connection = await remote.open(uploadPack({ version: 2 }))
    expect(await readUntil(connection, '0000')).toMatch(/^000eversion 2\n/)
    expect(await connection.close()).toEqual({ exitCode: 0, text: '' })
    await remote.dispose()
  })

  it('[J7] reaches a repository whose name holds every kind of quote', async () => {
    expect(repository.path).toContain(`'s a "test" $(id)!`)
    const remote = remoteAt()
    const connection = await remote.open(uploadPack())
    expect(await readUntil(connection, '0000')).toContain(' refs/heads/main\n')
    await connection.turn(toBytes('0000'))
    expect(await connection.close()).toEqual({ exitCode: 0, text: '' })
    await remote.dispose()
  })

  it('[J4] runs several commands over one connection', async () => {
    const remote = remoteAt()
    const connection = await remote.open(uploadPack({ version: 2 }))
    await readUntil(connection, '0000')
    const listing = toBytes(`${packet('command=ls-refs\n')}0000`)
    for (let turn = 0; turn < 3; turn++) {
      await connection.turn(listing)
      expect(await readUntil(connection, '0000')).toMatch(/^[0-9a-f]{44} HEAD\n/)
    }
    expect(await connection.close()).toEqual({ exitCode: 0, text: '' })
    await remote.dispose()
  })

  it('[E2] asks receive-pack for no version', async () => {
    const remote = remoteAt()
    const connection = await remote.open(uploadPack({ service: 'git-receive-pack' }))
    expect(await readUntil(connection, '0000')).toMatch(/^[0-9a-f]{4}[0-9a-f]{40} refs\/heads\/main\0/)
    await connection.close()
    await remote.dispose()
  })

  it('[E1] takes the older answer of a server that does not pass the version on', async () => {
    await using strict = await startSshd({ acceptGitProtocol: false })
    const remote = sshRemote(strict, { path: encodeURI(repository.path) })
    const connection = await remote.open(uploadPack({ version: 2 }))
    expect(await readUntil(connection, '0000')).toMatch(/^[0-9a-f]{4}[0-9a-f]{40} HEAD\0/)
    await connection.close()
    await remote.dispose()
  })

  it('[G1] ends the input after a body that throws, and the report can still be read', async () => {
    const remote = remoteAt()
    const connection = await remote.open(uploadPack({ service: 'git-receive-pack' }))
    await readUntil(connection, '0000')
    const command = `${NULL_ID} ${'1'.repeat(40)} refs/heads/new\0report-status`
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield toBytes(`${packet(command)}0000`)
      yield toBytes('PACK\0\0\0\u0002\0\0\0\u0001')
      throw new Error('the source failed')
    }
    const answer = toText(await (await connection.turn(body())).readAll(10_000))
    expect(answer).toMatch(/unpack (?!ok)/)
    expect(answer).toContain('ng refs/heads/new')
    await connection.close()
    expect(await git(repository.path, 'for-each-ref')).not.toContain('refs/heads/new')
    await waitUntil(async () => (await git(repository.path, 'count-objects', '-v')).includes('garbage: 0'))
    await remote.dispose()
  })

  it('names a repository that is not there', async () => {
    const remote = remoteAt('/no/such/repository.git')
    const connection = await remote.open(uploadPack())
    await expect(connection.greeting.readSome()).rejects.toMatchObject({
      code: 'not-found',
      serverText: expect.stringContaining("'/no/such/repository.git' does not appear to be a git repository"),
    })
    expect(await connection.close()).toMatchObject({ exitCode: 128, text: expect.stringContaining('fatal:') })
    await remote.dispose()
  })
})

describe.skipIf(sshdMissing())('a program at the other side', () => {
  it.each([
    ['exit 127', { code: 'server', message: /has no program git-upload-pack$/ }],
    ['echo "git-upload-pack: not found" >&2; exit 1', { code: 'server', message: /has no program git-upload-pack$/ }],
    ['echo "ERROR: Repository not found." >&2; exit 1', { code: 'not-found', message: /no repository at that path/ }],
    ['echo "marked as read only." >&2; exit 1', { code: 'auth', message: /does not let this key run/ }],
    ['echo "Permission to a/b denied" >&2; exit 1', { code: 'auth', message: /does not let this key run/ }],
    ['echo "something else" >&2; exit 3', { code: 'server', message: /ended with status 3 before it said anything$/ }],
    ['kill -9 $$', { code: 'server', message: /ended by SIGKILL before it said anything$/ }],
  ])('is read from its last words: %s', async (script, { code, message }) => {
    await using sshd = await startSshd({ forceCommand: `sh -c '${script}'` })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    await expect(connection.greeting.readSome()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      retryable: false,
    })
    await connection.close()
    await remote.dispose()
  })

  it('passes on what it says beside the protocol, and how it ended', async () => {
    await using sshd = await startSshd({
      banner: 'Authorized use only\n',
      forceCommand: `sh -c 'echo warning >&2; echo bytes; head -c 20000 /dev/zero | tr "\\0" x >&2; exit 128'`,
    })
    const remote = sshRemote(sshd)
    let text = ''
    const connection = await remote.open(uploadPack({ onText: (part) => (text += part) }))
    expect(toText(await connection.greeting.readAll(100))).toBe('bytes\n')
    expect(await connection.close()).toEqual({ exitCode: 128, text: 'x'.repeat(8_192) })
    expect(text).toBe(`Authorized use only\nwarning\n${'x'.repeat(20_000)}`)
    await remote.dispose()
  })

  it('tells the signal that ended it', async () => {
    await using sshd = await startSshd({ forceCommand: `sh -c 'echo bytes; kill -TERM $$'` })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    expect(toText(await connection.greeting.readAll(100))).toBe('bytes\n')
    expect(await connection.close()).toMatchObject({ exitSignal: 'SIGTERM' })
    await remote.dispose()
  })

  it('delivers what a shell says before git as it is', async () => {
    await using sshd = await startSshd({ noise: 'Welcome to the machine\n' })
    await using repository = await makeBareRepository()
    const remote = sshRemote(sshd, { path: repository.path })
    const connection = await remote.open(uploadPack({ version: 2 }))
    expect(await readUntil(connection, '0000')).toMatch(/^Welcome to the machine\n000eversion 2\n/)
    await connection.close()
    await remote.dispose()
  })

  it('[G5] answers while a long body is on its way', async () => {
    await using sshd = await startSshd({ forceCommand: 'cat' })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    const slice = Buffer.alloc(65_515, 'slice ')
    const count = 500
    const body = async function* (): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < count; index++) yield slice
    }
    const answer = await connection.turn(body())
    for (let index = 0; index < count; index++) {
      if (!slice.equals((await answer.read(slice.length))!)) throw new Error(`slice ${index} came back changed`)
    }
    expect(await connection.close()).toEqual({ exitCode: 0, text: '' })
    expect(answer.consumed).toBe(slice.length * count)
    await remote.dispose()
  })

  it('[G4] stops a body that nobody reads any more, and its report can be read', async () => {
    await using sshd = await startSshd({ forceCommand: `sh -c 'head -c 1000000 >/dev/null; echo too large; exit 1'` })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    let returned = false
    const body = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(65_515)
      } finally {
        returned = true
      }
    }
    const answer = await connection.turn(body())
    expect(toText(await answer.readAll(100))).toBe('too large\n')
    await waitUntil(() => returned)
    expect(await connection.close()).toMatchObject({ exitCode: 1 })
    await remote.dispose()
  })

  it('does not read ahead without end for a slow reader', async () => {
    await using sshd = await startSshd({ forceCommand: 'head -c 200000000 /dev/zero' })
    const remote = sshRemote(sshd)
    let activity = 0
    const connection = await remote.open(uploadPack({ onActivity: () => activity++ }))
    await connection.greeting.readSome(1)
    let before = -1
    // The server has filled the window when nothing more arrives.
    await waitUntil(async () => {
      before = activity
      await new Promise((resolve) => setTimeout(resolve, 300))
      return before === activity
    })
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(100_000_000)
    await connection.greeting.drain()
    expect(connection.greeting.consumed).toBe(200_000_000)
    await connection.close()
    await remote.dispose()
  })
})
