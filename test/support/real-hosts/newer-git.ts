import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { gitWith, type ObjectFormat } from '../git.ts'
import { findBuilt } from './cache.ts'

/** Folder with the programs of the git of Debian's next release. */
export function newerGit(): string {
  return process.env['KALANDRA_NEWER_GIT'] ?? findBuilt('git-trixie', 'bin')
}

/** Variables that make it the git of a program. */
export function newerGitEnv(): Readonly<Record<'PATH', string>> {
  return { PATH: `${newerGit()}${delimiter}${process.env['PATH']}` }
}

/** Its `git daemon`. */
export function newerGitDaemon(): string {
  const path = join(newerGit(), '../exec/git-daemon')
  if (!existsSync(path)) throw new Error(`${path} is not there; to have it: .ci/newer-git`)
  return path
}

export interface NewerRepositoryOptions {
  readonly format: ObjectFormat
  readonly refFormat: 'files' | 'reftable'
}

/** An empty bare repository, made by the newer git. Gives its path. */
export async function makeNewerRepository(
  parent: string,
  name: string,
  { format, refFormat }: NewerRepositoryOptions,
): Promise<string> {
  const env = newerGitEnv()
  const shape = [`--object-format=${format}`, `--ref-format=${refFormat}`]
  await gitWith({ env }, parent, 'init', '-q', '--bare', '--initial-branch=main', ...shape, name)
  const path = join(parent, name)
  for (const [key, value] of [
    ['http.receivepack', 'true'],
    ['gc.auto', '0'],
  ] as const)
    await gitWith({ env }, path, 'config', key, value)
  return path
}
