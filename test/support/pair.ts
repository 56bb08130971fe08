import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { git, makeBareRepository, type RepositoryOptions } from './git.ts'
import { addCommits } from './repositories.ts'
import { type ActionOptions, type ActionResult, runAction } from './runner.ts'
import { makeTempFolder } from './temp.ts'

export interface Pair extends AsyncDisposable {
  readonly folder: string
  /** Three commits on main. */
  readonly source: string
  /** Empty until a test fills it. */
  readonly destination: string
  /** Runs the action from one to the other, over file unless the inputs say otherwise. */
  run(
    inputs?: Readonly<Record<string, string>>,
    options?: Omit<ActionOptions, 'inputs'>,
  ): Promise<ActionResult>
  /** As `run`, and the destination is byte for byte what it was before. */
  runInVain(
    inputs?: Readonly<Record<string, string>>,
    options?: Omit<ActionOptions, 'inputs'>,
  ): Promise<ActionResult>
  /** Makes the destination a mirror by git itself. */
  mirror(): Promise<void>
}

/** A source and a destination in one temporary folder. */
export async function makePair(
  given: { readonly config?: RepositoryOptions['config']; readonly commits?: number } = {},
): Promise<Pair> {
  const folder = await makeTempFolder()
  const source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
  const destination = (
    await makeBareRepository({ parent: folder.path, name: 'destination.git', config: given.config })
  ).path
  const { commits = 3 } = given
  if (commits > 0) await addCommits(source, commits)
  const run: Pair['run'] = async (inputs = {}, options = {}) =>
    await runAction({ ...options, inputs: { source, destination, 'source-token': '', ...inputs } })
  return {
    folder: folder.path,
    source,
    destination,
    run,
    async runInVain(inputs, options) {
      const before = await hashFolder(destination)
      const result = await run(inputs, options)
      expect(await hashFolder(destination), result.log).toEqual(before)
      expect(result.outputs['changed']).toBe('false')
      return result
    },
    async mirror() {
      await git(source, 'push', '-q', '--mirror', destination)
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

/** Every file below a folder with the hash of its content. */
export async function hashFolder(path: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hashes = await Promise.all(
    files.toSorted().map(async (file) => [
      file.slice(path.length),
      createHash('sha1')
        .update(await readFile(file))
        .digest('hex'),
    ]),
  )
  return Object.fromEntries(hashes)
}
