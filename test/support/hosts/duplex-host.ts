import type { ChildProcess } from 'node:child_process'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { type Asked, type Dialect, judge, readAsked, rewriteGreeting, type Service } from './dialect.ts'
import { type GitCall, spawnGit, versionOf, waitForRoom } from './git-child.ts'
import { cutPackets } from './packets.ts'

export interface DuplexCall {
  readonly git: GitCall
  readonly input: Readable
  readonly output: Writable
  readonly errors?: Writable | undefined
  readonly children: Set<ChildProcess>
  readonly onAsked?: (asked: Asked) => void
}

/**
 * Serves one client on a kept-open connection. `output` is not ended.
 * @returns git's exit status; undefined when the client is to be hung up on without a word.
 */
export async function serveDuplex(call: DuplexCall): Promise<number | undefined> {
  const { git, input, output, errors, children } = call
  const { dialect, service, repository } = git
  const child = spawnGit(git, [], children)
  const exit = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)))
  if (errors) child.stderr.on('data', (chunk: Buffer) => errors.write(chunk))
  else child.stderr.resume()
  const answers = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const greeting = await readToFlush(answers)
  if (greeting === undefined) return exit
  const { bytes, offered } = rewriteGreeting(dialect, service, greeting)
  output.write(bytes)

  const version = versionOf(git)
  const questions = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let asked: Asked | undefined
  let waiting: Buffer = Buffer.alloc(0)
  for (;;) {
    const head = await readToFlush(questions, waiting)
    if (head === undefined) {
      child.stdin.end()
      break
    }
    const { packets, rest } = cutPackets(head, { toFlush: true })
    child.stdin.cork()
    if (packets.length > 1) {
      asked = readAsked({ service, version, repository, offered }, packets)
      call.onAsked?.(asked)
      const refusal = judge(dialect, asked)
      if (refusal !== undefined) {
        child.kill('SIGKILL')
        if (refusal === 'hang-up') return undefined
        errors?.write(`${refusal.text}\n`)
        return 128
      }
    }
    child.stdin.write(head.subarray(0, head.length - rest.length))
    child.stdin.uncork()
    waiting = rest
    if (version === 0) break
    void passAnswers(answers, output)
  }
  if (version === 0) {
    if (waiting.length > 0) child.stdin.write(waiting)
    void passOn(questions, child.stdin)
  }
  // A talk of questions and answers cannot wait for its end; a push can.
  if (dialect.rewrite !== undefined && asked?.service === 'git-receive-pack') {
    const chunks: Buffer[] = []
    for (let next = await answers.next(); !next.done; next = await answers.next()) chunks.push(next.value)
    output.write(await dialect.rewrite(asked, Buffer.concat(chunks)))
  } else await passAnswers(answers, output)
  return await exit
}

const passing = new WeakMap<AsyncIterator<Buffer>, Promise<void>>()

/** Once for an iterator: later calls wait for the same end. */
function passAnswers(from: AsyncIterator<Buffer>, to: Writable): Promise<void> {
  const running = passing.get(from) ?? copy(from, to)
  passing.set(from, running)
  return running
}

async function passOn(from: AsyncIterator<Buffer>, to: Writable): Promise<void> {
  await copy(from, to).catch(() => undefined)
  to.end()
}

async function copy(from: AsyncIterator<Buffer>, to: Writable): Promise<void> {
  for (let next = await from.next(); !next.done; next = await from.next()) {
    if (to.destroyed || !to.writable) return
    if (!to.write(next.value)) await waitForRoom(to)
  }
}

async function readToFlush(
  chunks: AsyncIterator<Buffer>,
  start: Buffer = Buffer.alloc(0),
): Promise<Buffer | undefined> {
  let bytes = start
  for (;;) {
    if (cutPackets(bytes, { toFlush: true }).packets.at(-1) === 0) return bytes
    const next = await chunks.next().catch(() => ({ done: true, value: undefined }) as const)
    if (next.done) return undefined
    bytes = Buffer.concat([bytes, next.value])
  }
}

export interface GitHost extends AsyncDisposable {
  readonly port: number
  /** `git://127.0.0.1:port/path` */
  readonly url: (path: string) => string
  readonly asked: readonly Asked[]
  /** Exit status of git for each connection that has ended. */
  readonly exits: readonly number[]
}

/** A server on git:// that speaks as `dialect` says. */
export async function startGitHost(root: string, dialect: Dialect): Promise<GitHost> {
  const children = new Set<ChildProcess>()
  const sockets = new Set<Socket>()
  const asked: Asked[] = []
  const exits: number[] = []
  const onAsked = (one: Asked): void => void asked.push(one)
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    serveSocket(socket).catch(() => socket.destroy())
  })
  async function serveSocket(socket: Socket): Promise<void> {
    const line = await readRequestLine(socket)
    const found = /^(git-upload-pack|git-receive-pack) ([^\0]+)\0host=[^\0]*\0(?:\0(version=\d)\0)?$/.exec(
      line,
    )
    if (found === null) return void socket.destroy()
    const git: GitCall = {
      dialect,
      service: found[1] as Service,
      repository: join(root, found[2]!),
      protocol: found[3],
    }
    const exit = await serveDuplex({ git, input: socket, output: socket, children, onAsked })
    if (exit === undefined) return void socket.destroy()
    exits.push(exit)
    socket.end()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: (path) => `git://127.0.0.1:${port}/${path.replace(/^\//, '')}`,
    asked,
    exits,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      for (const child of children) child.kill('SIGKILL')
      await closed
    },
  }
}

/** The one packet that a client of git:// begins with (gitprotocol-pack, "Git Transport"). */
async function readRequestLine(socket: Socket): Promise<string> {
  let bytes = Buffer.alloc(0)
  while (cutPackets(bytes).packets.length === 0) {
    const chunk = (socket.read() ?? undefined) as Buffer | undefined
    if (chunk === undefined) {
      await new Promise<void>((resolve, reject) => {
        socket.once('readable', resolve)
        socket.once('close', () => reject(new Error('closed')))
      })
      if (socket.readableEnded) throw new Error('ended')
      continue
    }
    bytes = Buffer.concat([bytes, chunk])
  }
  const { packets, rest } = cutPackets(bytes, {})
  if (rest.length > 0) socket.unshift(rest)
  return packets[0]!.toString()
}
