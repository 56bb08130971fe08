import { describe, expect, it } from 'vitest'
import { askAncestry } from '../../../src/mirror/history/ancestry.ts'
import type { Server } from '../../../src/mirror/sessions/server.ts'
import { UploadPackPool } from '../../../src/mirror/sessions/upload-pack-pool.ts'
import { git, makeBareRepository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { startSshd } from '../../support/sshd.ts'
import { sshRemote } from '../../support/sshd-remote.ts'
import { requireServer } from '../../support/servers/require-server.ts'

interface Counted extends AsyncDisposable {
  readonly pool: UploadPackPool
  readonly path: string
  /** Connections that were opened so far. */
  opened(): number
  /** Of those, how many nobody has begun to close. */
  open(): number
  /** The most of them at one time. */
  most(): number
}

/** The upload-pack of a repository with 40 commits, over a real OpenSSH. */
async function startPool(): Promise<Counted> {
  const stack = new AsyncDisposableStack()
  const { path } = stack.use(await makeBareRepository())
  await addCommits(path, 40)
  const sshd = stack.use(await startSshd())
  const real = sshRemote(sshd, { path })
  stack.defer(() => real.dispose())
  const counts = { opened: 0, open: 0, most: 0 }
  const server: Server = {
    remote: {
      ...real,
      async open(options) {
        counts.opened++
        counts.open++
        counts.most = Math.max(counts.most, counts.open)
        let isOpen = true
        const onEnd = (): void => {
          if (isOpen) counts.open--
          isOpen = false
        }
        const connection = await real.open(options).catch((error: unknown) => {
          onEnd()
          throw error
        })
        return {
          ...connection,
          close() {
            onEnd()
            return connection.close()
          },
          abort(reason) {
            onEnd()
            connection.abort(reason)
          },
          ...(connection.leave && {
            leave() {
              onEnd()
              connection.leave!()
            },
          }),
        }
      },
    },
    opensAhead: true,
    side: 'source',
    host: '127.0.0.1',
    reporter: () => undefined,
    signal: new AbortController().signal,
    agent: 'git/kalandra-test',
    idleTimeout: 60_000,
    pushOptions: [],
    verbose: false,
  }
  const pool = new UploadPackPool(server)
  return {
    pool,
    path,
    opened: () => counts.opened,
    open: () => counts.open,
    most: () => counts.most,
    async [Symbol.asyncDispose]() {
      await pool.close()
      await stack.disposeAsync()
    },
  }
}

describe.skipIf(requireServer('sshd') !== undefined)('a connection that is opened ahead', () => {
  it('serves the next question, and there is never another one that waits', async () => {
    await using it = await startPool()
    it.pool.openAhead()
    it.pool.openAhead()
    const session = await it.pool.lease()
    expect(it.opened()).toBe(1)
    it.pool.openAhead()
    it.pool.openAhead()
    const other = await it.pool.lease()
    expect([it.opened(), it.open()]).toEqual([2, 2])
    it.pool.release(session)
    it.pool.openAhead()
    expect(it.opened()).toBe(2)
    it.pool.release(other)
    await expect.poll(() => it.open()).toBe(1)
  })

  it('leaves when no question follows, and with the run, opened or not yet', async () => {
    await using it = await startPool()
    it.pool.openAhead()
    it.pool.leaveIdle()
    await expect.poll(() => it.open()).toBe(0)
    it.pool.openAhead()
    await it.pool.close()
    await expect.poll(() => it.open()).toBe(0)
    it.pool.release(await it.pool.lease())
    it.pool.leaveIdle()
    await expect.poll(() => it.open()).toBe(0)
  })

  it('is not needed for questions about ancestry: each of four connections serves one after the other', async () => {
    await using it = await startPool()
    const ids = (await git(it.path, 'rev-list', 'main')).split('\n')
    const questions = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((back) => ({
      old: ids[back + 20]!,
      new: ids[back]!,
    }))
    expect(await askAncestry(it.pool, questions)).toEqual(questions.map(() => true))
    expect(it.opened()).toBeLessThan(questions.length)
    expect(it.most()).toBe(4)
    await expect.poll(() => it.open()).toBe(1)
  })
})
