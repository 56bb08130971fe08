import { describe, expect, it } from 'vitest'
import { readAdvertisement } from '../../src/protocol/advertisement.ts'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { encodeLsRefs, type LsRefsRequest, readLsRefs, type RefList } from '../../src/protocol/ls-refs.ts'
import { forEachRef, git, makeBareRepository } from '../support/git.ts'
import { FLUSH_PKT, pkt, readToFlush } from '../support/pkt.ts'
import { addCommits, makeFilledRepository } from '../support/repositories.ts'
import { cut, failureOf, packetsOf, readerOf } from './feed.ts'
import { serve } from './serve.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const FULL = ['ls-refs=unborn', 'fetch=shallow', 'agent=git/2', 'object-format=sha1']

function request(words: readonly string[], more: Partial<LsRefsRequest> = {}): LsRefsRequest {
  const capabilities = parseCapabilities(words)
  return { capabilities, format: 'sha1', agent: 'git/kalandra-1', prefixes: [], symrefs: true, ...more }
}

async function linesOf(asked: LsRefsRequest): Promise<readonly string[]> {
  return await readToFlush(readerOf(encodeLsRefs(asked)))
}

/** Asks a real upload-pack. */
async function list(dir: string, more: Partial<LsRefsRequest> = {}): Promise<RefList> {
  await using served = serve('upload-pack', dir, { version: 2 })
  const { capabilities, format } = await readAdvertisement(served.packets)
  served.send(encodeLsRefs({ ...request([]), capabilities, format, ...more }))
  return await readLsRefs(served.packets)
}

describe('encodeLsRefs', () => {
  it('[J3] asks for what is wanted, and by prefix', async () => {
    const asked = request(FULL, { prefixes: ['refs/heads/', 'refs/tags/'], peel: true, unborn: true })
    expect(await linesOf(asked)).toEqual([
      'command=ls-refs\n',
      'agent=git/kalandra-1\n',
      'object-format=sha1\n',
      'peel\n',
      'symrefs\n',
      'unborn\n',
      'ref-prefix refs/heads/\n',
      'ref-prefix refs/tags/\n',
    ])
  })

  it('[B8] sends nothing that was not offered', async () => {
    expect(await linesOf(request(['ls-refs'], { unborn: true }))).toEqual(['command=ls-refs\n', 'symrefs\n'])
    expect(await linesOf(request(['ls-refs=unborn-too'], { unborn: true, symrefs: false }))).toEqual([
      'command=ls-refs\n',
    ])
    expect(() => encodeLsRefs(request(['fetch']))).toThrow(expect.objectContaining({ code: 'protocol' }))
  })

  it('[J3] asks for everything when there are too many prefixes for a server', async () => {
    const prefixes = Array.from({ length: 1001 }, (_, index) => `refs/heads/${index}`)
    expect(await linesOf(request(['ls-refs'], { prefixes }))).not.toContain('ref-prefix refs/heads/0\n')
    expect(await linesOf(request(['ls-refs'], { prefixes: prefixes.slice(1) }))).toHaveLength(1002)
  })
})

describe('readLsRefs', () => {
  const bytes = Buffer.concat([
    pkt(
      'unborn HEAD symref-target:refs/heads/new\n',
      `${A} refs/heads/alias symref-target:refs/heads/main\n`,
      `${A} refs/heads/main\n`,
      `${B} refs/tags/v1 peeled:${A} future:thing\n`,
    ),
    FLUSH_PKT,
  ])

  it('[B4] keeps what a tag peels to as a part of the tag', async () => {
    expect(await readLsRefs(packetsOf(bytes))).toEqual({
      refs: [
        { name: 'refs/heads/alias', id: A, symrefTarget: 'refs/heads/main' },
        { name: 'refs/heads/main', id: A },
        { name: 'refs/tags/v1', id: B, peeled: A },
      ],
      damaged: [],
      unbornHead: 'refs/heads/new',
    })
  })

  it('[B1] reads the same however the stream is cut', async () => {
    const whole = await readLsRefs(packetsOf(bytes))
    for (const size of [1, 3, 4, 7, 61]) {
      expect(await readLsRefs(packetsOf(...cut(bytes, size)))).toEqual(whole)
    }
  })

  it.each([
    ['refs/heads/x 2', 'a space'],
    [`refs/tags/x 2 peeled:${B}`, 'a space and what looks like an attribute'],
    ['refs/heads/x 2a:b', 'a space and a colon'],
    [`refs/heads/${'x'.repeat(4085)}`, 'as many characters as are allowed'],
  ])('takes the whole name %j, which has %s', async (name) => {
    for (const names of [
      ['HEAD', name, 'refs/tags/y'],
      ['HEAD', name],
    ]) {
      const bytes = Buffer.concat([pkt(...names.map((one) => `${A} ${one}\n`)), FLUSH_PKT])
      for (const size of [1, bytes.length]) {
        const { refs } = await readLsRefs(packetsOf(...cut(bytes, size)))
        expect(refs.map((ref) => ref.name)).toEqual(names)
      }
    }
  })

  it('[I3] takes what a tag peels to in SHA-256', async () => {
    const [long, peeled] = ['c'.repeat(64), 'd'.repeat(64)]
    const lines = [`${long} refs/tags/v1 peeled:${peeled}\n`, `${long} refs/tags/v2 peeled:${peeled}\n`]
    const { refs } = await readLsRefs(packetsOf(pkt(...lines), FLUSH_PKT))
    expect(refs.map((ref) => ref.peeled)).toEqual([peeled, peeled])
  })

  it('takes an unborn line that it does not know for none', async () => {
    expect(await readLsRefs(packetsOf(pkt('unborn refs/heads/x\n'), FLUSH_PKT))).toEqual({
      refs: [],
      damaged: [],
    })
  })

  it('[F14] fails when the listing ends without a flush', async () => {
    for (const end of [bytes.length - 4, bytes.length - 2, bytes.length - 20, 0]) {
      const error = await failureOf(readLsRefs(packetsOf(bytes.subarray(0, end))))
      expect([error.code, error.retryable]).toEqual(['cut', true])
    }
  })

  it.each([
    ['no space', `${A}0`],
    ['no id', 'main refs/heads/main'],
    ['no name', `${A} `],
    ['a name of two spaces', `${A}  refs/heads/main`],
    ['a bad peel', `${A} refs/tags/v peeled:${B.slice(1)}`],
    ['nothing', ''],
  ])('refuses a line with %s', async (_, line) => {
    const error = await failureOf(readLsRefs(packetsOf(pkt(`${line}\n`), FLUSH_PKT)))
    expect(error.code).toBe('protocol')
  })

  it('[I1] refuses ids of two lengths in one listing', async () => {
    const mixed = pkt(`${A} refs/heads/a\n`, `${'c'.repeat(64)} refs/heads/b\n`)
    expect(await failureOf(readLsRefs(packetsOf(mixed, FLUSH_PKT)))).toMatchObject({ code: 'protocol' })
  })

  it('[B2] gives the words of an ERR packet, and refuses a delimiter', async () => {
    expect(await failureOf(readLsRefs(packetsOf(pkt('ERR gone\n'))))).toMatchObject({ serverText: 'gone' })
    expect(await failureOf(readLsRefs(packetsOf('0001')))).toMatchObject({ code: 'protocol' })
  })

  it('stops at its limits', async () => {
    expect(await failureOf(readLsRefs(packetsOf(bytes), { lines: 3 }))).toMatchObject({ code: 'limit' })
    expect(await failureOf(readLsRefs(packetsOf(bytes), { bytes: 200 }))).toMatchObject({ code: 'limit' })
    const long = pkt(`${A} ${'x'.repeat(4097)}\n`)
    expect(await failureOf(readLsRefs(packetsOf(long)))).toMatchObject({ code: 'limit' })
  })
})

describe('ls-refs of real git', () => {
  it('lists every ref with its id, and tags with what they peel to', async () => {
    await using repository = await makeFilledRepository()
    const { refs } = await list(repository.path, { prefixes: ['refs/'], peel: true })
    expect(new Map(refs.map(({ name, id }) => [name, id]))).toEqual(await forEachRef(repository.path))
    const tag = refs.find(({ name }) => name === 'refs/tags/nested')
    expect(tag?.peeled).toBe(await git(repository.path, 'rev-parse', 'refs/tags/nested^{}'))
  })

  it('[G18] tells symbolic refs, and nothing of a HEAD that names no branch', async () => {
    await using repository = await makeFilledRepository()
    await git(repository.path, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/side')
    await git(repository.path, 'symbolic-ref', 'refs/heads/dangling', 'refs/heads/nowhere')
    const named = await list(repository.path)
    const targets = new Map(named.refs.map(({ name, symrefTarget }) => [name, symrefTarget]))
    expect(targets.get('HEAD')).toBe('refs/heads/main')
    expect(targets.get('refs/heads/alias')).toBe('refs/heads/side')
    expect(targets.has('refs/heads/dangling')).toBe(false)
    await git(repository.path, 'update-ref', '--no-deref', 'HEAD', 'refs/heads/main')
    const detached = await list(repository.path)
    expect(detached.refs.find(({ name }) => name === 'HEAD')).toEqual({
      name: 'HEAD',
      id: await git(repository.path, 'rev-parse', 'refs/heads/main'),
    })
  })

  it('[G18] tells the branch of an unborn HEAD, and makes no ref of it', async () => {
    await using repository = await makeBareRepository({ branch: 'trunk' })
    expect(await list(repository.path, { unborn: true })).toEqual({
      refs: [],
      damaged: [],
      unbornHead: 'refs/heads/trunk',
    })
    expect(await list(repository.path)).toEqual({ refs: [], damaged: [] })
  })

  it('[J4] runs twice on one connection, with SHA-256 too', async () => {
    await using repository = await makeBareRepository({ format: 'sha256' })
    const [id] = await addCommits(repository.path, 1)
    await using served = serve('upload-pack', repository.path, { version: 2 })
    const { capabilities, format } = await readAdvertisement(served.packets)
    for (const prefixes of [['refs/heads/'], ['refs/tags/']]) {
      served.send(encodeLsRefs({ ...request([]), capabilities, format, prefixes }))
      const { refs } = await readLsRefs(served.packets)
      expect(refs).toEqual(prefixes[0] === 'refs/heads/' ? [{ name: 'refs/heads/main', id }] : [])
    }
    expect(await served.end()).toBe(0)
  })
})
