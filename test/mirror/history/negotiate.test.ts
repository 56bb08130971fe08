import { describe, expect, it } from 'vitest'
import { findBoundary } from '../../../src/mirror/history/boundary.ts'
import { askKnownIds } from '../../../src/mirror/history/known-ids.ts'
import { negotiate, type NegotiateOptions } from '../../../src/mirror/history/negotiate.ts'
import { findOldest } from '../../../src/mirror/history/time-cut.ts'
import { findTipsBehind } from '../../../src/mirror/history/tips-behind.ts'
import { openPack } from '../../../src/mirror/pack/opened-pack.ts'
import type { FetchQuestion } from '../../../src/mirror/sessions/fetching.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'
import { git, makeBareRepository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { ask } from './asking.ts'

const UNKNOWN = 'd'.repeat(40)

/** Two bare repositories of which the second has all that the first had. */
async function makePair(commits: number) {
  const source = await makeBareRepository()
  const ids = await addCommits(source.path, commits)
  const destination = await makeBareRepository()
  await git(source.path, 'push', '-q', destination.path, 'refs/heads/main')
  return {
    source,
    destination,
    ids,
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]()
      await destination[Symbol.asyncDispose]()
    },
  }
}

/** Negotiates for real, and keeps what was asked and said. */
async function run(
  paths: { readonly source: string; readonly destination: string },
  given: Partial<NegotiateOptions> & Pick<NegotiateOptions, 'wants' | 'haves' | 'unknownTips'>,
  old = false,
) {
  await using source = ask(paths.source, { old })
  await using destination = ask(paths.destination, { side: 'destination' })
  const questions: FetchQuestion[] = []
  const events: MirrorEvent[] = []
  const fetching = await negotiate({
    source: source.server,
    destination: destination.server,
    thin: true,
    ofsDelta: true,
    anyTip: given.wants[0],
    sourceTips: given.wants,
    shallow: [],
    shared: false,
    allowUnrelated: false,
    destinationLabel: 'there',
    reporter: (event) => events.push(event),
    fetchPack: (question) => {
      questions.push(question)
      return source.server.fetch(question)
    },
    ...given,
  })
  let objects: number | undefined
  if (fetching !== undefined) {
    const pack = await openPack(fetching)
    objects = pack.objects
    while (await pack.source.next());
  }
  const notices = events.flatMap((event) =>
    event.kind === 'notice' ? [`${event.level}: ${event.text}`] : [],
  )
  return { objects, questions, notices }
}

describe.each([false, true])('negotiation (older protocol: %s)', (old) => {
  it('asks at once where the source knows every tip', async () => {
    await using pair = await makePair(4)
    const [id] = await addCommits(pair.source.path, 1)
    const paths = { source: pair.source.path, destination: pair.destination.path }
    const given = { wants: [id!], haves: [pair.ids[3]!], unknownTips: [] }
    const { objects, questions, notices } = await run(paths, given, old)
    expect(objects).toBe(3)
    expect(questions).toEqual([
      { wants: [id], haves: [pair.ids[3]], thin: true, ofsDelta: true, shallow: [], done: true },
    ])
    expect(notices).toEqual([])
    expect(await run(paths, { ...given, wants: [] }, old)).toMatchObject({
      objects: undefined,
      questions: [],
    })
  })

  it('asks for no thin pack where the destination is shallow', async () => {
    await using pair = await makePair(2)
    const paths = { source: pair.source.path, destination: pair.destination.path }
    const [id] = await addCommits(pair.source.path, 1)
    const shallow = [pair.ids[1]!]
    const { questions } = await run(paths, { wants: [id!], haves: shallow, unknownTips: [], shallow }, old)
    expect(questions[0]).toMatchObject({ thin: false, shallow })
  })

  it('finds where the histories meet, and offers what lies there first', async () => {
    await using pair = await makePair(20)
    const [theirs] = (await addCommits(pair.destination.path, 5, { path: 'theirs' })).slice(-1)
    const [ours] = (await addCommits(pair.source.path, 3, { path: 'ours' })).slice(-1)
    const paths = { source: pair.source.path, destination: pair.destination.path }
    const given = { wants: [ours!], haves: [theirs!], unknownTips: [theirs!] }
    const { objects, questions, notices } = await run(paths, given, old)
    expect(notices).toEqual([
      'info: the source does not know what the destination has; the histories meet 6 commits back, only what lies after that is sent',
    ])
    expect(questions.at(-1)).toMatchObject({ haves: [pair.ids[19], theirs], done: true })
    expect(objects).toBe(9)
  })

  it('says so where the destination is ahead', async () => {
    await using source = await makeBareRepository()
    const ids = await addCommits(source.path, 2)
    await using destination = await makeBareRepository()
    await git(source.path, 'push', '-q', destination.path, 'refs/heads/main')
    const [theirs] = (await addCommits(destination.path, 3, { path: 'theirs' })).slice(-1)
    const paths = { source: source.path, destination: destination.path }
    const given = { wants: [ids[1]!], haves: [theirs!], unknownTips: [theirs!] }
    const { objects, questions, notices } = await run(paths, given, old)
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(/it is ahead of what the source has|the histories meet 4 commits back/)
    expect(questions.at(-1)?.haves).toContain(ids[1])
    expect(objects).toBe(0)
  })

  it('stops where nothing is shared, and overwrites only what it is told to', async () => {
    await using source = await makeBareRepository()
    const [ours] = (await addCommits(source.path, 2)).slice(-1)
    await using destination = await makeBareRepository()
    const [theirs] = (await addCommits(destination.path, 2, { path: 'other' })).slice(-1)
    const paths = { source: source.path, destination: destination.path }
    const given = { wants: [ours!], haves: [theirs!], unknownTips: [theirs!] }
    await expect(run(paths, given, old)).rejects.toMatchObject({
      code: 'guard',
      side: 'destination',
      message:
        'the destination shares no history with the source, and refs of it would be overwritten or deleted',
      hint: 'Check that source and destination are the right way round and the right repositories; allow-unrelated: true overwrites what is there.',
    })
    expect((await run(paths, { ...given, allowUnrelated: true }, old)).objects).toBe(6)
    expect((await run(paths, { ...given, shared: true }, old)).objects).toBe(6)
  })

  it('says so where the destination cannot be read, and stops unless something is shared', async () => {
    await using source = await makeBareRepository()
    const [ours] = (await addCommits(source.path, 2)).slice(-1)
    const paths = { source: source.path, destination: `${source.path}/nowhere` }
    const given = { wants: [ours!], haves: [UNKNOWN], unknownTips: [UNKNOWN] }
    await expect(run(paths, given, old)).rejects.toMatchObject({
      message:
        'nothing shows that the destination shares history with the source, and refs of it would be overwritten or deleted',
    })
    const { objects, notices } = await run(paths, { ...given, shared: true }, old)
    expect(objects).toBe(6)
    expect(notices).toEqual([
      'warning: the source does not know what the destination has, and the destination cannot be read: more than what is missing will be sent, up to the whole history',
    ])
  })

  it('looks no further where the source knows one of the tips', async () => {
    await using pair = await makePair(4)
    const paths = { source: pair.source.path, destination: `${pair.source.path}/nowhere` }
    const [id] = await addCommits(pair.source.path, 1, { ref: 'refs/heads/side', path: 'side' })
    const [last] = await addCommits(pair.source.path, 1)
    const given = {
      wants: [id!, last!],
      haves: [UNKNOWN, pair.ids[3]!],
      unknownTips: [UNKNOWN, pair.ids[3]!],
    }
    const { objects, notices } = await run(paths, given, old)
    expect(notices).toEqual([])
    expect(objects).toBe(6)
  })
})

describe('what lies behind', () => {
  it('is found for a short history that shares its first commit alone', async () => {
    await using pair = await makePair(1)
    const short = (await addCommits(pair.destination.path, 2, { path: 'short' })).at(-1)!
    const long = (await addCommits(pair.destination.path, 9, { ref: 'refs/heads/long', path: 'long' })).at(
      -1,
    )!
    await using source = ask(pair.source.path)
    await using destination = ask(pair.destination.path, { side: 'destination' })
    const asked = { destination: destination.server, source: source.server, want: pair.ids[0] }
    expect(await findBoundary({ ...asked, tips: [short] })).toEqual({
      ids: [pair.ids[0]],
      shared: true,
      depth: 3,
    })
    expect(await findBoundary({ ...asked, tips: [short, long] })).toMatchObject({ shared: true })
    const alone = await findBoundary({ ...asked, tips: [long] })
    expect(alone).toMatchObject({ shared: false, ids: [] })
  })

  it('are tips that the destination has and shows to be behind its own', async () => {
    await using pair = await makePair(3)
    const theirs = (await addCommits(pair.destination.path, 2, { path: 'theirs' })).at(-1)!
    const other = (await addCommits(pair.source.path, 1, { ref: 'refs/heads/other', path: 'other' })).at(-1)!
    await using destination = ask(pair.destination.path, { side: 'destination' })
    const find = (...sourceTips: readonly string[]) =>
      findTipsBehind(destination.server, { sourceTips, tips: [theirs] })
    expect(await find(pair.ids[2]!, other)).toEqual({ shared: true, ids: [pair.ids[2]] })
    expect(await find(other)).toEqual({ shared: false, ids: [] })
  })

  it('is asked of an older server only with a tip of it', async () => {
    await using pair = await makePair(3)
    await using old = ask(pair.source.path, { old: true })
    expect([...(await askKnownIds(old.server, { ids: [pair.ids[0]!], want: undefined }))]).toEqual([])
    expect([...(await askKnownIds(old.server, { ids: [pair.ids[0]!], want: pair.ids[2] }))]).toEqual([
      pair.ids[0],
    ])
    await using present = ask(pair.source.path)
    const ids = [...pair.ids, UNKNOWN]
    expect([...(await askKnownIds(present.server, { ids, want: undefined }))]).toContain(pair.ids[2])
    expect([...(await askKnownIds(present.server, { ids: [], want: undefined }))]).toEqual([])
  })

  it('are the oldest of some commits', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 12)
    await using source = ask(repository.path)
    const first = 1_700_000_000
    const oldest = (from: number, top: number) =>
      findOldest(source.server, [ids[2]!, ids[9]!, ids[11]!], { from, top })
    expect(await oldest(first, first + 100_000)).toEqual([ids[2]])
    expect(await oldest(first, first + 1)).toEqual([ids[2], ids[9], ids[11]])
  })
})
