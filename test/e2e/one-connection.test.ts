import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git } from '../support/git.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { addCommits } from '../support/repositories.ts'
import { startGitDaemon } from '../support/servers/git-daemon.ts'

/** Two git daemons that serve one connection at a time each, with the pair's repositories. */
async function startNarrow(
  pair: Pair,
): Promise<AsyncDisposable & { readonly inputs: Record<string, string> }> {
  const source = await startGitDaemon(pair.folder, ['--max-connections=1'])
  const destination = await startGitDaemon(pair.folder, ['--max-connections=1'])
  return {
    inputs: {
      source: source.url('/source.git'),
      destination: destination.url('/destination.git'),
      'idle-timeout': '20',
    },
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]()
      await destination[Symbol.asyncDispose]()
    },
  }
}

async function expectMirrored(pair: Pair, inputs: Readonly<Record<string, string>>): Promise<void> {
  const result = await pair.run(inputs, { limit: 60_000 })
  expect(result.exitCode, result.log).toBe(0)
  expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
  await fsck(pair.destination)
}

describe('servers that serve one connection at a time', () => {
  it('are mirrored: a first push, a push that deletes, and a run without anything to do', async () => {
    await using pair = await makePair()
    await git(pair.source, 'branch', 'gone')
    await using narrow = await startNarrow(pair)
    await expectMirrored(pair, narrow.inputs)
    await git(pair.source, 'branch', '-D', 'gone')
    await addCommits(pair.source, 2)
    await expectMirrored(pair, narrow.inputs)
    await expectMirrored(pair, narrow.inputs)
  })

  it('are mirrored where branches were rewritten, and the source does not know the old tips', async () => {
    await using pair = await makePair({ commits: 30 })
    for (const name of ['a', 'b']) await git(pair.source, 'branch', name)
    await pair.mirror()
    for (const name of ['main', 'a', 'b']) {
      await addCommits(pair.destination, 2, { ref: `refs/heads/${name}`, path: name })
      await addCommits(pair.source, 1, { ref: `refs/heads/${name}` })
    }
    await using narrow = await startNarrow(pair)
    await expectMirrored(pair, narrow.inputs)
  })

  it('are asked about each branch where force is false', async () => {
    await using pair = await makePair()
    for (const name of ['a', 'b', 'c']) await git(pair.source, 'branch', name)
    await pair.mirror()
    for (const name of ['a', 'b', 'c']) await addCommits(pair.source, 1, { ref: `refs/heads/${name}` })
    await using narrow = await startNarrow(pair)
    await expectMirrored(pair, { ...narrow.inputs, force: 'false' })
  })

  it('get a history in pieces', async () => {
    await using pair = await makePair({ commits: 0 })
    await addCommits(pair.source, 60, { size: 4000 })
    await using narrow = await startNarrow(pair)
    await expectMirrored(pair, { ...narrow.inputs, 'max-pack-size': '60KB' })
  })

  it('may be one and the same, where the pack is collected', async () => {
    await using pair = await makePair()
    await git(pair.source, 'branch', 'gone')
    await using daemon = await startGitDaemon(pair.folder, ['--max-connections=1'])
    const inputs = {
      source: daemon.url('/source.git'),
      destination: daemon.url('/destination.git'),
      transfer: 'spool',
    }
    await expectMirrored(pair, inputs)
    await git(pair.source, 'branch', '-D', 'gone')
    await addCommits(pair.source, 2)
    await expectMirrored(pair, inputs)
  })
})
