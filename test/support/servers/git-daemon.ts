import { GIT_ENV } from '../git.ts'
import { canConnect, findFreePort, startProcess } from './process.ts'
import { findProgram } from './require-server.ts'

export interface GitDaemon extends AsyncDisposable {
  readonly port: number
  readonly pid: number
  /** `git://127.0.0.1:port/path` */
  url(path: string): string
}

/** The real git daemon, reading and writing below `root`. `args`: more of its options. */
export async function startGitDaemon(root: string, args: readonly string[] = []): Promise<GitDaemon> {
  const port = await findFreePort()
  const daemon = await startProcess({
    program: findProgram('git-daemon')!,
    args: [
      '--listen=127.0.0.1',
      `--port=${port}`,
      '--reuseaddr',
      `--base-path=${root}`,
      '--export-all',
      '--enable=receive-pack',
      '--informative-errors',
      '--log-destination=stderr',
      ...args,
    ],
    env: GIT_ENV,
    ready: () => canConnect(port),
  })
  return {
    port,
    pid: daemon.pid,
    url: (path) => `git://127.0.0.1:${port}/${path.replace(/^\//, '')}`,
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  }
}
