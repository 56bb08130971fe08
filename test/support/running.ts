import { spawn } from 'node:child_process'

export interface Finished {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running<T extends Finished = Finished> extends AsyncDisposable {
  readonly pid: number
  /** Resolves when the program has ended, however it did. @throws Error after the limit of time, with the output. */
  readonly done: Promise<T>
  /** Waits for a text in the output so far, both streams together. @throws Error when the program ends before. */
  waitFor(pattern: RegExp | string): Promise<void>
  kill(signal: NodeJS.Signals): void
  /** As a cancelled workflow ends a step: SIGINT, 7.5 seconds, SIGTERM, 2.5 seconds, SIGKILL. */
  cancel(): void
  /** Makes `stdout` of the program a closed pipe. */
  closeStdout(): void
}

export interface RunningOptions {
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly input?: string | undefined
  /** Milliseconds. Default: 100,000. */
  readonly limit?: number | undefined
}

const LIMIT_MS = 100_000

/** A Node program, with the Node that runs the tests. */
export function startNode(options: RunningOptions): Running {
  return startProgram(process.execPath, options)
}

/** `program`: its path. */
export function startProgram(program: string, options: RunningOptions): Running {
  const { args, cwd, env, input = '', limit = LIMIT_MS } = options
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[], both: '' }
  let onOutput: (() => void) | undefined
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (bytes: Buffer) => {
      output[name].push(bytes)
      output.both += bytes.toString()
      onOutput?.()
    })
  }
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const timers: NodeJS.Timeout[] = []
  const done = new Promise<Finished>((resolve, reject) => {
    timers.push(
      setTimeout(() => {
        child.kill('SIGKILL')
        reject(new Error(`not done after ${limit} ms:\n${output.both}`))
      }, limit),
    )
    child.once('error', reject)
    child.once('close', (exitCode, signal) => {
      timers.forEach(clearTimeout)
      resolve({
        exitCode,
        signal,
        stdout: Buffer.concat(output.stdout).toString(),
        stderr: Buffer.concat(output.stderr).toString(),
      })
    })
  })
  done.catch(() => {})

  return {
    pid: child.pid!,
    done,
    async waitFor(pattern) {
      const seen = (): boolean =>
        typeof pattern === 'string' ? output.both.includes(pattern) : pattern.test(output.both)
      const shown = new Promise<void>((resolve) => {
        onOutput = () => {
          if (seen()) resolve()
        }
        onOutput()
      })
      await Promise.race([shown, done])
      if (!seen()) throw new Error(`ended without ${pattern}:\n${output.both}`)
    },
    kill: (signal) => void child.kill(signal),
    cancel() {
      child.kill('SIGINT')
      timers.push(setTimeout(() => child.kill('SIGTERM'), 7_500).unref())
      timers.push(setTimeout(() => child.kill('SIGKILL'), 10_000).unref())
    },
    closeStdout: () => void child.stdout.destroy(),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await done.catch(() => undefined)
    },
  }
}
