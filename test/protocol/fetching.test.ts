import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import { type Advertisement, readAdvertisement } from '../../src/protocol/advertisement.ts'
import { type Capabilities, parseCapabilities } from '../../src/protocol/capabilities.ts'
import { encodeFetchV0, encodeFetchV2, type FetchRequest } from '../../src/protocol/fetch-request.ts'
import { type FetchAnswer, readAcksV0, readFetchV0, readFetchV2 } from '../../src/protocol/fetch-response.ts'
import { findUnknownObject } from '../../src/protocol/unknown-object.ts'
import { FLUSH } from '../../src/protocol/pkt-line.ts'
import { PackChecker, parsePackHeader } from '../../src/protocol/pack.ts'
import { git, makeBareRepository, type Repository, runGit } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { failureOf, gather } from './feed.ts'
import { type Served, serve } from './serve.ts'

type Question = Partial<FetchRequest> & { readonly wants: readonly string[] }

function requestOf(advertisement: Advertisement, question: Question): FetchRequest {
  const { capabilities, format } = advertisement
  const rest = { agent: 'git/kalandra-1', haves: [], thin: true, ofsDelta: true, progress: false }
  return { capabilities, format, ...rest, ...question }
}

async function askV2(served: Served, question: Question): Promise<FetchAnswer> {
  const advertisement = await readAdvertisement(served.packets)
  served.send(runToEnd(encodeFetchV2(requestOf(advertisement, question))))
  return await readFetchV2(served.packets)
}

/** `only`: as if the server offered no other capabilities. */
async function askV0(served: Served, question: Question, only?: readonly string[]): Promise<FetchAnswer> {
  const advertisement = await readAdvertisement(served.packets)
  const offered: Capabilities =
    only === undefined
      ? advertisement.capabilities
      : parseCapabilities(only.filter((word) => advertisement.capabilities.has(word)))
  const request = { ...requestOf(advertisement, question), capabilities: offered }
  const { wants, haves } = runToEnd(encodeFetchV0(request))
  served.send(wants, haves)
  const deepened = question.deepen !== undefined || question.deepenSince !== undefined
  return await readFetchV0(served.packets, served.bytes, { capabilities: offered, deepened })
}

/** Reads and checks the pack, and gives its number of objects. @throws MirrorError for a damaged pack. */
async function countPack(answer: FetchAnswer, format: 'sha1' | 'sha256' = 'sha1'): Promise<number> {
  const checker = new PackChecker(format)
  for (let slice = await answer.pack!.next(); slice; slice = await answer.pack!.next()) checker.update(slice)
  checker.finish()
  return checker.objects!
}

interface History extends Repository {
  /** Oldest first. */
  readonly ids: readonly string[]
}

async function makeHistory(count: number, format: 'sha1' | 'sha256' = 'sha1'): Promise<History> {
  const repository = await makeBareRepository({ format, config: { 'uploadpack.allowAnySHA1InWant': 'true' } })
  const ids = await addCommits(repository.path, count)
  return { ...repository, ids, [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose]() }
}

describe('fetching from real git, v2', () => {
  it('brings a pack that another repository takes', async () => {
    await using source = await makeHistory(3)
    await using destination = await makeBareRepository()
    await using served = serve('upload-pack', source.path, { version: 2 })
    const pack = await gather((await askV2(served, { wants: [source.ids[2]!] })).pack!)
    expect(parsePackHeader(pack).objects).toBe(9)
    const { exitCode } = await runGit(destination.path, ['index-pack', '--stdin', '--strict'], {
      input: pack,
    })
    expect(exitCode).toBe(0)
    expect(await git(destination.path, 'rev-list', '--count', source.ids[2]!)).toBe('3')
  })

  it('[A9] gets a complete pack of 32 bytes when everything is there', async () => {
    await using source = await makeHistory(1)
    await using served = serve('upload-pack', source.path, { version: 2 })
    const pack = await gather((await askV2(served, { wants: source.ids, haves: source.ids })).pack!)
    expect(pack).toHaveLength(32)
    expect(parsePackHeader(pack).objects).toBe(0)
  })

  it('[I3] gets SHA-256 packs of version 2', async () => {
    await using source = await makeHistory(2, 'sha256')
    await using served = serve('upload-pack', source.path, { version: 2 })
    expect(await countPack(await askV2(served, { wants: [source.ids[1]!] }), 'sha256')).toBe(6)
    await using again = serve('upload-pack', source.path, { version: 2 })
    const empty = await gather((await askV2(again, { wants: source.ids, haves: source.ids })).pack!)
    expect([empty.length, parsePackHeader(empty).version]).toEqual([44, 2])
  })

  it('[C2] gets the boundary of a history by depth, with an empty pack', async () => {
    await using source = await makeHistory(6)
    const tip = source.ids[5]!
    await using served = serve('upload-pack', source.path, { version: 2 })
    const answer = await askV2(served, { wants: [tip], haves: [tip], deepen: 2 })
    expect(answer.shallow).toEqual([source.ids[4]])
    expect(await countPack(answer)).toBe(0)
  })

  it('[C3] gets the common ids without a pack', async () => {
    await using source = await makeHistory(2)
    await using served = serve('upload-pack', source.path, { version: 2 })
    const haves = [source.ids[1]!, 'd'.repeat(40)]
    const answer = await askV2(served, { wants: [], haves, done: false, waitForDone: true })
    expect([answer.acks, answer.pack]).toEqual([[source.ids[1]], undefined])
  })

  it('[D4] ends in the section shallow-info when no commit is as new as that', async () => {
    await using source = await makeHistory(2)
    await using served = serve('upload-pack', source.path, { version: 2 })
    const tip = source.ids[1]!
    const error = await failureOf(askV2(served, { wants: [tip], haves: [tip], deepenSince: 4_000_000_000 }))
    expect(error.code).toBe('cut')
    expect(error.message).toContain('shallow-info')
  })

  it('[H1] shows that the source is a shallow clone, though nothing was asked about depth', async () => {
    await using source = await makeHistory(3)
    const clone = join(source.path, '..', 'shallow.git')
    await git(source.path, 'clone', '-q', '--bare', '--depth=1', `file://${source.path}`, clone)
    await using served = serve('upload-pack', clone, { version: 2 })
    const answer = await askV2(served, { wants: [source.ids[2]!], haves: [source.ids[2]!] })
    expect(answer.shallow).toEqual([source.ids[2]])
    expect(await countPack(answer)).toBe(0)
  })

  it('[G19] names the object that a broken ref lacks', async () => {
    await using source = await makeHistory(1)
    const gone = 'd'.repeat(40)
    await appendFile(join(source.path, 'refs/heads/broken'), `${gone}\n`)
    await using served = serve('upload-pack', source.path, { version: 2 })
    const error = await failureOf(askV2(served, { wants: [gone] }))
    expect(error.code).toBe('server')
    expect(findUnknownObject(error.serverText!)).toBe(gone)
  })
})

describe('fetching from real git, v0', () => {
  it('[E3] reads the states of known haves before the pack', async () => {
    await using source = await makeHistory(4)
    await using served = serve('upload-pack', source.path)
    const haves = [source.ids[2]!, source.ids[1]!, 'd'.repeat(40)]
    const answer = await askV0(served, { wants: [source.ids[3]!], haves })
    expect([...new Set(answer.acks)].toSorted()).toEqual([source.ids[2], source.ids[1]].toSorted())
    expect(answer.ready).toBe(true)
    expect(await countPack(answer)).toBe(3)
    expect(await served.end()).toBe(0)
  })

  it.each([
    ['multi_ack with side-band of 1000 bytes', ['multi_ack', 'side-band', 'ofs-delta'], 1],
    ['side-band-64k without multi_ack', ['side-band-64k'], 2],
    ['nothing at all', [], 2],
  ])('[E3] understands %s', async (_, only, acked) => {
    await using source = await makeHistory(4)
    await using served = serve('upload-pack', source.path)
    const haves = [source.ids[2]!, source.ids[1]!]
    const answer = await askV0(served, { wants: [source.ids[3]!], haves }, only)
    expect(answer.acks).toContain(source.ids[acked])
    expect(await countPack(answer)).toBe(3)
  })

  it('[E5] reads a bare pack of a server without side-band', async () => {
    await using source = await makeHistory(3)
    await using served = serve('upload-pack', source.path)
    const answer = await askV0(served, { wants: [source.ids[2]!] }, ['multi_ack', 'ofs-delta'])
    expect(await countPack(answer)).toBe(9)
    expect(await served.end()).toBe(0)
  })

  it('[E7] does not take a bare pack that was cut for a complete one', async () => {
    await using source = await makeHistory(3)
    await using served = serve('upload-pack', source.path)
    const answer = await askV0(served, { wants: [source.ids[2]!] }, [])
    const pack = await gather(answer.pack!)
    for (const length of [pack.length - 1, pack.length - 20, 40, 12, 0]) {
      const checker = new PackChecker('sha1')
      checker.update(pack.subarray(0, length))
      expect(() => checker.finish()).toThrow(expect.objectContaining({ code: 'pack', retryable: true }))
    }
  })

  it('[E3] asks what is common in a round without done, and is not taken in by ready', async () => {
    await using source = await makeHistory(4)
    await using served = serve('upload-pack', source.path)
    const advertisement = await readAdvertisement(served.packets)
    const haves = [source.ids[2]!, 'd'.repeat(40)]
    const request = requestOf(advertisement, { wants: [source.ids[3]!], haves, done: false })
    const parts = runToEnd(encodeFetchV0(request))
    served.send(parts.wants, parts.haves, FLUSH)
    expect(await readAcksV0(served.packets)).toEqual({ acks: [source.ids[2]], ready: true })
  })

  it('[E4] takes one answer of a server that forgets, without a second round', async () => {
    await using source = await makeHistory(4)
    const advertisement = await (async () => {
      await using greeting = serve('upload-pack', source.path)
      return await readAdvertisement(greeting.packets)
    })()
    const haves = [source.ids[2]!]
    const request = requestOf(advertisement, { wants: [source.ids[3]!], haves })
    await using served = serve('upload-pack', source.path, { args: ['--stateless-rpc'] })
    const halves = runToEnd(encodeFetchV0(request))
    served.send(halves.wants, halves.haves)
    const answer = await readFetchV0(served.packets, served.bytes, {
      capabilities: advertisement.capabilities,
      deepened: false,
    })
    expect(await countPack(answer)).toBe(3)
    expect(await served.end()).toBe(0)
  })

  it('[A9] gets a complete pack of 32 bytes when everything is there', async () => {
    await using source = await makeHistory(1)
    for (const only of [undefined, []]) {
      await using served = serve('upload-pack', source.path)
      const pack = await gather((await askV0(served, { wants: source.ids, haves: source.ids }, only)).pack!)
      expect([pack.length, parsePackHeader(pack).objects]).toEqual([32, 0])
    }
  })

  it('[C2] gets the boundary of a history by depth and by date', async () => {
    await using source = await makeHistory(6)
    const tip = source.ids[5]!
    await using served = serve('upload-pack', source.path)
    const byDepth = await askV0(served, { wants: [tip], haves: [tip], deepen: 3 })
    expect(byDepth.shallow).toEqual([source.ids[3]])
    expect(await countPack(byDepth)).toBe(0)
    const time = Number(await git(source.path, 'log', '-1', '--format=%ct', source.ids[2]!))
    await using again = serve('upload-pack', source.path)
    const byDate = await askV0(again, { wants: [tip], haves: [tip], deepenSince: time })
    expect(byDate.shallow).toEqual([source.ids[2]])
    expect(await countPack(byDate)).toBe(0)
  })

  it('[B2] gives the words of a server that does not have what is wanted', async () => {
    await using source = await makeHistory(1)
    await using served = serve('upload-pack', source.path)
    const error = await failureOf(askV0(served, { wants: ['d'.repeat(40)] }))
    expect([error.code, findUnknownObject(error.serverText ?? '')]).toEqual(['server', 'd'.repeat(40)])
  })

  it('[B14] fails when the server fails after it has begun its answer', async () => {
    await using source = await makeHistory(3)
    const blob = await git(source.path, 'rev-parse', `${source.ids[0]}:file`)
    await rm(join(source.path, 'objects', blob.slice(0, 2), blob.slice(2)))
    await using served = serve('upload-pack', source.path)
    const answer = await askV0(served, { wants: [source.ids[2]!] })
    const error = await failureOf(gather(answer.pack!))
    expect(error.code).toBe('server')
    expect(error.serverText).toContain('repository corruption')
  })
})
