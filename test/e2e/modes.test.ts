import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, gitWith } from '../support/git.ts'
import { declineRefs } from '../support/hosts/hooks.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { addCommits, addRefs } from '../support/repositories.ts'
import type { ActionResult } from '../support/runner.ts'
import { sshdMissing, startSshd } from '../support/sshd.ts'

interface Rejected {
  readonly ref: string
  readonly action: string
  readonly reason: string
}

function rejectedOf(result: ActionResult): readonly Rejected[] {
  return JSON.parse(result.outputs['rejected-refs']!) as readonly Rejected[]
}

/** Creates, moves and deletes refs in one process. */
async function updateRefs(dir: string, lines: readonly string[]): Promise<void> {
  await gitWith({ input: `${lines.join('\n')}\n` }, dir, 'update-ref', '--stdin')
}

/** Branches and tags of a mirror that moved in every way there is. */
async function makeMoved(): Promise<Pair> {
  const pair = await makePair({ commits: 6 })
  const { source, destination } = pair
  await updateRefs(source, [
    'create refs/heads/ahead refs/heads/main~2',
    'create refs/heads/rewound refs/heads/main',
    'create refs/heads/own refs/heads/main~1',
    'create refs/heads/gone refs/heads/main',
    'create refs/tags/moved refs/heads/main~3',
    'create refs/tags/same refs/heads/main',
  ])
  await git(source, 'tag', '-a', '-m', 'one', 'annotated', 'main')
  await pair.mirror()
  await updateRefs(source, [
    'update refs/heads/ahead refs/heads/main',
    'update refs/heads/rewound refs/heads/main~2',
    'delete refs/heads/gone',
    'create refs/heads/new refs/heads/main',
    'update refs/tags/moved refs/heads/main',
    'create refs/tags/new refs/heads/main',
  ])
  await git(source, 'tag', '-f', '-a', '-m', 'two', 'annotated', 'main')
  await addCommits(source, 1)
  await addCommits(source, 1, { ref: 'refs/heads/own', path: 'ours' })
  await addCommits(destination, 1, { ref: 'refs/heads/own', path: 'theirs' })
  return pair
}

/** Of `makeMoved`: what may move did, nothing else, and all else is reported with its reason. */
async function expectExact(
  pair: Pair,
  before: ReadonlyMap<string, string>,
  result: ActionResult,
): Promise<void> {
  const expected = new Map(await forEachRef(pair.source))
  for (const held of ['refs/heads/own', 'refs/heads/rewound', 'refs/tags/annotated', 'refs/tags/moved']) {
    expected.set(held, before.get(held)!)
  }
  expect(Object.fromEntries(await forEachRef(pair.destination)), result.log).toEqual(
    Object.fromEntries(expected),
  )
  const rejected = rejectedOf(result)
  expect(rejected.map(({ ref }) => ref).toSorted()).toEqual([
    'refs/heads/own',
    'refs/heads/rewound',
    'refs/tags/annotated',
    'refs/tags/moved',
  ])
  for (const { ref, reason } of rejected) {
    expect(reason).toMatch(ref.startsWith('refs/tags/') ? /tags never move/ : /diverged/)
  }
  expect(result.outputs).toMatchObject({ created: '2', updated: '2', deleted: '1', rejected: '4' })
  expect(result.exitCode).toBe(1)
  expect(result.summary).toMatch(/^## ❌ 4 refs rejected/)
  await fsck(pair.destination)
}

describe('force: false', () => {
  it('moves what is a fast-forward, and tells of the rest, over file', async () => {
    await using pair = await makeMoved()
    const before = await forEachRef(pair.destination)
    await expectExact(pair, before, await pair.run({ force: 'false' }))
  })

  it.each([
    ['version 2', false],
    ['version 0', true],
  ] as const)('is as exact over http with %s at the source', async (_, dropGitProtocol) => {
    await using pair = await makeMoved()
    await using server = await startHttpBackend({ root: pair.folder, dropGitProtocol })
    const before = await forEachRef(pair.destination)
    const result = await pair.run({ force: 'false', source: `${server.url}/source.git` })
    await expectExact(pair, before, result)
    const asked = server.requests.filter(({ path }) => path.includes('upload-pack'))
    expect(asked.length).toBeGreaterThan(4)
  })

  it.skipIf(sshdMissing())('is as exact over ssh with version 0 at the source', async () => {
    await using pair = await makeMoved()
    await using sshd = await startSshd({ acceptGitProtocol: false })
    const before = await forEachRef(pair.destination)
    const result = await pair.run({
      force: 'false',
      source: sshd.url(pair.source),
      'source-ssh-key': sshd.clientKey.privateKey,
      'ssh-known-hosts': sshd.knownHosts,
    })
    await expectExact(pair, before, result)
  })

  it('asks about 300 branches at once', async () => {
    await using pair = await makePair({ commits: 4 })
    await addRefs(pair.source, 150, 'refs/heads/main~2', 'refs/heads/ff/')
    await addRefs(pair.source, 150, 'refs/heads/main', 'refs/heads/back/')
    await pair.mirror()
    const names = [...(await forEachRef(pair.source, 'refs/heads/ff', 'refs/heads/back')).keys()]
    await updateRefs(
      pair.source,
      names.map((name) => `update ${name} refs/heads/main${name.includes('/ff/') ? '' : '~1'}`),
    )
    const result = await pair.run({ force: 'false' })
    expect(result.outputs, result.log).toMatchObject({ updated: '150', rejected: '150' })
    const main = await git(pair.source, 'rev-parse', 'main')
    const there = await forEachRef(pair.destination)
    expect([...there].filter(([name, id]) => name.includes('/ff/') && id === main)).toHaveLength(150)
    expect([...there].filter(([name, id]) => name.includes('/back/') && id === main)).toHaveLength(150)
    for (const { ref, reason } of rejectedOf(result)) {
      expect(ref).toContain('/back/')
      expect(reason).toContain('diverged')
    }
  })

  it('lets a + before a refspec move its refs', async () => {
    await using pair = await makeMoved()
    const result = await pair.run({ force: 'false', refs: 'refs/heads/*\n+refs/tags/*' })
    const there = await forEachRef(pair.destination, 'refs/tags')
    expect(there, result.log).toEqual(await forEachRef(pair.source, 'refs/tags'))
    expect(rejectedOf(result).map(({ ref }) => ref)).toEqual(['refs/heads/own', 'refs/heads/rewound'])
  })
})

describe('atomic: true', () => {
  it('moves all refs of a destination', async () => {
    await using pair = await makeMoved()
    const result = await pair.run({ atomic: 'true' })
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
    await fsck(pair.destination)
  })

  it('moves none when a hook refuses one, and says which', async () => {
    await using pair = await makeMoved()
    await declineRefs(pair.destination, { 'refs/heads/new': ['no new branches here'] })
    const before = await forEachRef(pair.destination)
    const result = await pair.run({ atomic: 'true' })
    expect(result.exitCode).toBe(1)
    expect(await forEachRef(pair.destination)).toEqual(before)
    expect(result.outputs).toMatchObject({ changed: 'false', 'updated-refs': '[]' })
    expect(rejectedOf(result)).toContainEqual(
      expect.objectContaining({ ref: 'refs/heads/new', reason: 'hook declined' }),
    )
    expect(result.log).toContain('no new branches here')
  })

  it('moves none when one ref diverged and force is false', async () => {
    await using pair = await makeMoved()
    const before = await forEachRef(pair.destination)
    const result = await pair.run({ atomic: 'true', force: 'false' })
    expect(result.exitCode).toBe(1)
    expect(Object.fromEntries(await forEachRef(pair.destination)), result.log).toEqual(
      Object.fromEntries(before),
    )
    expect(result.errors.join('\n')).toMatch(/atomic/)
  })

  it('moves none when only branches diverged and force is false', async () => {
    await using pair = await makeMoved()
    const before = await forEachRef(pair.destination)
    const result = await pair.run({ atomic: 'true', force: 'false', refs: 'refs/heads/*' })
    expect(result.exitCode).toBe(1)
    expect(Object.fromEntries(await forEachRef(pair.destination)), result.log).toEqual(
      Object.fromEntries(before),
    )
    expect(result.errors.join('\n')).toMatch(/atomic/)
  })

  it('moves none, and says so, at a server that does not offer it', async () => {
    await using pair = await makeMoved()
    await git(pair.destination, 'config', 'receive.advertiseAtomic', 'false')
    const result = await pair.runInVain({ atomic: 'true' })
    expect(result.exitCode).toBe(1)
    expect(result.errors).toHaveLength(1)
    expect(result.errors[0]).toMatch(/does not offer atomic pushes.*atomic: false/)
  })

  it('moves none where a folder would have to take the place of a branch', async () => {
    await using pair = await makePair()
    await git(pair.source, 'update-ref', 'refs/heads/a', 'refs/heads/main')
    await pair.mirror()
    await updateRefs(pair.source, ['delete refs/heads/a'])
    await git(pair.source, 'update-ref', 'refs/heads/a/b', 'refs/heads/main')
    const result = await pair.runInVain({ atomic: 'true' })
    expect(result.exitCode).toBe(1)
    expect(result.errors[0]).toMatch(/refs\/heads\/a\/b .* refs\/heads\/a is gone.*atomic/)
    const apart = await pair.run()
    expect(apart.exitCode, apart.log).toBe(0)
  })

  it('moves none when there are more refs than one push takes', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await addRefs(pair.source, 11, 'refs/heads/main')
    const result = await pair.runInVain({ atomic: 'true', 'max-refs-per-push': '10' })
    expect(result.exitCode).toBe(1)
    expect(result.errors[0]).toMatch(/11 refs are more than one push takes \(10\).*max-refs-per-push/)
    const enough = await pair.run({ atomic: 'true', 'max-refs-per-push': '11' })
    expect(enough.outputs['created'], enough.log).toBe('11')
  })

  it('moves none when a ref that has to stay is in the way', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await git(pair.destination, 'update-ref', 'refs/heads/x/y', 'refs/heads/main')
    await git(pair.source, 'update-ref', 'refs/heads/x', 'refs/heads/main')
    await git(pair.source, 'update-ref', 'refs/heads/y', 'refs/heads/main')
    const result = await pair.runInVain({ atomic: 'true', prune: 'false' })
    expect(result.exitCode).toBe(1)
    expect(result.errors[0]).toMatch(/atomic wants all refs or none, and refs\/heads\/x cannot be pushed/)
  })

  it('keeps the other destinations apart', async () => {
    await using pair = await makeMoved()
    await using other = await makePair({ commits: 0 })
    await git(pair.destination, 'config', 'receive.advertiseAtomic', 'false')
    const before = await forEachRef(pair.destination)
    const result = await pair.run({
      atomic: 'true',
      destination: `${pair.destination}\n${other.destination}`,
    })
    expect(result.exitCode).toBe(1)
    expect(await forEachRef(pair.destination)).toEqual(before)
    expect(await forEachRef(other.destination)).toEqual(await forEachRef(pair.source))
  })
})
