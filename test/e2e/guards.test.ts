import { readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, gitWith } from '../support/git.ts'
import { writeHook } from '../support/hosts/hooks.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { addCommits, addRefs } from '../support/repositories.ts'
import { type ActionResult, runCli } from '../support/runner.ts'

/** The run stopped before its first write, in one error that says `what` and names the input that allows it. */
function expectRefusal(result: ActionResult, what: RegExp, input: string): void {
  expect(result.exitCode, result.log).toBe(1)
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toMatch(what)
  expect(result.errors[0]).toContain(input)
  expect(result.summary).toContain('❌')
  expect(result.outputs).toMatchObject({ 'updated-refs': '[]', created: '0', updated: '0', deleted: '0' })
}

async function deleteRefs(dir: string, ...names: readonly string[]): Promise<void> {
  await gitWith({ input: names.map((name) => `delete ${name}\n`).join('') }, dir, 'update-ref', '--stdin')
}

/** Writes down the commands of every push that reaches the repository: a line a push. */
async function recordPushes(dir: string): Promise<() => Promise<readonly string[]>> {
  const file = join(dir, '..', 'pushes')
  await writeHook(dir, 'pre-receive', [`awk '{printf "%s ", $3} END {print ""}' >> '${file}'`])
  return async () => {
    const text = await readFile(file, 'utf8').catch(() => '')
    return text.split('\n').flatMap((line) => (line === '' ? [] : [line.trim()]))
  }
}

describe('a source that shows too little', () => {
  async function makeMirrored(): Promise<Pair> {
    const pair = await makePair()
    await addRefs(pair.source, 3, 'refs/heads/main', 'refs/heads/b')
    await pair.mirror()
    return pair
  }

  it('deletes nothing when it is empty', async () => {
    await using pair = await makeMirrored()
    await deleteRefs(pair.source, ...(await forEachRef(pair.source)).keys())
    const result = await pair.runInVain({ 'max-deletions': 'unlimited', 'allow-unrelated': 'true' })
    expectRefusal(
      result,
      /the source shows no ref in scope .*, and 4 refs of the destination would be deleted/,
      'prune: false',
    )
    expect((await pair.run({ prune: 'false' })).exitCode).toBe(0)
  })

  it('deletes nothing when it is empty, over http', async () => {
    await using pair = await makeMirrored()
    await deleteRefs(pair.source, ...(await forEachRef(pair.source)).keys())
    await using server = await startHttpBackend({ root: pair.folder })
    const result = await pair.runInVain({
      source: `${server.url}/source.git`,
      destination: `${server.url}/destination.git`,
      'max-deletions': 'unlimited',
    })
    expectRefusal(result, /the source shows no ref in scope/, 'prune: false')
    expect(server.requests.filter(({ path }) => path.endsWith('/git-receive-pack'))).toEqual([])
  })

  it('deletes nothing when it has no ref in scope', async () => {
    await using pair = await makeMirrored()
    await addRefs(pair.destination, 2, 'refs/heads/main', 'refs/heads/release/')
    const result = await pair.runInVain({ refs: 'refs/heads/release/*', 'max-deletions': 'unlimited' })
    expectRefusal(result, /no ref in scope \(refs\/heads\/release\/\*\), and 2 refs/, 'prune: false')
  })

  it('is not called up to date when it has no ref in scope and nothing would be deleted', async () => {
    await using pair = await makeMirrored()
    const result = await pair.runInVain({ refs: 'refs/heads/release/*' })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.warnings.join()).toContain('Nothing was mirrored: the source has no ref that refs names.')
    expect(result.summary).toMatch(/^## ⚠️ Nothing was mirrored/)
    expect(result.log).not.toMatch(/^Up to date/m)
    const { stdout } = await runCli([pair.source, pair.destination, '--refs', 'refs/heads/release/*'])
    expect(stdout).toMatch(/^warning: Nothing was mirrored/m)
  })

  it('is not even listed for a namespace that nobody can mean', async () => {
    await using pair = await makeMirrored()
    const result = await pair.runInVain({ refs: 'refs/head/*' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join()).toContain(
      'refs: "refs/head/*" is in no namespace of Git\'s. Write refs/heads/*.',
    )
  })
})

describe('max-deletions', () => {
  it('stops a run that would delete more, and lets one of exactly so many go', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await addRefs(pair.destination, 3, 'refs/heads/main', 'refs/heads/old-')
    await addCommits(pair.source, 1)
    const refused = await pair.runInVain({ 'max-deletions': '2' })
    expectRefusal(
      refused,
      /3 refs of the destination would be deleted \(refs\/heads\/old-1/,
      'max-deletions: 3',
    )
    const allowed = await pair.run({ 'max-deletions': '3' })
    expect(allowed.exitCode, allowed.log).toBe(0)
    expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
  })

  it('is 50 where nothing is said, and unlimited lifts it', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await addRefs(pair.destination, 51, 'refs/heads/main', 'refs/heads/old-')
    expectRefusal(await pair.runInVain(), /51 refs .* max-deletions allows \(50\)/, 'unlimited')
    const result = await pair.run({ 'max-deletions': 'unlimited' })
    expect(result.outputs).toMatchObject({ deleted: '51', rejected: '0' })
  })
})

describe('a destination of another project', () => {
  async function makeStrangers(): Promise<Pair> {
    const pair = await makePair()
    await addCommits(pair.destination, 2, { path: 'other', size: 999 })
    return pair
  }

  it('is refused, and overwritten with allow-unrelated: true', async () => {
    await using pair = await makeStrangers()
    expectRefusal(await pair.runInVain(), /shares no history with the source/, 'allow-unrelated: true')
    const result = await pair.run({ 'allow-unrelated': 'true' })
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
    await fsck(pair.destination)
  })

  it('is refused when its refs would only be deleted', async () => {
    await using pair = await makeStrangers()
    await git(pair.destination, 'branch', '-m', 'main', 'theirs')
    expectRefusal(await pair.runInVain(), /shares no history/, 'allow-unrelated: true')
  })

  it('is refused with force: false, where other refs would be deleted', async () => {
    await using pair = await makeStrangers()
    await git(pair.destination, 'branch', 'second')
    const result = await pair.runInVain({ force: 'false' })
    expect(result.exitCode).toBe(1)
    expect(result.errors.at(-1)).toMatch(/shares no history .* allow-unrelated: true/)
  })

  it('is refused in a dry run', async () => {
    await using pair = await makeStrangers()
    expectRefusal(await pair.runInVain({ 'dry-run': 'true' }), /shares no history/, 'allow-unrelated: true')
  })

  it('is refused over http', async () => {
    await using pair = await makeStrangers()
    await using server = await startHttpBackend({ root: pair.folder })
    const urls = { source: `${server.url}/source.git`, destination: `${server.url}/destination.git` }
    expectRefusal(await pair.runInVain(urls), /shares no history/, 'allow-unrelated: true')
  })

  it('is written to where only what is out of scope is its own', async () => {
    await using pair = await makeStrangers()
    await git(pair.destination, 'update-ref', 'refs/theirs/main', 'refs/heads/main')
    await deleteRefs(pair.destination, 'refs/heads/main')
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect([...(await forEachRef(pair.destination)).keys()]).toEqual(['refs/heads/main', 'refs/theirs/main'])
  })

  it('is not what a mirror is that went its own way', async () => {
    await using pair = await makePair({ commits: 5 })
    await pair.mirror()
    await addCommits(pair.destination, 2, { path: 'own' })
    await git(pair.source, 'update-ref', 'refs/heads/main', 'refs/heads/main~3')
    await addCommits(pair.source, 2, { path: 'rewritten', size: 50 })
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
    expect(JSON.parse(result.outputs['updated-refs']!)).toMatchObject([{ action: 'force' }])
  })
})

describe('the source itself', () => {
  const forms: Readonly<Record<string, (path: string) => string>> = {
    'by the same path': (path) => path,
    'without .git': (path) => path.replace(/\.git$/, ''),
    'with a slash': (path) => `${path}/`,
    'as a file address': (path) => `file://${path}`,
    'among others': (path) => `${path}.other\n${path}`,
    'through a detour': (path) => `${path}/../source.git`,
  }
  it.each(Object.entries(forms))('is no destination, %s', async (_, form) => {
    await using pair = await makePair()
    const before = await forEachRef(pair.source)
    const result = await pair.run({ destination: form(pair.source), refs: 'refs/heads/main:refs/heads/x' })
    expectRefusal(result, /is the source itself/, 'destination: ')
    expect(await forEachRef(pair.source)).toEqual(before)
  })

  it('is no destination through a symbolic link', async () => {
    await using pair = await makePair()
    const link = join(pair.folder, 'link.git')
    await symlink(pair.source, link)
    const result = await pair.run({ destination: link, refs: 'refs/heads/main:refs/heads/x' })
    expectRefusal(result, /is the source itself/, 'destination: ')
    expect([...(await forEachRef(pair.source)).keys()]).toEqual(['refs/heads/main'])
  })

  it('is told from a destination that is named twice', async () => {
    await using pair = await makePair()
    const result = await pair.run({ destination: `${pair.destination}\n${pair.destination}/` })
    expectRefusal(result, /is named twice/, 'destination: ')
  })
})

describe('the default branch of the destination', () => {
  async function makeRenamed(config: Readonly<Record<string, string>> = {}): Promise<Pair> {
    const pair = await makePair({ config })
    await addRefs(pair.source, 2, 'refs/heads/main', 'refs/heads/old-')
    await pair.mirror()
    await git(pair.source, 'branch', '-m', 'main', 'trunk')
    await git(pair.source, 'symbolic-ref', 'HEAD', 'refs/heads/trunk')
    await deleteRefs(pair.source, 'refs/heads/old-1', 'refs/heads/old-2')
    return pair
  }

  it('is deleted last and alone; a refusal is a warning that names the fix, and the run succeeds', async () => {
    await using pair = await makeRenamed()
    const pushes = await recordPushes(pair.destination)
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(result.errors).toEqual([])
    expect([...(await forEachRef(pair.destination)).keys()]).toEqual(['refs/heads/main', 'refs/heads/trunk'])
    expect(await pushes()).toEqual(['refs/heads/old-1 refs/heads/old-2 refs/heads/trunk', 'refs/heads/main'])
    const warning = result.warnings.find((text) => text.includes('refs/heads/main'))
    expect(warning).toMatch(/deletion of the current branch prohibited/)
    expect(warning).toMatch(/default branch/i)
    expect(JSON.parse(result.outputs['rejected-refs']!)).toMatchObject([
      { ref: 'refs/heads/main', action: 'delete' },
    ])
    expect(result.summary).toMatch(/^## ✅/)
  })

  it('is gone where the server allows it, still last and alone', async () => {
    await using pair = await makeRenamed({ 'receive.denyDeleteCurrent': 'ignore' })
    const pushes = await recordPushes(pair.destination)
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect([...(await forEachRef(pair.destination)).keys()]).toEqual(['refs/heads/trunk'])
    expect((await pushes()).at(-1)).toBe('refs/heads/main')
    expect(result.outputs).toMatchObject({ deleted: '3', created: '1', rejected: '0' })
  })

  it('counts against max-deletions', async () => {
    await using pair = await makeRenamed()
    expectRefusal(await pair.runInVain({ 'max-deletions': '2' }), /3 refs/, 'max-deletions: 3')
  })
})

describe('symbolic refs of the destination', () => {
  it('[G17] are not deleted, and neither is what they name', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await git(pair.destination, 'update-ref', 'refs/heads/target', 'refs/heads/main')
    await git(pair.destination, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/target')
    await addCommits(pair.source, 1)
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    const there = await forEachRef(pair.destination)
    expect([...there.keys()]).toEqual(['refs/heads/alias', 'refs/heads/main', 'refs/heads/target'])
    expect(await git(pair.destination, 'symbolic-ref', 'refs/heads/alias')).toBe('refs/heads/target')
    expect(there.get('refs/heads/main')).toBe((await forEachRef(pair.source)).get('refs/heads/main'))
    expect(result.warnings.join('\n')).toMatch(/refs\/heads\/alias .*symbolic ref/)
  })

  it('[G17] are not written through', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await git(pair.destination, 'update-ref', 'refs/other/target', 'refs/heads/main')
    await git(pair.destination, 'symbolic-ref', 'refs/heads/alias', 'refs/other/target')
    await addCommits(pair.source, 1, { ref: 'refs/heads/alias', from: 'refs/heads/main' })
    const before = await forEachRef(pair.destination)
    const result = await pair.run()
    expect(result.exitCode).toBe(1)
    expect(await forEachRef(pair.destination)).toEqual(before)
    expect(await git(pair.destination, 'symbolic-ref', 'refs/heads/alias')).toBe('refs/other/target')
    expect(JSON.parse(result.outputs['rejected-refs']!)).toMatchObject([
      { ref: 'refs/heads/alias', reason: expect.stringContaining('refs/other/target') },
    ])
  })
})

describe('dry-run', () => {
  it('changes no byte of the destination, tells what would be, and guards as a run does', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await addRefs(pair.destination, 2, 'refs/heads/main', 'refs/heads/old-')
    await git(pair.source, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
    await addCommits(pair.source, 1, { path: 'new' })
    await git(pair.source, 'tag', 'v1', 'main')
    const pushes = await recordPushes(pair.destination)
    const result = await pair.runInVain({ 'dry-run': 'true' })
    expect(result.exitCode, result.log).toBe(0)
    expect(await pushes()).toEqual([])
    expect(result.outputs).toMatchObject({ created: '1', updated: '1', deleted: '2', 'pack-bytes': '0' })
    const actions = (JSON.parse(result.outputs['updated-refs']!) as { action: string; ref: string }[]).map(
      ({ action, ref }) => `${action} ${ref}`,
    )
    expect(actions.toSorted()).toEqual([
      'create refs/tags/v1',
      'delete refs/heads/old-1',
      'delete refs/heads/old-2',
      'force refs/heads/main',
    ])
    expect(result.summary).toContain('Dry run')
    const refused = await pair.runInVain({ 'dry-run': 'true', 'max-deletions': '1' })
    expectRefusal(refused, /2 refs/, 'max-deletions: 2')
  })
})
