import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { MirrorError } from '../base/errors.ts'
import { connectDuplex, type ProgramEnd } from './connection/duplex.ts'
import { findGit, GIT_HINT, noGitError } from './local-git.ts'
import { scrubEnvironment } from './local-env.ts'
import type { RemoteOptions } from './connection/remote-options.ts'
import { printUrl, type RemoteUrl } from './address/remote-url.ts'
import { readChunks } from './connection/stream-chunks.ts'
import { createTextTail } from './connection/text-tail.ts'
import type { Connection, ConnectionEnd, OpenOptions, Remote, Service } from './connection/connection.ts'

/** Milliseconds between one way to end git and the next, harder one. */
const KILL_DELAY_MS = 2_000

/** Milliseconds that stderr may stay open after the program has ended: a hook's child can hold it. */
const STDERR_GRACE_MS = 500

export type LocalUrl = Extract<RemoteUrl, { scheme: 'file' }>

/** A repository of this machine, served by its own git program, without a shell (G24). */
export function createLocalRemote(url: LocalUrl, options: Pick<RemoteOptions, 'env'>): Remote {
  return {
    label: printUrl(url),
    open: (open) => openLocal(url, options.env, open),
    dispose: async () => {},
  }
}

async function openLocal(url: LocalUrl, env: NodeJS.ProcessEnv, options: OpenOptions): Promise<Connection> {
  options.signal.throwIfAborted()
  // Without `--`: git before 2.9 takes it for the path, which begins with no dash here.
  const program = options.service.slice('git-'.length)
  const child = spawn(findGit(env), [program, url.path], {
    env: scrubEnvironment(env, options.version),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const tail = createTextTail(options.onText)
  child.stderr.on('data', (bytes: Uint8Array) => {
    options.onActivity?.(bytes.length)
    tail.write(bytes)
  })
  for (const stream of child.stdio) stream?.on('error', () => {})
  const ended = waitForEnd(child)
  await spawned(child)
  return connectDuplex({
    readable: readChunks(child.stdout),
    writable: child.stdin,
    ended,
    text: tail.text,
    kill: () => endChild(child, options.service),
    onActivity: options.onActivity,
    signal: options.signal,
    describeEnd: (end) => describeEnd(end, url),
  })
}

function spawned(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.on('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'ENOENT'
          ? noGitError(cause)
          : new MirrorError(`git did not start: ${cause.message}`, { code: 'local', hint: GIT_HINT, cause }),
      )
    })
  })
}

function waitForEnd(child: ChildProcessWithoutNullStreams): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const settle = (): void =>
      resolve({ exitCode: child.exitCode ?? undefined, exitSignal: child.signalCode ?? undefined })
    child.once('close', settle)
    child.once('exit', () => setTimeout(settle, STDERR_GRACE_MS).unref())
  })
}

// Steps: the end of input makes receive-pack remove its quarantine, which no signal does; SIGTERM makes
// upload-pack end its pack-objects.
function endChild(child: ChildProcessWithoutNullStreams, service: Service): void {
  if (child.exitCode !== null || child.signalCode !== null) return
  const terminate = (): void => {
    child.kill('SIGTERM')
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
  }
  if (service === 'git-upload-pack') terminate()
  else child.stdin.destroy()
  const timers = [
    setTimeout(terminate, KILL_DELAY_MS),
    setTimeout(() => child.kill('SIGKILL'), 3 * KILL_DELAY_MS),
  ]
  for (const timer of timers) timer.unref()
  child.once('exit', () => timers.forEach(clearTimeout))
}

function describeEnd(end: ConnectionEnd, url: LocalUrl): MirrorError | undefined {
  if (end.exitCode !== 128) return undefined
  if (/dubious ownership/.test(end.text)) {
    return new MirrorError(`git refuses ${url.path}: the folder belongs to another user`, {
      code: 'local',
      hint: `Run \`git config --global --add safe.directory '${url.path}'\` as the user that runs this.`,
      serverText: end.text,
    })
  }
  if (/does not appear to be a git repository|not a git repository/i.test(end.text)) {
    return new MirrorError(`${url.path} is not a Git repository`, {
      code: 'not-found',
      hint: 'Give the absolute path of a repository; a new one is made with `git init --bare`.',
      serverText: end.text,
    })
  }
  return undefined
}
