import { spawn, type StdioOptions } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBuiltBy } from '../built.ts'
import type { Machine } from '../runner.ts'
import type { Finished, Running, RunningOptions } from '../running.ts'
import type { TempFolder } from '../temp.ts'

const SCRIPT = '.ci/windows-tools'
const WINE = '/usr/lib/wine/wine64'

/** Milliseconds between two looks at what a program has printed. */
const LOOK_INTERVAL_MS = 25

/** Milliseconds for a run: the first one starts what stands for the system, too. */
const LIMIT_MS = 100_000

/** Node for Windows, under wine. */
export const WINDOWS: Machine = {
  os: 'Windows',
  makeFolder: makeWindowsFolder,
  path: toWindowsPath,
  start: (options) => startWindowsProgram(findBuiltBy(SCRIPT, 'node-win/package/bin/node.exe'), options),
}

function prefix(): string {
  return findBuiltBy(SCRIPT, 'wine', 'prefix')
}

/** A path on drive C where it is one, else on drive Z, which is this machine's root. */
export function toWindowsPath(path: string): string {
  const drive = `${prefix()}/drive_c`
  return path.startsWith(`${drive}/`)
    ? `C:${path.slice(drive.length).replaceAll('/', '\\')}`
    : `Z:${path.replaceAll('/', '\\')}`
}

/** A folder on drive C, by its path on this machine; it goes with the test. */
export async function makeWindowsFolder(): Promise<TempFolder> {
  const parent = join(prefix(), 'drive_c/tests')
  await mkdir(parent, { recursive: true })
  const path = await mkdtemp(join(parent, 'run '))
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  }
}

/**
 * A program for Windows. Its streams are files, since Node ends at once on a pipe of this system. SIGINT reaches it
 * as Ctrl+C; every other signal ends it as TerminateProcess does.
 */
export function startWindowsProgram(program: string, options: RunningOptions): Running {
  const { args, cwd, env, input = '', limit = LIMIT_MS } = options
  if (!existsSync(WINE)) throw new Error(`${WINE} is not there; to have it: ${SCRIPT}`)
  const streams = openStreams(input)
  const child = spawn(WINE, [program, ...args], {
    cwd,
    env: {
      ...env,
      // These two are wine's own, which sets the program's by itself.
      HOME: prefix(),
      TMPDIR: tmpdir(),
      WINEPREFIX: prefix(),
      WINEDEBUG: '-all',
      WINEDLLOVERRIDES: 'mscoree=;mshtml=',
      NODE_SKIP_PLATFORM_CHECK: '1',
    },
    stdio: streams.stdio,
  })
  let isOver = false
  const timers: NodeJS.Timeout[] = []
  const done = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, ...streams.read() }))
    timers.push(
      setTimeout(() => {
        child.kill('SIGKILL')
        const { stdout, stderr } = streams.read()
        reject(new Error(`not done after ${limit} ms:\n${stdout}${stderr}`))
      }, limit),
    )
  }).finally(() => {
    isOver = true
    timers.forEach(clearTimeout)
    streams.close()
  })
  done.catch(() => {})
  return {
    pid: child.pid!,
    done,
    async waitFor(pattern) {
      const seen = (): boolean => {
        const { stdout, stderr } = streams.read()
        return typeof pattern === 'string'
          ? `${stdout}${stderr}`.includes(pattern)
          : pattern.test(`${stdout}${stderr}`)
      }
      for (; !seen(); await sleep(LOOK_INTERVAL_MS)) {
        if (isOver) throw new Error(`ended without ${pattern}: ${JSON.stringify(await done)}`)
      }
    },
    kill: (signal) => void child.kill(signal),
    cancel() {
      child.kill('SIGINT')
      timers.push(setTimeout(() => child.kill('SIGKILL'), 10_000))
    },
    closeStdout() {
      throw new Error('stdout is a file here')
    },
    async [Symbol.asyncDispose]() {
      if (!isOver) child.kill('SIGKILL')
      await done.catch(() => undefined)
    },
  }
}

interface Streams {
  readonly stdio: StdioOptions
  read(): { readonly stdout: string; readonly stderr: string }
  close(): void
}

/** Three files, which are gone when they are closed. */
function openStreams(input: string): Streams {
  const folder = mkdtempSync(join(tmpdir(), 'kalandra-test-'))
  const [stdin, stdout, stderr] = ['stdin', 'stdout', 'stderr'].map((name) => join(folder, name))
  writeFileSync(stdin!, input)
  const files = [openSync(stdin!, 'r'), openSync(stdout!, 'a'), openSync(stderr!, 'a')]
  let kept: { readonly stdout: string; readonly stderr: string } | undefined
  const read: Streams['read'] = () =>
    kept ?? { stdout: readFileSync(stdout!, 'utf8'), stderr: readFileSync(stderr!, 'utf8') }
  return {
    stdio: files,
    read,
    close() {
      kept = read()
      files.forEach(closeSync)
      rmSync(folder, { recursive: true })
    },
  }
}
