import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { findBoundary } from '../../../src/mirror/history/boundary.ts'
import { askKnownIds } from '../../../src/mirror/history/known-ids.ts'
import { negotiate, type NegotiateOptions } from '../../../src/mirror/history/negotiate.ts'
import { findOldest } from '../../../src/mirror/history/time-cut.ts'
import { findTipsBehind } from '../../../src/mirror/history/tips-behind.ts'
import { openPack } from '../../../src/mirror/pack/opened-pack.ts'
import type { FetchQuestion } from '../../../src/mirror/sessions/fetching.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'
import type { Remote } from '../../../src/transport/connection/connection.ts'
import { git, makeBareRepository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { ask, type AskOptions } from './asking.ts'
import { answerOf, questionsIn, scripted } from './watched.ts'

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
  paths: { readonly source: string | Remote; readonly destination: string | Remote },
  given: Partial<NegotiateOptions> & Pick<NegotiateOptions, 'wants' | 'haves' | 'unknownTips'>,
  old = false,
  how: { readonly source?: AskOptions; readonly destination?: AskOptions } = {},
) {
  await using source = ask(paths.source, { old, ...how.source })
  await using destination = ask(paths.destination, { side: 'destination', ...how.destination })
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
  const places = new Set(events.flatMap((event) => (event.kind === 'notice' ? [event.destination] : [])))
  expect([...places]).toEqual(notices.length === 0 ? [] : ['there'])
  return { objects, questions, notices, asked: questionsIn(source.log), read: questionsIn(destination.log) }
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
    const given = { wants: [id!], haves: [pair.ids[1]!], unknownTips: [] }
    const { questions } = await run(paths, { ...given, shallow }, old)
    expect(questions[0]).toMatchObject({ thin: false, shallow })
    const whole = await run(paths, { ...given, thin: false, ofsDelta: false }, old)
    expect(whole.questions[0]).toMatchObject({ thin: false, ofsDelta: false, shallow: [] })
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

describe('the question without done', () => {
  it('brings the pack where the source sees a way to what is there', async () => {
    await using pair = await makePair(4)
    const [id] = await addCommits(pair.source.path, 1)
    const paths = { source: pair.source.path, destination: pair.destination.path }
    const tip = pair.ids[3]!
    const { objects, questions, read } = await run(paths, { wants: [id!], haves: [tip], unknownTips: [tip] })
    expect(objects).toBe(3)
    expect(questions).toEqual([
      { wants: [id], haves: [tip], thin: true, ofsDelta: true, shallow: [], done: false },
    ])
    expect(read).toEqual([])
  })

  it('shows that both are related where the source knows any of the haves, tip or not', async () => {
    await using pair = await makePair(4)
    const nowhere = { source: pair.source.path, destination: `${pair.source.path}/nowhere` }
    const [side] = await addCommits(pair.source.path, 1, { ref: 'refs/heads/side', path: 'side' })
    const given = { wants: [side!], haves: [UNKNOWN, pair.ids[3]!], unknownTips: [UNKNOWN] }
    const { objects, questions, notices } = await run(nowhere, given)
    expect(questions.map(({ done }) => done)).toEqual([false, true])
    expect(questions[1]!.haves).toEqual([UNKNOWN, pair.ids[3]])
    expect(notices).toEqual([expect.stringMatching(/^warning: .* cannot be read/)])
    expect(objects).toBe(3)
    await expect(run(nowhere, { ...given, haves: [UNKNOWN] })).rejects.toMatchObject({ code: 'guard' })
  })

  it('is about the tips alone where nothing is wanted', async () => {
    await using pair = await makePair(4)
    const tip = pair.ids[3]!
    const paths = { source: pair.source.path, destination: `${pair.source.path}/nowhere` }
    const { objects, questions, asked } = await run(paths, { wants: [], haves: [tip], unknownTips: [tip] })
    expect(objects).toBeUndefined()
    expect(questions).toEqual([])
    expect(asked).toEqual([`thin-pack, ofs-delta, wait-for-done, have ${tip}`])
    await expect(run(paths, { wants: [], haves: [], unknownTips: [UNKNOWN] })).rejects.toMatchObject({
      message: expect.stringMatching(/^nothing shows that the destination shares history/),
    })
  })

  it('is about ten thousand tips at most', async () => {
    await using pair = await makePair(2)
    const tip = pair.ids[1]!
    const [side] = await addCommits(pair.source.path, 1, { ref: 'refs/heads/side', path: 'side' })
    const others = Array.from({ length: 10_000 }, (_, at) => at.toString(16).padStart(40, '0'))
    const paths = { source: pair.source.path, destination: `${pair.source.path}/nowhere` }
    const given = { wants: [side!], haves: [tip] }
    const many = await run(paths, { ...given, unknownTips: [tip, ...others] })
    expect(many.questions.map(({ done }) => done)).toEqual([true])
    expect(many.asked).toHaveLength(2)
    expect(many.asked[0]!.split(', have ').slice(1)).toEqual([tip, ...others.slice(0, -1)])
    const fewer = await run(paths, { ...given, unknownTips: [tip, ...others.slice(0, -1)] })
    expect(fewer.questions.map(({ done }) => done)).toEqual([false, true])
  })

  it('needs no want of its own where the two share history anyway', async () => {
    await using pair = await makePair(2)
    const paths = { source: pair.source.path, destination: `${pair.source.path}/nowhere` }
    const given = { wants: [], haves: [UNKNOWN], unknownTips: [UNKNOWN] }
    expect(await run(paths, { ...given, shared: true })).toMatchObject({ objects: undefined, questions: [] })
    expect(await run(paths, { ...given, allowUnrelated: true })).toMatchObject({
      objects: undefined,
      questions: [],
    })
  })
})

describe('looking behind the tips', () => {
  it('finds what the source has where the destination is ahead by more than was looked at', async () => {
    await using pair = await makePair(1)
    const [root] = pair.ids as [string]
    const { path } = pair.destination
    const theirs = (await addCommits(path, 2, { path: 'theirs' })).at(-1)!
    const long = (await addCommits(path, 13, { ref: 'refs/heads/long', path: 'long' })).slice(-8)
    const paths = { source: pair.source.path, destination: path }
    const tips = [...long, theirs]
    const { notices, questions } = await run(paths, { wants: [root], haves: tips, unknownTips: tips })
    expect(notices).toEqual([
      'info: the source does not know what the destination has; it is ahead of what the source has, only what lies after that is sent',
    ])
    expect(questions.at(-1)!.haves).toEqual([root, ...tips])
  })

  it('finds tips of the source behind those of a destination whose depths show nothing', async () => {
    const [tip, theirs] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string]
    const source = scripted({ answer: (lines) => answerOf(lines.includes('done') ? {} : { acks: [] }) })
    const destination = scripted({
      answer: (lines) => {
        if (lines.includes('deepen 2')) return answerOf({ shallow: [] })
        return answerOf(lines.includes('done') ? {} : { acks: [tip] })
      },
    })
    const given = { wants: [tip], haves: [theirs], unknownTips: [theirs] }
    const { notices, questions } = await run({ source, destination }, given)
    expect(notices).toEqual([
      'info: the source does not know what the destination has; it is ahead of what the source has, only what lies after that is sent',
    ])
    expect(questions.at(-1)!.haves).toEqual([tip, theirs])
  })

  it('says nothing where the destination has a tip of the source beside its own', async () => {
    await using pair = await makePair(2)
    const { path } = pair.destination
    const alone = (await addCommits(path, 3, { ref: 'refs/heads/alone', path: 'alone' })).at(-1)!
    const [side] = await addCommits(pair.source.path, 1, { ref: 'refs/heads/side', path: 'side' })
    const paths = { source: pair.source.path, destination: path }
    const given = { wants: [side!], haves: [alone], unknownTips: [alone], sourceTips: [pair.ids[1]!] }
    const { notices, questions, objects } = await run(paths, given)
    expect(notices).toEqual([])
    expect(questions.at(-1)!.haves).toEqual([alone])
    expect(objects).toBe(3)
    await expect(run(paths, { ...given, sourceTips: [side!] })).rejects.toMatchObject({
      message: expect.stringMatching(/^the destination shares no history/),
    })
  })

  it('fails where the source does', async () => {
    await using pair = await makePair(20)
    const [theirs] = (await addCommits(pair.destination.path, 5, { path: 'theirs' })).slice(-1)
    const [ours] = (await addCommits(pair.source.path, 3, { path: 'ours' })).slice(-1)
    const paths = { source: pair.source.path, destination: pair.destination.path }
    const given = { wants: [ours!], haves: [theirs!], unknownTips: [theirs!], shared: true }
    const onQuestion = (lines: readonly string[]): void => {
      if (lines.includes('wait-for-done')) throw new MirrorError('too slow', { code: 'timeout' })
    }
    await expect(run(paths, given, false, { source: { onQuestion } })).rejects.toMatchObject({
      code: 'timeout',
      side: 'source',
    })
  })

  it('ends with the run', async () => {
    await using pair = await makePair(2)
    const controller = new AbortController()
    const reason = new Error('that is enough')
    const paths = { source: pair.source.path, destination: pair.destination.path }
    const given = { wants: [pair.ids[1]!], haves: [UNKNOWN], unknownTips: [UNKNOWN], shared: true }
    const onQuestion = (): void => {
      controller.abort(reason)
      throw new MirrorError('it broke', { code: 'cut' })
    }
    const how = { source: { signal: controller.signal }, destination: { onQuestion } }
    await expect(run(paths, given, false, how)).rejects.toBe(reason)
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
