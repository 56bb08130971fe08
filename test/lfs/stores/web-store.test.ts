import { describe, expect, it } from 'vitest'
import { isPrivateHost } from '../../../src/lfs/api/href.ts'
import { createSshAccess, NoSshAccess } from '../../../src/lfs/stores/ssh-access.ts'
import { openConfiguredStore, type OpenStoreOptions } from '../../../src/lfs/stores/web-store.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { type LfsServer, startLfsServer } from '../../support/lfs/lfs-server.ts'

const TOKEN = 'token-of-the-source'

function optionsFor(address: string): OpenStoreOptions {
  return {
    remote: {
      url: parseRemoteUrl(address, 'source'),
      credentials: { token: TOKEN },
      env: {},
      userAgent: 'git/kalandra-test',
      limits: { connect: 5000, handshake: 5000, idle: 5000 },
    },
    side: 'source',
    signal: new AbortController().signal,
    ref: undefined,
  }
}

function endpointOf(server: LfsServer, login = ''): string {
  return `http://${login}127.0.0.1:${server.port}/o/r.git/info/lfs`
}

describe('the LFS server that a .lfsconfig names', () => {
  it.each(['https://git.example/o/r.git', 'git@git.example:o/r.git', 'git://git.example/o/r.git'])(
    'is not connected to on this machine when the source is elsewhere: %s',
    async (source) => {
      await using server = await startLfsServer()
      const object = server.add(Buffer.from('inside'))
      const store = await openConfiguredStore(optionsFor(source), endpointOf(server))
      await expect(store.find([object])).rejects.toMatchObject({
        code: 'connect',
        side: 'source',
        message: expect.stringContaining('private network'),
      })
      expect(server.log).toEqual([])
      await store.dispose()
    },
  )

  it('may be near a source that is near', async () => {
    await using server = await startLfsServer()
    const object = server.add(Buffer.from('near'))
    for (const source of ['http://127.0.0.1:1/o/r.git', '/srv/o/r.git']) {
      const store = await openConfiguredStore(optionsFor(source), endpointOf(server))
      expect(await store.find([object])).toEqual([{ kind: 'there', object }])
      await store.dispose()
    }
    // Another port is another server.
    for (const { headers } of server.log) expect(headers.authorization).toBeUndefined()
  })

  it('in a private network is none of a repository on this machine', async () => {
    const store = await openConfiguredStore(optionsFor('/srv/o/r.git'), 'http://169.254.169.254/latest')
    await expect(store.find([{ oid: 'a'.repeat(64), size: 1 }])).rejects.toMatchObject({ code: 'connect' })
    await store.dispose()
  })

  it('gets the login that stands in its address, and the source’s where it is the same server', async () => {
    await using server = await startLfsServer()
    const object = server.add(Buffer.from('login'))
    const asked = async (source: string, address: string): Promise<string | undefined> => {
      server.log.length = 0
      const store = await openConfiguredStore(optionsFor(source), address)
      expect(store.label).not.toContain('secret')
      await store.find([object])
      await store.dispose()
      return server.log[0]!.headers.authorization
    }
    const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`
    expect(await asked('/srv/r.git', endpointOf(server, 'you:secret%21@'))).toBe(basic('you:secret!'))
    const own = `http://127.0.0.1:${server.port}/o/r.git`
    expect(await asked(own, endpointOf(server))).toBe(basic(`x-access-token:${TOKEN}`))
  })
})

describe('the address that git-lfs-authenticate gives', () => {
  const answer = (stdout: string, exitCode = 0, stderr = ''): Parameters<typeof createSshAccess>[0] => ({
    side: 'source',
    host: 'git.example',
    guess: new URL('https://git.example/o/r.git/info/lfs'),
    run: async () => ({ stdout, stderr, exitCode }),
  })

  it('must be public when the ssh server is', async () => {
    const access = createSshAccess(answer('{"href":"http://127.0.0.1:1/x","header":{"Authorization":"A b"}}'))
    expect(await access('download', false)).toMatchObject({
      publicOnly: true,
      header: { authorization: 'A b' },
    })
  })

  it('is the guessed one where it gives none', async () => {
    const access = createSshAccess(answer('{"header":{"Authorization":"A b"}}'))
    expect((await access('download', false)).endpoint.href).toBe('https://git.example/o/r.git/info/lfs')
  })

  it.each([
    [127, ''],
    [1, 'bash: git-lfs-authenticate: command not found'],
    [128, "fatal: unrecognized command 'git-lfs-authenticate '\\''/o/r.git'\\'' download'"],
    [1, 'zsh: command not found: git-lfs-authenticate'],
    [1, 'git-lfs-authenticate: No such file or directory'],
    [1, 'FATAL: unknown git/gitolite command: git-lfs-authenticate'],
  ])('is none where the program is not there: %i %s', async (exitCode, stderr) => {
    await expect(createSshAccess(answer('', exitCode, stderr))('upload', false)).rejects.toBeInstanceOf(
      NoSshAccess,
    )
  })

  it.each([
    [1, 'You may not write here.'],
    [255, ''],
  ])('is a refusal else: %i %s', async (exitCode, stderr) => {
    await expect(createSshAccess(answer('', exitCode, stderr))('upload', false)).rejects.toMatchObject({
      code: 'auth',
      side: 'source',
    })
  })

  it('is asked for once by all that wait for it, and again when it was refused', async () => {
    let calls = 0
    const access = createSshAccess({
      ...answer(''),
      run: async () => ({ stdout: `{"header":{"Authorization":"A ${++calls}"}}`, stderr: '', exitCode: 0 }),
    })
    await Promise.all(Array.from({ length: 5 }, () => access('upload', false)))
    expect(calls).toBe(1)
    const renewed = await Promise.all(Array.from({ length: 5 }, () => access('upload', true)))
    expect(calls).toBe(2)
    expect(renewed[4]!.header).toEqual({ authorization: 'A 2' })
    await access('download', false)
    expect(calls).toBe(3)
  })
})

it.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['[::1]', true],
  ['10.1.2.3', true],
  ['169.254.169.254', true],
  ['192.0.2.1', false],
  ['nowhere.invalid', false],
])('%s is private: %s', async (host, isPrivate) => {
  expect(await isPrivateHost(host)).toBe(isPrivate)
})
