import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { createLocalRemote } from '../../src/transport/local.ts'
import type { Connection, OpenOptions, Service } from '../../src/transport/connection/connection.ts'
import { forEachRef, GIT_ENV, makeBareRepository, packAll } from '../support/git.ts'
import { FLUSH_PKT, pkt, readToFlush } from '../support/pkt.ts'
import { addCommits } from '../support/repositories.ts'
import { makeTempFolder } from '../support/temp.ts'

const NULL_ID = '0'.repeat(40)

function open(
  path: string,
  service: Service,
  options: Partial<OpenOptions> & { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Connection> {
  const { env = GIT_ENV, ...rest } = options
  const remote = createLocalRemote({ scheme: 'file', path }, { env })
  return remote.open({ service, signal: new AbortController().signal, ...rest })
}

/** A folder for PATH whose `git` is this script. */
async function makeFakeGit(folder: string, script: string): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'git'), `#!/bin/sh\n${script}\n`)
  await chmod(join(bin, 'git'), 0o755)
  return { ...GIT_ENV, PATH: `${bin}:${process.env['PATH']}` }
}

async function quarantines(path: string): Promise<readonly string[]> {
  return (await readdir(join(path, 'objects'))).filter((name) => name.startsWith('tmp_objdir'))
}

/** Greets a receive-pack and sends one command that makes refs/heads/new, without a pack. */
async function startPush(connection: Connection, id: string): Promise<void> {
  await readToFlush(connection.greeting)
  await connection.turn(
    Buffer.concat([pkt(`${NULL_ID} ${id} refs/heads/new\0report-status side-band-64k`), FLUSH_PKT]),
  )
}

/** The first 100,000 bytes of a larger pack. */
async function makeCutPack(): Promise<Buffer> {
  await using large = await makeBareRepository()
  await addCommits(large.path, 1, { size: 1_000_000 })
  return (await packAll(large.path)).subarray(0, 100_000)
}

async function* sendThen(slice: Uint8Array, after: () => void | Promise<void>): AsyncGenerator<Uint8Array> {
  yield slice
  await after()
}

describe('both services', () => {
  it('[J4] runs several commands of protocol v2 on one connection', async () => {
    await using repository = await makeBareRepository()
    const [id] = await addCommits(repository.path, 1)
    const connection = await open(repository.path, 'git-upload-pack', { version: 2 })
    expect(connection.forgets).toBe(false)
    expect((await readToFlush(connection.greeting))[0]).toBe('version 2\n')
    for (let round = 0; round < 2; round += 1) {
      const answer = await connection.turn(Buffer.concat([pkt('command=ls-refs\n'), FLUSH_PKT]))
      expect(await readToFlush(answer)).toContain(`${id} refs/heads/main\n`)
    }
    expect(await connection.close()).toEqual({ exitCode: 0, exitSignal: undefined, text: '' })
  })

  it('asks for a version only when told', async () => {
    await using repository = await makeBareRepository()
    const [id] = await addCommits(repository.path, 1)
    const env = { ...GIT_ENV, GIT_PROTOCOL: 'version=1' }
    for (const service of ['git-upload-pack', 'git-receive-pack'] as const) {
      const connection = await open(repository.path, service, { env })
      expect((await readToFlush(connection.greeting))[0]).toMatch(new RegExp(`^${id} \\S+\0`))
      await connection.turn(FLUSH_PKT)
      expect(await connection.close()).toMatchObject({ exitCode: 0 })
    }
  })
})

describe('the environment', () => {
  const SECRETS = {
    GITHUB_TOKEN: 'secret',
    ACTIONS_RUNTIME_TOKEN: 'secret',
    'INPUT_DESTINATION-SSH-KEY': 'secret',
    KALANDRA_SOURCE_TOKEN: 'secret',
    DEPLOY_KEY: 'secret',
    GIT_ASKPASS: 'secret',
    GIT_CONFIG_PARAMETERS: "'core.x=secret'",
    GIT_TRACE: 'secret',
  }

  it.skipIf(process.platform === 'win32')(
    '[G24] starts git without a shell and without a secret',
    async () => {
      await using folder = await makeTempFolder()
      const env = await makeFakeGit(folder.path, 'for a in "$@"; do echo "arg <$a>"; done; env')
      const path = `${folder.path}/a b'$(touch pwned)";&`
      const connection = await open(path, 'git-receive-pack', {
        env: { ...env, ...SECRETS, HOME: '/home/me' },
      })
      const text = Buffer.from(await connection.greeting.readAll(100_000)).toString()
      expect(text).toContain(`arg <receive-pack>\narg <${path}>\n`)
      expect(text).not.toContain('secret')
      expect(text).toContain('HOME=/home/me\n')
      expect(text).toContain(`GIT_CONFIG_GLOBAL=${GIT_ENV['GIT_CONFIG_GLOBAL']}\n`)
      expect(text).toContain('LC_ALL=C\n')
      expect(text).not.toContain('GIT_PROTOCOL')
      await connection.close()
    },
  )

  it('[G24] pushes from inside of a hook, where Git has left its own variables', async () => {
    await using repository = await makeBareRepository()
    const [id] = await addCommits(repository.path, 1, { ref: 'refs/heads/old' })
    const inherited = {
      GIT_DIR: '/nowhere',
      GIT_QUARANTINE_PATH: '/nowhere/objects/tmp_objdir-incoming-x',
      GIT_OBJECT_DIRECTORY: '/nowhere/objects',
      GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nowhere',
    }
    const connection = await open(repository.path, 'git-receive-pack', { env: { ...GIT_ENV, ...inherited } })
    await readToFlush(connection.greeting)
    const command = pkt(`${id} ${NULL_ID} refs/heads/old\0report-status`)
    const answer = await connection.turn(Buffer.concat([command, FLUSH_PKT]))
    expect(await readToFlush(answer)).toEqual(['unpack ok\n', 'ok refs/heads/old\n'])
    expect(await connection.close()).toMatchObject({ exitCode: 0 })
    expect(await forEachRef(repository.path)).toEqual(new Map())
  })
})

describe('what goes wrong', () => {
  it('says how to get git when there is none', async () => {
    await using repository = await makeBareRepository()
    const opening = open(repository.path, 'git-upload-pack', {
      env: { PATH: join(repository.path, 'hooks') },
    })
    await expect(opening).rejects.toMatchObject({
      code: 'local',
      retryable: false,
      message: 'there is no git program on this machine',
      hint: expect.stringContaining('PATH'),
    })
  })

  it('tells a folder that is no repository, with git’s words as text', async () => {
    await using folder = await makeTempFolder()
    const texts: string[] = []
    const connection = await open(folder.path, 'git-upload-pack', { onText: (text) => texts.push(text) })
    await expect(connection.greeting.readSome()).rejects.toMatchObject({
      code: 'not-found',
      message: `${folder.path} is not a Git repository`,
      serverText: expect.stringContaining('does not appear to be a git repository'),
    })
    const end = await connection.close()
    expect(end.exitCode).toBe(128)
    expect(end.text).toBe(texts.join(''))
    expect(end.text).toContain('does not appear to be a git repository')
  })

  it.skipIf(process.platform === 'win32')(
    '[G24] explains a folder that belongs to someone else',
    async () => {
      await using folder = await makeTempFolder()
      const repository = await makeBareRepository({ parent: folder.path })
      const env = await makeFakeGit(
        folder.path,
        `PATH='${process.env['PATH']}' GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"`,
      )
      const connection = await open(repository.path, 'git-upload-pack', { env })
      await expect(connection.greeting.readSome()).rejects.toMatchObject({
        code: 'local',
        hint: expect.stringContaining(`safe.directory '${repository.path}'`),
      })
      expect((await connection.close()).text).toContain('detected dubious ownership')
    },
  )

  it.skipIf(process.platform === 'win32')('keeps the last 8 KiB of what git says', async () => {
    await using folder = await makeTempFolder()
    const env = await makeFakeGit(
      folder.path,
      `i=0; while [ $i -lt 1000 ]; do echo "line $i of many words" >&2; i=$((i+1)); done; exit 1`,
    )
    const connection = await open('/x', 'git-upload-pack', { env })
    const end = await connection.close()
    expect(end.exitCode).toBe(1)
    expect(end.text.length).toBe(8192)
    expect(end.text.endsWith('line 999 of many words\n')).toBe(true)
  })

  it('[G2] ends a push with the signal, and nothing stays behind', async () => {
    await using repository = await makeBareRepository()
    const [id] = await addCommits(repository.path, 1)
    const controller = new AbortController()
    const connection = await open(repository.path, 'git-receive-pack', { signal: controller.signal })
    await startPush(connection, id!)
    await connection.turn(sendThen(await makeCutPack(), () => new Promise(() => {})))
    await expect.poll(() => quarantines(repository.path)).toHaveLength(1)
    const reason = new MirrorError('stopped', { code: 'cancelled' })
    const waiting = connection.greeting.readSome()
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect((await connection.close()).exitCode).toBeTypeOf('number')
    expect(await quarantines(repository.path)).toEqual([])
  })

  it('ends a fetch with the signal, at once', async () => {
    await using repository = await makeBareRepository()
    await addCommits(repository.path, 1)
    const connection = await open(repository.path, 'git-upload-pack')
    await connection.greeting.readSome()
    connection.abort()
    await expect(connection.greeting.readSome()).rejects.toMatchObject({ code: 'cancelled' })
    expect(await connection.close()).toMatchObject({ exitSignal: 'SIGTERM' })
  })
})

describe('a push that fails', () => {
  it('[G1] ends the input when the source fails, and the report comes', async () => {
    await using repository = await makeBareRepository()
    const [id] = await addCommits(repository.path, 1)
    const connection = await open(repository.path, 'git-receive-pack')
    await startPush(connection, id!)
    const answer = await connection.turn(
      sendThen(await makeCutPack(), () => {
        throw new Error('the source died')
      }),
    )
    const report = (await readToFlush(answer)).join('')
    expect(report).toMatch(/unpack \S+/)
    expect(report).toContain('ng refs/heads/new unpacker error')
    await connection.close()
  })

  it('[G2] leaves refs and objects as they were after the end of input', async () => {
    await using repository = await makeBareRepository()
    const [id] = await addCommits(repository.path, 1)
    const before = await forEachRef(repository.path)
    const connection = await open(repository.path, 'git-receive-pack')
    await startPush(connection, id!)
    await connection.turn(await makeCutPack())
    const end = await connection.close()
    expect(end.exitCode).toBeTypeOf('number')
    expect(await forEachRef(repository.path)).toEqual(before)
    expect(await quarantines(repository.path)).toEqual([])
  })

  it('[G4] stops the source of a pack that the server refuses, and its words can be read', async () => {
    await using repository = await makeBareRepository({ config: { 'receive.maxInputSize': '5000' } })
    const [id] = await addCommits(repository.path, 1)
    const connection = await open(repository.path, 'git-receive-pack')
    await startPush(connection, id!)
    const pack = await makeCutPack()
    let stopped = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield pack
      } finally {
        stopped = true
      }
    }
    const report = (await readToFlush(await connection.turn(endless()))).join('')
    expect(report).toContain('pack exceeds maximum allowed size')
    expect(report).toContain('ng refs/heads/new')
    expect(await connection.close()).toMatchObject({ exitSignal: undefined })
    await expect.poll(() => stopped).toBe(true)
  })
})
