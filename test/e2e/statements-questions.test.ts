import { describe, expect, it } from 'vitest'
import { forEachRef, git, gitWith, makeBareRepository } from '../support/git.ts'
import { startHost } from '../support/hosts/base.ts'
import type { Dialect } from '../support/hosts/dialect.ts'
import { startGitHost } from '../support/hosts/duplex-host.ts'
import { makePair, type Pair } from '../support/hosts/histories.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import { addCommits, addRefs, fillRepository } from '../support/repositories.ts'
import { makeTempFolder } from '../support/temp.ts'

const ONLY_V0: Dialect = { version: 0 }

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
    expect(
      host.calls.filter(({ method, service }) => method === 'POST' && service !== undefined),
    ).toHaveLength(1)
  })

  it('[B20] a run of deletions alone asks for no pack', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await git(source, 'update-ref', '-d', 'refs/heads/side')
    await using host = await startHost({ root: folder.path, dialect: {} })
    await expectMirror(await runMirror({ source: host.url('source'), destination }), source, destination)
    const fetches = host.calls.filter(({ asked }) => asked?.command === 'fetch')
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

  it('[G17] a destination is asked for its symbolic refs only where one may be meant', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await addCommits(source, 1)
    await git(source, 'push', '-q', '--mirror', destination)
    await using host = await startHost({ root: folder.path, dialect: {} })
    const call = { source, destination: host.url('destination') }
    const countAsked = (): number => host.calls.filter(({ asked }) => asked?.command === 'ls-refs').length
    await addCommits(source, 1)
    await expectMirror(await runMirror(call), source, destination)
    expect(countAsked()).toBe(0)
    // A symbolic ref shows what the ref that it names shows, and this may be one.
    await git(source, 'update-ref', 'refs/heads/twin', 'refs/heads/main')
    await expectMirror(await runMirror(call), source, destination)
    expect(countAsked()).toBe(0)
    await addCommits(source, 1)
    await expectMirror(await runMirror(call), source, destination)
    expect(countAsked()).toBe(1)
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
