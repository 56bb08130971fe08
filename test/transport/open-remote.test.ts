import { expect, it } from 'vitest'
import { openRemote } from '../../src/transport/open-remote.ts'
import type { RemoteOptions } from '../../src/transport/connection/remote-options.ts'
import { parseRemoteUrl } from '../../src/transport/address/remote-url.ts'
import { GIT_ENV, makeBareRepository } from '../support/git.ts'
import { readToFlush } from '../support/pkt.ts'
import { startGitDaemon } from '../support/servers/git-daemon.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeTempFolder } from '../support/temp.ts'

function options(address: string): RemoteOptions {
  return {
    url: parseRemoteUrl(address, 'source'),
    credentials: {},
    env: GIT_ENV,
    userAgent: 'git/test',
    limits: { connect: 10_000, handshake: 10_000, idle: 60_000 },
  }
}

const signal = new AbortController().signal

it.each([
  ['https://user:secret@example.com/x.git?token=secret', 'https://example.com/x.git?…'],
  ['me@example.com:x.git', 'me@example.com:x.git'],
  ['git://example.com/x.git', 'git://example.com/x.git'],
  ['/srv/x.git', '/srv/x.git'],
])('names %s as people know it, and opens nothing yet', async (address, label) => {
  const remote = openRemote(options(address))
  expect(remote.label).toBe(label)
  await remote.dispose()
})

it('opens a path many times', async () => {
  await using repository = await makeBareRepository()
  const remote = openRemote(options(repository.path))
  for (let round = 0; round < 2; round += 1) {
    const connection = await remote.open({ service: 'git-receive-pack', signal })
    expect((await readToFlush(connection.greeting))[0]).toContain('capabilities^{}')
    await connection.close()
  }
  await remote.dispose()
})

it.skipIf(requireServer('git-daemon'))('opens git://', async () => {
  await using folder = await makeTempFolder()
  await makeBareRepository({ parent: folder.path, name: 'x.git' })
  await using daemon = await startGitDaemon(folder.path)
  const remote = openRemote(options(daemon.url('x.git')))
  const connection = await remote.open({ service: 'git-upload-pack', version: 2, signal })
  expect((await readToFlush(connection.greeting))[0]).toBe('version 2\n')
  await connection.close()
  await remote.dispose()
})

it.each([
  // Nobody listens on port 1: what answers is the transport's own error.
  ['http://127.0.0.1:1/x', { code: 'connect' }],
  ['ssh://git@127.0.0.1:1/x', { code: 'auth', message: expect.stringContaining('key') }],
])('speaks what the address %s asks for', async (address, error) => {
  const remote = openRemote(options(address))
  await expect(remote.open({ service: 'git-upload-pack', signal })).rejects.toMatchObject(error)
  await remote.dispose()
})
