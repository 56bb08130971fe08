import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toText } from '../../src/base/bytes.ts'
import { createConnections } from '../../src/transport/connection/connections.ts'
import { makeCertificate } from '../support/certificate.ts'
import { makeBareRepository } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { lsRefs, until, useHttpRemote } from '../support/http-remote.ts'
import { addCommits } from '../support/repositories.ts'
import { onHeads, startRawServer } from '../support/raw-server.ts'
import { makeKey } from '../support/sshd-keys.ts'
import { sshOptions, sshRemote, uploadPack } from '../support/sshd-remote.ts'
import { sshdMissing, startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

let folder: TempFolder
beforeAll(async () => {
  folder = await makeTempFolder()
  const { path } = await makeBareRepository({ parent: folder.path, name: 'x.git' })
  await addCommits(path, 1)
})
afterAll(() => folder[Symbol.asyncDispose]())

const ADVERTISEMENT =
  'HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nContent-Length: 18\r\n\r\n000eversion 2\n0000'

describe('shared connections over http', () => {
  it('serve twenty remotes of one host by as many as are allowed, and the next twenty by the same', async () => {
    await using backend = await startHttpBackend({ root: folder.path })
    const connections = createConnections({ socketsPerHost: 4 })
    const list = async (): Promise<string> => {
      await using source = useHttpRemote(`${backend.url}/x.git`, { connections })
      const connection = await source.source()
      await connection.greeting.drain()
      const answer = await connection.turn(lsRefs('refs/heads/'))
      const text = toText(await answer.readAll(10_000))
      await connection.close()
      return text
    }
    const rounds = [0, 1].map(() => Array.from({ length: 20 }, () => list))
    for (const round of rounds) {
      const texts = await Promise.all(round.map((run) => run()))
      for (const text of texts) expect(text).toContain('refs/heads/main')
    }
    const used = new Set(backend.requests.map(({ connection }) => connection))
    expect(backend.requests).toHaveLength(80)
    expect(used.size).toBeLessThanOrEqual(4)
    expect(backend.open()).toBe(used.size)
    await connections.dispose()
    await until(() => backend.open() === 0)
  })

  it('carry the credential of each remote with its own requests alone', async () => {
    await using backend = await startHttpBackend({ root: folder.path })
    const connections = createConnections({ socketsPerHost: 1 })
    for (const token of ['one', undefined, 'two', undefined]) {
      await using source = useHttpRemote(`${backend.url}/x.git`, { connections, ...(token && { token }) })
      const connection = await source.source()
      await connection.greeting.drain()
      await connection.close()
    }
    const basic = (token: string): string =>
      `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
    expect(backend.requests.map(({ headers }) => headers.authorization)).toEqual([
      basic('one'),
      undefined,
      basic('two'),
      undefined,
    ])
    expect(new Set(backend.requests.map(({ connection }) => connection)).size).toBe(1)
    await connections.dispose()
  })

  it('are made anew, once, where the server hung up on an idle one', async () => {
    await using server = await startRawServer((socket) =>
      onHeads(socket, (_, count) => (count === 1 ? socket.write(ADVERTISEMENT) : socket.destroy())),
    )
    const connections = createConnections()
    for (let index = 0; index < 3; index++) {
      await using source = useHttpRemote(`http://127.0.0.1:${server.port}/x`, { connections })
      const connection = await source.source()
      await connection.greeting.drain()
      await connection.close()
    }
    // The second asked on the first one's connection, and again; the third found none.
    expect(server.sockets.length).toBeLessThanOrEqual(3)
    await connections.dispose()
  })

  it('resume the TLS session of another remote', async () => {
    await using certificate = await makeCertificate()
    const resumed: boolean[] = []
    const server = createServer(certificate, (_, response) => {
      response.setHeader('connection', 'close')
      response.setHeader('content-type', 'application/x-git-upload-pack-advertisement')
      response.end('000eversion 2\n0000')
    })
    server.on('secureConnection', (socket: TLSSocket) => resumed.push(socket.isSessionReused()))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const connections = createConnections()
    for (let index = 0; index < 2; index++) {
      const env = { GIT_SSL_CAINFO: certificate.path }
      await using source = useHttpRemote(`https://localhost:${port}/x`, { env, connections })
      const connection = await source.source()
      await connection.greeting.drain()
      await connection.close()
    }
    expect(resumed).toEqual([false, true])
    await connections.dispose()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('are not shared by remotes that trust or reach servers differently', async () => {
    await using backend = await startHttpBackend({ root: folder.path })
    const connections = createConnections()
    for (const env of [{}, { no_proxy: 'git.example' }]) {
      await using source = useHttpRemote(`${backend.url}/x.git`, { env, connections })
      await (await source.source()).close()
    }
    expect(new Set(backend.requests.map(({ connection }) => connection)).size).toBe(2)
    await connections.dispose()
  })

  it('fail the remotes that are at work when they end', async () => {
    await using server = await startRawServer((socket) => void socket.resume())
    const connections = createConnections()
    await using source = useHttpRemote(`http://127.0.0.1:${server.port}/x`, { connections })
    const opened = source.source().catch((error: unknown) => error)
    await until(() => server.sockets.length === 1)
    await connections.dispose()
    expect(await opened).toMatchObject({ code: 'cut' })
    await using late = useHttpRemote(`http://127.0.0.1:${server.port}/x`)
    expect(() => useHttpRemote(`http://127.0.0.1:${server.port}/x`, { connections })).toThrow(/were closed/)
    await late.remote.dispose()
  })
})

describe.skipIf(sshdMissing())('shared connections over ssh', () => {
  it('are one login for two rounds, and end with their holder', async () => {
    await using sshd = await startSshd({ forceCommand: 'cat' })
    const connections = createConnections()
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 3; index++) {
        const remote = sshRemote(sshd, { connections })
        const connection = await remote.open(uploadPack())
        expect(await connection.close()).toMatchObject({ exitCode: 0 })
        await remote.dispose()
      }
    }
    expect(sshd.connections()).toBe(1)
    await connections.dispose()
    await until(() => process.getActiveResourcesInfo().every((name) => name !== 'TCPSocketWrap'))
  })

  it.each([
    [1, 4],
    [10, 1],
  ])('hold as many programs as the server takes: %d', async (maxSessions, most) => {
    await using sshd = await startSshd({ forceCommand: 'cat', maxSessions })
    const connections = createConnections()
    const remotes = Array.from({ length: 4 }, () => sshRemote(sshd, { connections }))
    const open = await Promise.all(remotes.map((remote) => remote.open(uploadPack())))
    expect(sshd.connections()).toBeLessThanOrEqual(most)
    for (const connection of open) {
      const answer = await connection.turn(Buffer.from('hello'))
      expect(toText((await answer.read(5))!)).toBe('hello')
    }
    await Promise.all(open.map((connection) => connection.close()))
    const before = sshd.connections()
    const again = await remotes[0]!.open(uploadPack())
    await again.close()
    expect(sshd.connections()).toBe(before)
    for (const remote of remotes) await remote.dispose()
    await connections.dispose()
  })

  it('are found by the same login alone', async () => {
    await using keys = await makeTempFolder()
    const other = await makeKey(keys.path, 'other')
    await using sshd = await startSshd({ forceCommand: 'cat', authorizedKeys: [other.publicKey] })
    const connections = createConnections()
    const { credentials } = sshOptions(sshd)
    for (const sshKey of [credentials.sshKey!, other.privateKey]) {
      const remote = sshRemote(sshd, { connections, credentials: { ...credentials, sshKey } })
      await (await remote.open(uploadPack())).close()
      await remote.dispose()
    }
    expect(sshd.connections()).toBe(2)
    await connections.dispose()
  })
})
