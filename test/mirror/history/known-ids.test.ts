import { describe, expect, it } from 'vitest'
import { askKnownIds } from '../../../src/mirror/history/known-ids.ts'
import { makeBareRepository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { ask } from './asking.ts'
import { answerOf, greetingOf, questionsIn, scripted, withNames } from './watched.ts'

const [ONE, TWO, TIP] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]

const NAMES = { ONE, TWO, TIP }

/** Asks a server of version 2 that knows ONE, and nothing else. */
async function askKnowing(fetchWords: string, want: string | undefined) {
  const answer = (): Buffer => answerOf({ acks: [ONE] })
  await using server = ask(scripted({ greeting: greetingOf(fetchWords), answer }))
  const known = await askKnownIds(server.server, { ids: [ONE, TWO], want })
  return { known: [...known], asked: withNames(questionsIn(server.log), NAMES) }
}

describe('which ids a server has', () => {
  it('is asked without a want where it can wait', async () => {
    const asked = ['thin-pack, ofs-delta, wait-for-done, have ONE, have TWO']
    for (const words of ['fetch=wait-for-done', 'fetch=shallow wait-for-done filter']) {
      expect(await askKnowing(words, TIP)).toEqual({ known: [ONE], asked })
      expect(await askKnowing(words, undefined)).toEqual({ known: [ONE], asked })
    }
  })

  it('is asked with a tip of it where it cannot, and not at all without one', async () => {
    for (const words of ['fetch', 'fetch=shallow', 'fetch=never-wait-for-done']) {
      expect(await askKnowing(words, TIP)).toEqual({
        known: [ONE],
        asked: ['thin-pack, ofs-delta, want TIP, have ONE, have TWO'],
      })
      expect(await askKnowing(words, undefined)).toEqual({ known: [], asked: [] })
    }
  })

  it('is asked with a tip in version 0, and not at all without one', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 2)
    const names = { first: ids[0]!, tip: ids[1]! }
    await using old = ask(repository.path, { old: true })
    expect([...(await askKnownIds(old.server, { ids: [ids[0]!], want: undefined }))]).toEqual([])
    expect(old.log).toEqual(['open'])
    expect([...(await askKnownIds(old.server, { ids: [ids[0]!], want: ids[1] }))]).toEqual([ids[0]])
    expect(withNames(old.log, names)).toEqual(['open', 'want tip, have first', 'close'])
  })

  it('is asked for ten thousand at a time', async () => {
    await using repository = await makeBareRepository()
    const [first, last] = (await addCommits(repository.path, 2)) as [string, string]
    const others = Array.from({ length: 9_999 }, (_, at) => at.toString(16).padStart(40, '0'))
    await using server = ask(repository.path)
    const known = await askKnownIds(server.server, { ids: [first, ...others, last], want: undefined })
    expect([...known]).toEqual([first, last])
    expect(questionsIn(server.log).map((line) => line.split(', have ').length - 1)).toEqual([10_000, 1])
    await using once = ask(repository.path)
    await askKnownIds(once.server, { ids: [first, ...others], want: undefined })
    expect(questionsIn(once.log)).toHaveLength(1)
    expect(await askKnownIds(once.server, { ids: [], want: last })).toEqual(new Set())
    expect(questionsIn(once.log)).toHaveLength(1)
  })

  it('opens the connection of the next question meanwhile, where the one that asks is spent afterwards', async () => {
    const greeting = greetingOf('agent=JGit/7.1.0', 'fetch=shallow wait-for-done')
    const script = scripted({ isKept: true, greeting, answer: () => answerOf({ acks: [] }) })
    await using server = ask(script, { opensAhead: true })
    await askKnownIds(server.server, { ids: ['a'.repeat(40)], want: undefined })
    expect(withNames(server.log, { first: 'a'.repeat(40) }).slice(0, 3)).toEqual([
      'open',
      'open',
      'thin-pack, ofs-delta, wait-for-done, have first',
    ])
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 1)
    await using lasting = ask(repository.path, { opensAhead: true })
    for (const _ of [1, 2]) await askKnownIds(lasting.server, { ids, want: undefined })
    const question = 'thin-pack, ofs-delta, wait-for-done, have first'
    expect(withNames(lasting.log, { first: ids[0]! })).toEqual(['open', question, question])
  })
})
