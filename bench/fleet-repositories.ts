import { createHash } from 'node:crypto'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { git, makeBareRepository } from '../test/support/git.ts'
import { addCommits } from '../test/support/repositories.ts'
import { runSteps } from './measure.ts'
import { commitText, fastImport, inlineFile } from './streams.ts'

const COMMITS = 20

/** Two repositories from which those of a fleet are copied. */
export interface Templates {
  /** main is where the destination's is; the commit after it is there, too. */
  readonly source: string
  readonly destination: string
  readonly before: string
  readonly after: string
}

export async function makeTemplates(folder: string): Promise<Templates> {
  const destination = (await makeBareRepository({ parent: folder, name: 'destination.git' })).path
  await addCommits(destination, COMMITS)
  await git(destination, 'config', 'http.receivepack', 'true')
  await git(destination, 'config', 'gc.auto', '0')
  await git(destination, 'repack', '-adq')
  await git(destination, 'pack-refs', '--all')
  const source = join(folder, 'source.git')
  await git(folder, 'clone', '-q', '--bare', destination, source)
  const before = await git(source, 'rev-parse', 'main')
  const [after = ''] = await addCommits(source, 1)
  await git(source, 'update-ref', 'refs/heads/main', before)
  await git(source, 'pack-refs', '--all')
  return { source, destination, before, after }
}

const FILE_BYTES = 1024 * 1024

/** A repository whose pack takes long on its way and costs its servers little: `files` files of 1 MiB that nothing packs. */
export async function makeLarge(folder: string, files: number): Promise<string> {
  const { path } = await makeBareRepository({ parent: folder, name: 'large.git' })
  await fastImport(path, largeStream(files))
  return path
}

function* largeStream(files: number): Iterable<string> {
  for (let file = 0; file < files; file++) {
    const bytes = createHash('shake256', { outputLength: FILE_BYTES }).update(`large ${file}`)
    const changes = inlineFile(`${file}.bin`, bytes.digest().toString('latin1'))
    yield commitText({ ref: 'refs/heads/main', mark: file + 1, changes })
  }
}

/** Repositories of their own, that share the files of their objects: git replaces files, and never writes into one. */
export async function copyMany(template: string, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return
  await mkdir(join(paths[0]!, '..'), { recursive: true })
  const list = join(template, '..', 'copies')
  await writeFile(list, paths.map((path) => `${path}\n`).join(''))
  const args = ['-n', '1', 'cp', '-al', template]
  await runSteps([{ program: 'xargs', args, input: list, env: process.env }])
}

/** As many addresses for one repository that nobody writes. */
export async function linkMany(template: string, paths: readonly string[]): Promise<void> {
  await mkdir(join(paths[0]!, '..'), { recursive: true })
  for (const path of paths) await symlink(template, path)
}

/** Only for copies whose refs are packed. */
export async function moveMain(path: string, id: string): Promise<void> {
  await writeFile(join(path, 'refs', 'heads', 'main'), `${id}\n`)
}

/** Where main is now; undefined: where it was at first. */
export async function readMovedMain(path: string): Promise<string | undefined> {
  const text = await readFile(join(path, 'refs', 'heads', 'main'), 'utf8').catch(() => undefined)
  return text?.trim()
}
