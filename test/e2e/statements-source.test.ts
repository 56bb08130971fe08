import { chmod, chown, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countObjects, forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { startHost } from '../support/hosts/base.ts'
import type { Dialect } from '../support/hosts/dialect.ts'
import { startGitHost } from '../support/hosts/duplex-host.ts'
import { makePair } from '../support/hosts/histories.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import { addCommits } from '../support/repositories.ts'
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
      expect(mirrored.destination.error?.message).toContain(source)
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
    const lost = await git(source, 'commit-tree', '-m', 'lost', 'refs/heads/main^{tree}')
    await git(source, 'update-ref', 'refs/heads/lost', lost)
    await rm(join(source, 'objects', lost.slice(0, 2), lost.slice(2)))
    const mirrored = await runMirror({ source, destination, retries: 2 })
    expect(mirrored.log).toContain(`the source lists ${lost} and cannot give it`)
    expect(mirrored.destination.rejected).toMatchObject([
      { ref: 'refs/heads/lost', action: 'create', reason: expect.stringContaining(lost) },
    ])
    const there = await forEachRef(destination)
    const here = await forEachRef(source, 'refs/heads', 'refs/tags')
    here.delete('refs/heads/lost')
    expect(there).toEqual(here)
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
      const mirrored = await runMirror({ source: host.url('shallow.git'), destination })
      expect(mirrored.exitCode, mirrored.log).toBe(1)
      expect(mirrored.destination.figures.pushes).toBe(0)
      expect(mirrored.log).toMatch(/the source is a shallow clone/)
      expect(mirrored.log).toMatch(/What to do: .*(fetch-depth: 0|--unshallow)/)
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
    const partial = join(folder.path, 'filtered.git')
    await git(folder.path, 'clone', '-q', '--bare', '--filter=blob:none', `file://${source}`, partial)
    await rm(join(source, 'HEAD'))
    const mirrored = await runMirror({ source: partial, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(await forEachRef(destination)).toEqual(new Map())
    expect(mirrored.log).toMatch(/What to do: .*partial clone/)
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
