import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { forEachRef, fsck, git, makeBareRepository, type Repository, runGit } from '../support/git.ts'
import { addCommits, fillRepository } from '../support/repositories.ts'
import { listRemote, pushRaw, readSymrefs } from '../mirror/sessions/raw-push.ts'

interface PlanSettings {
  readonly lines?: readonly string[]
  readonly prune?: boolean
  /** Plan as if the destination did not tell its symbolic refs. */
  readonly blind?: boolean
}

async function planBetween(
  source: Repository,
  destination: Repository,
  given: PlanSettings = {},
): Promise<Plan> {
  const there = await readSymrefs(destination.path)
  return planUpdates({
    source: {
      refs: await listRemote(source.path),
      head: (await readSymrefs(source.path)).head,
      format: 'sha1',
    },
    destination: {
      refs: await listRemote(destination.path),
      format: 'sha1',
      head: there.head,
      symrefs: given.blind ? undefined : there.symrefs,
    },
    refspecs: parseRefspecs(given.lines ?? ['refs/heads/*', 'refs/tags/*'], 'refs'),
    prune: given.prune ?? true,
    force: true,
  })
}

/** A source and a destination that differ in every way: new, moved forward, rewritten, gone, equal. */
async function makePair(): Promise<{ source: Repository; destination: Repository } & AsyncDisposable> {
  const source = await makeBareRepository()
  const destination = await makeBareRepository()
  await fillRepository(source.path)
  await git(source.path, 'push', '-q', '--mirror', destination.path)
  await addCommits(source.path, 2)
  await addCommits(source.path, 1, { ref: 'refs/heads/brand/new' })
  await git(source.path, 'update-ref', 'refs/heads/side', 'refs/heads/unrelated')
  await git(source.path, 'update-ref', '-d', 'refs/heads/feature/a/b/c')
  await git(source.path, 'update-ref', '-d', 'refs/tags/nested')
  await git(source.path, 'update-ref', 'refs/tags/light', 'refs/heads/main')
  await addCommits(destination.path, 1, { ref: 'refs/heads/only/here' })
  await addCommits(destination.path, 1, { ref: 'refs/notes/here' })
  return {
    source,
    destination,
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]()
      await destination[Symbol.asyncDispose]()
    },
  }
}

describe('planUpdates beside git push', () => {
  it.each([
    { args: ['--mirror'], lines: ['refs/*'] },
    {
      args: ['--prune', '--force', 'refs/heads/*:refs/heads/*', 'refs/tags/*:refs/tags/*'],
      lines: ['branches', 'tags'],
    },
    { args: ['--force', 'refs/heads/*:refs/up/*'], lines: ['refs/heads/*:refs/up/*'], prune: false },
  ])('plans what git push $args would do', async ({ args, lines, prune }) => {
    await using pair = await makePair()
    const { source, destination } = pair
    const [first = '', ...specs] = args
    const options = specs.filter((spec) => spec.startsWith('--'))
    const names = specs.filter((spec) => !spec.startsWith('--'))
    const push = ['push', '--dry-run', '--porcelain', first, ...options, destination.path, ...names]
    const { stdout } = await runGit(source.path, push)
    const words: Readonly<Record<string, string>> = { '*': 'create', '-': 'delete', '+': 'move', ' ': 'move' }
    const expected = [...stdout.toString().matchAll(/^([*+\- ])\t[^:\t]*:([^\t]+)\t/gm)].map(
      ([, flag = '', name]) => `${words[flag]} ${name}`,
    )
    const plan = await planBetween(source, destination, { lines, ...(prune === undefined ? {} : { prune }) })
    const planned = plan.updates.map(
      ({ action, ref }) => `${action === 'update' || action === 'force' ? 'move' : action} ${ref}`,
    )
    expect(planned.toSorted()).toEqual(expected.toSorted())
    expect(planned.length).toBeGreaterThan(5)
    expect(plan.heldBack).toEqual([])
  })

  it('makes the destination the same when a real receive-pack does what was planned', async () => {
    await using pair = await makePair()
    const { source, destination } = pair
    const { updates } = await planBetween(source, destination, { lines: ['refs/*'] })
    const report = await pushRaw(destination.path, source.path, updates)
    expect(report.unpack).toBe('ok')
    expect([...report.refs.values()].filter((words) => words !== 'ok')).toEqual([])
    expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
    expect((await planBetween(source, destination, { lines: ['refs/*'] })).updates).toEqual([])
  })
})

async function makeRepositories(): Promise<
  { source: Repository; destination: Repository } & AsyncDisposable
> {
  const source = await makeBareRepository()
  const destination = await makeBareRepository()
  await addCommits(source.path, 2)
  await git(source.path, 'push', '-q', destination.path, 'refs/heads/main')
  return {
    source,
    destination,
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]()
      await destination[Symbol.asyncDispose]()
    },
  }
}

describe('refs that get in the way', () => {
  it('[G11] a folder takes the place of a branch, and a branch that of a folder, in one push', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    for (const ref of ['refs/heads/a/b', 'refs/heads/x'])
      await git(source.path, 'update-ref', ref, 'refs/heads/main')
    for (const ref of ['refs/heads/a', 'refs/heads/x/y'])
      await git(destination.path, 'update-ref', ref, 'refs/heads/main')
    const { updates } = await planBetween(source, destination)
    const report = await pushRaw(destination.path, source.path, updates)
    expect([...report.refs.values()]).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
  })

  it('[G13] a ref out of scope that is in the way keeps its place, and is named', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    await addCommits(source.path, 1, { ref: 'refs/heads/a/b' })
    await addCommits(source.path, 1, { ref: 'refs/heads/ok' })
    await git(destination.path, 'update-ref', 'refs/heads/a', 'refs/heads/main')
    const lines = ['refs/heads/*', '^refs/heads/a']
    const plan = await planBetween(source, destination, { lines })
    expect(plan.updates.map(({ ref }) => ref)).toEqual(['refs/heads/ok'])
    expect(plan.heldBack).toMatchObject([{ ref: 'refs/heads/a/b', action: 'create', warning: false }])
    expect(plan.heldBack[0]!.reason).toContain('refs/heads/a is in the way')
    const id = await git(source.path, 'rev-parse', 'refs/heads/a/b')
    const refused = await pushRaw(destination.path, source.path, [
      { ref: 'refs/heads/a/b', old: '0'.repeat(40), new: id },
    ])
    expect(refused.refs.get('refs/heads/a/b')).not.toBe('ok')
  })

  it('[G17] a symbolic ref of the destination is neither pruned nor written, and its target survives', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    await git(destination.path, 'symbolic-ref', 'refs/heads/latest', 'refs/heads/main')
    await git(destination.path, 'update-ref', 'refs/heads/gone', 'refs/heads/main')
    const plan = await planBetween(source, destination)
    expect(plan.updates.map(({ action, ref }) => `${action} ${ref}`)).toEqual(['delete refs/heads/gone'])
    expect(plan.heldBack).toMatchObject([{ ref: 'refs/heads/latest', action: 'delete', warning: true }])
    expect(plan.heldBack[0]!.reason).toContain('refs/heads/main')
    await pushRaw(destination.path, source.path, plan.updates)
    expect([...(await forEachRef(destination.path)).keys()]).toEqual(['refs/heads/latest', 'refs/heads/main'])
  })

  it('a symbolic ref that will follow its target needs nothing, one that would not is rejected', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    for (const name of ['latest', 'stale', 'older']) {
      await git(destination.path, 'symbolic-ref', `refs/heads/${name}`, 'refs/heads/main')
    }
    await addCommits(source.path, 1)
    await git(source.path, 'update-ref', 'refs/heads/latest', 'refs/heads/main')
    // Equal as long as main has not moved.
    await git(source.path, 'update-ref', 'refs/heads/stale', 'refs/heads/main~1')
    await git(source.path, 'update-ref', 'refs/heads/older', 'refs/heads/main~2')
    const plan = await planBetween(source, destination)
    expect(plan.updates.map(({ action, ref }) => `${action} ${ref}`)).toEqual(['update refs/heads/main'])
    expect(plan.heldBack).toMatchObject([
      { ref: 'refs/heads/older', action: 'update', warning: false },
      { ref: 'refs/heads/stale', action: 'update', warning: false },
    ])
    expect(plan.upToDate).toBe(1)
    await pushRaw(destination.path, source.path, plan.updates)
    expect((await forEachRef(destination.path)).get('refs/heads/latest')).toBe(
      await git(source.path, 'rev-parse', 'refs/heads/latest'),
    )
  })

  it('keeps a branch that a symbolic ref names, which would be in and out of the listing for ever', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    await git(source.path, 'update-ref', 'refs/heads/latest', 'refs/heads/main')
    await git(destination.path, 'update-ref', 'refs/heads/gone', 'refs/heads/main')
    await git(destination.path, 'symbolic-ref', 'refs/heads/latest', 'refs/heads/gone')
    const plan = await planBetween(source, destination)
    expect(plan.updates).toEqual([])
    expect(plan.heldBack).toMatchObject([{ ref: 'refs/heads/gone', action: 'delete', warning: true }])
  })

  it('keeps what may be a symbolic ref to the default branch when the destination does not tell', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    await git(destination.path, 'symbolic-ref', 'refs/heads/latest', 'refs/heads/main')
    await git(destination.path, 'update-ref', 'refs/heads/gone', 'refs/heads/main~1')
    const plan = await planBetween(source, destination, { blind: true })
    expect(plan.updates.map(({ ref }) => ref)).toEqual(['refs/heads/gone'])
    expect(plan.heldBack).toMatchObject([{ ref: 'refs/heads/latest', action: 'delete', warning: true }])
    expect([...plan.namingHead]).toEqual(['refs/heads/latest'])
    expect(plan.warnings.join()).toContain('symbolic')
  })

  it('[G18] symbolic refs of the source become plain refs, and HEAD none', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    await git(source.path, 'symbolic-ref', 'refs/heads/latest', 'refs/heads/main')
    await git(source.path, 'symbolic-ref', 'refs/heads/dangling', 'refs/heads/none')
    const { updates } = await planBetween(source, destination, { lines: ['refs/*'] })
    expect(updates.map(({ action, ref }) => `${action} ${ref}`)).toEqual(['create refs/heads/latest'])
    await pushRaw(destination.path, source.path, updates)
    const there = await readSymrefs(destination.path)
    expect(there.symrefs.size).toBe(0)
    expect(await git(destination.path, 'rev-parse', 'refs/heads/latest')).toBe(
      await git(source.path, 'rev-parse', 'HEAD'),
    )
  })

  it('[G20] refs to blobs, trees, and tags of anything are planned like others', async () => {
    await using source = await makeBareRepository()
    await using destination = await makeBareRepository()
    await fillRepository(source.path)
    await git(source.path, 'update-ref', 'refs/tags/is-a-tree', 'refs/heads/main^{tree}')
    const { updates } = await planBetween(source, destination)
    const report = await pushRaw(destination.path, source.path, updates)
    for (const name of ['is-a-blob', 'is-a-tree', 'nested', 'tag-of-blob']) {
      expect(report.refs.get(`refs/tags/${name}`)).toBe('ok')
    }
    await fsck(destination.path)
  })
})

describe('names', () => {
  it('[G7] holds back exactly the names below refs/ that receive-pack refuses', async () => {
    await using pair = await makeRepositories()
    const { source, destination } = pair
    const id = await git(source.path, 'rev-parse', 'refs/heads/main')
    const names = [
      'x',
      'stash',
      'heads/a..b',
      'heads/.a',
      'heads/a.lock',
      'heads/a~1',
      'heads/@{',
      'heads/a.',
      'heads/a@b',
      'for/x',
      'heads/ä',
    ]
    const refs = names.map((name) => ({ name: `refs/${name}`, id }))
    const plan = planUpdates({
      source: { refs, head: undefined, format: 'sha1' },
      destination: { refs: [], format: 'sha1', symrefs: new Map(), head: undefined },
      refspecs: parseRefspecs(['refs/*', 'refs/stash'], 'refs'),
      prune: false,
      force: true,
    })
    const commands = refs.map(({ name }) => ({ ref: name, old: '0'.repeat(40), new: id }))
    const report = await pushRaw(destination.path, source.path, commands)
    const refused = refs
      .filter(({ name }) => report.refs.get(name) === 'funny refname')
      .map(({ name }) => name)
    expect(refused.length).toBeGreaterThan(5)
    expect(plan.heldBack.map(({ ref }) => ref).toSorted()).toEqual(refused.toSorted())
  })
})
