import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Advertisement, readAdvertisement } from '../../src/protocol/advertisement.ts'
import { FLUSH } from '../../src/protocol/pkt-line.ts'
import { forEachRef, git, makeBareRepository } from '../support/git.ts'
import { addCommits, makeFilledRepository } from '../support/repositories.ts'
import { serve } from './serve.ts'

async function greet(
  service: 'upload-pack' | 'receive-pack',
  dir: string,
  version: 0 | 1 | 2 = 0,
): Promise<Advertisement> {
  await using served = serve(service, dir, { version })
  return await readAdvertisement(served.packets)
}

async function greetWithRefs(
  service: 'upload-pack' | 'receive-pack',
  dir: string,
  version: 0 | 1 = 0,
): Promise<Extract<Advertisement, { refs: unknown }>> {
  const advertisement = await greet(service, dir, version)
  if (advertisement.version === 2) throw new Error('expected refs')
  return advertisement
}

describe('greetings of real git', () => {
  it('[E1] come in the version that was asked for', async () => {
    await using repository = await makeFilledRepository()
    for (const version of [0, 1, 2] as const) {
      expect((await greet('upload-pack', repository.path, version)).version).toBe(version)
    }
    const v2 = await greet('upload-pack', repository.path, 2)
    expect(v2.capabilities.has('ls-refs')).toBe(true)
    expect(v2.capabilities.value('fetch')?.split(' ')).toContain('shallow')
  })

  it('[B4] show every ref once, with what a tag peels to', async () => {
    await using repository = await makeFilledRepository()
    const expected = await forEachRef(repository.path)
    for (const version of [0, 1] as const) {
      const { refs } = await greetWithRefs('upload-pack', repository.path, version)
      const plain = refs.filter(({ name }) => name !== 'HEAD')
      expect(new Map(plain.map(({ name, id }) => [name, id]))).toEqual(expected)
      expect(refs.find(({ name }) => name === 'refs/tags/v1.0.0')?.peeled).toBe(
        await git(repository.path, 'rev-parse', 'refs/tags/v1.0.0^{}'),
      )
      expect(refs.find(({ name }) => name === 'refs/heads/main')?.peeled).toBeUndefined()
      expect(refs.find(({ name }) => name === 'HEAD')?.symrefTarget).toBe('refs/heads/main')
    }
  })

  it('[B3] of an empty repository have no refs, from either service', async () => {
    await using repository = await makeBareRepository()
    const source = await greetWithRefs('upload-pack', repository.path)
    expect([source.refs, source.haves, source.shallow]).toEqual([[], [], []])
    const destination = await greetWithRefs('receive-pack', repository.path)
    expect(destination.refs).toEqual([])
    expect(destination.capabilities.has('report-status')).toBe(true)
    expect(destination.capabilities.has('delete-refs')).toBe(true)
  })

  it('[E2] of receive-pack have no version line unless one is asked for', async () => {
    await using repository = await makeFilledRepository()
    expect((await greet('receive-pack', repository.path)).version).toBe(0)
    expect((await greet('receive-pack', repository.path, 1)).version).toBe(1)
    expect((await greet('receive-pack', repository.path, 2)).version).toBe(0)
  })

  it('[B5] show the objects of an alternate as .have', async () => {
    await using parent = await makeFilledRepository()
    await using fork = await makeBareRepository()
    await appendFile(join(fork.path, 'objects/info/alternates'), `${parent.path}/objects\n`)
    const { refs, haves } = await greetWithRefs('receive-pack', fork.path)
    expect(refs).toEqual([])
    expect(haves).toContain(await git(parent.path, 'rev-parse', 'refs/heads/main'))
  })

  it('[B7] of a shallow repository name its boundary, from either service', async () => {
    await using full = await makeBareRepository()
    const ids = await addCommits(full.path, 3)
    const clone = join(full.path, '..', 'shallow.git')
    await git(full.path, 'clone', '-q', '--bare', '--depth=2', `file://${full.path}`, clone)
    for (const service of ['upload-pack', 'receive-pack'] as const) {
      const { shallow, refs } = await greetWithRefs(service, clone)
      expect(shallow).toEqual([ids[1]])
      expect(refs.find(({ name }) => name === 'refs/heads/main')?.id).toBe(ids[2])
    }
  })

  it('[I1] tell SHA-256, in v0, in v2 and from receive-pack even when it is empty', async () => {
    await using empty = await makeBareRepository({ format: 'sha256' })
    expect((await greet('receive-pack', empty.path)).format).toBe('sha256')
    expect((await greet('upload-pack', empty.path, 2)).format).toBe('sha256')
    const [id] = await addCommits(empty.path, 1)
    const { format, refs } = await greetWithRefs('upload-pack', empty.path)
    expect(format).toBe('sha256')
    expect(refs).toContainEqual({ name: 'refs/heads/main', id })
  })

  it('[B19] can be left politely with a flush', async () => {
    await using repository = await makeFilledRepository()
    for (const service of ['upload-pack', 'receive-pack'] as const) {
      await using served = serve(service, repository.path)
      await readAdvertisement(served.packets)
      served.send(FLUSH)
      expect(await served.end()).toBe(0)
    }
  })
})
