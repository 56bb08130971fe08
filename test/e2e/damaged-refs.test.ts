import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, git } from '../support/git.ts'
import { type Pair, makePair } from '../support/pair.ts'
import { type Place, pairInputs, startPlace } from '../support/places.ts'
import { addCommits } from '../support/repositories.ts'
import { startGitDaemon } from '../support/servers/git-daemon.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { startSshd } from '../support/sshd.ts'

/** Every setting under which a deletion was let through, and the plain one. */
const SETTINGS: readonly Readonly<Record<string, string>>[] = [
  {},
  { prune: 'false', 'max-deletions': '0', force: 'false', atomic: 'true' },
]

/** A mirrored pair whose source moved on, and lost the value of a branch as a power cut leaves it. */
async function breakSource(pair: Pair): Promise<string> {
  await git(pair.source, 'branch', 'x', 'main~1')
  await git(pair.source, 'branch', 'gone', 'main~1')
  await pair.mirror()
  const [moved] = await addCommits(pair.source, 1)
  await git(pair.source, 'branch', '-D', 'gone')
  await writeFile(join(pair.source, 'refs/heads/x'), '')
  return moved!
}

async function expectKept(pair: Pair, result: ActionResult, moved: string): Promise<void> {
  expect(result.exitCode, result.log).toBe(0)
  const refs = await forEachRef(pair.destination)
  expect(refs.get('refs/heads/main')).toBe(moved)
  expect([...refs.keys()]).toContain('refs/heads/x')
  expect(JSON.parse(result.outputs['rejected-refs']!)).toEqual([
    expect.objectContaining({ ref: 'refs/heads/x', reason: expect.stringContaining('null id') }),
  ])
  expect(result.outputs['deleted']).toBe(refs.has('refs/heads/gone') ? '0' : '1')
}

async function startDaemonPlace(root: string): Promise<Place> {
  const daemon = await startGitDaemon(root)
  return {
    url: (path) => daemon.url(path.slice(root.length)),
    inputs: () => ({}),
    knownHosts: '',
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  }
}

describe('a branch of the source whose file is empty', () => {
  for (const transport of ['file', 'http', 'ssh', 'git'] as const) {
    it(`is neither moved nor deleted, over ${transport}`, async () => {
      for (const settings of SETTINGS) {
        await using pair = await makePair()
        const moved = await breakSource(pair)
        await using from =
          transport === 'git' ? await startDaemonPlace(pair.folder) : await startPlace(transport, pair.folder)
        await using to = await startPlace('file', pair.folder)
        const inputs = pairInputs({ place: from, path: pair.source }, { place: to, path: pair.destination })
        await expectKept(pair, await runAction({ inputs: { ...inputs, ...settings } }), moved)
      }
    })
  }

  it('is neither moved nor deleted where the source speaks version 0', async () => {
    await using pair = await makePair()
    const moved = await breakSource(pair)
    await using sshd = await startSshd({ acceptGitProtocol: false })
    const result = await pair.run({
      source: sshd.url(pair.source),
      'source-ssh-key': sshd.clientKey.privateKey,
      'ssh-known-hosts': sshd.knownHosts,
    })
    await expectKept(pair, result, moved)
  })

  it('shows in a dry run as what it is', async () => {
    await using pair = await makePair()
    await breakSource(pair)
    const result = await pair.runInVain({ 'dry-run': 'true' })
    expect(JSON.parse(result.outputs['updated-refs']!)).not.toContainEqual(
      expect.objectContaining({ ref: 'refs/heads/x' }),
    )
    expect(result.log).toContain('refs/heads/x')
  })
})

describe('a file that a program copied beside a ref', () => {
  it('is warned about by its name, and the ref beside it moves', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await copyFile(join(pair.source, 'refs/heads/main'), join(pair.source, 'refs/heads/main 2'))
    const [moved] = await addCommits(pair.source, 1)
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(pair.destination)).toEqual(new Map([['refs/heads/main', moved]]))
    expect(result.log).toContain('refs/heads/main 2')
  })
})

describe('a branch of the destination whose file is empty', () => {
  it('is neither written nor deleted; git itself takes nothing that needs objects then', async () => {
    await using pair = await makePair()
    for (const name of ['x', 'y', 'z']) await git(pair.source, 'branch', name)
    await pair.mirror()
    for (const name of ['y', 'z']) await git(pair.source, 'branch', '-D', name)
    for (const name of ['x', 'y']) await writeFile(join(pair.destination, 'refs/heads', name), '')
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect([...(await forEachRef(pair.destination)).keys()]).toEqual(['refs/heads/main'])
    for (const name of ['x', 'y']) {
      expect(await readFile(join(pair.destination, 'refs/heads', name), 'utf8')).toBe('')
    }
    expect(JSON.parse(result.outputs['rejected-refs']!).map(({ ref }: { ref: string }) => ref)).toEqual([
      'refs/heads/x',
      'refs/heads/y',
    ])
  })
})
