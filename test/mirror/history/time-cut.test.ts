import { describe, expect, it } from 'vitest'
import { MirrorError, type MirrorErrorDetails } from '../../../src/base/errors.ts'
import { askTimeCut, findNewer, findOldest } from '../../../src/mirror/history/time-cut.ts'
import { makeBareRepository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { ask } from './asking.ts'
import { answerOf, questionsIn, scripted, withNames } from './watched.ts'

const TIP = 'f'.repeat(40)

/** The moment of the first commit of `addCommits`; the others follow a minute apart. */
const FIRST = 1_700_000_060

function idOf(moment: number): string {
  return moment.toString(16).padStart(40, '0')
}

/** A server of commits that are called after their moments. */
function timedServer() {
  return scripted({
    answer: (lines) => {
      const since = Number(lines.find((line) => line.startsWith('deepen-since '))?.slice(13))
      const moments = wantsIn(lines).map((id) => Number.parseInt(id, 16))
      const isTooLate = moments.every((moment) => moment < since)
      // What git says to a moment after the newest of them: it ends there.
      return isTooLate ? Buffer.from('0011shallow-info\n') : answerOf({ shallow: [idOf(since)] })
    },
  })
}

function wantsIn(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.startsWith('want ')).map((line) => line.slice(5))
}

describe('a moment of a history', () => {
  it('is asked for with the tips as wants and as haves', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 4)
    for (const old of [false, true]) {
      await using source = ask(repository.path, { old, opensAhead: true })
      const since = FIRST + 60
      expect(await askTimeCut(source.server, [ids[3]!], since)).toEqual({ kind: 'cut', ids: [ids[1]] })
      const words = old ? '' : 'thin-pack, ofs-delta, '
      expect(withNames(source.log, { tip: ids[3]! }).slice(0, 4)).toEqual([
        'open',
        'open',
        `${words}want tip, deepen-since ${since}, have tip, done`,
        'close',
      ])
      expect(await askTimeCut(source.server, [ids[3]!], FIRST - 1)).toEqual({ kind: 'before' })
      expect(await askTimeCut(source.server, [ids[3]!], FIRST + 500)).toEqual({ kind: 'after' })
    }
  })

  /** Asks where the connection breaks off with `details`. */
  async function breakOff(details: MirrorErrorDetails) {
    await using source = ask(timedServer(), {
      onQuestion: () => {
        throw new MirrorError('it broke', details)
      },
    })
    return await askTimeCut(source.server, [TIP], FIRST)
  }

  it.each([
    { code: 'cut' },
    { code: 'server', serverText: 'fatal: no commits selected for shallow requests' },
    { code: 'server', serverText: 'ERR No Commits Selected' },
  ] as const)('is newer than all where the server ends with %j', async (details) => {
    expect(await breakOff(details)).toEqual({ kind: 'after' })
  })

  it.each([
    { code: 'server', serverText: 'out of memory' },
    { code: 'server', serverText: 'no commits' },
    { code: 'timeout' },
    { code: 'http', status: 500 },
  ] as const)('is not found where it ends with %j', async (details) => {
    await expect(breakOff(details)).rejects.toMatchObject({ ...details, side: 'source' })
  })

  it('is not found when the run ends', async () => {
    const controller = new AbortController()
    const reason = new Error('that is enough')
    await using source = ask(timedServer(), {
      signal: controller.signal,
      onQuestion: () => {
        controller.abort(reason)
        throw new MirrorError('it broke', { code: 'cut' })
      },
    })
    await expect(askTimeCut(source.server, [TIP], FIRST)).rejects.toBe(reason)
  })
})

describe('the newer ones of some commits', () => {
  it('are asked for in halves, the first one first', async () => {
    await using source = ask(timedServer())
    const ids = [5, 90, 7, 8, 95].map(idOf)
    expect(await findNewer(source.server, ids, 50)).toEqual([idOf(90), idOf(95)])
    expect(
      questionsIn(source.log).map((line) => wantsIn(line.split(', ')).map((id) => Number.parseInt(id, 16))),
    ).toEqual([[5, 90, 7, 8, 95], [5, 90], [5], [90], [7, 8, 95], [7], [8, 95], [8], [95]])
    expect(questionsIn(source.log)[0]).toContain('deepen-since 50')
    expect(await findNewer(source.server, ids, 96)).toEqual([])
  })

  it('are asked for over a connection each, and over no other', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 3)
    await using source = ask(repository.path)
    expect(await findNewer(source.server, ids, FIRST + 60)).toEqual(ids.slice(1))
    expect(questionsIn(source.log)).toHaveLength(5)
    expect(source.log.filter((line) => line === 'open')).toHaveLength(5)
  })

  it('are asked for 40 times, and no more', async () => {
    await using source = ask(timedServer())
    const ids = Array.from({ length: 64 }, (_, at) => idOf(100 + at))
    const newer = await findNewer(source.server, ids, 50)
    expect(questionsIn(source.log)).toHaveLength(40)
    expect(newer).toEqual(ids.slice(0, newer.length))
    expect(newer.length).toBeGreaterThan(10)
  })
})

describe('the oldest of some commits', () => {
  async function find(ids: readonly number[], from: number, top: number) {
    await using source = ask(timedServer())
    const oldest = await findOldest(source.server, ids.map(idOf), { from, top })
    const moments = questionsIn(source.log).map((line) => Number(/deepen-since (\d+)/.exec(line)?.[1]))
    return { oldest: oldest.map((id) => Number.parseInt(id, 16)), moments: [...new Set(moments)] }
  }

  it('are those in the first span that holds any', async () => {
    expect(await find([2000, 1010, 1500, 1011], 1000, 3000)).toEqual({
      oldest: [1010, 1011],
      moments: [1001, 1004, 1016],
    })
  })

  it('are all of them where they lie together, and one that is alone', async () => {
    expect(await find([1010, 1012], 1000, 1005)).toEqual({ oldest: [1010, 1012], moments: [1001, 1004] })
    expect(await find([1010, 1012], 1000, 1004)).toEqual({ oldest: [1010, 1012], moments: [1001] })
    expect(await find([1010], 1000, 3000)).toEqual({ oldest: [1010], moments: [] })
  })
})
