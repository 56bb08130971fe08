import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef } from '../support/git.ts'
import { expectMirror, type Mirrored } from '../support/hosts/run.ts'
import type { LfsFaults } from '../support/lfs/lfs-server.ts'
import { objectOf } from '../support/lfs/lfs-repositories.ts'
import { type LfsSites, startLfsSites } from '../support/lfs/lfs-sites.ts'
import { startLfsSite } from '../support/lfs/lfs-site.ts'

/** No object of a wrong content is at the destination, whatever happened. */
function expectNoneWrong({ to }: LfsSites): void {
  for (const [oid, bytes] of to.lfs.objects) expect(objectOf(bytes).oid).toBe(oid)
}

/** The run failed before any ref moved. */
async function expectFailed(sites: LfsSites, mirrored: Mirrored): Promise<void> {
  expect(mirrored.exitCode, mirrored.log).toBe(1)
  expect(mirrored.destination.status).toBe('failed')
  expect(await forEachRef(sites.destination)).toEqual(new Map())
  expectNoneWrong(sites)
}

interface Failure {
  readonly what: string
  readonly from?: LfsFaults
  readonly to?: LfsFaults
  readonly says: RegExp
  readonly side: 'source' | 'destination'
}

function always(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): () => {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
} {
  return () => ({ status, body, headers })
}

/** What fails with lfs: auto as with lfs: true: both ends speak LFS, and an object did not arrive. */
const FAILURES: readonly Failure[] = [
  {
    what: 'the destination says 200 and stores nothing',
    to: { put: () => 'lose' },
    says: /took the LFS objects .* does not list them/,
    side: 'destination',
  },
  {
    what: 'the destination’s proxy takes nothing so large',
    to: { put: always(413) },
    says: /takes nothing of this size \(HTTP 413\)/,
    side: 'destination',
  },
  {
    what: 'the destination is full',
    to: { put: always(507, '{"message":"quota exceeded"}') },
    says: /has no room left \(HTTP 507\): quota exceeded/,
    side: 'destination',
  },
  {
    what: 'the destination refuses one object as too large',
    to: {
      entry: (entry, { operation }) =>
        operation === 'upload'
          ? { oid: entry['oid'], error: { code: 422, message: 'Size must be less than or equal to 10' } }
          : entry,
    },
    says: /refuses .*Size must be less than or equal to 10 \(422\)/,
    side: 'destination',
  },
  {
    what: 'the destination finds what arrived wrong',
    to: { verifies: true, verify: always(422) },
    says: /verifying .*HTTP 422/,
    side: 'destination',
  },
  {
    what: 'the destination breaks off every upload',
    to: { put: () => 'cut' },
    says: /did not arrive/,
    side: 'destination',
  },
  {
    what: 'the destination asks for an hour of patience',
    to: { put: always(429, '', { 'retry-after': '3600' }) },
    says: /asks to slow down \(HTTP 429\)/,
    side: 'destination',
  },
  {
    what: 'the source breaks off every download',
    from: { get: () => ({ cut: 700 }) },
    says: /did not arrive/,
    side: 'source',
  },
]

/** What passes. */
const PASSING: readonly (Pick<Failure, 'what' | 'from' | 'to'> & { readonly strict?: true })[] = [
  {
    what: 'the source’s addresses have expired',
    from: { get: (_, count) => (count === 1 ? { status: 403 } : undefined) },
  },
  {
    what: 'the destination’s addresses have expired',
    to: { put: (_, count) => (count === 1 ? { status: 403 } : undefined) },
  },
  {
    what: 'the source is overloaded at first',
    from: { batch: (_, count) => (count === 1 ? { status: 503 } : undefined) },
  },
  {
    what: 'the destination asks to slow down at first',
    to: { batch: (_, count) => (count === 1 ? { status: 429, headers: { 'retry-after': '1' } } : undefined) },
  },
  {
    what: 'the source breaks off at first',
    from: { get: (_, count) => (count === 1 ? { cut: 500 } : undefined) },
  },
  {
    what: 'the destination breaks off at first',
    to: { put: (_, count) => (count === 1 ? 'cut' : undefined) },
  },
  {
    what: 'the destination loses the first copy',
    to: { put: (_, count) => (count === 1 ? { status: 500 } : undefined) },
  },
  { what: 'the destination wants chunks', to: { chunked: true } },
  { what: 'the destination verifies', to: { verifies: true } },
  {
    what: 'the destination takes few objects in one question',
    to: { batch: ({ objects }) => (objects.length > 1 ? { status: 413 } : undefined) },
  },
  {
    what: 'the source says nothing of the size or the hash beyond what it must',
    from: { entry: ({ oid, actions, error }) => ({ oid, actions, error }) },
  },
]

describe('LFS objects that do not arrive', () => {
  it.each(FAILURES)('fail the run by name and move no ref where $what', async ({ from, to, says, side }) => {
    await using sites = await startLfsSites()
    await sites.add([1000, 40_000])
    Object.assign(sites.from.lfs.faults, from)
    Object.assign(sites.to.lfs.faults, to)
    const mirrored = await sites.run()
    await expectFailed(sites, mirrored)
    expect(mirrored.destination.error).toMatchObject({ side, message: expect.stringMatching(says) })

    // The next run, when all is well, completes it.
    for (const faults of [sites.from.lfs.faults, sites.to.lfs.faults])
      for (const name of Object.keys(faults)) delete faults[name as keyof LfsFaults]
    await expectMirror(await sites.run(), sites.source, sites.destination)
    expect(sites.to.lfs.objects.size).toBe(2)
  })

  it('with the time that a server asks for in the hint where that is too long', async () => {
    await using sites = await startLfsSites()
    await sites.add([1000])
    sites.to.lfs.faults.put = () => ({ status: 429, headers: { 'retry-after': '3600' } })
    const { error } = (await sites.run([], 3)).destination
    expect(error?.hint).toMatch(/wait 3600 seconds.*start again after \d{4}-/)
  })

  it.each([
    ['other bytes of the same length', (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 1))],
    ['fewer bytes', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['more bytes', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    ['no bytes', () => Buffer.alloc(0)],
  ])('are never stored wrong: the source gives %s', async (_, damage) => {
    await using sites = await startLfsSites()
    const [bad, good] = await sites.add([70_000, 100])
    const bytes = sites.from.lfs.objects.get(bad!.oid)!
    sites.from.lfs.faults.get = (oid) => (oid === bad!.oid ? { bytes: damage(bytes) } : undefined)
    const strict = await sites.run(['--lfs', 'true'])
    await expectFailed(sites, strict)
    expect(strict.destination.error).toMatchObject({
      side: 'source',
      message: expect.stringContaining(bad!.oid),
    })
    expect([...sites.to.lfs.objects.keys()]).toEqual([good!.oid])
    expectNoneWrong(sites)
  })
})

describe('LFS objects arrive all the same', () => {
  it.each(PASSING)('where $what', async ({ from, to }) => {
    await using sites = await startLfsSites()
    await sites.add([1000, 40_000])
    Object.assign(sites.from.lfs.faults, from)
    Object.assign(sites.to.lfs.faults, to)
    const mirrored = await sites.run(['--lfs', 'true'], 2)
    await expectMirror(mirrored, sites.source, sites.destination)
    expect(sites.to.lfs.objects.size).toBe(2)
    expectNoneWrong(sites)
  })

  it('and are not sent again to a server that offers an upload whatever it has', async () => {
    await using sites = await startLfsSites()
    await sites.add([1000, 2000])
    sites.to.lfs.faults.alwaysOffers = true
    await expectMirror(await sites.run(), sites.source, sites.destination)
    const more = await sites.add([3000])
    await sites.run(['--lfs', 'full'])
    const puts = sites.to.lfs.log.filter(({ method }) => method === 'PUT')
    expect(puts.length).toBe(3)
    expect(puts.at(-1)!.path).toContain(more[0]!.oid)
  })
})

describe('a server without LFS', () => {
  const CASES = [
    ['the destination', 404, 'Not Found', 'has no LFS at this repository'],
    ['the destination', 501, '', 'has LFS switched off'],
    ['the destination', 403, '{"message":"Git LFS is disabled for this repository."}', 'Git LFS is disabled'],
    ['the destination', 200, '<html>Sign in</html>', 'no JSON'],
    ['the source', 404, '<html><body>Not Found</body></html>', 'has no LFS at this repository'],
    ['the source', 403, '{"message":"This repository is over its data quota."}', 'over its data quota'],
  ] as const
  it.each(CASES)(
    'is warned about, and the refs are mirrored: %s answers %i %s',
    async (side, status, body, says) => {
      await using sites = await startLfsSites()
      await sites.add([1000])
      const site = side === 'the source' ? sites.from : sites.to
      site.lfs.faults.batch = () => ({ status, body })
      const strict = await sites.run(['--lfs', 'true'])
      await expectFailed(sites, strict)
      expect(strict.destination.error?.message).toContain(says)
      const mirrored = await sites.run()
      await expectMirror(mirrored, sites.source, sites.destination)
      expect(mirrored.destination.warnings.join()).toMatch(/1 LFS object is not carried/)
      expect(mirrored.destination.warnings.join()).toContain(says)
    },
  )
})

describe('an address that a server names', () => {
  it('gets no login of the repository, whatever it answers', async () => {
    await using sites = await startLfsSites()
    await using stranger = await startLfsSite({ root: join(sites.source, '..') })
    await sites.add([1000])
    sites.to.lfs.faults.entry = (entry, { operation }) =>
      operation === 'upload'
        ? {
            oid: entry['oid'],
            actions: {
              upload: { href: `http://127.0.0.1:${stranger.lfs.port}/objects/${String(entry['oid'])}` },
            },
          }
        : entry
    const mirrored = await sites.run()
    await expectFailed(sites, mirrored)
    expect(stranger.lfs.log.length).toBeGreaterThan(0)
    for (const { headers } of stranger.lfs.log) expect(headers.authorization).toBeUndefined()
  })

  it('is not read where it is no address of the web', async () => {
    await using sites = await startLfsSites()
    await sites.add([1000])
    sites.from.lfs.faults.entry = (entry) => ({
      oid: entry['oid'],
      actions: { download: { href: 'file:///etc/passwd' } },
    })
    const mirrored = await sites.run(['--lfs', 'true'])
    await expectFailed(sites, mirrored)
    expect(mirrored.destination.error?.message).toContain('an address that begins with file://')
  })
})
