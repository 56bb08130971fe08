import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { createDaemonRemote, type DaemonUrl } from '../../src/transport/daemon.ts'
import type { OpenOptions } from '../../src/transport/connection/connection.ts'
import { forEachRef, makeBareRepository } from '../support/git.ts'
import { FLUSH_PKT, pkt, readToFlush } from '../support/pkt.ts'
import { addCommits } from '../support/repositories.ts'
import { type GitDaemon, startGitDaemon } from '../support/servers/git-daemon.ts'
import { findFreePort } from '../support/servers/process.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const NULL_ID = '0'.repeat(40)

function open(
  url: Partial<DaemonUrl> & { port: number },
  options: Partial<OpenOptions> = {},
): ReturnType<ReturnType<typeof createDaemonRemote>['open']> {
  const full: DaemonUrl = { scheme: 'git', host: '127.0.0.1', path: '/x.git', ...url }
  const limits = { connect: 10_000, handshake: 10_000, idle: 60_000 }
  const signal = new AbortController().signal
  return createDaemonRemote(full, { limits }).open({ service: 'git-upload-pack', signal, ...options })
}

const missing = requireServer('git-daemon')
describe.skipIf(missing)(`with git daemon${missing ? `: left out, ${missing}` : ''}`, () => {
  let folder: TempFolder
  let daemon: GitDaemon
  let id: string
  let path: string

  beforeAll(async () => {
    folder = await makeTempFolder()
    ;({ path } = await makeBareRepository({ parent: folder.path, name: 'x.git' }))
    id = (await addCommits(path, 1))[0]!
    daemon = await startGitDaemon(folder.path)
  })

  afterAll(async () => {
    await daemon?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  it('lists with protocol v2, several times on one connection', async () => {
    const connection = await open({ port: daemon.port }, { version: 2 })
    expect((await readToFlush(connection.greeting))[0]).toBe('version 2\n')
    for (let round = 0; round < 2; round += 1) {
      const answer = await connection.turn(Buffer.concat([pkt('command=ls-refs\n'), FLUSH_PKT]))
      expect(await readToFlush(answer)).toContain(`${id} refs/heads/main\n`)
    }
    expect(await connection.close()).toEqual({ text: '' })
  })

  it('gets the older greeting when it asks for nothing', async () => {
    let activity = 0
    const connection = await open({ port: daemon.port }, { onActivity: () => (activity += 1) })
    expect((await readToFlush(connection.greeting))[0]).toMatch(new RegExp(`^${id} HEAD\0`))
    expect(activity).toBeGreaterThan(0)
    await connection.turn(FLUSH_PKT)
    await connection.close()
  })

  it('pushes', async () => {
    await addCommits(path, 1, { ref: 'refs/heads/old', from: id })
    const old = (await forEachRef(path)).get('refs/heads/old')
    const connection = await open({ port: daemon.port }, { service: 'git-receive-pack' })
    await readToFlush(connection.greeting)
    const command = pkt(`${old} ${NULL_ID} refs/heads/old\0report-status`)
    const answer = await connection.turn(Buffer.concat([command, FLUSH_PKT]))
    expect(await readToFlush(answer)).toEqual(['unpack ok\n', 'ok refs/heads/old\n'])
    await connection.close()
    expect([...(await forEachRef(path)).keys()]).toEqual(['refs/heads/main'])
  })

  it('hands on the words of a daemon that has no such repository', async () => {
    const connection = await open({ port: daemon.port, path: '/none.git' })
    expect((await readToFlush(connection.greeting))[0]).toMatch(/^ERR .*none\.git/)
    await connection.close()
  })
})

async function listen(onSocket: (socket: Socket) => void): Promise<Server & { port: number }> {
  const server = createServer({ allowHalfOpen: true }, onSocket)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return Object.assign(server, { port: typeof address === 'object' && address ? address.port : 0 })
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('x')
  throw new Error('the source died')
}

describe('with a server of any kind', () => {
  it.each([
    [{ version: undefined }, 'git-upload-pack ~me/x\0host=127.0.0.1:PORT\0'],
    [{ version: 2 }, 'git-upload-pack ~me/x\0host=127.0.0.1:PORT\0\0version=2\0'],
  ] as const)('asks as gitprotocol-pack says, with %j', async (options, request) => {
    await using server = await listen((socket) => {
      socket.on('data', (bytes) => void socket.write(bytes)).on('end', () => void socket.end())
    })
    const connection = await open({ port: server.port, path: '~me/x' }, options)
    await connection.turn(Buffer.from('.'))
    const expected = `${pkt(request.replace('PORT', String(server.port))).toString()}.`
    expect(Buffer.from((await connection.greeting.read(expected.length))!).toString()).toBe(expected)
    await connection.close()
  })

  it('reads the answer of a server after our end of input', async () => {
    await using server = await listen((socket) => {
      socket.resume().on('end', () => void socket.end('last words'))
    })
    const connection = await open({ port: server.port })
    const answer = await connection.turn(failing())
    expect(Buffer.from(await answer.readAll(100)).toString()).toBe('last words')
    await connection.close()
  })

  it('makes a reset a cut, in either direction, and never an unhandled error', async () => {
    await using server = await listen((socket) => {
      socket.once('data', () => setTimeout(() => socket.resetAndDestroy(), 20)).on('error', () => {})
    })
    const connection = await open({ port: server.port })
    let stopped = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(65_536)
      } finally {
        stopped = true
      }
    }
    const answer = await connection.turn(endless())
    await expect(answer.readSome()).rejects.toMatchObject({ code: 'cut', retryable: true })
    await expect.poll(() => stopped).toBe(true)
    await connection.close()
  })

  it('ends with its signal', async () => {
    await using server = await listen((socket) => {
      socket.resume().on('end', () => void socket.end())
    })
    const controller = new AbortController()
    const reason = new MirrorError('stopped', { code: 'cancelled' })
    const connection = await open({ port: server.port }, { signal: controller.signal })
    const waiting = connection.greeting.readSome()
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(open({ port: server.port }, { signal: controller.signal })).rejects.toBe(reason)
    await connection.close()
  })

  it('says that nobody listens', async () => {
    const port = await findFreePort()
    await expect(open({ port })).rejects.toMatchObject({
      code: 'connect',
      retryable: true,
      message: expect.stringContaining(`127.0.0.1, port ${port}`),
    })
  })

  it('says that there is no such host', async () => {
    await expect(open({ port: 9418, host: 'no-such-host.invalid' })).rejects.toMatchObject({
      code: 'connect',
    })
  })
})
