import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FastImport } from './fast-import.ts'
import { git, gitWith, makeBareRepository, type Repository, type RepositoryOptions } from './git.ts'

/** Bytes that do not compress, the same in every run. */
export function noise(length: number, seed = 'noise'): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, index) =>
    createHash('sha512').update(`${seed} ${index}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

/** `count` commits on `refs/heads/main`, or on `ref`, each with one file changed. Gives their ids, oldest first. */
export async function addCommits(
  dir: string,
  count: number,
  options: {
    readonly ref?: string
    readonly from?: string
    readonly path?: string
    readonly size?: number
  } = {},
): Promise<readonly string[]> {
  const { ref = 'refs/heads/main', from, path = 'file', size = 200 } = options
  const tip = from ?? (await findTip(dir, ref))
  // Newest first.
  const history = tip === '' ? [] : (await git(dir, 'rev-list', tip)).split('\n')
  const before = history.length
  const stream = new FastImport({ start: 1_700_000_000 + before * 60 })
  const marks = Array.from({ length: count }, (_, index) => {
    const number = before + index + 1
    return stream.commit({
      ref,
      message: `Change ${number}\n`,
      files: { [path]: noise(size, `${ref} ${number}`) },
      ...(index === 0 && before > 0 ? { parents: [history[0]!] } : {}),
    })
  })
  const id = await stream.run(dir)
  return marks.map(id)
}

/** The ref where it is there, else nothing: told by the files of a bare repository where they tell it, else by git. */
async function findTip(dir: string, ref: string): Promise<string> {
  const has = (name: string): boolean => existsSync(join(dir, name))
  if (has('HEAD') && !has('reftable')) {
    if (has(ref)) return ref
    if (!has('packed-refs')) return ''
  }
  return await git(dir, 'for-each-ref', '--format=%(objectname)', ref)
}

/** `count` refs named `${prefix}00001` and so on, all at `target`. */
export async function addRefs(
  dir: string,
  count: number,
  target: string,
  prefix = 'refs/tags/n',
): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => {
    return `create ${prefix}${String(index + 1).padStart(String(count).length, '0')} ${target}\n`
  })
  await gitWith({ input: lines.join('') }, dir, 'update-ref', '--stdin')
}

/**
 * A repository with one of everything that refs and objects can be: merges, annotated tags, a tag of a tag, a
 * tag of a blob, a tag that is a blob, a branch and a tag of one name, names with dots, slashes and letters
 * beyond ASCII, unrelated histories, a note, and a file of 300 KB that does not compress.
 */
export async function fillRepository(dir: string): Promise<void> {
  const stream = new FastImport()
  const root = stream.commit({
    ref: 'refs/heads/main',
    message: 'First\n',
    files: { 'README.md': '# Fixture\n', 'a/deep/path/file': 'deep\n', 'noise.bin': noise(300_000) },
  })
  const side = stream.commit({ ref: 'refs/heads/side', parents: [root], files: { side: 'side\n' } })
  const main = stream.commit({
    ref: 'refs/heads/main',
    message: 'Second\n',
    files: { 'ünïcode näme': 'ü\n' },
  })
  const merge = stream.commit({
    ref: 'refs/heads/main',
    message: "Merge branch 'side'\n",
    parents: [main, side],
    files: { side: 'side\n' },
  })
  const tip = stream.commit({ ref: 'refs/heads/main', message: 'Fourth\n', files: { gone: 'x\n' } })
  stream.commit({ ref: 'refs/heads/same-name', parents: [tip], files: { gone: undefined } })
  stream.commit({ ref: 'refs/heads/unrelated', parents: [], files: { other: 'other\n' } })
  stream.commit({ ref: 'refs/notes/commits', parents: [], message: 'Notes\n', files: { note: 'n\n' } })
  for (const name of ['feature/a/b/c', 'v1.x', 'zwölf/größe', '日本', 'with#sign', "it's", 'a+b=c']) {
    stream.ref(`refs/heads/${name}`, merge)
  }
  stream.ref('refs/tags/light', root)
  stream.ref('refs/tags/same-name', root)
  const annotated = stream.tag('v1.0.0', merge, 'Release 1.0.0\n')
  stream.tag('nested', annotated)
  const blob = stream.blob('a blob with a tag\n')
  stream.tag('tag-of-blob', blob)
  const id = await stream.run(dir)
  await git(dir, 'update-ref', 'refs/tags/is-a-blob', id(blob))
}

/** A bare repository filled by `fillRepository`. */
export async function makeFilledRepository(options: RepositoryOptions = {}): Promise<Repository> {
  const repository = await makeBareRepository(options)
  await fillRepository(repository.path)
  return repository
}
