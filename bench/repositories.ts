import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { git, gitWith, makeBareRepository } from '../test/support/git.ts'
import {
  changedFile,
  type CommitText,
  commitText,
  fastImport,
  historyStream,
  lineStream,
  objectsStream,
  shapeHistory,
} from './streams.ts'

/** Raised when what the streams make changes: older repositories are not used any more. */
const EDITION = 1
/** How often the source can move on. */
export const MOST_STEPS = 12
/** Marks of steps, and with them their times, come after those of any history. */
const STEP_MARK = 1_000_000

/**
 * - `history`: 400,000 objects in 300 MB with a bitmap and a commit graph
 * - `objects`: a million small objects
 * - `refs`: 100,000 branches, each at a commit of its own
 * - `first-refs`: the same, for the case that creates them all
 * - `million-refs`: ten branches a commit of `refs`
 */
export type RepositoryName = 'history' | 'objects' | 'refs' | 'first-refs' | 'million-refs'

/**
 * - `commit`, `thousand`: so many commits more on main
 * - `force`: main moves to another commit that leaves it ten commits before its end
 * - `ten-refs`: a commit more on ten branches
 */
export type StepKind = 'commit' | 'thousand' | 'force' | 'ten-refs'

export interface RefMove {
  readonly ref: string
  readonly id: string
}

/** A source that moves on: its objects are there, its refs not yet. */
export interface Stepped {
  readonly path: string
  readonly steps: readonly (readonly RefMove[])[]
}

export interface Repositories {
  /** Builds it the first time; may be read and copied, not written. */
  open(name: RepositoryName): Promise<string>
  openStepped(name: RepositoryName, kind: StepKind): Promise<Stepped>
}

export interface RepositoriesOptions {
  readonly cache: string
  readonly scale: number
  readonly onBuild: (what: string) => void
}

/** Sizes at a scale. The refs that nobody has to create cost little, so they shrink later. */
export function sizesAt(scale: number): Readonly<Record<Exclude<RepositoryName, 'million-refs'>, number>> {
  return {
    history: Math.round(100_000 * scale),
    objects: Math.max(1, Math.round(10_000 * scale)),
    refs: Math.max(20, Math.round(100_000 * Math.min(1, scale * 10))),
    'first-refs': Math.max(20, Math.round(100_000 * scale)),
  }
}

export function openRepositories({ cache, scale, onBuild }: RepositoriesOptions): Repositories {
  const folder = join(cache, `edition-${EDITION}`, `scale-${scale}`)
  const sizes = sizesAt(scale)

  async function once(name: string, build: (path: string) => Promise<void>): Promise<string> {
    const path = join(folder, `${name}.git`)
    if (existsSync(path)) return path
    onBuild(name)
    const partial = `${name}.${process.pid}.partial`
    await mkdir(folder, { recursive: true })
    await rm(join(folder, partial), { recursive: true, force: true })
    await build(join(folder, partial))
    await rename(join(folder, partial), path)
    return path
  }

  async function open(name: RepositoryName): Promise<string> {
    return once(name, async (path) => {
      if (name === 'million-refs') {
        await copyRepository(await open('refs'), path)
        return fillRefs(path, 10)
      }
      await makeBareRepository({ parent: join(path, '..'), name: path.slice(folder.length + 1) })
      if (name === 'history') await fastImport(path, historyStream(sizes.history))
      else if (name === 'objects') await fastImport(path, objectsStream(sizes.objects))
      else await fastImport(path, lineStream(sizes[name]))
      if (name === 'refs' || name === 'first-refs') await fillRefs(path, 1)
      // Window 0: the deltas of fast-import stay as they are.
      await git(path, 'repack', '-adbq', '--window=0')
      await git(path, 'pack-refs', '--all')
      await git(path, 'commit-graph', 'write', '--reachable', '--no-progress')
    })
  }

  return {
    open,
    async openStepped(name, kind) {
      const path = await once(`${name}-${kind}`, async (target) => {
        const copy = await copyRepository(await open(name), target)
        await writeFile(
          join(copy, 'steps.json'),
          JSON.stringify(await addSteps(copy, kind, shapeHistory(sizes.history).files)),
        )
      })
      return { path, steps: JSON.parse(await readFile(join(path, 'steps.json'), 'utf8')) as RefMove[][] }
    },
  }
}

/** `each` branches for each commit of main, which has no branch but them. */
async function fillRefs(path: string, each: number): Promise<void> {
  const ids = (await git(path, 'rev-list', '--reverse', 'main')).split('\n')
  const lines = ids.flatMap((id, index) =>
    Array.from({ length: each }, (_, copy) => `${id} ${branchName(index * each + copy)}\n`),
  )
  const head = '# pack-refs with: peeled fully-peeled sorted \n'
  const main = `${ids.at(-1)} refs/heads/main\n`
  await git(path, 'update-ref', '-d', 'refs/heads/main')
  await writeFile(join(path, 'packed-refs'), `${head}${main}${lines.join('')}`)
}

function branchName(index: number): string {
  return `refs/heads/topic/${String(index).padStart(7, '0')}`
}

async function addSteps(
  path: string,
  kind: StepKind,
  files: number,
): Promise<readonly (readonly RefMove[])[]> {
  const ref = 'refs/steps/head'
  const commits: CommitText[] = []
  const steps: { readonly ref: string; readonly mark: number }[][] = []
  const parent =
    kind === 'ten-refs' ? '' : await git(path, 'rev-parse', kind === 'force' ? 'main~10' : 'main')
  const add = (from: string | undefined, changes: string): number => {
    const mark = STEP_MARK + commits.length
    commits.push({ ref, mark, from, changes })
    return mark
  }
  const branches = kind === 'ten-refs' ? await spreadBranches(path, 10) : []
  for (let step = 0; step < MOST_STEPS; step++) {
    if (kind === 'ten-refs') {
      steps.push(
        branches.map((branch, index) => {
          const last = steps[step - 1]?.[index]?.mark
          const from = last === undefined ? branch.id : `:${last}`
          return { ref: branch.ref, mark: add(from, '') }
        }),
      )
      continue
    }
    let mark = 0
    for (let left = kind === 'thousand' ? 1000 : 1; left > 0; left--) {
      const from = commits.length === 0 || kind === 'force' ? parent : undefined
      mark = add(from, changedFile(files, commits.length + 1))
    }
    steps.push([{ ref: 'refs/heads/main', mark }])
  }
  const ids = await fastImport(path, map(commits, commitText))
  await git(path, 'update-ref', '-d', ref)
  return steps.map((moves) => moves.map((move) => ({ ref: move.ref, id: ids.get(move.mark)! })))
}

async function spreadBranches(path: string, count: number): Promise<readonly RefMove[]> {
  const lines = (
    await git(path, 'for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/topic/')
  ).split('\n')
  return Array.from({ length: count }, (_, index) => {
    const [id = '', ref = ''] = lines[Math.floor((index * lines.length) / count)]!.split(' ')
    return { id, ref }
  })
}

function* map<T, U>(items: Iterable<T>, change: (item: T) => U): Iterable<U> {
  for (const item of items) yield change(item)
}

/** A copy that shares the files of its objects, and takes pushes over http. */
export async function copyRepository(from: string, to: string): Promise<string> {
  await git(join(to, '..'), 'clone', '-q', '--mirror', '--local', from, to)
  await git(to, 'config', 'http.receivepack', 'true')
  await git(to, 'config', 'gc.auto', '0')
  return to
}

export async function moveRefs(path: string, moves: readonly RefMove[]): Promise<void> {
  const input = moves.map(({ ref, id }) => `update ${ref} ${id}\n`).join('')
  await gitWith({ input }, path, 'update-ref', '--stdin')
}
