import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COMPILE_CACHE } from './compile-cache.ts'

export interface MainResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface StartedMain extends AsyncDisposable {
  readonly child: ChildProcess
  readonly result: Promise<MainResult>
}

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

/** Starts the program from its source or from `file`, with nothing of this process's environment but the path. */
export function startMain(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  file: string = MAIN,
): StartedMain {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], ...COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
  const result = new Promise<MainResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  return {
    child,
    result,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await result.catch(() => undefined)
    },
  }
}

export interface ActionFiles {
  readonly env: NodeJS.ProcessEnv
  readonly outputs: () => Promise<Readonly<Record<string, string>>>
  readonly summary: () => Promise<string>
}

/** The files that the runner makes for a step, in `folder`. */
export async function makeActionFiles(folder: string): Promise<ActionFiles> {
  const output = join(folder, 'output')
  const summary = join(folder, 'summary')
  await Promise.all([writeFile(output, ''), writeFile(summary, '')])
  return {
    env: { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: 'true' },
    outputs: async () => parseOutputs(await readFile(output, 'utf8')),
    summary: async () => await readFile(summary, 'utf8'),
  }
}

function parseOutputs(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\r?\n([^]*?)\r?\n\2$/gm)
  return Object.fromEntries([...found].map((match) => [match[1], match[3]]))
}
