import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FastImport, type Mark } from '../support/fast-import.ts'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { noise } from '../support/repositories.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const DAY_SECONDS = 86_400
const YEAR_SECONDS = 365 * DAY_SECONDS
const START = 1_400_000_000
const PIECES = 'refs/kalandra/pieces/'

interface Line {
  readonly ref: string
  readonly commits: number
  /** Seconds since 1970 of the first commit. */
  readonly from: number
  /** Seconds between two commits. */
  readonly step: number
  readonly parents?: readonly Mark[] | undefined
}

/** Commits of 10 kB each, one behind the other. @returns the last of them. */
function addLine(stream: FastImport, { ref, commits, from, step, parents }: Line): Mark {
  let tip: Mark | undefined
  for (let number = 0; number < commits; number++) {
    const files = { [`${ref.slice(11)}${number % 5}`]: noise(10_000, `${ref} ${from} ${number}`) }
    const before = tip === undefined ? parents : undefined
    tip = stream.commit({ ref, files, time: from + number * step, ...(before && { parents: before }) })
  }
  return tip!
}

/** Two histories without a commit in common: the second begins years after the end of the first. */
const TWICE = 'that begins twice, years apart, all of each within minutes'

/** Each has some 1,200 kB. */
const SHAPES: Record<string, (stream: FastImport) => void> = {
  'with years of nothing in the middle'(stream) {
    const old = addLine(stream, { ref: 'refs/heads/main', commits: 60, from: START, step: DAY_SECONDS })
    addLine(stream, {
      ref: 'refs/heads/main',
      commits: 60,
      from: START + 6 * YEAR_SECONDS,
      step: DAY_SECONDS,
      parents: [old],
    })
  },
  'with an old branch that was merged years later'(stream) {
    const base = addLine(stream, { ref: 'refs/heads/main', commits: 30, from: START, step: DAY_SECONDS })
    const side = addLine(stream, {
      ref: 'refs/heads/side',
      commits: 30,
      from: START + 31 * DAY_SECONDS,
      step: 60,
      parents: [base],
    })
    const main = addLine(stream, {
      ref: 'refs/heads/main',
      commits: 40,
      from: START + 40 * DAY_SECONDS,
      step: 20 * DAY_SECONDS,
      parents: [base],
    })
    const merge = stream.commit({
      ref: 'refs/heads/main',
      parents: [main, side],
      time: START + 3 * YEAR_SECONDS,
    })
    addLine(stream, {
      ref: 'refs/heads/main',
      commits: 20,
      from: START + 3 * YEAR_SECONDS + DAY_SECONDS,
      step: DAY_SECONDS,
      parents: [merge],
    })
  },
  [TWICE](stream) {
    addLine(stream, { ref: 'refs/heads/main', commits: 60, from: START, step: 3 })
    addLine(stream, { ref: 'refs/heads/other', commits: 60, from: START + 5 * YEAR_SECONDS, step: 3 })
  },
  'with many branches of one moment'(stream) {
    const base = addLine(stream, { ref: 'refs/heads/main', commits: 10, from: START, step: DAY_SECONDS })
    for (let number = 0; number < 110; number++) {
      const ref = `refs/heads/topic-${number}`
      addLine(stream, { ref, commits: 1, from: START + YEAR_SECONDS, step: 1, parents: [base] })
    }
  },
}

let folder: TempFolder

beforeAll(async () => void (folder = await makeTempFolder()))
afterAll(async () => await folder?.[Symbol.asyncDispose]())

async function makeSource(name: string, fill: (stream: FastImport) => void): Promise<string> {
  const { path } = await makeBareRepository({ parent: folder.path, name })
  const stream = new FastImport()
  fill(stream)
  await stream.run(path)
  return path
}

/** Runs with a small limit; all arrives, and nothing of ours is left. */
async function expectPieces(source: string, destination: string, least = 3): Promise<ActionResult> {
  const inputs = { source, destination, 'source-token': '', 'max-pack-size': '300k' }
  const result = await runAction({ inputs })
  expect(result.errors).toEqual([])
  expect(result.exitCode, result.log).toBe(0)
  const refs = await forEachRef(destination)
  expect(Object.fromEntries(refs)).toEqual(Object.fromEntries(await forEachRef(source)))
  await fsck(destination)
  expect(result.log.match(/piece \d+: \d+ bytes/g)!.length).toBeGreaterThanOrEqual(least)
  // Pieces that were cut off at the limit count, too.
  expect(Number(result.outputs['pack-bytes'])).toBeLessThan(2_500_000)
  return result
}

describe.concurrent('a history in pieces', () => {
  const config = { 'receive.maxInputSize': '320000' }

  for (const [index, [shape, fill]] of Object.entries(SHAPES).entries()) {
    it(`arrives ${shape}`, async () => {
      const source = await makeSource(`source-${index}.git`, fill)
      const { path } = await makeBareRepository({ parent: folder.path, name: `to-${index}.git`, config })
      await expectPieces(source, path)
    })
  }

  it('goes on with what is older than all that arrived before', async () => {
    const source = await makeSource('older.git', SHAPES[TWICE]!)
    const { path } = await makeBareRepository({ parent: folder.path, name: 'to-older.git', config: {} })
    await git(source, 'push', '--quiet', path, `other:${PIECES}${START + 5 * YEAR_SECONDS + 178}-other`)
    await git(path, 'config', 'receive.maxInputSize', '320000')
    // Half of it is there.
    const result = await expectPieces(source, path, 2)
    expect(result.log).toContain('going on behind 1 commits')
  })
})
