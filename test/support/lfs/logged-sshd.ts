import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { makeBareRepository } from '../git.ts'
import { type Mirrored, runMirror } from '../hosts/run.ts'
import { type Sshd, startSshd } from '../sshd.ts'
import { makeTempFolder } from '../temp.ts'

export interface LoggedSshd extends AsyncDisposable {
  /** An empty folder that goes with it. */
  readonly folder: string
  /** Paths of two empty repositories. */
  readonly source: string
  readonly destination: string
  /** Mirrors from one to the other over ssh. */
  run(args?: readonly string[]): Promise<Mirrored>
  /** Programs that were started for `repository` since the last call, in order, with what follows the path. */
  takeStarted(repository: string): Promise<readonly string[]>
}

/**
 * An sshd for each side that writes down what it runs. `programs`: what both have of LFS, by name, as scripts; whatever
 * else the machine has of it is out of their sight.
 */
export async function startLoggedSshd(
  options: {
    readonly programs?: Readonly<Record<string, string>>
    readonly sourceConfig?: Readonly<Record<string, string>>
    /** Lines of a shell that run before each `git pack-objects "$@"` of the server. `log`: what it has started. */
    readonly beforePack?: (files: { readonly log: string; readonly folder: string }) => string
  } = {},
): Promise<LoggedSshd> {
  const stack = new AsyncDisposableStack()
  const { path: folder } = stack.use(await makeTempFolder())
  const { programs = {}, sourceConfig = {} } = options
  const source = (await makeBareRepository({ parent: folder, name: 'source.git', config: sourceConfig })).path
  const destination = (await makeBareRepository({ parent: folder, name: 'destination.git' })).path
  const [bin, log, known] = [join(folder, 'bin'), join(folder, 'started'), join(folder, 'known')]
  await mkdir(bin)
  await writeFile(log, '')
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(bin, name), 0o755)
  }
  const config = join(folder, 'gitconfig')
  await writeFile(config, '')
  if (options.beforePack) {
    const hook = join(bin, 'before-pack')
    await writeFile(hook, `#!/bin/sh\n${options.beforePack({ log, folder })}\nexec "$@"\n`)
    await chmod(hook, 0o755)
    await writeFile(config, `[uploadpack]\n\tpackObjectsHook = ${hook}\n`)
  }
  const path = [bin, ...foldersWithoutLfs()].join(delimiter)
  // One for each side: connections to one server make room for each other.
  const start = async (): Promise<Sshd> =>
    stack.use(
      await startSshd({
        env: { GIT_CONFIG_GLOBAL: config },
        // What a login's shell reads at its start may have put other folders on the path.
        forceCommand: `PATH='${path}'; echo "$SSH_ORIGINAL_COMMAND" >> ${log}; eval "$SSH_ORIGINAL_COMMAND"`,
      }),
    )
  const [from, to] = [await start(), await start()]
  await writeFile(known, from.knownHosts + to.knownHosts)
  const taken = new Map<string, number>()
  return {
    folder,
    source,
    destination,
    run: (args = []) =>
      runMirror({
        source: from.url(source),
        destination: to.url(destination),
        args: ['--ssh-known-hosts-file', known, ...args],
        env: {
          KALANDRA_SOURCE_SSH_KEY: from.clientKey.privateKey,
          KALANDRA_DESTINATION_SSH_KEY: to.clientKey.privateKey,
        },
      }),
    async takeStarted(repository) {
      const lines = (await readFile(log, 'utf8'))
        .split('\n')
        .filter((line) => line.includes(` '${repository}'`))
      const before = taken.get(repository) ?? 0
      taken.set(repository, lines.length)
      return lines.slice(before).map((line) => line.replace(` '${repository}'`, ''))
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

function foldersWithoutLfs(): readonly string[] {
  const names = ['git-lfs-transfer', 'git-lfs-authenticate']
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !names.some((name) => existsSync(join(folder, name))))
}
