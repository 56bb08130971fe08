import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, gitWith, makeBareRepository } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import {
  commitPointers,
  makeBytes,
  objectOf,
  pathInFolder,
  storeInFolder,
} from '../support/lfs/lfs-repositories.ts'
import { startFront } from '../support/lfs/lfs-site.ts'
import {
  type Endpoint,
  fileEndpoint,
  httpEndpoint,
  listRefs,
  mirror,
} from '../support/real-hosts/endpoint.ts'
import { type Gitea, startGitea } from '../support/real-hosts/gitea.ts'
import { type Giftless, startGiftless } from '../support/real-hosts/giftless.ts'
import { makeTempFolder } from '../support/temp.ts'

const SIZES = [1, 1000, 70_000, 3_000_000]

/** Fills a repository of this machine with pointers and their objects. */
async function makeOrigin(
  folder: string,
  seed: string,
): Promise<{ readonly path: string; readonly oids: readonly string[] }> {
  const { path } = await makeBareRepository({
    parent: folder,
    name: `${seed}.git`,
    config: { 'uploadpack.allowFilter': 'true' },
  })
  const objects = []
  for (const size of SIZES) objects.push(await storeInFolder(path, makeBytes(size, `${seed} ${size}`)))
  await commitPointers(path, objects)
  return { path, oids: objects.map(({ oid }) => oid).toSorted() }
}

/** Every object of the history, fetched and checked by the real client. */
async function expectWhole(endpoint: Endpoint, folder: string, oids: readonly string[]): Promise<void> {
  const clone = join(folder, 'clone')
  const env = endpoint.gitEnv
  await gitWith({ env }, folder, 'clone', '-q', '--no-checkout', endpoint.url, clone)
  await git(clone, 'lfs', 'install', '--local')
  await gitWith({ env }, clone, 'lfs', 'fetch', '--all')
  await git(clone, 'checkout', '-q', 'main')
  expect(await git(clone, 'lfs', 'fsck')).toContain('Git LFS fsck OK')
  const listed = await git(clone, 'lfs', 'ls-files', '--all', '--long')
  expect(
    listed
      .split('\n')
      .map((line) => line.slice(0, 64))
      .toSorted(),
  ).toEqual(oids)
}

/** From this machine to the host, from there to another repository of it, and once more with nothing to do. */
async function tellStory(
  create: (name: string) => Promise<Endpoint>,
  /** `links`: the host has objects of one repository in another that the same user may read. */
  { seed, links }: { readonly seed: string; readonly links: boolean },
): Promise<void> {
  await using folder = await makeTempFolder()
  const origin = await makeOrigin(folder.path, seed)
  const first = await create(`${seed}-first`)
  const second = await create(`${seed}-second`)
  const up = await mirror(fileEndpoint(origin.path), first, { lfs: 'true' })
  expect(up.exitCode, up.log).toBe(0)
  expect(up.outputs['lfs-objects']).toBe(String(SIZES.length))
  const back = fileEndpoint((await makeBareRepository({ parent: folder.path, name: 'back.git' })).path)
  const down = await mirror(first, back, { lfs: 'true' })
  expect(down.exitCode, down.log).toBe(0)
  expect(down.outputs['lfs-objects']).toBe(String(SIZES.length))
  const over = await mirror(first, second, { lfs: 'true' })
  expect(over.exitCode, over.log).toBe(0)
  expect(over.outputs['lfs-objects']).toBe(links ? '0' : String(SIZES.length))
  expect(await listRefs(second)).toEqual(await listRefs(fileEndpoint(origin.path)))
  await expectWhole(second, folder.path, origin.oids)
  const again = await mirror(first, second, { lfs: 'full' })
  expect(again.exitCode, again.log).toBe(0)
  expect(again.outputs).toMatchObject({ 'lfs-objects': '0', 'lfs-bytes': '0', changed: 'false' })
}

describe('LFS at Gitea', () => {
  let gitea: Gitea
  beforeAll(async () => {
    gitea = await startGitea()
  })
  afterAll(() => gitea?.[Symbol.asyncDispose]())

  for (const transport of ['http', 'ssh'] as const) {
    it(`over ${transport}, at both ends`, async () => {
      const create = async (name: string): Promise<Endpoint> =>
        gitea.endpoint(await gitea.create(name), transport)
      await tellStory(create, { seed: `lfs-${transport}`, links: true })
    })
  }

  it('with a deploy key that may write', async () => {
    await using folder = await makeTempFolder()
    const origin = await makeOrigin(folder.path, 'lfs-deploy')
    const repository = await gitea.create('lfs-deploy-key')
    const key = await gitea.createDeployKey(repository, { write: true })
    const result = await mirror(fileEndpoint(origin.path), gitea.sshEndpoint(repository, key), {
      lfs: 'true',
    })
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(gitea.endpoint(repository, 'http'), folder.path, origin.oids)
  })
})

describe('a Gitea without LFS', () => {
  it('is warned about, and the refs are mirrored', async () => {
    await using gitea = await startGitea({ config: { server: ['LFS_START_SERVER = false'] } })
    await using folder = await makeTempFolder()
    const origin = await makeOrigin(folder.path, 'without')
    for (const transport of ['http', 'ssh'] as const) {
      const endpoint = gitea.endpoint(await gitea.create(`without-${transport}`), transport)
      const result = await mirror(fileEndpoint(origin.path), endpoint)
      expect(result.exitCode, result.log).toBe(0)
      expect(result.warnings.join()).toMatch(/4 LFS objects are not carried/)
      expect(await listRefs(endpoint)).toEqual(await listRefs(fileEndpoint(origin.path)))
    }
  })
})

describe('LFS at giftless', () => {
  let giftless: Giftless
  beforeAll(async () => {
    giftless = await startGiftless()
  })
  afterAll(() => giftless?.[Symbol.asyncDispose]())

  it('at both ends', async () => {
    await using folder = await makeTempFolder()
    await mkdir(join(folder.path, 'org'))
    await using backend = await startHttpBackend({ root: folder.path })
    await using front = await startFront({ git: backend.port, lfs: giftless.port })
    await tellStory(
      async (name) => {
        const config = { 'uploadpack.allowFilter': 'true' }
        const { path } = await makeBareRepository({
          parent: join(folder.path, 'org'),
          name: `${name}.git`,
          config,
        })
        return httpEndpoint(front.url(`org/${name}.git`), undefined, path)
      },
      { seed: 'giftless', links: false },
    )
    const kept = await giftless.objects('org/giftless-second')
    expect(kept.length).toBe(SIZES.length)
  })

  it('which stores whatever it gets, is never given an object that is wrong', async () => {
    await using folder = await makeTempFolder()
    await mkdir(join(folder.path, 'org'))
    await using backend = await startHttpBackend({ root: folder.path })
    await using front = await startFront({ git: backend.port, lfs: giftless.port })
    await makeBareRepository({ parent: join(folder.path, 'org'), name: 'wrong.git' })
    const source = await makeBareRepository({ parent: folder.path, name: 'damaged.git' })
    const bytes = makeBytes(500_000, 'damaged')
    const object = objectOf(bytes)
    const stored = await storeInFolder(source.path, bytes)
    const path = pathInFolder(source.path, stored.oid)
    await writeFile(path, Buffer.from(bytes.map((byte) => byte ^ 1)))
    await commitPointers(source.path, [object])
    const destination = httpEndpoint(front.url('org/wrong.git'))
    const result = await mirror(fileEndpoint(source.path), destination, { lfs: 'true' })
    expect(result.exitCode).toBe(1)
    expect(result.errors.join()).toContain(object.oid)
    expect(await listRefs(destination)).toEqual(new Map())

    // It keeps what came of an upload that broke off, and tells it from the object by its size.
    await writeFile(path, bytes)
    const repaired = await mirror(fileEndpoint(source.path), destination, { lfs: 'true' })
    expect(repaired.exitCode, repaired.log).toBe(0)
    await expectWhole(destination, folder.path, [object.oid])
  })
})
