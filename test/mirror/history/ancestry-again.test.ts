import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askAncestry } from '../../../src/mirror/history/ancestry.ts'
import { git, makeBareRepository } from '../../support/git.ts'
import { anyHistory, writeHistory } from '../../support/histories.ts'
import { addCommits } from '../../support/repositories.ts'
import { ask } from './asking.ts'
import { answerOf, greetingOf, scripted } from './watched.ts'

const QUESTION = [{ old: 'a'.repeat(40), new: 'b'.repeat(40) }]

describe('questions on a connection that has answered before', () => {
  it('get the answers that git gives by itself', async () => {
    let ancestors = 0
    const compare = fc.asyncProperty(anyHistory(2000, 12), fc.boolean(), async (any, isEven) => {
      const commits = any.commits.map((commit, at) => ({ ...commit, time: 1_400_000_000 + at * 60 }))
      const history = isEven ? { ...any, commits } : any
      await using repository = await makeBareRepository()
      const { path } = repository
      await writeHistory(path, history)
      const ids = (await git(path, 'rev-list', '--all')).split('\n')
      await using source = ask(path)
      for (const tip of ids) {
        const olds = ids.filter((id) => id !== tip)
        const behind = new Set((await git(path, 'rev-list', tip)).split('\n'))
        const answers = await askAncestry(
          source.server,
          olds.map((old) => ({ old, new: tip })),
        )
        // Where clocks go backwards, git sends commits that it need not: a yes is shown all the same.
        if (isEven) expect(answers).toEqual(olds.map((id) => behind.has(id)))
        else expect(olds.filter((id, at) => answers[at] === true && !behind.has(id))).toEqual([])
        ancestors += answers.filter(Boolean).length
      }
      expect(source.log.filter((line) => line === 'open').length).toBeLessThanOrEqual(1)
    })
    await fc.assert(compare, { numRuns: 8, endOnFailure: true })
    expect(ancestors).toBeGreaterThan(0)
  })

  it('are put to git alone, which forgets', async () => {
    const opened = async (...words: readonly string[]): Promise<number> => {
      const greeting = greetingOf(...words, 'fetch=shallow')
      await using source = ask(scripted({ isKept: true, greeting, answer: () => answerOf({}) }))
      for (let asked = 0; asked < 3; asked++)
        expect(await askAncestry(source.server, QUESTION)).toEqual([true])
      return source.log.filter((line) => line === 'open').length
    }
    for (const agent of ['git/2.20.0', 'git/2.39.5', 'git/2.51.0.rc1-Linux', 'git/3.0.1'])
      expect([agent, await opened(`agent=${agent}`)]).toEqual([agent, 1])
    for (const agent of [
      'git/2.19.6',
      'git/2.2',
      'git/1.30.0',
      'git/github-1f2e3d',
      'git/x.30',
      'JGit/6.10.0',
      'go-git/5.13',
    ])
      expect([agent, await opened(`agent=${agent}`)]).toEqual([agent, 3])
    expect(await opened()).toBe(3)
  })
})

describe('a list on a connection that has listed before', () => {
  for (const old of [false, true])
    it(`shows what has changed since, ${old ? 'v0' : 'v2'}`, async () => {
      await using repository = await makeBareRepository()
      const { path } = repository
      const [first, second] = await addCommits(path, 2)
      await using source = ask(path, { old })
      const list = async () => {
        const { refs } = await source.server.list(['refs/heads/'])
        return refs.filter(({ name }) => name.startsWith('refs/')).map(({ name, id }) => [name, id])
      }
      expect(await list()).toEqual([['refs/heads/main', second]])
      await git(path, 'update-ref', 'refs/heads/main', first!)
      await git(path, 'update-ref', 'refs/heads/other', second!)
      const now = [
        ['refs/heads/main', first],
        ['refs/heads/other', second],
      ]
      expect(await list()).toEqual(now)
      expect(await askAncestry(source.server, [{ old: first!, new: second! }])).toEqual([true])
      await git(path, 'update-ref', '-d', 'refs/heads/other')
      expect(await list()).toEqual(now.slice(0, 1))
    })
})
