import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git } from '../support/git.ts'
import { declinePush, say, writeHook } from '../support/hosts/hooks.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { addCommits } from '../support/repositories.ts'
import type { ActionResult } from '../support/runner.ts'

interface Rejected {
  readonly ref: string
  readonly reason: string
  readonly advice: string | null
}

function rejectedOf(result: ActionResult): readonly Rejected[] {
  return JSON.parse(result.outputs['rejected-refs']!) as readonly Rejected[]
}

async function expectSame(pair: Pair, result: ActionResult): Promise<void> {
  const there = Object.fromEntries(await forEachRef(pair.destination))
  expect(there, result.log).toEqual(Object.fromEntries(await forEachRef(pair.source)))
  await fsck(pair.destination)
}

/** Some branches with a commit of their own each. */
async function addBranches(repository: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await git(repository, 'update-ref', `refs/heads/${name}`, 'refs/heads/main')
    await addCommits(repository, 1, { ref: `refs/heads/${name}`, path: name })
  }
}

/** After each push, throws away what no ref needs, as if there were a check of each push by itself. */
async function forgetUnneeded(repository: string): Promise<void> {
  await writeHook(repository, 'post-receive', ['git repack -a -d -q && git prune --expire=now'])
}

const NAMES = ['b1', 'b2', 'b3', 'b4', 'b5']

describe('objects that a later push needs', () => {
  it('come with that push where the destination does not find what an earlier one brought', async () => {
    await using pair = await makePair()
    await addBranches(pair.source, NAMES)
    await forgetUnneeded(pair.destination)
    const result = await pair.run({ 'max-refs-per-push': '2' })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('each push brings its own')
    expect(result.outputs).toMatchObject({ created: '6', rejected: '0' })
    await expectSame(pair, result)
  })

  it('do so over http too, for branches that moved', async () => {
    await using pair = await makePair()
    await addBranches(pair.source, NAMES)
    await pair.mirror()
    for (const name of NAMES) await addCommits(pair.source, 1, { ref: `refs/heads/${name}`, path: name })
    await forgetUnneeded(pair.destination)
    await using backend = await startHttpBackend({ root: pair.folder })
    const result = await pair.run({
      destination: `${backend.url}/destination.git`,
      'max-refs-per-push': '1',
      'allow-unrelated': 'true',
    })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.outputs).toMatchObject({ updated: '5', rejected: '0' })
    await expectSame(pair, result)
  })

  it('come with the first push elsewhere: the source is asked once', async () => {
    await using pair = await makePair()
    await addBranches(pair.source, NAMES)
    const result = await pair.run({ 'max-refs-per-push': '2' })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).not.toContain('each push brings its own')
    await expectSame(pair, result)
  })
})

describe('a push that fails', () => {
  it('says nothing of the refs of a push before it', async () => {
    await using pair = await makePair()
    await addBranches(pair.source, NAMES)
    // The third push finds no room: what it brings can never be written.
    await writeHook(pair.destination, 'pre-receive', [
      'count=$(cat count 2>/dev/null || echo 0); echo $((count + 1)) > count',
      `[ "$count" -lt 2 ] || { ${say('No space left on device')}; exit 1; }`,
    ])
    const result = await pair.run({ 'max-refs-per-push': '2' })
    expect(result.exitCode, result.log).toBe(1)
    const there = await forEachRef(pair.destination)
    expect(there.size).toBe(4)
    const rejected = rejectedOf(result).map(({ ref }) => ref)
    expect(rejected.filter((ref) => there.has(ref))).toEqual([])
    expect(result.outputs).toMatchObject({ created: '4', rejected: '2' })
  })
})

it('a hook that ends git for one ref costs that ref alone', async () => {
  await using pair = await makePair()
  await addBranches(pair.source, NAMES)
  await writeHook(pair.destination, 'reference-transaction', [
    '[ "$1" = prepared ] || exit 0',
    `grep -q refs/heads/b3 && { ${say('b3 is not for this place')}; exit 1; }`,
    'exit 0',
  ])
  const result = await pair.run()
  expect(result.exitCode, result.log).toBe(1)
  expect(result.outputs).toMatchObject({ created: '5', rejected: '1' })
  const [rejected] = rejectedOf(result)
  expect(rejected?.ref).toBe('refs/heads/b3')
  expect(rejected?.reason).toContain('b3 is not for this place')
  expect(result.summary).toContain('reference-transaction')
})

describe('words of a server', () => {
  it.each(['file', 'http'] as const)('stay with the push that brought them, over %s', async (transport) => {
    await using pair = await makePair()
    await addBranches(pair.source, ['large', 'locked'])
    await pair.mirror()
    for (const name of ['large', 'locked']) {
      await addCommits(pair.source, 1, { ref: `refs/heads/${name}`, path: name })
    }
    await writeHook(pair.destination, 'pre-receive', [
      'in=$(cat)',
      'case "$in" in',
      `*refs/heads/locked*) ${say('branch locked is protected from force push')}; exit 1;;`,
      `*refs/heads/large*) ${say('error: GH001: Large files detected.')}; exit 1;;`,
      'esac',
    ])
    await using backend = await startHttpBackend({ root: pair.folder })
    const destination = transport === 'file' ? pair.destination : `${backend.url}/destination.git`
    const result = await pair.run({ destination })
    expect(result.exitCode, result.log).toBe(1)
    const advice = new Map(rejectedOf(result).map((one) => [one.ref, one.advice ?? '']))
    expect([...advice.keys()].toSorted()).toEqual(['refs/heads/large', 'refs/heads/locked'])
    expect(result.summary).toMatch(/larger than the destination takes/)
    expect(result.summary).toMatch(/protected/)
  })
})

describe('a ref in the place of a folder of refs', () => {
  const SWAPS = [
    ['x/y', 'x'],
    ['x', 'x/y'],
  ] as const
  it.each(SWAPS)(
    '%s becomes %s in two pushes, for servers that lock before they delete',
    async (before, after) => {
      await using pair = await makePair()
      await addBranches(pair.source, [before])
      await pair.mirror()
      await git(pair.source, 'update-ref', '-d', `refs/heads/${before}`)
      await rm(join(pair.source, 'refs/heads/x'), { recursive: true, force: true })
      await addBranches(pair.source, [after])
      // What JGit says of both in one push.
      await writeHook(pair.destination, 'pre-receive', [
        'in=$(cat)',
        `case "$in" in *"refs/heads/x"*"refs/heads/x"*) ${say('failed to lock')}; exit 1;; esac`,
      ])
      const result = await pair.run()
      expect(result.exitCode, result.log).toBe(0)
      expect(result.outputs).toMatchObject({ created: '1', deleted: '1', rejected: '0' })
      await expectSame(pair, result)
    },
  )
})

describe('max-deletions', () => {
  it('counts what the whole run deletes, though the source shrinks from round to round', async () => {
    await using pair = await makePair({ commits: 4 })
    await addBranches(pair.source, NAMES)
    await pair.mirror()
    const old = await git(pair.source, 'rev-parse', 'refs/heads/main~3')
    const remove = (...names: readonly string[]): string =>
      names.map((name) => `git --git-dir='${pair.source}' update-ref -d refs/heads/${name}`).join(' && ')
    for (const name of ['b1', 'b2']) await git(pair.source, 'update-ref', '-d', `refs/heads/${name}`)
    await addCommits(pair.source, 1)
    // Another writer moves main once, so that both are listed again; meanwhile the source has lost two more.
    await writeHook(pair.destination, 'post-receive', [
      'unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_DIR',
      '[ -e moved ] || {',
      `  touch moved; git --git-dir='${pair.destination}' update-ref refs/heads/main ${old}`,
      `  ${remove('b3', 'b4')}`,
      '}',
    ])
    const result = await pair.run({ 'max-deletions': '3' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join()).toMatch(
      /2 refs .* after 2 that this run has deleted.* max-deletions allows \(3\)/,
    )
    expect(result.errors.join()).toContain('max-deletions: 4')
    const there = await forEachRef(pair.destination, 'refs/heads')
    expect([...there.keys()].filter((name) => name.startsWith('refs/heads/b'))).toEqual([
      'refs/heads/b3',
      'refs/heads/b4',
      'refs/heads/b5',
    ])
    expect(result.outputs['deleted']).toBe('2')
    const allowed = await pair.run({ 'max-deletions': '3' })
    expect(allowed.exitCode, allowed.log).toBe(0)
    await expectSame(pair, allowed)
  })
})

it('a push that is declined for one ref takes no other down with it', async () => {
  await using pair = await makePair()
  await addBranches(pair.source, NAMES)
  await declinePush(pair.destination, 'refs/heads/b3', ['policy: b3 is not allowed'])
  const result = await pair.run()
  expect(rejectedOf(result).map(({ ref }) => ref)).toEqual(['refs/heads/b3'])
  expect(result.outputs).toMatchObject({ created: '5', rejected: '1' })
})
