import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, git, makeBareRepository } from '../support/git.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import { commitPointers, makeBytes } from '../support/lfs/lfs-repositories.ts'
import { ACTION_TOKEN, type LfsObject } from '../support/lfs/lfs-server.ts'
import { type LfsSite, startLfsSite } from '../support/lfs/lfs-site.ts'
import { LOGIN, startLfsSites } from '../support/lfs/lfs-sites.ts'
import { runAction } from '../support/runner.ts'

function expectObjects(site: LfsSite, objects: readonly LfsObject[]): void {
  expect([...site.lfs.objects.keys()].toSorted()).toEqual(objects.map(({ oid }) => oid).toSorted())
}

function totalOf(objects: readonly LfsObject[]): number {
  return objects.reduce((sum, { size }) => sum + size, 0)
}

/** Which objects each batch asked for, by operation. */
function askedOf(site: LfsSite, operation: 'download' | 'upload'): readonly string[] {
  return site.lfs.log.flatMap(({ batch }) =>
    batch?.operation === operation ? batch.objects.map(({ oid }) => oid) : [],
  )
}

describe('LFS objects over http', () => {
  it('are there before any ref moves, come once, and cost nothing when nothing is to be pushed', async () => {
    await using sites = await startLfsSites()
    const { from, to, source, destination } = sites
    const first = await sites.add([1, 2000, 300_000])
    const mirrored = await sites.run()
    await expectMirror(mirrored, source, destination)
    expectObjects(to, first)
    expect(mirrored.destination.figures).toMatchObject({ lfsObjects: 3, lfsBytes: totalOf(first) })
    expect(mirrored.destination.warnings).toEqual([])
    const puts = to.lfs.log.filter(({ method }) => method === 'PUT')
    expect(puts.length).toBe(3)
    const push = to.order.findIndex((line) => line.startsWith('git POST') && line.includes('receive-pack'))
    const lastLfs = to.order.findLastIndex((line) => line.startsWith('lfs'))
    expect(push).toBeGreaterThan(lastLfs)

    const before = [from.lfs.log.length, to.lfs.log.length]
    expect((await sites.run()).destination.status).toBe('unchanged')
    expect([from.lfs.log.length, to.lfs.log.length]).toEqual(before)

    const second = await sites.add([5000])
    await expectMirror(await sites.run(), source, destination)
    expectObjects(to, [...first, ...second])
    expect(askedOf(to, 'upload').slice(3)).toEqual([second[0]!.oid])
    expect(from.lfs.log.filter(({ method }) => method === 'GET').length).toBe(4)
  })

  it('are asked for with the login of their own server, and with no other', async () => {
    await using sites = await startLfsSites()
    await sites.add([1000])
    const mirrored = await sites.run()
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    const basic = `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')}`
    for (const [site, login] of [
      [sites.from, undefined],
      [sites.to, basic],
    ] as const) {
      const seen = site.lfs.log.map(({ batch, headers }) => [batch !== undefined, headers.authorization])
      expect(seen.length).toBeGreaterThan(1)
      for (const [isBatch, authorization] of seen) expect(authorization).toBe(isBatch ? login : ACTION_TOKEN)
    }
    expect(mirrored.log).not.toMatch(/secret-signature|action-token|token-of-the-mirror/)
  })

  it('are nobody’s business with lfs: false, and in a dry run', async () => {
    await using sites = await startLfsSites()
    await sites.add([1000])
    expect((await sites.run(['--dry-run'])).destination.status).toBe('planned')
    const mirrored = await sites.run(['--lfs', 'false'])
    await expectMirror(mirrored, sites.source, sites.destination)
    expect([...sites.from.lfs.log, ...sites.to.lfs.log]).toEqual([])
    expect(sites.from.git.requests.some(({ parts }) => parts.join('').includes('filter '))).toBe(false)
  })

  it('are not asked for where there is no pointer: one question to the source', async () => {
    await using sites = await startLfsSites()
    await commitPointers(sites.source, [])
    await git(sites.source, 'update-ref', 'refs/heads/other', 'refs/heads/main')
    const mirrored = await sites.run()
    await expectMirror(mirrored, sites.source, sites.destination)
    expect([...sites.from.lfs.log, ...sites.to.lfs.log]).toEqual([])
    const fetches = (): readonly string[] =>
      sites.from.git.requests
        .map(({ parts }) => parts.join(''))
        .filter((body) => body.includes('command=fetch'))
    const questions = fetches().filter((body) => body.includes('filter '))
    expect(questions.length).toBe(1)
    // The pack is asked for beside it, and not again.
    expect(fetches().length).toBe(2)
    await commitPointers(sites.source, [], { files: { 'new.txt': 'no pointer\n' } })
    await expectMirror(await sites.run(), sites.source, sites.destination)
    // The pack shows by itself that there is none; the other one asks whether the branch only went forward.
    expect(fetches().length).toBe(4)
    expect(fetches().filter((body) => body.includes('filter ')).length).toBe(1)
    expect([...sites.from.lfs.log, ...sites.to.lfs.log]).toEqual([])
  })

  it('are looked for before anything is pushed, although the pack is asked for at the same time', async () => {
    await using sites = await startLfsSites()
    const objects = await sites.add([1000, 20_000])
    await expectMirror(await sites.run(), sites.source, sites.destination)
    expectObjects(sites.to, objects)
    const { order } = sites.to
    const push = order.findIndex((line) => line.startsWith('git POST') && line.includes('receive-pack'))
    const lastPut = order.findLastIndex((line) => line.startsWith('lfs POST'))
    expect(push).toBeGreaterThan(lastPut)
  })

  it('of an earlier mirror without them are carried when new ones come, or with lfs: full', async () => {
    await using sites = await startLfsSites()
    const first = await sites.add([1000, 2000])
    await sites.run(['--lfs', 'false'])
    const full = await sites.run(['--lfs', 'full'])
    expect(full.destination).toMatchObject({ status: 'unchanged', figures: { lfsObjects: 2 } })
    expectObjects(sites.to, first)

    sites.to.lfs.objects.clear()
    const second = await sites.add([3000])
    const mirrored = await sites.run()
    await expectMirror(mirrored, sites.source, sites.destination)
    expect(mirrored.log).toContain('looking at the whole history')
    expectObjects(sites.to, [...first, ...second])
  })

  it('come from a source that filters nothing, or refuses the combined filter', async () => {
    for (const filters of [false, true]) {
      await using sites = await startLfsSites({ filters })
      await git(sites.source, 'config', 'uploadpackfilter.combine.allow', 'false')
      const objects = await sites.add([1000, 2000])
      const mirrored = await sites.run()
      await expectMirror(mirrored, sites.source, sites.destination)
      expectObjects(sites.to, objects)
      const more = await sites.add([30])
      await expectMirror(await sites.run(), sites.source, sites.destination)
      expectObjects(sites.to, [...objects, ...more])
    }
  })

  it('go to several destinations from one download, and the outputs and the summary tell', async () => {
    await using sites = await startLfsSites()
    const { from, to } = sites
    await using other = await startLfsSite({ root: join(sites.destination, '..', '..') })
    const name = 'other.git'
    await makeBareRepository({ parent: join(sites.destination, '..', '..'), name })
    const objects = await sites.add([1000, 200_000, 3])
    const result = await runAction({
      inputs: {
        source: from.url('source.git'),
        destination: `http://${LOGIN.username}:${LOGIN.password}@${to.url('destination.git').slice(7)}\n${other.url(name)}`,
      },
    })
    expect(result.exitCode, result.log).toBe(0)
    expectObjects(to, objects)
    expectObjects(other, objects)
    expect(from.lfs.log.filter(({ method }) => method === 'GET').length).toBe(3)
    expect(result.outputs).toMatchObject({
      'lfs-objects': '6',
      'lfs-bytes': String(2 * totalOf(objects)),
    })
    expect(result.summary).toContain('3 LFS objects, 201 kB')
    expect(result.log).toContain('LFS objects')
  })
})

describe('the .lfsconfig of the source', () => {
  it('is obeyed for reading, gets no login of another server, and is warned about', async () => {
    await using sites = await startLfsSites()
    await using elsewhere = await startLfsSite({ root: sites.source })
    const bytes = makeBytes(5000, 'elsewhere')
    const object = elsewhere.lfs.add(bytes)
    const url = elsewhere.url('store.git/info/lfs')
    await commitPointers(sites.source, [object], { files: { '.lfsconfig': `[lfs]\n\turl = ${url}\n` } })
    const mirrored = await runMirror({
      source: sites.from.url('source.git'),
      destination: sites.to.url('destination.git'),
      args: ['--destination-username', LOGIN.username],
      env: { KALANDRA_DESTINATION_TOKEN: LOGIN.password, KALANDRA_SOURCE_TOKEN: 'token-of-the-source' },
    })
    await expectMirror(mirrored, sites.source, sites.destination)
    expectObjects(sites.to, [object])
    expect(sites.from.lfs.log).toEqual([])
    expect(elsewhere.lfs.log.map(({ headers }) => headers.authorization)).not.toContain(
      expect.stringContaining('Basic'),
    )
    expect(mirrored.log).toMatch(/warning: the \.lfsconfig of the source names the LFS server http:\/\/127/)
  })

  it.each(['ssh://git@127.0.0.1/store.git', 'file:///etc', '../elsewhere'])(
    'is not followed to %s',
    async (url) => {
      await using sites = await startLfsSites()
      await sites.add([10], { '.lfsconfig': `[lfs]\n\turl = ${url}\n` })
      const auto = await sites.run()
      await expectMirror(auto, sites.source, sites.destination)
      expect(auto.destination.warnings.join()).toContain('names an LFS server that is no https address')
      const strict = await sites.run(['--lfs', 'full'])
      expect(strict.destination).toMatchObject({
        status: 'failed',
        error: { code: 'protocol', side: 'source' },
      })
    },
  )
})

describe('an object that the source does not have', () => {
  it('is warned about by name, and is a failure with lfs: true', async () => {
    await using sites = await startLfsSites()
    const [lost, kept] = await sites.add([1000, 2000])
    sites.from.lfs.objects.delete(lost!.oid)
    const strict = await sites.run(['--lfs', 'true'])
    expect(strict.destination).toMatchObject({
      status: 'failed',
      error: { code: 'not-found', side: 'source', message: expect.stringContaining(lost!.oid) },
    })
    expect(await forEachRef(sites.destination)).toEqual(new Map())
    const mirrored = await sites.run()
    await expectMirror(mirrored, sites.source, sites.destination)
    expect(mirrored.destination.warnings.join()).toContain(lost!.oid)
    expectObjects(sites.to, [kept!])
  })
})

describe('a source that filters nothing and has no LFS server', () => {
  it('is not read twice, unless it is asked for', async () => {
    await using sites = await startLfsSites({ filters: false })
    await sites.add([1000])
    sites.from.lfs.faults.batch = () => ({ status: 404, body: 'Not Found' })
    const mirrored = await sites.run()
    await expectMirror(mirrored, sites.source, sites.destination)
    const packs = sites.from.git.requests.filter(({ parts }) => parts.join('').includes('command=fetch'))
    expect(packs.length).toBe(1)
    expect(sites.to.lfs.log).toEqual([])
    // The pack that is pushed shows that it points to some.
    expect(mirrored.destination.warnings.join()).toMatch(
      /^1 LFS object is not carried: the source has no LFS/,
    )
    const strict = await sites.run(['--lfs', 'full'])
    expect(strict.destination).toMatchObject({ status: 'failed', error: { side: 'source' } })
  })
})
