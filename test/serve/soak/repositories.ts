import { git, makeBareRepository, runGit } from '../../support/git.ts'
import { addCommits, addRefs } from '../../support/repositories.ts'
import type { Chances } from './chances.ts'

/** A source and its copy, bare. */
export interface Pair {
  readonly name: string
  readonly source: string
  readonly copy: string
}

const BRANCHES = ['topic/a', 'topic/b', 'topic/ünï', 'release'] as const

export async function makePair(root: string, name: string): Promise<Pair> {
  const { path: source } = await makeBareRepository({ parent: root, name: `${name}.git` })
  const { path: copy } = await makeBareRepository({ parent: root, name: `${name}-copy.git` })
  await addCommits(source, 3)
  return { name, source, copy }
}

/** One push of somebody to the source. @returns in a word, what it was */
export async function pushSomething({ source }: Pair, chances: Chances, number: number): Promise<string> {
  const branch = `refs/heads/${chances.oneOf(BRANCHES)}`
  const kind = chances.weighted({ commits: 50, rewrite: 10, branch: 15, remove: 10, tag: 10, tags: 5 })
  switch (kind) {
    case 'commits':
      await addCommits(source, chances.between(1, 4), {
        path: `file-${number}`,
        size: chances.between(10, 20_000),
      })
      break
    case 'rewrite':
      await addCommits(source, 1, { from: await git(source, 'rev-parse', 'main~1'), path: `other-${number}` })
      break
    case 'branch':
      await addCommits(source, 1, {
        ref: branch,
        from: await git(source, 'rev-parse', 'main'),
        path: `b-${number}`,
      })
      break
    case 'remove':
      await git(source, 'update-ref', '-d', branch)
      break
    case 'tag':
      await git(source, 'tag', '--annotate', '--message', `Tag ${number}`, `v${number}`, 'main')
      break
    case 'tags':
      // More than three at once: a push of which GitHub tells nobody.
      await addRefs(source, 5, await git(source, 'rev-parse', 'main'), `refs/tags/many-${number}-`)
      break
  }
  return kind
}

/** Somebody writes to a copy, which nobody should. */
export async function meddle({ copy }: Pair, chances: Chances, number: number): Promise<void> {
  const tip = await runGit(copy, ['rev-parse', '--verify', '--quiet', 'refs/heads/main'])
  const id = tip.stdout.toString().trim()
  if (id === '') return
  const isStray = chances.holds(0.5)
  await runGit(
    copy,
    isStray ? ['update-ref', `refs/heads/stray-${number}`, id] : ['update-ref', '-d', 'refs/heads/release'],
  )
}

/** Names and ids of branches and tags. */
export async function listRefs(dir: string): Promise<string> {
  return await git(dir, 'for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads', 'refs/tags')
}

/** Pairs whose copy is not like its source, or lacks an object. */
export async function findLost(pairs: readonly Pair[]): Promise<readonly string[]> {
  const lost: string[] = []
  for (const { name, source, copy } of pairs) {
    const isLike = (await listRefs(source)) === (await listRefs(copy))
    const { exitCode } = await runGit(copy, ['fsck', '--connectivity-only', '--no-dangling'])
    if (!isLike || exitCode !== 0) lost.push(name)
  }
  return lost
}
