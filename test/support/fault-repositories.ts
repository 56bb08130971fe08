import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { forEachRef, git, makeBareRepository } from './git.ts'
import { addCommits } from './repositories.ts'

export type Refs = Readonly<Record<string, string>>

/** A source, and a destination that lacks a bit of everything and can be put back to how it was. */
export interface FaultPair {
  readonly folder: string
  readonly source: string
  readonly destination: string
  /** Refs of the destination before a run, and after one. */
  readonly before: Refs
  readonly after: Refs
  /** Makes the destination anew as it was before. */
  restore(): Promise<void>
}

/** What a run does: a creation, an update, a forced update, a deletion, a moved tag, a new one; 50 commits of `size`. */
export async function makeFaultPair(folder: string, size = 6_000): Promise<FaultPair> {
  const { path: source } = await makeBareRepository({ parent: folder, name: 'source.git' })
  const base = await addCommits(source, 8, { size: 2_000 })
  await git(source, 'update-ref', 'refs/heads/same', base[3]!)
  await git(source, 'update-ref', 'refs/heads/old', base[4]!)
  await git(source, 'tag', 'light', base[2]!)
  await addCommits(source, 2, { ref: 'refs/heads/forced', from: base[5]! })
  const template = join(folder, 'template')
  await git(folder, 'clone', '-q', '--mirror', source, template)
  for (const [key, value] of Object.entries({ 'http.receivepack': 'true', 'gc.auto': '0' }))
    await git(template, 'config', key, value)
  await git(source, 'update-ref', 'refs/heads/forced', base[5]!)
  await addCommits(source, 1, { ref: 'refs/heads/forced', path: 'other' })
  await addCommits(source, 40, { size })
  await addCommits(source, 10, { ref: 'refs/heads/new', from: base[7]!, path: 'new', size })
  await git(source, 'update-ref', '-d', 'refs/heads/old')
  await git(source, 'tag', '-f', 'light', base[6]!)
  await git(source, 'tag', '-a', '-m', 'Release', 'v1', 'refs/heads/main')
  for (const path of [source, template]) {
    await git(path, 'repack', '-adq')
    await git(path, 'pack-refs', '--all')
    await rm(join(path, 'hooks'), { recursive: true, force: true })
  }
  const destination = join(folder, 'destination.git')
  const restore = async (): Promise<void> => {
    await rm(destination, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    await cp(template, destination, { recursive: true })
  }
  await restore()
  return {
    folder,
    source,
    destination,
    before: await refsOf(template),
    after: await refsOf(source),
    restore,
  }
}

export async function refsOf(path: string): Promise<Refs> {
  return Object.fromEntries(await forEachRef(path))
}
