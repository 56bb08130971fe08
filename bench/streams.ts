import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GIT_ENV } from '../test/support/git.ts'

/** Versions of each file, so that the deltas of a file make one chain. */
const VERSIONS = 25
const BLOCKS = 4
/** Bytes behind each block before base64: what one change adds to a pack, about. */
const BLOCK_BYTES = 2400
const FOLDERS = 64
const START = 1_600_000_000

/** Runs a `git fast-import` stream as it is made. @returns the ids of the marks. */
export async function fastImport(dir: string, parts: Iterable<string>): Promise<ReadonlyMap<number, string>> {
  const args = ['fast-import', '--quiet', '--force', '--done', '--export-marks=.marks']
  const child = spawn('git', args, { cwd: dir, env: GIT_ENV, stdio: ['pipe', 'ignore', 'inherit'] })
  const exit = once(child, 'exit')
  // Its end says what went wrong; a broken pipe would not.
  child.stdin.on('error', () => undefined)
  for (const text of gather(parts)) {
    if (!child.stdin.write(text, 'latin1')) await Promise.race([once(child.stdin, 'drain'), exit])
  }
  child.stdin.end('done\n')
  const [code] = await exit
  if (code !== 0) throw new Error(`git fast-import ended with ${String(code)}`)
  const file = join(dir, '.marks')
  const lines = (await readFile(file, 'latin1')).trimEnd().split('\n')
  await rm(file)
  return new Map(
    lines.map((line) => [Number(line.slice(1, line.indexOf(' '))), line.slice(line.indexOf(' ') + 1)]),
  )
}

function* gather(parts: Iterable<string>): Iterable<string> {
  let held: string[] = []
  let length = 0
  for (const part of parts) {
    held.push(part)
    length += part.length
    if (length > 1_000_000) {
      yield held.join('')
      held = []
      length = 0
    }
  }
  yield held.join('')
}

export interface CommitText {
  readonly ref: string
  readonly mark: number
  readonly from?: string | undefined
  readonly changes: string
}

export function commitText({ ref, mark, from, changes }: CommitText): string {
  const message = `Change number ${mark}\n`
  const who = `A U Thor <author@example.com> ${START + mark * 60} +0000`
  return (
    (from === undefined ? '' : `reset ${ref}\n`) +
    `commit ${ref}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\ndata ${message.length}\n${message}` +
    (from === undefined ? '' : `from ${from}\n`) +
    `${changes}\n`
  )
}

export function inlineFile(path: string, content: string): string {
  return `M 100644 inline ${path}\ndata ${content.length}\n${content}\n`
}

/** Shape of a history: `files` files, each changed `VERSIONS` times in turn. */
export function shapeHistory(commits: number): { readonly files: number; readonly commits: number } {
  const files = Math.max(4, Math.round(commits / VERSIONS))
  return { files, commits: files * VERSIONS }
}

/**
 * A history of `shapeHistory(commits).commits` commits on main: each changes a part of one file and so makes four
 * objects (commit, two trees, blob) of about 3 kB in all. Some branches and tags lie along it.
 */
export function* historyStream(commits: number): Iterable<string> {
  const { files, commits: total } = shapeHistory(commits)
  // All versions of a file in a row: fast-import makes a delta against the blob before.
  for (let file = 0; file < files; file++) {
    const blocks = Array.from({ length: BLOCKS }, (_, block) => blockText(file, block, 0))
    for (let version = 0; version < VERSIONS; version++) {
      if (version > 0) blocks[version % BLOCKS] = blockText(file, version % BLOCKS, version)
      const content = blocks.join('')
      yield `blob\nmark :${1 + file * VERSIONS + version}\ndata ${content.length}\n${content}\n`
    }
  }
  for (let index = 0; index < total; index++) {
    const file = index % files
    const blob = 1 + file * VERSIONS + Math.floor(index / files)
    const changes = `M 100644 :${blob} ${pathOf(file)}\n`
    const mark = total + 1 + index
    yield commitText({ ref: 'refs/heads/main', mark, changes })
    if (index % Math.ceil(total / 20) === 0) yield `reset refs/heads/topic-${index}\nfrom :${mark}\n\n`
    if (index % Math.ceil(total / 200) === 0) yield `reset refs/tags/v${index}\nfrom :${mark}\n\n`
  }
}

/** A file of a history after it: `change` counts from 1. */
export function changedFile(files: number, change: number): string {
  const file = change % files
  const version = VERSIONS + Math.floor(change / files)
  const blocks = Array.from({ length: BLOCKS }, (_, block) => {
    let last = version
    while (last > 0 && last % BLOCKS !== block) last -= 1
    return blockText(file, block, last)
  })
  return inlineFile(pathOf(file), blocks.join(''))
}

function pathOf(file: number): string {
  return `d${file % FOLDERS}/f${Math.floor(file / FOLDERS)}`
}

function blockText(file: number, block: number, version: number): string {
  const hash = createHash('shake256', { outputLength: BLOCK_BYTES })
  return `${hash.update(`${file} ${block} ${version}`).digest('base64')}\n`
}

/** A hundred small objects a commit: 96 blobs in a new folder, three trees, the commit. */
export function* objectsStream(commits: number): Iterable<string> {
  for (let index = 0; index < commits; index++) {
    const folder = `${index % 100}/${Math.floor(index / 100)}`
    let changes = ''
    for (let file = 0; file < 96; file++)
      changes += inlineFile(`${folder}/${file}`, `${index} ${file} small\n`)
    yield commitText({ ref: 'refs/heads/main', mark: index + 1, changes })
  }
}

/** A line of commits that share one tree, for a ref each. */
export function* lineStream(commits: number): Iterable<string> {
  for (let index = 0; index < commits; index++) {
    const changes = index === 0 ? inlineFile('file', 'content\n') : ''
    yield commitText({ ref: 'refs/heads/main', mark: index + 1, changes })
  }
}
