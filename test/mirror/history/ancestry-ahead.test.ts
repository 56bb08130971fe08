import { describe, expect, it } from 'vitest'
import { askAncestry } from '../../../src/mirror/history/ancestry.ts'
import { ask } from './asking.ts'
import { answerOf, greetingOf, scripted, withNames } from './watched.ts'

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40)) as [string, string, string, string]

/** What happens at a server of which each connection answers once; a line for each question names what it wants. */
async function watchQuestions(
  questions: readonly (readonly [old: string, tip: string])[],
  { objects = 0, agent = 'go-git/5.13' } = {},
): Promise<readonly string[]> {
  const greeting = greetingOf(`agent=${agent}`, 'fetch=shallow')
  const answer = (): Buffer => answerOf({ objects })
  await using source = ask(scripted({ isKept: true, greeting, answer }), { opensAhead: true })
  const answers = await askAncestry(
    source.server,
    questions.map(([old, tip]) => ({ old, new: tip })),
  )
  expect(answers).toEqual(questions.map(() => objects === 0))
  return withNames(source.log, { A, B, C, D }).map((line) => line.match(/want \w/g)?.join(' ') ?? line)
}

describe('a connection for the next question', () => {
  it('is not opened where none follows', async () => {
    expect(await watchQuestions([[A, B]])).toEqual(['open', 'want A', 'close'])
    expect(await watchQuestions([[A, B]], { objects: 1 })).toEqual(['open', 'want A', 'close'])
    const both: [string, string][] = [
      [A, B],
      [C, B],
    ]
    expect(await watchQuestions(both)).toEqual(['open', 'want A want C', 'close'])
  })

  it('is opened meanwhile where the next one is about another branch that moved to the same commit', async () => {
    const questions: [string, string][] = [
      [A, B],
      [C, B],
    ]
    const log = await watchQuestions(questions, { objects: 1 })
    expect(log.slice(0, 3)).toEqual(['open', 'want A want C', 'close'])
    expect(log.slice(3)).toEqual(['open', 'open', 'want A', 'close', 'want C', 'close'])
  })

  it('is opened for the first of two that are asked side by side, and not for the second', async () => {
    const questions: [string, string][] = [
      [A, B],
      [C, D],
    ]
    const log = await watchQuestions(questions)
    expect(log.filter((line) => line === 'open')).toHaveLength(3)
    expect(log.slice(0, 3)).toEqual(['open', 'open', 'want A'])
  })

  it('is opened for nobody where one connection answers all', async () => {
    const questions: [string, string][] = [
      [A, B],
      [C, B],
    ]
    const log = await watchQuestions(questions, { objects: 1, agent: 'git/2.39.5' })
    expect(log).toEqual(['open', 'want A want C', 'want A', 'want C'])
  })
})

it('reads a pack of a hundred objects to its end, and breaks a larger one off', async () => {
  expect(await watchQuestions([[A, B]], { objects: 100 })).not.toContain('abort')
  expect(await watchQuestions([[A, B]], { objects: 101 })).toContain('abort')
})
