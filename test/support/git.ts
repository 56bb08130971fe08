import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { makeTempFolder } from './temp.ts'

export type ObjectFormat = 'sha1' | 'sha256'

/** Git without the user's and the machine's configuration, with one author and one date. */
export const GIT_ENV: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: devNull,
  LANG: 'C',
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_SYSTEM: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'A U Thor',
  GIT_AUTHOR_EMAIL: 'author@example.com',
  GIT_AUTHOR_DATE: '1700000000 +0000',
  GIT_COMMITTER_NAME: 'C O Mitter',
  GIT_COMMITTER_EMAIL: 'committer@example.com',
  GIT_COMMITTER_DATE: '1700000000 +0000',
}

export interface GitResult {
  readonly exitCode: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

export interface GitOptions {
  readonly input?: string | Uint8Array | undefined
  readonly env?: NodeJS.ProcessEnv | undefined
}

/** Runs git in `dir` to its end, whatever that is. */
export function runGit(dir: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: dir, env: { ...GIT_ENV, ...options.env } })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes))
    child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes))
    child.stdin.on('error', () => {})
    child.once('error', reject)
    child.once('close', (exitCode) =>
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    )
    child.stdin.end(options.input ?? '')
  })
}

/** Output of git in `dir`, without the last line break. @throws Error with git's stderr. */
export async function git(dir: string, ...args: readonly string[]): Promise<string> {
  return (await gitWith({}, dir, ...args)).trimEnd()
}

/** Like `git`, with input or environment, and the output as it is. */
export async function gitWith(options: GitOptions, dir: string, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(dir, args, options)
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')} ended with ${exitCode}: ${stderr}`)
  return stdout.toString()
}

export interface Repository extends AsyncDisposable {
  /** Absolute path of the bare repository. */
  readonly path: string
}

export interface RepositoryOptions {
  readonly format?: ObjectFormat | undefined
  /** Folder to make it in, by `name`; without it a temporary one that goes with the repository. */
  readonly parent?: string | undefined
  /** Default: `repository.git`. */
  readonly name?: string | undefined
  /** Default: main. */
  readonly branch?: string | undefined
  /** `git config` entries. */
  readonly config?: Readonly<Record<string, string>> | undefined
}

/** An empty bare repository that pushes over http are allowed into. */
export async function makeBareRepository(options: RepositoryOptions = {}): Promise<Repository> {
  const { format = 'sha1', branch = 'main', name = 'repository.git' } = options
  const folder = options.parent === undefined ? await makeTempFolder() : undefined
  const path = join(options.parent ?? folder!.path, name)
  const { folders, files } = await (empty[format] ??= readEmptyRepository(format))
  // At one go: a promise for each of a dozen small files takes longer than the files.
  for (const part of folders) mkdirSync(join(path, part), { recursive: true })
  for (const [part, text] of files) writeFileSync(join(path, part), text)
  writeFileSync(join(path, 'HEAD'), `ref: refs/heads/${branch}\n`)
  // Nobody cuts the power here.
  const config = { 'core.fsync': 'none', 'http.receivepack': 'true', 'gc.auto': '0', ...options.config }
  writeFileSync(join(path, 'config'), Object.entries(config).map(writeConfigEntry).join(''), { flag: 'a' })
  return {
    path,
    async [Symbol.asyncDispose]() {
      await folder?.[Symbol.asyncDispose]()
    },
  }
}

interface EmptyRepository {
  readonly folders: readonly string[]
  /** Path -> content. */
  readonly files: readonly (readonly [string, string])[]
}

const empty: Partial<Record<ObjectFormat, Promise<EmptyRepository>>> = {}

/** What `git init --bare` makes, without samples of hooks: three processes less for each of some thousand repositories. */
async function readEmptyRepository(format: ObjectFormat): Promise<EmptyRepository> {
  await using folder = await makeTempFolder()
  await git(folder.path, 'init', '-q', '--bare', '--template=', `--object-format=${format}`, '.')
  for (const name of ['hooks', 'info']) await mkdir(join(folder.path, name))
  const entries = await readdir(folder.path, { recursive: true, withFileTypes: true })
  const path = ({ parentPath, name }: (typeof entries)[number]): string =>
    join(parentPath, name).slice(folder.path.length + 1)
  const files = entries.filter((entry) => entry.isFile()).map(path)
  return {
    folders: ['', ...entries.filter((entry) => entry.isDirectory()).map(path)],
    files: await Promise.all(
      files.map(async (file) => [file, await readFile(join(folder.path, file), 'utf8')] as const),
    ),
  }
}

/** As git-config(1) describes the file: section, subsection and name, which dots part in a key. */
function writeConfigEntry([key, value]: readonly [string, string]): string {
  const [section, ...names] = key.split('.')
  const name = names.pop()!
  const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
  const head = names.length === 0 ? section : `${section} ${quote(names.join('.'))}`
  return `[${head}]\n\t${name} = ${quote(value)}\n`
}

/** Every ref of a repository with its id, in the order of the names; symbolic refs as what they point to. */
export async function forEachRef(dir: string, ...patterns: readonly string[]): Promise<Map<string, string>> {
  const text = await git(dir, 'for-each-ref', '--format=%(objectname) %(refname)', ...patterns)
  const refs = new Map<string, string>()
  for (const line of text === '' ? [] : text.split('\n')) {
    const space = line.indexOf(' ')
    refs.set(line.slice(space + 1), line.slice(0, space))
  }
  return refs
}

/** @throws Error with what git has found wrong: objects, connectivity, anything dangling is fine. */
export async function fsck(dir: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runGit(dir, [
    'fsck',
    '--strict',
    '--full',
    '--no-dangling',
    '--no-progress',
  ])
  const text = `${stdout.toString()}${stderr}`.trim()
  if (exitCode !== 0) throw new Error(`git fsck ended with ${exitCode}: ${text}`)
}

/** A pack of everything that the refs reach. */
export async function packAll(dir: string): Promise<Buffer> {
  return (await runGit(dir, ['pack-objects', '--all', '--stdout', '-q'])).stdout
}

/** Objects on disk, loose and packed: how many a push has brought. */
export async function countObjects(dir: string): Promise<number> {
  const text = await git(dir, 'count-objects', '-v')
  const number = (key: string): number => Number(new RegExp(`^${key}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  return number('count') + number('in-pack')
}
