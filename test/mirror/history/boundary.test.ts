import { describe, expect, it } from 'vitest'
import { askBoundary, findBoundary } from '../../../src/mirror/history/boundary.ts'
import { makeBareRepository } from '../../support/git.ts'
import { until } from '../../support/http-remote.ts'
import { addCommits } from '../../support/repositories.ts'
import { ask, type Asked } from './asking.ts'
import { answerOf, greetingOf, questionsIn, scripted, withNames } from './watched.ts'

const TIP = 'f'.repeat(40)

/** The commit so many steps behind the tip. */
function idAt(depth: number): string {
  return depth.toString(16).padStart(40, '0')
}

/** A history of `commits`, of which the source knows those from `known` steps back on. */
function historyOf(commits: number, known: number) {
  const destination = scripted({
    answer: (lines) => {
      const depth = depthIn(lines)
      return answerOf({ shallow: depth > commits ? [] : [idAt(depth)] })
    },
  })
  const source = scripted({
    answer: (lines) => {
      const ids = lines.filter((line) => line.startsWith('have ')).map((line) => line.slice(5))
      return answerOf({ acks: ids.filter((id) => Number.parseInt(id, 16) >= known) })
    },
  })
  return { destination, source }
}

function depthIn(lines: readonly string[]): number {
  return Number(/^deepen (\d+)$/.exec(lines.find((line) => line.startsWith('deepen ')) ?? '')?.[1])
}

/** The depths that were asked for, in order. */
function depthsIn({ log }: Asked): readonly number[] {
  return questionsIn(log).map((line) => depthIn(line.split(', ')))
}

/** Looks for the boundary of such a history. */
async function find(commits: number, known: number, tips: readonly string[] = [TIP]) {
  const { destination, source } = historyOf(commits, known)
  await using there = ask(destination, { side: 'destination' })
  await using here = ask(source)
  const found = await findBoundary({ destination: there.server, source: here.server, tips, want: undefined })
  return { found, depths: depthsIn(there), asked: questionsIn(there.log), answered: questionsIn(here.log) }
}

describe('the boundary of two histories', () => {
  it('is looked for at twice the depth each time, then between the last two', async () => {
    const { found, depths, asked, answered } = await find(1000, 21)
    expect(found).toEqual({ ids: [idAt(21)], shared: true, depth: 21 })
    expect(depths).toEqual([2, 4, 8, 16, 32, 24, 20, 22, 21])
    expect(asked[0]).toBe(`thin-pack, ofs-delta, want ${TIP}, deepen 2, have ${TIP}, done`)
    expect(answered).toEqual(
      depths.map((depth) => `thin-pack, ofs-delta, wait-for-done, have ${idAt(depth)}`),
    )
  })

  it('is found at once where it is near', async () => {
    expect(await find(1000, 1)).toMatchObject({ found: { depth: 2, shared: true }, depths: [2] })
    expect(await find(1000, 3)).toMatchObject({ found: { depth: 3, ids: [idAt(3)] }, depths: [2, 4, 3] })
  })

  it('is looked for in larger steps from 512 commits on, and not behind 65,536', async () => {
    const far = await find(100_000, 4096)
    expect(far.found).toEqual({ ids: [idAt(4096)], shared: true, depth: 4096 })
    expect(far.depths.slice(0, 10)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 4096])
    const tooFar = await find(100_000, 40_000)
    expect(tooFar.found).toEqual({ ids: [], shared: false, depth: 32_768 })
    expect(tooFar.depths).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 4096, 32_768])
  })

  it('is looked for up to the first commit, where the history ends before it', async () => {
    const none = await find(19, 20)
    expect(none.found).toEqual({ ids: [], shared: false, depth: 19 })
    expect(none.depths).toEqual([2, 4, 8, 16, 32, 24, 20, 18, 19])
    const first = await find(19, 18)
    expect(first.found).toEqual({ ids: [idAt(18)], shared: true, depth: 18 })
    expect(first.depths).toEqual([2, 4, 8, 16, 32, 24, 20, 18, 17])
    // A history of one commit has none behind it.
    expect(await find(1, 1)).toEqual({
      found: { ids: [], shared: false, depth: 1 },
      depths: [2],
      asked: expect.any(Array),
      answered: [],
    })
  })

  it('is asked for 64 tips together, then for eight of them alone', async () => {
    const tips = Array.from({ length: 70 }, (_, at) => (at + 1).toString(16).padEnd(40, 'e'))
    const { found, asked } = await find(1, 9, tips)
    expect(found).toEqual({ ids: [], shared: false, depth: 1 })
    const wants = asked.map((line) => line.split(', ').filter((word) => word.startsWith('want ')))
    expect(wants).toEqual(
      [tips.slice(0, 64), ...tips.slice(0, 8).map((tip) => [tip])].map((some) =>
        some.map((tip) => `want ${tip}`),
      ),
    )
  })

  it('is that of one tip where all together show none', async () => {
    const [short, long] = ['a'.repeat(40), 'b'.repeat(40)] as const
    await using there = ask(
      scripted({
        answer: (lines) => {
          const isAlone = !lines.includes(`want ${long}`)
          return answerOf({
            shallow: depthIn(lines) > (isAlone ? 3 : 9) ? [] : [isAlone ? idAt(7) : idAt(1)],
          })
        },
      }),
    )
    await using here = ask(historyOf(1, 7).source)
    const options = { destination: there.server, source: here.server, want: undefined }
    expect(await findBoundary({ ...options, tips: [long, short] })).toEqual({
      ids: [idAt(7)],
      shared: true,
      depth: 2,
    })
    expect(
      withNames(questionsIn(there.log), { short, long }).map((line) => line.replace(/, have.*/, '')),
    ).toEqual([
      ...[2, 4, 8, 16, 12, 10, 9].map(
        (depth) => `thin-pack, ofs-delta, want long, want short, deepen ${depth}`,
      ),
      ...[2, 4, 8, 16, 12, 10, 9].map((depth) => `thin-pack, ofs-delta, want long, deepen ${depth}`),
      'thin-pack, ofs-delta, want short, deepen 2',
    ])
  })

  it('lets no connection wait that was opened for another question', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 4)
    await using there = ask(repository.path, { side: 'destination', opensAhead: true })
    await using here = ask(historyOf(1, 9).source)
    const tips = [ids[3]!]
    const options = { destination: there.server, source: here.server, tips, want: undefined }
    expect(await findBoundary(options)).toMatchObject({ shared: true, depth: 2 })
    await until(() => there.log.filter((line) => line === 'close').length === 2)
    expect(withNames(there.log, { tip: ids[3]! })).toEqual([
      'open',
      'open',
      'thin-pack, ofs-delta, want tip, deepen 2, have tip, done',
      'close',
      'close',
    ])
  })

  it('is believed of a server that sends a pack along, which is given up', async () => {
    await using there = ask(scripted({ answer: () => answerOf({ shallow: [idAt(5)], objects: 3 }) }))
    expect(await askBoundary(there.server, [TIP], 5)).toEqual([idAt(5)])
  })

  it('needs a server that can be asked for a depth', async () => {
    const greeting = greetingOf('fetch')
    await using there = ask(scripted({ greeting, answer: () => answerOf({}) }), { side: 'destination' })
    await expect(askBoundary(there.server, [TIP], 5)).rejects.toMatchObject({
      code: 'protocol',
      side: 'destination',
    })
  })
})
