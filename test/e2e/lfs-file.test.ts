import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import {
  commitPointers,
  isWholeInFolder,
  makeBytes,
  objectOf,
  pathInFolder,
  storeInFolder,
} from '../support/lfs/lfs-repositories.ts'
import { type LfsSite, startLfsSite } from '../support/lfs/lfs-site.ts'
import { makeTempFolder } from '../support/temp.ts'

interface Folders extends AsyncDisposable {
  readonly path: string
  readonly source: string
  readonly destination: string
}

async function makeFolders(): Promise<Folders> {
  const folder = await makeTempFolder()
  const config = { 'uploadpack.allowFilter': 'true' }
  const source = (await makeBareRepository({ parent: folder.path, name: 'source.git', config })).path
  const destination = (await makeBareRepository({ parent: folder.path, name: 'destination.git' })).path
  return {
    path: folder.path,
    source,
    destination,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

/** Commits files by the real client, and pushes them with their objects. */
async function pushFiles(
  work: string,
  remote: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  await mkdir(work, { recursive: true })
  await git(work, 'init', '-q', '--initial-branch=main')
  await git(work, 'lfs', 'install', '--local')
  await git(work, 'lfs', 'track', '*.bin')
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(work, name), bytes)
  await git(work, 'add', '.')
  await git(work, 'commit', '-qm', 'Files')
  await git(work, 'remote', 'add', 'origin', remote)
  await git(work, 'push', '-q', 'origin', 'main')
}

/** A clone by the real client, with every object of the history, checked by it. */
async function cloneWhole(folder: string, remote: string, name: string): Promise<string> {
  const clone = join(folder, name)
  await git(folder, 'clone', '-q', '--no-checkout', remote, clone)
  await git(clone, 'lfs', 'install', '--local')
  await git(clone, 'lfs', 'fetch', '--all')
  await git(clone, 'checkout', '-q', 'main')
  expect(await git(clone, 'lfs', 'fsck')).toContain('Git LFS fsck OK')
  return clone
}

describe('LFS objects between repositories of this machine', () => {
  it('that the real client has made are whole for the real client afterwards', async () => {
    await using folders = await makeFolders()
    const files = {
      'a.bin': makeBytes(1, 'a'),
      'b.bin': makeBytes(300_000, 'b'),
      'c.bin': makeBytes(2_000_000, 'c'),
    }
    await pushFiles(join(folders.path, 'work'), `file://${folders.source}`, files)
    const mirrored = await runMirror(folders)
    await expectMirror(mirrored, folders.source, folders.destination)
    expect(mirrored.destination.figures).toMatchObject({ lfsObjects: 3, lfsBytes: 2_300_001 })
    const clone = await cloneWhole(folders.path, `file://${folders.destination}`, 'clone')
    for (const [name, bytes] of Object.entries(files)) {
      expect((await readFile(join(clone, name))).equals(bytes)).toBe(true)
    }
    expect(await readdir(join(folders.destination, 'lfs', 'tmp'))).toEqual([])
  })

  it('are read from the .git of a work tree', async () => {
    await using folders = await makeFolders()
    const work = join(folders.path, 'work')
    await pushFiles(work, `file://${folders.source}`, { 'a.bin': makeBytes(5000, 'tree') })
    await rm(join(folders.source, 'lfs'), { recursive: true })
    const mirrored = await runMirror({ source: work, destination: folders.destination })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    expect(await isWholeInFolder(folders.destination, objectOf(makeBytes(5000, 'tree')))).toBe(true)
  })

  it('are not overwritten, and one of a wrong length is replaced', async () => {
    await using folders = await makeFolders()
    const { source, destination } = folders
    const [kept, cut] = [makeBytes(1000, 'kept'), makeBytes(2000, 'cut')]
    const objects = [await storeInFolder(source, kept), await storeInFolder(source, cut)]
    await commitPointers(source, objects)
    for (const bytes of [kept, cut]) await storeInFolder(destination, bytes)
    await writeFile(pathInFolder(destination, objects[1]!.oid), cut.subarray(0, 700))
    const mirrored = await runMirror({ source, destination })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.destination.figures).toMatchObject({ lfsObjects: 1, lfsBytes: 2000 })
    for (const object of objects) expect(await isWholeInFolder(destination, object)).toBe(true)
  })

  it('are told by name where this user may not write, and no ref moves', async () => {
    await using folders = await makeFolders()
    const { source, destination } = folders
    await commitPointers(source, [await storeInFolder(source, makeBytes(1000, 'denied'))])
    // A file where the folder should be: no user may write below it.
    await writeFile(join(destination, 'lfs'), '')
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.error).toMatchObject({ code: 'local', side: 'destination' })
    expect(await git(destination, 'for-each-ref')).toBe('')
  })
})

describe('LFS objects between a folder and a server', () => {
  it('go both ways, and the real client fetches them from the server', async () => {
    await using folders = await makeFolders()
    const { source, destination, path } = folders
    await using site: LfsSite = await startLfsSite({ root: path })
    const files = { 'a.bin': makeBytes(1, 'up'), 'b.bin': makeBytes(100_000, 'up too') }
    await pushFiles(join(path, 'work'), `file://${source}`, files)
    await makeBareRepository({
      parent: path,
      name: 'served.git',
      config: { 'uploadpack.allowFilter': 'true' },
    })
    const up = await runMirror({ source, destination: site.url('served.git') })
    await expectMirror(up, source, join(path, 'served.git'))
    const clone = await cloneWhole(path, site.url('served.git'), 'clone')
    expect((await readFile(join(clone, 'b.bin'))).equals(files['b.bin'])).toBe(true)

    const down = await runMirror({ source: site.url('served.git'), destination })
    await expectMirror(down, source, destination)
    for (const bytes of Object.values(files))
      expect(await isWholeInFolder(destination, objectOf(bytes))).toBe(true)
  })

  it('that the real client has sent to a server are carried to another one', async () => {
    await using folders = await makeFolders()
    const { source, destination, path } = folders
    await using site = await startLfsSite({ root: path })
    await using other = await startLfsSite({ root: path })
    await pushFiles(join(path, 'work'), site.url('source.git'), { 'a.bin': makeBytes(70_000, 'sent') })
    expect(site.lfs.objects.size).toBe(1)
    const mirrored = await runMirror({
      source: site.url('source.git'),
      destination: other.url('destination.git'),
    })
    await expectMirror(mirrored, source, destination)
    await cloneWhole(path, other.url('destination.git'), 'clone')
  })
})
