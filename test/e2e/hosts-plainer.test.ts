import { describe, expect, it } from 'vitest'
import { forEachRef, git, makeBareRepository } from '../support/git.ts'
import { startAzure } from '../support/hosts/azure.ts'
import { type Host, startHost } from '../support/hosts/base.ts'
import { startBitbucketCloud } from '../support/hosts/bitbucket.ts'
import { startCodeCommit } from '../support/hosts/codecommit.ts'
import type { Dialect, Refusal } from '../support/hosts/dialect.ts'
import { startGitHub } from '../support/hosts/github.ts'
import { protectGitLabBranch, startGitLab } from '../support/hosts/gitlab.ts'
import { addEdits, makePair, type Pair } from '../support/hosts/histories.ts'
import { limitPush } from '../support/hosts/hooks.ts'
import { startDulwich, startGoGit } from '../support/hosts/other-servers.ts'
import { isThin } from '../support/hosts/packs.ts'
import { expectMirror, rejectionOf, runMirror } from '../support/hosts/run.ts'
import { addCommits } from '../support/repositories.ts'
import { makeTempFolder } from '../support/temp.ts'

/** A destination that has all but the last edit of a text, so that the rest is a thin pack. */
async function makeEdited(folder: string, edits = 1): Promise<Pair> {
  const pair = await makePair(folder)
  await addEdits(pair.source, 3)
  await git(pair.source, 'push', '-q', '--mirror', pair.destination)
  await addEdits(pair.source, edits, { from: 'refs/heads/text' })
  return pair
}

/** What the source's v2 fetch for the edited text asked for. */
async function packRequest(host: Host, dir: string): Promise<readonly string[]> {
  const tip = await git(dir, 'rev-parse', 'refs/heads/text')
  const fetches = host.calls.flatMap(({ asked }) => (asked?.command === 'fetch' ? [asked.lines] : []))
  // What is asked for pointers of LFS comes before.
  return fetches.find(
    (lines) => lines.includes(`want ${tip}`) && !lines.some((line) => line.startsWith('filter ')),
  )!
}

/** A server that takes thin packs as `refuse` does, and self-contained ones as git does. */
function startWithoutThin(root: string, refusal: Refusal, packs: boolean[]): Promise<Host> {
  const dialect: Dialect = {
    async refusePack(_asked, pack) {
      packs.push(await isThin(pack))
      return packs.at(-1) ? refusal : undefined
    },
  }
  return startHost({ root, dialect })
}

describe('packs', () => {
  for (const [size, edits] of [
    ['unpack-objects', 2],
    ['index-pack', 40],
  ] as const) {
    it(`[A1] a thin pack is asked for and sent, for ${size} at the destination`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makeEdited(folder.path, edits)
      const packs: boolean[] = []
      await using from = await startGitHub({ root: folder.path })
      await using to = await startHost({
        root: folder.path,
        dialect: { refusePack: async (_asked, pack) => void packs.push(await isThin(pack)) },
      })
      const mirrored = await runMirror({ source: from.url('source'), destination: to.url('destination') })
      await expectMirror(mirrored, source, destination)
      expect(packs).toEqual([true])
      expect(await packRequest(from, source)).toContain('thin-pack')
      if (edits > 33) expect(mirrored.destination.figures.objects).toBeGreaterThanOrEqual(100)
      else expect(mirrored.destination.figures.objects).toBeLessThan(100)
    })
  }

  it('[A2] a destination that offers no-thin gets packs that stand alone', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeEdited(folder.path)
    await using from = await startGitHub({ root: folder.path })
    await using to = await startGoGit(folder.path)
    const call = { source: from.url('source'), destination: to.url('destination') }
    await expectMirror(await runMirror(call), source, destination)
    expect(await packRequest(from, source)).not.toContain('thin-pack')
    expect(await packRequest(from, source)).toContain('ofs-delta')
  })

  it('a dulwich source demands thin packs and a no-thin destination forbids them: nothing moves', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeEdited(folder.path)
    const before = await forEachRef(destination)
    await using from = await startDulwich(folder.path)
    await using to = await startGoGit(folder.path)
    const mirrored = await runMirror({ source: from.url('source.git'), destination: to.url('destination') })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.error?.message).toContain(from.url('source.git'))
    expect(await forEachRef(destination)).toEqual(before)
    expect(await forEachRef(source)).not.toEqual(before)
  })

  it('[A5] a destination without ofs-delta gets no such deltas', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeEdited(folder.path)
    await using from = await startGitHub({ root: folder.path })
    await using to = await startAzure({ root: folder.path })
    const call = { source: from.url('source'), destination: to.url('o/p/_git/destination') }
    await expectMirror(await runMirror(call), source, destination)
    expect(await packRequest(from, source)).not.toContain('ofs-delta')
    expect(await packRequest(from, source)).toContain('thin-pack')
  })

  const REFUSALS: readonly (readonly [string, Refusal])[] = [
    ['answers 400', { status: 400, text: 'invalid pack: unresolved delta' }],
    ['answers 500', { status: 500, text: 'Internal Server Error' }],
    ['hangs up', 'hang-up'],
  ]
  for (const [what, refusal] of REFUSALS) {
    it(`[A3] a destination that ${what} to a thin pack gets one that stands alone, and the log says so`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makeEdited(folder.path)
      const packs: boolean[] = []
      await using to = await startWithoutThin(folder.path, refusal, packs)
      const mirrored = await runMirror({ source, destination: to.url('destination') })
      await expectMirror(mirrored, source, destination)
      expect(packs).toEqual([true, false])
      expect(mirrored.log).toMatch(/trying once more with a pack that stands alone \(not thin\)/)
      // What became of the first push was looked up before the second one.
      const order = to.calls.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)
      const push = order.indexOf('POST git-receive-pack')
      expect(order.slice(push + 1).indexOf('GET refs')).toBeLessThan(
        order.slice(push + 1).indexOf('POST git-receive-pack'),
      )
    })
  }
})

describe('bodies', () => {
  /** More than 1 MiB, which goes streamed. */
  async function makeLarge(folder: string): Promise<Pair> {
    const pair = await makePair(folder)
    await addCommits(pair.source, 1, { path: 'large', size: 1_600_000, ref: 'refs/heads/large' })
    return pair
  }

  it('[F5] a server that answers 411 to a streamed pack gets its length', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeLarge(folder.path)
    await using to = await startHost({
      root: folder.path,
      dialect: {},
      gate: ({ method, headers }) =>
        method === 'POST' && headers['content-length'] === undefined ? { status: 411 } : undefined,
    })
    const mirrored = await runMirror({ source, destination: to.url('destination') })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toContain('to send it with its length')
    expect(to.calls.filter(({ status }) => status === 411)).toHaveLength(1)
  })

  it('CodeCommit hangs up on a streamed pack and gets its length', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeLarge(folder.path)
    await using to = await startCodeCommit({ root: folder.path })
    const mirrored = await runMirror({ source, destination: to.url('v1/repos/destination'), retries: 1 })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toContain('its length')
  })

  it('GitHub answers 408 to a push that takes too long: the pack is collected first', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeLarge(folder.path)
    await using to = await startGitHub({ root: folder.path, slowAfter: 1_200_000 })
    const mirrored = await runMirror({ source, destination: to.url('destination') })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toMatch(/408.*collecting the pack first/)
  })

  it('a server that breaks off at an agent gets none', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using to = await startHost({
      root: folder.path,
      dialect: {
        refuse: ({ service, words }) =>
          service === 'git-receive-pack' && words.some((word) => word.startsWith('agent='))
            ? 'hang-up'
            : undefined,
      },
    })
    const mirrored = await runMirror({ source, destination: to.url('destination'), retries: 1 })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toContain('without the agent capability')
  })
})

describe('refs of one push', () => {
  it('GitHub ends a push of too many commands with 500: fewer at once', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using to = await startGitHub({ root: folder.path, maxCommands: 10 })
    const mirrored = await runMirror({ source, destination: to.url('destination') })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toMatch(/refused a push of 17 refs: trying at most \d+ at once/)
  })

  it('[K3] GitHub has a rule for the number of refs: pushes become smaller, down to what it takes', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await limitPush(destination, 2, [
      'error: GH013: Repository rule violations found for refs/heads/main.',
      '- Pushes can not update more than 2 branches or tags.',
    ])
    await using to = await startGitHub({ root: folder.path })
    const mirrored = await runMirror({ source, destination: to.url('destination') })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toMatch(/trying at most [12] at once/)
  })

  it('[K6] CodeCommit hangs up on more than one ref: one at a time', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using to = await startCodeCommit({ root: folder.path, maxCommands: 1 })
    const mirrored = await runMirror({ source, destination: to.url('v1/repos/destination'), retries: 1 })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toMatch(/at most 1 at once/)
  })

  it('[G7] one protected branch sinks a push at GitLab: the others arrive all the same', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await protectGitLabBranch(destination, 'refs/heads/main')
    await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/side')
    await git(source, 'update-ref', 'refs/heads/unrelated', 'refs/heads/side')
    await git(source, 'tag', '-f', 'light', 'refs/heads/side')
    await using to = await startGitLab({ root: folder.path })
    const mirrored = await runMirror({ source, destination: to.url('destination.git') })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.log).toMatch(/trying branches, tags and others apart/)
    const rejected = rejectionOf(mirrored, 'refs/heads/main')
    expect(rejected.reason).toBe('pre-receive hook declined')
    expect(rejected.advice).toMatch(/GitLab protects.*force push/)
    expect(mirrored.destination.rejected).toHaveLength(1)
    const there = await forEachRef(destination)
    const here = await forEachRef(source)
    for (const ref of ['refs/heads/unrelated', 'refs/tags/light']) expect(there.get(ref)).toBe(here.get(ref))
  })
})

describe('limits of size', () => {
  async function makeHistory(folder: string): Promise<{ source: string; destination: string }> {
    const source = await makeBareRepository({ parent: folder, name: 'source.git' })
    const destination = await makeBareRepository({ parent: folder, name: 'destination.git' })
    await addCommits(source.path, 40, { size: 20_000 })
    return { source: source.path, destination: destination.path }
  }

  const HOSTS: readonly (readonly [string, (root: string) => Promise<Host>])[] = [
    ['GitHub says that the pack exceeds its size', (root) => startGitHub({ root, maxInputSize: 400_000 })],
    ['Bitbucket Cloud says the same', (root) => startBitbucketCloud({ root, maxInputSize: 400_000 })],
    ['the front end of a GitLab answers 413', (root) => startGitLab({ root, bodyLimit: 400_000 })],
  ]
  for (const [what, start] of HOSTS) {
    it(`[D8] ${what}: the history goes in pieces`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makeHistory(folder.path)
      await using to = await start(folder.path)
      const mirrored = await runMirror({ source, destination: to.url('destination.git') })
      await expectMirror(mirrored, source, destination)
      expect(mirrored.log).toMatch(/sending pieces of at most \d+ bytes/)
      expect(mirrored.destination.figures.pushes).toBeGreaterThan(2)
    })
  }

  it('[D2] pieces are cut without a filter, which stock servers do not offer', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeHistory(folder.path)
    await using from = await startHost({ root: folder.path, dialect: {} })
    const args = ['--max-pack-size', '300k']
    const mirrored = await runMirror({ source: from.url('source'), destination, args })
    await expectMirror(mirrored, source, destination)
    const fetches = from.calls.flatMap(({ asked }) => (asked?.command === 'fetch' ? [asked] : []))
    expect(fetches.length).toBeGreaterThan(2)
    expect(fetches[0]!.offered.find((line) => line.startsWith('fetch='))).not.toContain('filter')
    expect(fetches.flatMap(({ lines }) => lines).filter((line) => line.startsWith('filter'))).toEqual([])
  })
})
