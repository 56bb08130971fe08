import { FastImport } from '../fast-import.ts'
import { git, makeBareRepository, type Repository } from '../git.ts'
import { fillRepository, noise } from '../repositories.ts'

export interface Pair {
  /** Absolute path of a repository with one of everything. */
  readonly source: string
  /** Of an empty one. */
  readonly destination: string
}

/** `source.git` and `destination.git` in a folder. */
export async function makePair(parent: string, config: Readonly<Record<string, string>> = {}): Promise<Pair> {
  const source = await makeBareRepository({ parent, name: 'source.git' })
  const destination = await makeBareRepository({ parent, name: 'destination.git', config })
  await fillRepository(source.path)
  return { source: source.path, destination: destination.path }
}

export async function makeEmpty(parent: string, name: string): Promise<Repository> {
  return await makeBareRepository({ parent, name })
}

/**
 * `count` commits on top of `from` that each change a line of a text of 40 KB, so that a thin pack holds deltas
 * against what came before. Gives the tips, oldest first.
 */
export async function addEdits(
  dir: string,
  count: number,
  options: { readonly from?: string; readonly ref?: string } = {},
): Promise<readonly string[]> {
  const { ref = 'refs/heads/text' } = options
  const from = options.from === undefined ? undefined : await git(dir, 'rev-parse', options.from)
  const stream = new FastImport({ start: 1_710_000_000 })
  const text = Buffer.from(noise(30_000, 'text')).toString('base64').replace(/.{76}/g, '$&\n')
  const marks = Array.from({ length: count }, (_, index) =>
    stream.commit({
      ref,
      ...(index === 0 && from !== undefined ? { parents: [from] } : {}),
      files: { text: `${text}edit ${index} of ${from ?? 'nothing'}\n` },
    }),
  )
  const id = await stream.run(dir)
  return marks.map(id)
}
