import { git } from './git.ts'
import { makePair, type Pair } from './pair.ts'
import { addCommits } from './repositories.ts'

export type Refs = Readonly<Record<string, string>>

export interface Overwritten extends Pair {
  /** Refs of the destination before the run. */
  readonly before: Refs
  /** Those that the run overwrites or deletes: `main`, `gone`, `folder/gone` and the tag `moved`. */
  readonly lost: Refs
}

/** A mirror whose source has since rewritten a branch, deleted two, moved a tag, and gone on with another branch. */
export async function makeOverwritten(config: Readonly<Record<string, string>> = {}): Promise<Overwritten> {
  const pair = await makePair({ config })
  const { source, destination } = pair
  const ids = await addCommits(source, 2)
  const branches = ['ahead', 'gone', 'folder/gone', 'same']
  for (const name of branches) await git(source, 'update-ref', `refs/heads/${name}`, ids[0]!)
  await addCommits(source, 1, { ref: 'refs/heads/gone', path: 'gone' })
  await git(source, 'tag', '-a', '-m', 'One', 'moved', ids[0]!)
  await git(source, 'tag', 'stays', ids[0]!)
  await pair.mirror()
  const before = await refsOf(destination)
  await git(source, 'update-ref', 'refs/heads/main', `${ids[1]!}~2`)
  await addCommits(source, 1, { path: 'other' })
  await addCommits(source, 1, { ref: 'refs/heads/ahead', path: 'ahead' })
  await addCommits(source, 1, { ref: 'refs/heads/new', from: ids[0]!, path: 'new' })
  for (const name of ['gone', 'folder/gone']) await git(source, 'update-ref', '-d', `refs/heads/${name}`)
  await git(source, 'tag', '-f', '-a', '-m', 'Two', 'moved', 'refs/heads/main')
  const names = ['refs/heads/main', 'refs/heads/gone', 'refs/heads/folder/gone', 'refs/tags/moved']
  return { ...pair, before, lost: Object.fromEntries(names.map((name) => [name, before[name]!])) }
}

export async function refsOf(path: string): Promise<Refs> {
  const text = await git(path, 'for-each-ref', '--format=%(refname) %(objectname)')
  return Object.fromEntries(text.split('\n').map((line) => line.split(' ') as [string, string]))
}

const BACKUP = /^(?:refs\/kalandra\/backup|refs\/tags\/kalandra-backup)\/(\d{8}T\d{6}Z)\/(.*)$/

/** What is kept of each ref, newest last, as the repository's own refs show it. */
export function keptOf(refs: Refs): Readonly<Record<string, readonly string[]>> {
  const kept: Record<string, string[]> = {}
  for (const [name, id] of Object.entries(refs).toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const match = BACKUP.exec(name)
    if (match) (kept[`refs/${match[2]!}`] ??= []).push(id)
  }
  return kept
}

/** The refs without ours. */
export function ownRefs(refs: Refs): Refs {
  return Object.fromEntries(Object.entries(refs).filter(([name]) => !BACKUP.test(name)))
}
