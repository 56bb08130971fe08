import type { Socket } from 'node:net'
import { ByteReader } from '../../../src/base/bytes.ts'
import { type GitResult, runGit } from '../git.ts'
import { pkt, FLUSH_PKT } from '../pkt.ts'
import { startRawServer } from '../raw-server.ts'

export interface JgitLike extends AsyncDisposable {
  readonly port: number
  url(path: string): string
  /** Fetch commands by connection. */
  readonly fetches: readonly number[]
  /** Connections that are open now. */
  readonly open: () => number
}

export interface JgitLikeOptions {
  /** Gives tips alone as wants, as Gerrit does over ssh. */
  readonly tipsOnly?: boolean
  /** Says nothing about a want that it refuses. */
  readonly isMute?: boolean
}

/**
 * A git:// server of version 2 that behaves as JGit does: what it has learned of a client's objects in one fetch counts in
 * the next one of the same connection. Answers come from real git, one process for each command.
 */
export async function startJgitLike(root: string, options: JgitLikeOptions = {}): Promise<JgitLike> {
  const fetches: number[] = []
  let open = 0
  const server = await startRawServer((socket) => {
    open++
    const at = fetches.push(0) - 1
    socket.once('close', () => open--)
    void serve(socket, root, options, () => fetches[at]!++).catch(() => socket.destroy())
  })
  return {
    port: server.port,
    url: (path) => `git://127.0.0.1:${server.port}${path.slice(root.length)}`,
    fetches,
    open: () => open,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function serve(
  socket: Socket,
  root: string,
  options: JgitLikeOptions,
  onFetch: () => void,
): Promise<void> {
  const bytes = new ByteReader(socket)
  const [first = ''] = await readLines(bytes)
  const folder = `${root}${/^git-upload-pack ([^\0]*)/.exec(first)?.[1] ?? ''}`
  socket.write(
    pkt('version 2\n', 'ls-refs=unborn\n', 'fetch=shallow wait-for-done\n', 'object-format=sha1\n'),
  )
  socket.write(FLUSH_PKT)
  const known = new Set<string>()
  for (;;) {
    const lines = await readLines(bytes)
    if (lines.length === 0) break
    if (lines[0]!.startsWith('command=fetch')) {
      onFetch()
      const refused = options.tipsOnly === true ? await findNoTip(folder, lines) : undefined
      if (refused !== undefined) {
        socket.end(options.isMute === true ? '' : pkt(`ERR want ${refused} not valid`))
        return
      }
    }
    const isAboutReady = options.tipsOnly === true && lines.some((line) => line.startsWith('shallow '))
    if (isAboutReady) {
      socket.write(await answerReady(folder, lines))
      continue
    }
    const haves = lines.filter((line) => line.startsWith('have ')).map((line) => line.trim())
    const more = [...known].filter((have) => !haves.includes(have)).map((have) => `${have}\n`)
    const request = lines[0]!.startsWith('command=fetch') ? withHaves(lines, more) : lines
    const { stdout, exitCode } = await answer(folder, request)
    socket.write(stdout)
    if (exitCode !== 0) break
    for (const have of haves) known.add(have)
    // What was sent is there from now on.
    for (const line of lines) if (line.startsWith('want ')) known.add(`have ${line.slice(5).trim()}`)
  }
  socket.end()
}

/** Lines up to a flush, with `delim` for 0001; none at the end of the stream. The first request of git:// has no flush. */
async function readLines(bytes: ByteReader): Promise<readonly string[]> {
  const lines: string[] = []
  for (;;) {
    const head = await bytes.read(4)
    if (head === undefined) return lines
    const length = Number.parseInt(Buffer.from(head).toString(), 16)
    if (length === 0) return lines
    if (length === 1) lines.push('delim')
    else lines.push(Buffer.from((await bytes.read(length - 4)) ?? []).toString())
    if (lines.length === 1 && lines[0]!.startsWith('git-')) return lines
  }
}

function withHaves(lines: readonly string[], haves: readonly string[]): readonly string[] {
  const done = lines.indexOf('done\n')
  return done < 0 ? [...lines, ...haves] : [...lines.slice(0, done), ...haves, ...lines.slice(done)]
}

async function findNoTip(folder: string, lines: readonly string[]): Promise<string | undefined> {
  const { stdout } = await runGit(folder, ['for-each-ref', '--format=%(objectname)'])
  const tips = stdout.toString().split('\n')
  return lines
    .find((line) => line.startsWith('want ') && !tips.includes(line.slice(5).trim()))
    ?.slice(5)
    .trim()
}

/** As JGit answers one want and one shallow have: a want without parents is ready whatever the have is. */
async function answerReady(folder: string, lines: readonly string[]): Promise<Buffer> {
  const idOf = (word: string): string =>
    lines
      .find((line) => line.startsWith(`${word} `))!
      .slice(word.length + 1)
      .trim()
  const [want, have] = [idOf('want'), idOf('have')]
  const isThere = (await runGit(folder, ['cat-file', '-e', have])).exitCode === 0
  if (!isThere) return Buffer.concat([pkt('acknowledgments\n', 'NAK\n'), FLUSH_PKT])
  const hasParent = (await runGit(folder, ['rev-parse', '-q', '--verify', `${want}^`])).exitCode === 0
  const isBehind = (await runGit(folder, ['merge-base', '--is-ancestor', have, want])).exitCode === 0
  const acks = pkt('acknowledgments\n', `ACK ${have}\n`)
  if (hasParent && !isBehind) return Buffer.concat([acks, FLUSH_PKT])
  return Buffer.concat([acks, pkt('ready\n'), Buffer.from('0001'), pkt('packfile\n')])
}

async function answer(folder: string, lines: readonly string[]): Promise<GitResult> {
  const packets = lines.map((line) => (line === 'delim' ? Buffer.from('0001') : pkt(line)))
  return await runGit(folder, ['upload-pack', '--stateless-rpc', '.'], {
    input: Buffer.concat([...packets, FLUSH_PKT]),
    env: { GIT_PROTOCOL: 'version=2' },
  })
}
