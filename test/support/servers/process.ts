import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const START_LIMIT_MS = 20_000
const STOP_LIMIT_MS = 5_000

export interface ServerProcess extends AsyncDisposable {
  readonly pid: number
  /** What it has written to stdout and stderr, for the message of a test that fails. */
  output(): string
}

export interface StartOptions {
  readonly program: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv | undefined
  readonly cwd?: string | undefined
  /** Keeps its standard input open as long as this process lives, for servers that end with it. */
  readonly holdInput?: boolean | undefined
  /** Milliseconds until it must be ready. Default: 20,000. */
  readonly limit?: number | undefined
  /** True when it can be used; asked again and again until then, with what it has written. */
  readonly ready: (output: string) => Promise<boolean>
}

/** Starts a server in the foreground and waits until it is ready. @throws Error with its output. */
export async function startProcess(options: StartOptions): Promise<ServerProcess> {
  const { program, args, env, cwd, ready, limit = START_LIMIT_MS } = options
  const input = options.holdInput ? 'pipe' : 'ignore'
  // A process group of its own: Apache ends with a signal to its whole group, which else is ours.
  const child = spawn(program, args, { env, cwd, stdio: [input, 'pipe', 'pipe'], detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream!.on('data', (bytes: Buffer) => {
      output = (output + bytes.toString()).slice(-10_000)
    })
  }
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const atExit = (): void => killGroup(child, 'SIGTERM')
  process.once('exit', atExit)
  child.once('exit', () => process.off('exit', atExit))
  for (const end = Date.now() + limit; !(await ready(output)); await sleep(20)) {
    if (failure || isOver(child) || Date.now() > end) {
      await stopProcess(child)
      throw new Error(`${program} did not start: ${failure?.message ?? ''}${output}`)
    }
  }
  return { pid: child.pid!, output: () => output, [Symbol.asyncDispose]: () => stopProcess(child) }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || isOver(child)) return
  const over = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  killGroup(child, 'SIGTERM')
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), STOP_LIMIT_MS)
  await over
  clearTimeout(timer)
}

/** With its workers: fcgiwrap leaves them behind. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || isOver(child)) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}

function isOver(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** A port of 127.0.0.1 that nobody listens on now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Whether somebody takes connections on that port of 127.0.0.1, or on that socket file. */
export function canConnect(target: number | string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof target === 'number' ? connect(target, '127.0.0.1') : connect(target)
    const settle = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}
