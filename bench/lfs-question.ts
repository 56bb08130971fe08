import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { git } from '../test/support/git.ts'
import { median, runSteps, type Step } from './measure.ts'
import { copyRepository, type Repositories } from './repositories.ts'
import type { Over, Servers } from './servers.ts'

export const QUESTION_OVERS = ['file', 'http', 'http@50', 'ssh@50'] as const satisfies readonly Over[]

/** - `filters`: as hosts are; `plain`: as git is, which leaves nothing out of a pack */
type SourceKind = 'filters' | 'plain'
type Work = 'first' | 'commit'

export interface QuestionOptions {
  readonly runs: number
  /** An empty folder below the servers' root. */
  readonly root: string
  readonly repositories: Repositories
  readonly servers: Servers
  readonly overs: readonly Over[]
  readonly onRow: (row: QuestionRow) => void
  /** What starts Kalandra with these addresses and more arguments. */
  readonly step: (source: string, destination: string, ...more: readonly string[]) => Step
}

/** Seconds of runs that look for pointers where there are none, and of runs that do not, in turn. */
export interface QuestionRow {
  readonly over: Over
  readonly work: Work
  readonly source: SourceKind
  readonly auto: readonly number[]
  readonly off: readonly number[]
}

/** What `lfs: auto` costs a repository without LFS. */
export async function measureQuestion(options: QuestionOptions): Promise<void> {
  const { root, repositories, overs, onRow } = options
  const before = await repositories.open('history')
  for (const source of ['filters', 'plain'] as const) {
    const path = await copyRepository(before, join(root, `${source}.git`))
    if (source === 'filters') await git(path, 'config', 'uploadpack.allowFilter', 'true')
    for (const work of ['first', 'commit'] as const)
      for (const over of QUESTION_OVERS.filter((name) => overs.includes(name)))
        onRow(await measureRow(options, { over, work, source, path }))
  }
}

async function measureRow(
  { runs, root, servers, step }: QuestionOptions,
  { path, ...row }: Pick<QuestionRow, 'over' | 'work' | 'source'> & { readonly path: string },
): Promise<QuestionRow> {
  const destination = join(root, 'destination.git')
  const head = await git(path, 'symbolic-ref', 'HEAD')
  const times = { auto: [] as number[], off: [] as number[] }
  if (row.work === 'commit') await copyRepository(path, destination)
  for (let run = 0; run <= runs; run++) {
    const turns = [
      ['auto', 'auto'],
      ['off', 'false'],
    ] as const
    for (const [name, lfs] of run % 2 === 0 ? turns : turns.toReversed()) {
      if (row.work === 'first') {
        await rm(destination, { recursive: true, force: true })
        await git(root, 'init', '-q', '--bare', destination)
        await git(destination, 'config', 'http.receivepack', 'true')
      } else await git(destination, 'update-ref', head, await git(path, 'rev-parse', `${head}~1`))
      const [from, to] = [
        servers.url(row.over, 'source', path, false),
        servers.url(row.over, 'destination', destination, false),
      ]
      const { seconds } = await runSteps([step(from, to, '--lfs', lfs)])
      // The first one warms up.
      if (run > 0) times[name].push(seconds)
    }
  }
  await rm(destination, { recursive: true, force: true })
  return { ...row, ...times }
}

export const QUESTION_TITLE =
  'looking for pointers where there are none: seconds without and with it, and their ratio'

/** A line for people. */
export function renderQuestion({ over, work, source, auto, off }: QuestionRow): string {
  const [asked, plain] = [median(auto), median(off)]
  const figures = [plain.toFixed(3), asked.toFixed(3), (asked / plain).toFixed(2)]
  return `  ${[work, source, over].map((word) => word.padEnd(8)).join('')}${figures.map((one) => one.padStart(8)).join('')}`
}
