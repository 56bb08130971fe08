import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import type { Connection, Remote } from '../../../src/transport/connection/connection.ts'
import { startDelayProxy } from '../../support/delay-proxy.ts'
import { makeKey } from '../../support/sshd-keys.ts'
import { startFaultProxy } from '../../support/sshd-proxy.ts'
import { LIMITS, sshOptions, sshRemote, uploadPack, waitUntil } from '../../support/sshd-remote.ts'
import { freezeProcess } from '../../support/processes.ts'
import { type Sshd, sshdMissing, startSshd } from '../../support/sshd.ts'

/** Says that it runs, then copies its input. */
const ECHO = `sh -c 'echo in; exec cat'`

async function openEcho(remote: Remote, signal?: AbortSignal): Promise<Connection> {
  const connection = await remote.open(uploadPack(signal ? { signal } : {}))
  expect(toText((await connection.greeting.read(3))!)).toBe('in\n')
  return connection
}

async function expectEcho(connection: Connection): Promise<void> {
  const answer = await connection.turn(Buffer.from('hello'))
  expect(toText((await answer.read(5))!)).toBe('hello')
}

describe.skipIf(sshdMissing())('connections to a real sshd', () => {
  let sshd: Sshd
  let before: number
  beforeAll(async () => {
    sshd = await startSshd({ forceCommand: ECHO })
  })
  afterAll(() => sshd[Symbol.asyncDispose]())
  const made = (): number => sshd.connections() - before
  const start = (): Remote => {
    before = sshd.connections()
    return sshRemote(sshd)
  }

  it('are shared by what one remote opens, one after the other and at once', async () => {
    const remote = start()
    await (await openEcho(remote)).close()
    const [first, second, third] = await Promise.all([openEcho(remote), openEcho(remote), openEcho(remote)])
    for (const connection of [third, first, second]) await expectEcho(connection)
    for (const connection of [first, third, second])
      expect(await connection.close()).toEqual({ exitCode: 0, text: '' })
    expect(made()).toBe(1)
    await remote.dispose()
    await waitUntil(async () => (await sshd.pids()).length === 0)
  })

  it('are shared by remotes of one account, also while the first is being made', async () => {
    const remotes = [start(), sshRemote(sshd, { path: '/another/path' })]
    const connections = await Promise.all(remotes.map((remote) => openEcho(remote)))
    expect(made()).toBe(1)
    await connections[0]!.close()
    await remotes[0]!.dispose()
    await expectEcho(connections[1]!)
    await connections[1]!.close()
    await remotes[1]!.dispose()
    await waitUntil(async () => (await sshd.pids()).length === 0)
  })

  it('are not shared where key, known hosts or limits differ', async () => {
    const key = await makeKey(sshd.folder, 'second')
    await using server = await startSshd({ forceCommand: ECHO, authorizedKeys: [key.publicKey] })
    const { credentials } = sshOptions(server)
    const remotes = [
      sshRemote(server),
      sshRemote(server, { credentials: { ...credentials, sshKey: key.privateKey } }),
      sshRemote(server, {
        credentials: { ...credentials, knownHosts: `${credentials.knownHosts}# other\n` },
      }),
      sshRemote(server, { limits: { ...LIMITS, idle: 50_000 } }),
    ]
    const connections = await Promise.all(remotes.map((remote) => openEcho(remote)))
    expect(server.connections()).toBe(4)
    await Promise.all(connections.map((connection) => connection.close()))
    await Promise.all(remotes.map((remote) => remote.dispose()))
  })

  it('are made anew where the server allows one program at a time', async () => {
    await using strict = await startSshd({ forceCommand: ECHO, maxSessions: 1 })
    const remote = sshRemote(strict)
    const connections = [await openEcho(remote), await openEcho(remote), await openEcho(remote)]
    for (const connection of connections) await expectEcho(connection)
    expect(strict.connections()).toBe(3)
    for (const connection of connections) await connection.close()
    await (await openEcho(remote)).close()
    expect(strict.connections()).toBe(3)
    await remote.dispose()
  })

  it('are not made anew for a program that is about to end', async () => {
    const slow = `sh -c 'echo in; cat; sleep 0.1'`
    await using strict = await startSshd({ forceCommand: slow, maxSessions: 2 })
    const remote = sshRemote(strict)
    const first = await openEcho(remote)
    for (let count = 0; count < 5; count++) {
      const next = await openEcho(remote)
      await expectEcho(next)
      next.leave!()
    }
    await expectEcho(first)
    expect(strict.connections()).toBe(1)
    await first.close()
    await remote.dispose()
    await waitUntil(async () => (await strict.pids()).length === 0)
  })

  it('are not made anew where many programs follow many others, which the server still counts', async () => {
    await using strict = await startSshd({ forceCommand: ECHO, maxSessions: 10 })
    await using road = await startDelayProxy(strict.port, 25)
    const remote = sshRemote(strict, { port: road.port })
    const lane = async (): Promise<void> => {
      for (let count = 0; count < 4; count++) {
        const connection = await openEcho(remote)
        await expectEcho(connection)
        connection.leave!()
      }
    }
    await Promise.all(Array.from({ length: 8 }, lane))
    expect(strict.connections()).toBe(1)
    await remote.dispose()
    await waitUntil(async () => (await strict.pids()).length === 0)
  })

  it('are made anew after one broke, in use or at rest', async () => {
    const remote = start()
    const connection = await openEcho(remote)
    const broken = expect(connection.greeting.readSome()).rejects.toMatchObject({
      code: 'cut',
      retryable: true,
    })
    await sshd.kill()
    await broken
    await connection.close()
    await (await openEcho(remote)).close()
    await sshd.kill()
    const after = await openEcho(remote)
    await expectEcho(after)
    await after.close()
    expect(made()).toBe(3)
    await remote.dispose()
  })

  it('outlive one program that is given up, for the others on them', async () => {
    const remote = start()
    const [first, second] = [await openEcho(remote), await openEcho(remote)]
    const read = first.greeting.readSome()
    first.abort(new Error('given up by a test'))
    await expect(read).rejects.toThrow('given up by a test')
    await expectEcho(second)
    await second.close()
    expect(made()).toBe(1)
    await remote.dispose()
    await waitUntil(async () => (await sshd.pids()).length === 0)
  })

  it('end with the signal of the one who opened, and nobody else’s', async () => {
    const remote = start()
    const controller = new AbortController()
    const mine = await openEcho(remote, controller.signal)
    const other = await openEcho(remote)
    const read = mine.greeting.readSome()
    controller.abort(new Error('cancelled by a test'))
    await expect(read).rejects.toThrow('cancelled by a test')
    await expect(remote.open(uploadPack({ signal: controller.signal }))).rejects.toThrow(
      'cancelled by a test',
    )
    await expectEcho(other)
    await other.close()
    await remote.dispose()
  })

  it('are waited for by the second when the first gives up while they are made', async () => {
    await using proxy = await startFaultProxy(sshd.port)
    const remote = sshRemote(sshd, { ...sshOptions(sshd, proxy.port), port: proxy.port })
    const controller = new AbortController()
    const given = remote.open(uploadPack({ signal: controller.signal }))
    const kept = openEcho(remote)
    await waitUntil(() => proxy.open() === 1)
    controller.abort(new Error('cancelled by a test'))
    await expect(given).rejects.toThrow('cancelled by a test')
    await expectEcho(await kept)
    await (await kept).close()
    await remote.dispose()
    await waitUntil(() => proxy.open() === 0)
  })

  it('are closed by dispose, in use or at rest, and can be opened again', async () => {
    const remote = start()
    const connection = await openEcho(remote)
    const ended = expect(connection.greeting.readSome()).rejects.toMatchObject({ code: 'cancelled' })
    await remote.dispose()
    await ended
    await remote.dispose()
    await waitUntil(async () => (await sshd.pids()).length === 0)
    await (await openEcho(remote)).close()
    await remote.dispose()
    expect(made()).toBe(2)
  })

  it('are given up by dispose while they are made', async () => {
    await using proxy = await startFaultProxy(sshd.port)
    proxy.fault = { kind: 'stall', from: 'server', after: 10 }
    const remote = sshRemote(sshd, { ...sshOptions(sshd, proxy.port), port: proxy.port })
    const given = expect(remote.open(uploadPack())).rejects.toMatchObject({ code: 'cancelled' })
    await waitUntil(() => proxy.open() === 1)
    await remote.dispose()
    await given
    await waitUntil(() => proxy.open() === 0)
  })

  it('are closed by dispose also when the server is frozen', async () => {
    await using frozen = await startSshd({ forceCommand: ECHO })
    await using proxy = await startFaultProxy(frozen.port)
    const remote = sshRemote(frozen, { ...sshOptions(frozen, proxy.port), port: proxy.port })
    const connection = await openEcho(remote)
    for (const pid of await frozen.pids()) freezeProcess(pid)
    await remote.dispose()
    await waitUntil(() => proxy.open() === 0)
    expect(await connection.close()).toEqual({ text: '' })
  })
})
