import fc from 'fast-check'
import { FastImport, type Mark } from './fast-import.ts'
import { git, gitWith } from './git.ts'
import { noise } from './repositories.ts'

/** One commit of a generated history. */
export interface HistoryCommit {
  /** How far back each parent is, in commits; none: a root. */
  readonly back: readonly number[]
  /** Bytes of the file that it adds. */
  readonly size: number
  /** Seconds since 1970. */
  readonly time: number
}

export interface History {
  readonly shape: string
  readonly commits: readonly HistoryCommit[]
  /** Positions of commits with a branch; the last commit has one in any case. */
  readonly branches: readonly number[]
  readonly tags: readonly number[]
  readonly annotated: readonly number[]
  /** A tag that names a file, and one that names a folder. */
  readonly hasOddTags: boolean
}

/** Git merges no more parents than these in one commit of a stream. */
const MOST_PARENTS = 16

type Back = (position: number, random: number) => readonly number[]

/** Parents by position; `random` is one number for each commit. */
const SHAPES: Readonly<Record<string, Back>> = {
  chain: () => [1],
  ladder: (position) => [1, 2 + (position % 3)],
  roots: (_, random) => (random % 3 === 0 ? [] : [1]),
  'roots that are merged': (position, random) =>
    random % 2 === 0 ? [] : position % 4 === 3 ? [1, 2, 3] : [1],
  octopus: (position, random) =>
    random % 4 === 0
      ? Array.from({ length: Math.min(position, MOST_PARENTS) }, (_, index) => index + 1)
      : [1 + (random % 3)],
  'criss-cross': (position) => (position % 2 === 0 ? [2, 1] : [2, 3]),
  'long way round': (position) => (position % 5 === 4 ? [1, position] : [1]),
  branches: (position) => [Math.max(1, position)],
  any: (position, random) =>
    [...new Set([1 + (random % 7), 1 + (random % 11), 1 + ((random >> 4) % Math.max(1, position))])].slice(
      random % 3,
    ),
}

const DAY_SECONDS = 86_400
const START = 1_400_000_000

/** What a clock says, from commit to commit. */
const CLOCKS: Readonly<Record<string, (position: number, random: number) => number>> = {
  even: (position) => START + position * DAY_SECONDS,
  stopped: () => START,
  backwards: (position) => START - position * DAY_SECONDS,
  'first commit of 1970': (position) => (position === 0 ? 0 : START + position * DAY_SECONDS),
  'set back once': (position) => START + (position % 8) * DAY_SECONDS,
  hostile: (_, random) => random % 4_000_000_000,
  'far ahead': (position) => 3_900_000_000 + position,
  'within minutes': (position) => START + Math.floor(position / 3),
}

/** Sizes from one byte to `most`, many of them at either end. */
function anySize(most: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 100 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: most }) },
    { weight: 1, arbitrary: fc.integer({ min: most - 100, max: most }) },
  )
}

/** Histories whose commits have files of `mostBytes` each, at most. */
export function anyHistory(mostBytes: number, mostCommits: number): fc.Arbitrary<History> {
  return fc
    .record({
      shape: fc.constantFrom(...Object.keys(SHAPES)),
      clock: fc.constantFrom(...Object.keys(CLOCKS)),
      commits: fc.array(fc.record({ size: anySize(mostBytes), random: fc.nat() }), {
        minLength: 1,
        maxLength: mostCommits,
        size: 'max',
      }),
      branches: fc.array(fc.nat(), { maxLength: 6 }),
      tags: fc.array(fc.nat(), { maxLength: 4 }),
      annotated: fc.array(fc.nat(), { maxLength: 4 }),
      hasOddTags: fc.boolean(),
    })
    .map(({ shape, clock, commits, branches, tags, annotated, hasOddTags }) => {
      const places = (list: readonly number[]): readonly number[] => [
        ...new Set(list.map((number) => number % commits.length)),
      ]
      return {
        shape: `${shape}, clock ${clock}`,
        commits: commits.map(({ size, random }, position) => ({
          size,
          time: CLOCKS[clock]!(position, random),
          back: [...new Set(SHAPES[shape]!(position, random))].filter((back) => back > 0 && back <= position),
        })),
        branches: places(branches),
        tags: places(tags),
        annotated: places(annotated),
        hasOddTags,
      }
    })
}

/** Writes a history into an empty bare repository. Every commit without a child has a branch. */
export async function writeHistory(dir: string, history: History): Promise<void> {
  const stream = new FastImport()
  const { commits } = history
  const marks: Mark[] = []
  const withChild = new Set<number>()
  for (const [position, { back, size, time }] of commits.entries()) {
    for (const steps of back) withChild.add(position - steps)
    marks.push(
      stream.commit({
        ref: 'refs/heads/build',
        message: `${position}\n`,
        files: { [`f${position % 4}`]: noise(size, `${history.shape} ${position}`) },
        time,
        parents: back.map((steps) => marks[position - steps]!),
      }),
    )
  }
  const branches = new Set(history.branches)
  for (const position of commits.keys()) if (!withChild.has(position)) branches.add(position)
  for (const position of branches) stream.ref(`refs/heads/b${position}`, marks[position]!)
  for (const position of history.tags) stream.ref(`refs/tags/t${position}`, marks[position]!)
  for (const position of history.annotated) stream.tag(`a${position}`, marks[position]!)
  await stream.run(dir)
  await git(dir, 'update-ref', '-d', 'refs/heads/build')
  if (!history.hasOddTags) return
  const at = commits.length - 1
  const file = await git(dir, 'rev-parse', `refs/heads/b${at}:f${at % 4}`)
  const tree = await gitWith({ input: `100644 blob ${file}\tfile\n` }, dir, 'mktree')
  await git(dir, 'tag', 'file', file)
  await git(dir, 'tag', '-a', '-m', 'a folder', 'folder', tree.trim())
}
