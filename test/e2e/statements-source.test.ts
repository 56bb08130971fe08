import { chmod, chown, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countObjects, forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { startHost } from '../support/hosts/base.ts'
import type { Dialect } from '../support/hosts/dialect.ts'
import { startGitHost } from '../support/hosts/duplex-host.ts'
import { makePair, type Pair } from '../support/hosts/histories.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import { addCommits, addRefs, fillRepository } from '../support/repositories.ts'
import { runCli } from '../support/runner.ts'
import { makeTempFolder } from '../support/temp.ts'

const ONLY_V0: Dialect = { version: 0 }

/** Configuration that makes every upload-pack of a run break off in the middle of its pack. */
async function breakPacks(folder: string, how: string): Promise<NodeJS.ProcessEnv> {
  const hook = join(folder, 'pack-hook')
  await writeFile(hook, `#!/bin/sh\n${how}\n`)
  await chmod(hook, 0o755)
  const config = join(folder, 'gitconfig')
  await writeFile(config, `[uploadpack]\n\tpackObjectsHook = ${hook}\n`)
  return { GIT_CONFIG_GLOBAL: config }
}

describe('a source that fails', () => {
  for (const [what, how] of [
    ['breaks off in the middle of the pack', '"$@" | head -c 100000; exit 1'],
    ['is killed in the middle of the pack', '"$@" | head -c 100000; kill -9 $PPID'],
  ] as const) {
    it(`[G1] that ${what}: no ref moves, and the error names the source`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makePair(folder.path)
      const env = await breakPacks(folder.path, how)
      const mirrored = await runMirror({ source, destination, env })
      expect(mirrored.exitCode, mirrored.log).toBe(1)
      expect(mirrored.destination.error?.side).toBe('source')
      expect(await forEachRef(destination)).toEqual(new Map())
      expect(await countObjects(destination)).toBe(0)
    })
  }

  it('[G2] and leaves no quarantine behind at the destination', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const env = await breakPacks(folder.path, '"$@" | head -c 100000; exit 1')
    await runMirror({ source, destination, env })
    expect(await git(destination, 'count-objects', '-v')).toMatch(/garbage: 0/)
    const { readdir } = await import('node:fs/promises')
    expect((await readdir(join(destination, 'objects'))).toSorted()).toEqual(['info', 'pack'])
    await expectMirror(await runMirror({ source, destination }), source, destination)
  })

  it('[E7] a pack without band and without end is not taken for whole', async () => {
    await using folder = await makeTempFolder()
    const { destination } = await makePair(folder.path)
    const dialect: Dialect = {
      version: 0,
      words: (_service, words) => words.filter((word) => !word.startsWith('side-band')),
      rewrite: (asked, answer) => (asked.service === 'git-upload-pack' ? answer.subarray(0, -30) : answer),
    }
    await using host = await startHost({ root: folder.path, dialect })
    const mirrored = await runMirror({ source: host.url('source'), destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.error?.code).toMatch(/pack|cut/)
    expect(await forEachRef(destination)).toEqual(new Map())
  })

  it('[E5] a pack without bands is taken where it is whole', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const words: Dialect['words'] = (_service, given) => given.filter((word) => !word.startsWith('side-band'))
    await using host = await startGitHost(folder.path, { version: 0, words })
    await expectMirror(await runMirror({ source: host.url('source.git'), destination }), source, destination)
  })

  it('[G19] a ref whose object is missing is left out with a warning, the others are mirrored', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const [id] = await addCommits(source, 1, { ref: 'refs/heads/broken' })
    await git(source, 'repack', '-adq')
    await git(source, 'update-ref', 'refs/heads/whole', 'refs/heads/main')
    const lost = (await addCommits(source, 1, { ref: 'refs/heads/lost', from: id! })).at(-1)!
    await git(source, 'unpack-objects', '-q').catch(() => undefined)
    const { readdir } = await import('node:fs/promises')
    const packs = join(source, 'objects/pack')
    for (const name of await readdir(packs)) {
      const found = await git(source, 'verify-pack', '-v', join(packs, name.replace(/\.\w+$/, '.idx'))).catch(
        () => '',
      )
      if (found.includes(lost)) await rm(join(packs, name))
    }
    await rm(join(source, 'objects', lost.slice(0, 2), lost.slice(2)), { force: true })
    const mirrored = await runMirror({ source, destination, retries: 2 })
    expect(mirrored.log).toContain(lost)
    const there = await forEachRef(destination, 'refs/heads')
    expect(there.has('refs/heads/lost')).toBe(false)
    expect(there.get('refs/heads/whole')).toBe(there.get('refs/heads/main'))
    expect(there.get('refs/heads/broken')).toBe(id)
    await fsck(destination)
  })
})

describe('a source that is not whole', () => {
  for (const [what, dialect] of [
    ['v2', {}],
    ['v0', ONLY_V0],
  ] as const) {
    it(`[H1] a shallow clone is refused before a push, over ${what}`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makePair(folder.path)
      await addCommits(source, 5)
      const shallow = join(folder.path, 'shallow.git')
      await git(folder.path, 'clone', '-q', '--bare', '--depth=2', `file://${source}`, shallow)
      await using host = await startGitHost(folder.path, dialect)
      for (const address of [host.url('shallow.git'), what === 'v2' ? shallow : host.url('shallow.git')]) {
        const mirrored = await runMirror({ source: address, destination })
        expect(mirrored.exitCode, mirrored.log).toBe(1)
        expect(mirrored.destination.figures.pushes).toBe(0)
        expect(mirrored.log).toMatch(/the source is a shallow clone/)
        expect(mirrored.log).toMatch(/What to do: .*(fetch-depth: 0|--unshallow)/)
      }
      expect(await forEachRef(destination)).toEqual(new Map())
      expect(await countObjects(destination)).toBe(0)
    })
  }

  it('[H2] a shallow clone that needs nothing sent is no way around: the destination never becomes shallow', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path, { 'receive.shallowUpdate': 'true' })
    await addCommits(source, 5)
    const shallow = join(folder.path, 'shallow.git')
    await git(folder.path, 'clone', '-q', '--bare', '--depth=2', `file://${source}`, shallow)
    const mirrored = await runMirror({ source: shallow, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(await git(destination, 'rev-parse', '--is-shallow-repository')).toBe('false')
  })

  it('[H4] a partial clone whose blobs are gone fails without moving a ref, and says what it may be', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'config', 'uploadpack.allowFilter', 'true')
    const partial = join(folder.path, 'partial.git')
    await git(folder.path, 'clone', '-q', '--bare', '--filter=blob:none', `file://${source}`, partial)
    await rm(join(source, 'HEAD'))
    const mirrored = await runMirror({ source: partial, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(await forEachRef(destination)).toEqual(new Map())
    expect(mirrored.log).toMatch(/partial|promisor|missing/)
  })
})

describe('names and objects of a source', () => {
  it('[G20] tags of tags and of blobs, and a ref to a blob, arrive as they are', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'update-ref', 'refs/tags/is-a-tree', 'refs/heads/main^{tree}')
    await expectMirror(await runMirror({ source, destination }), source, destination)
    const type = async (ref: string): Promise<string> => await git(destination, 'cat-file', '-t', ref)
    expect(await type('refs/tags/is-a-blob')).toBe('blob')
    expect(await type('refs/tags/is-a-tree')).toBe('tree')
    expect(await type('refs/tags/nested')).toBe('tag')
    expect(await git(destination, 'rev-parse', 'refs/tags/nested^{commit}')).toBe(
      await git(source, 'rev-parse', 'refs/tags/v1.0.0^{commit}'),
    )
  })

  it('[G18] symbolic refs become refs, HEAD and what dangles do not', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/side')
    await git(source, 'symbolic-ref', 'refs/heads/dangling', 'refs/heads/nowhere')
    await git(source, 'symbolic-ref', 'HEAD', 'refs/heads/unborn')
    await expectMirror(await runMirror({ source, destination }), source, destination)
    const there = await forEachRef(destination)
    expect(there.get('refs/heads/alias')).toBe(there.get('refs/heads/side'))
    await expect(git(destination, 'symbolic-ref', 'refs/heads/alias')).rejects.toThrow(/not a symbolic ref/)
    expect(there.has('refs/heads/dangling')).toBe(false)
    expect(await git(destination, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main')
  })

  it('[B4] what v0 tells of peeled tags is no ref', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using host = await startGitHost(folder.path, ONLY_V0)
    const call = { source: host.url('source.git'), destination: host.url('destination.git') }
    await expectMirror(await runMirror(call), source, destination)
    const again = await runMirror(call)
    expect(again.destination).toMatchObject({ status: 'unchanged', changed: [], rejected: [] })
  })

  it('[G23] what hosts keep for themselves stays where it is, also under refs/*', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    for (const ref of ['refs/pull/1/head', 'refs/merge-requests/1/head', 'refs/changes/01/1/1'])
      await git(source, 'update-ref', ref, 'refs/heads/main')
    const mirrored = await runMirror({ source, destination, args: ['--refs', 'refs/*'] })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    const names = [...(await forEachRef(destination)).keys()]
    expect(names).toContain('refs/notes/commits')
    expect(names.filter((name) => /pull|merge-requests|changes/.test(name))).toEqual([])
  })

  it('[G22] an empty source deletes nothing', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    const before = await forEachRef(destination)
    const empty = await makeBareRepository({ parent: folder.path, name: 'empty.git' })
    await using host = await startGitHost(folder.path, ONLY_V0)
    for (const address of [empty.path, host.url('empty.git')]) {
      const mirrored = await runMirror({ source: address, destination })
      expect(mirrored.exitCode, mirrored.log).toBe(1)
      expect(mirrored.destination).toMatchObject({ error: { code: 'guard' }, figures: { pushes: 0 } })
    }
    expect(await forEachRef(destination)).toEqual(before)
  })
})

describe('questions to a source', () => {
  for (const [what, dialect] of [
    ['v2, where any object may be wanted', {}],
    ['v0, where tips may be wanted', ONLY_V0],
  ] as const) {
    it(`[D1] fast-forwards are told from rewrites over ${what}`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makePair(folder.path)
      await git(source, 'push', '-q', '--mirror', destination)
      await addCommits(source, 2)
      await git(source, 'update-ref', 'refs/heads/side', 'refs/heads/unrelated')
      await using host = await startGitHost(folder.path, dialect)
      const call = { source: host.url('source.git'), destination }
      const held = await runMirror({ ...call, args: ['--no-force'] })
      expect(held.exitCode, held.log).toBe(1)
      expect(held.destination.changed).toMatchObject([{ ref: 'refs/heads/main', action: 'update' }])
      expect(held.destination.rejected).toMatchObject([
        { ref: 'refs/heads/side', reason: expect.stringContaining('diverged') },
      ])
      const forced = await runMirror(call)
      await expectMirror(forced, source, destination)
      expect(forced.destination.changed).toMatchObject([{ ref: 'refs/heads/side', action: 'force' }])
    })
  }

  it('[E3] 5,000 haves are answered while they are written, over a kept-open v0 connection', async () => {
    await using folder = await makeTempFolder()
    const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
    const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
    const ids = await addCommits(source.path, 5000, { size: 10 })
    await git(source.path, 'push', '-q', destination.path, 'refs/heads/main')
    const lines = ids.map((id, index) => `create refs/kept/${index} ${id}\n`).join('')
    const { gitWith } = await import('../support/git.ts')
    await gitWith({ input: lines }, destination.path, 'update-ref', '--stdin')
    await addCommits(source.path, 1)
    await using host = await startGitHost(folder.path, ONLY_V0)
    const mirrored = await runMirror({ source: host.url('source.git'), destination: destination.path })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    expect(mirrored.destination.figures.objects).toBe(3)
  })

  it('[E4] over http a v0 pack takes one POST', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using host = await startHost({ root: folder.path, dialect: ONLY_V0 })
    await expectMirror(await runMirror({ source: host.url('source'), destination }), source, destination)
    expect(host.calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('[B20] a run of deletions alone asks for no pack', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await git(source, 'update-ref', '-d', 'refs/heads/side')
    await using host = await startHost({ root: folder.path, dialect: {} })
    await expectMirror(await runMirror({ source: host.url('source'), destination }), source, destination)
    const fetches = host.calls.filter(({ asked }) => asked?.command === 'fetch')
    for (const { asked } of fetches)
      expect(asked!.lines.some((line) => line.startsWith('want ') || line === 'wait-for-done')).toBe(true)
    expect(fetches).toEqual([])
  })

  it('[J3] refs are asked for by their namespaces', async () => {
    await using folder = await makeTempFolder()
    const { destination } = await makePair(folder.path)
    await using host = await startHost({ root: folder.path, dialect: {} })
    const args = ['--refs', 'refs/heads/main', '--refs', 'refs/tags/v*']
    const mirrored = await runMirror({ source: host.url('source'), destination, args })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    const [list] = host.calls.flatMap(({ asked }) => (asked?.command === 'ls-refs' ? [asked.lines] : []))
    expect(list).toEqual(
      expect.arrayContaining(['ref-prefix refs/heads/main', 'ref-prefix refs/tags/v', 'symrefs']),
    )
    expect([...(await forEachRef(destination)).keys()]).toEqual(['refs/heads/main', 'refs/tags/v1.0.0'])
  })

  it('[A7] what both sides show comes first among the haves', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await addRefs(destination, 50, await git(destination, 'rev-parse', 'refs/heads/main~1'), 'refs/kept/')
    await addCommits(destination, 40, { ref: 'refs/kept/other' })
    await addCommits(source, 1)
    const shared = new Set((await forEachRef(source, 'refs/heads', 'refs/tags')).values())
    await using host = await startHost({ root: folder.path, dialect: {} })
    const mirrored = await runMirror({ source: host.url('source'), destination })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    const tip = await git(source, 'rev-parse', 'refs/heads/main')
    const pack = host.calls.find(({ asked }) => asked?.lines.includes(`want ${tip}`))!
    const haves = pack.asked!.lines.flatMap((line) => (line.startsWith('have ') ? [line.slice(5)] : []))
    expect(new Set(haves).size).toBe(haves.length)
    const known = haves.map((id) => shared.has(id))
    expect(known.lastIndexOf(true)).toBeLessThan(known.indexOf(false))
  })
})

async function makeFormats(folder: string): Promise<Pair> {
  const source = await makeBareRepository({ parent: folder, name: 'source.git', format: 'sha256' })
  const destination = await makeBareRepository({ parent: folder, name: 'destination.git', format: 'sha256' })
  await fillRepository(source.path)
  return { source: source.path, destination: destination.path }
}

describe('SHA-256', () => {
  for (const [what, dialect] of [
    ['v2', {}],
    ['v0', ONLY_V0],
  ] as const) {
    it(`[I3] is mirrored over ${what}, changes and deletions too`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makeFormats(folder.path)
      await using host = await startHost({ root: folder.path, dialect })
      const call = { source: host.url('source'), destination: host.url('destination') }
      await expectMirror(await runMirror(call), source, destination)
      await addCommits(source, 1)
      await git(source, 'update-ref', '-d', 'refs/heads/side')
      await git(source, 'update-ref', 'refs/heads/new', 'refs/heads/main~1')
      const mirrored = await runMirror(call)
      await expectMirror(mirrored, source, destination)
      expect(mirrored.destination.figures.objects).toBe(3)
      const again = await runMirror(call)
      expect(again.destination.status).toBe('unchanged')
    })

    it(`[I2] and SHA-1 are told apart before a push, over ${what}`, async () => {
      await using folder = await makeTempFolder()
      await makeFormats(folder.path)
      const old = await makeBareRepository({ parent: folder.path, name: 'old.git' })
      await addCommits(old.path, 1)
      await using host = await startHost({ root: folder.path, dialect })
      for (const [from, to] of [
        ['source', 'old'],
        ['old', 'destination'],
      ] as const) {
        const mirrored = await runMirror({ source: host.url(from), destination: host.url(to) })
        expect(mirrored.exitCode, mirrored.log).toBe(1)
        expect(mirrored.destination).toMatchObject({ error: { code: 'format' }, figures: { pushes: 0 } })
        expect(mirrored.log).toMatch(/source uses sha(1|256), the destination sha(1|256)/)
      }
    })
  }
})

describe('this machine', () => {
  it('[G24] what the environment says of other repositories does not reach git', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const env = {
      GIT_DIR: folder.path,
      GIT_QUARANTINE_PATH: folder.path,
      GIT_OBJECT_DIRECTORY: folder.path,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: folder.path,
      GIT_PROTOCOL: 'version=1',
    }
    await expectMirror(await runMirror({ source, destination, env }), source, destination)
  })

  it.skipIf(process.getuid?.() !== 0)('[G24] a folder of another user is explained', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await chown(destination, 12_345, 12_345)
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.log).toMatch(/belongs to another user/)
    expect(mirrored.log).toContain(`safe.directory`)
    expect(mirrored.log).toContain(destination)
  })

  it('[G24] a machine without git is named as what it is', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const { exitCode, stderr, stdout } = await runCli([source, destination, '--retries', '0'], {
      env: { PATH: folder.path },
    })
    expect(exitCode).toBe(1)
    expect(stdout + stderr).toContain('there is no git program on this machine')
  })
})
