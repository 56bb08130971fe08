import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBytes, toText } from '../../../src/base/bytes.ts'
import type { Connection } from '../../../src/transport/connection/connection.ts'
import { git, makeBareRepository, type Repository } from '../../support/git.ts'
import { sshRemote, uploadPack, waitUntil } from '../../support/sshd-remote.ts'
import { type Sshd, sshdMissing, startSshd } from '../../support/sshd.ts'

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

  it('delivers what a shell says before git as it is', async () => {
    await using noisy = await startSshd({ noise: 'Welcome to the machine\n' })
    const remote = sshRemote(noisy, { path: encodeURI(repository.path) })
    const connection = await remote.open(uploadPack({ version: 2 }))
    expect(await readUntil(connection, '0000')).toMatch(/^Welcome to the machine\n000eversion 2\n/)
    await connection.close()
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
