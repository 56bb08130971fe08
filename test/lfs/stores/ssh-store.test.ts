import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSshStore } from '../../../src/lfs/stores/ssh-store.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { type Connections, createConnections } from '../../../src/transport/connection/connections.ts'
import type { SshUrl } from '../../../src/transport/ssh/account.ts'
import { requireServer } from '../../support/servers/require-server.ts'
import { startSshd } from '../../support/sshd.ts'
import { sshOptions } from '../../support/sshd-remote.ts'
import { makeTempFolder } from '../../support/temp.ts'

/** Runs the command where there is nothing of LFS, whatever a login's shell has put on its path. */
const RUNS_PLAIN = 'PATH=/nowhere; eval "$SSH_ORIGINAL_COMMAND"'

interface Asked extends AsyncDisposable {
  readonly connections: Connections
  /** Opens the store of a repository, which has none. @returns the programs that were started for that */
  ask(path: string, connections: Connections | undefined): Promise<readonly string[]>
}

/** `answer`: what the login runs in place of its command, which is written down. */
async function startServer(answer: string): Promise<Asked> {
  const stack = new AsyncDisposableStack()
  const folder = stack.use(await makeTempFolder())
  const log = join(folder.path, 'log')
  await writeFile(log, '')
  const forceCommand = `echo "$SSH_ORIGINAL_COMMAND" >> ${log}; ${answer}`
  const sshd = stack.use(await startSshd({ forceCommand }))
  const connections = createConnections()
  stack.defer(() => connections.dispose())
  return {
    connections,
    async ask(path, shared) {
      const before = (await readFile(log, 'utf8')).length
      const url = parseRemoteUrl(sshd.url(path), 'source') as SshUrl
      const remote = { ...sshOptions(sshd), url, userAgent: 'git/kalandra-test', connections: shared }
      const { signal } = new AbortController()
      const store = await openSshStore(url, { remote, side: 'source', signal, ref: undefined })
      expect(await store.isThere()).toBe(false)
      await store.dispose()
      const lines = (await readFile(log, 'utf8')).slice(before).split('\n')
      return lines.filter((line) => line !== '').map((line) => line.split(' ')[0]!)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const BOTH = ['git-lfs-authenticate', 'git-lfs-transfer']

describe.skipIf(requireServer('sshd') !== undefined)('programs of LFS behind ssh', () => {
  it('that the shell does not find are asked for once in a round, whatever the repository', async () => {
    await using server = await startServer(RUNS_PLAIN)
    const { connections } = server
    expect((await server.ask('/o/first.git', connections)).toSorted()).toEqual(BOTH)
    expect(await server.ask('/o/first.git', connections)).toEqual([])
    expect(await server.ask('/o/second.git', connections)).toEqual([])
    // Another round knows nothing of it.
    expect((await server.ask('/o/second.git', undefined)).toSorted()).toEqual(BOTH)
  })

  it('that are refused for one repository are asked for at the next one', async () => {
    await using server = await startServer('echo "no LFS for this repository" >&2; exit 127')
    const { connections } = server
    expect((await server.ask('/o/first.git', connections)).toSorted()).toEqual(BOTH)
    expect((await server.ask('/o/second.git', connections)).toSorted()).toEqual(BOTH)
  })
})
