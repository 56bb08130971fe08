import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

/** One program of a contender. */
export interface Step {
  readonly program: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string | undefined
  /** File that is its standard input. */
  readonly input?: string | undefined
  /** Keep its standard output; else it goes to the null device. */
  readonly keepOutput?: boolean | undefined
}

export interface Usage {
  /** Seconds of processor, user and system, of the process itself. */
  readonly cpu: number
  /** Highest resident memory in bytes. */
  readonly rss: number
}

export interface Timed {
  /** From the start of the first program to the exit of the last. */
  readonly seconds: number
  /** What the last program wrote, where it was kept. */
  readonly output: string
}

const KEPT_ERRORS = 4000

/** Runs programs one after the other. @throws Error when one ends with another status than 0. */
export async function runSteps(steps: readonly Step[]): Promise<Timed> {
  let output = ''
  const start = performance.now()
  let end = start
  for (const step of steps) {
    const ended = await runStep(step)
    output = ended.output
    end = ended.at
  }
  return { seconds: (end - start) / 1000, output }
}

function runStep(step: Step): Promise<{ readonly output: string; readonly at: number }> {
  const input = step.input === undefined ? undefined : openSync(step.input, 'r')
  return new Promise((resolve, reject) => {
    const child = spawn(step.program, step.args, {
      cwd: step.cwd,
      env: step.env,
      stdio: [input ?? 'ignore', step.keepOutput === true ? 'pipe' : 'ignore', 'pipe'],
    })
    const output: Buffer[] = []
    let errors = ''
    let at = 0
    child.stdout?.on('data', (bytes: Buffer) => output.push(bytes))
    child.stderr!.on('data', (bytes: Buffer) => {
      errors = (errors + bytes.toString()).slice(-KEPT_ERRORS)
    })
    child.once('error', reject)
    child.once('exit', () => {
      at = performance.now()
    })
    child.once('close', (code, signal) => {
      if (input !== undefined) closeSync(input)
      if (code === 0) return resolve({ output: Buffer.concat(output).toString(), at })
      const how = code === null ? String(signal) : `status ${code}`
      reject(
        new Error(
          `${basename(step.program)} ended with ${how}: ${errors.trim()} (${[step.program, ...step.args].join(' ')})`,
        ),
      )
    })
  })
}

/** A Node program that tells at its exit what it used; `read` after it has ended. */
export function withUsage(step: Step, folder: string): { readonly step: Step; read(): Usage } {
  const file = join(folder, 'usage.json')
  rmSync(file, { force: true })
  return {
    step: {
      ...step,
      args: ['--require', join(import.meta.dirname, 'usage.cjs'), ...step.args],
      env: { ...step.env, KALANDRA_BENCH_USAGE: file },
    },
    read: () => JSON.parse(readFileSync(file, 'utf8')) as Usage,
  }
}

/** The middle one, or the mean of the middle two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]!
  return (sorted[middle - 1]! + sorted[middle]!) / 2
}
