import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { COMPILE_CACHE } from './compile-cache.ts'
import { findProgram } from './servers/require-server.ts'

export interface SlowGitOptions {
  /** receive-pack hangs up after so many milliseconds without a byte of the pack. */
  readonly patience?: number | undefined
  /** Bytes that receive-pack takes in a second. */
  readonly rate?: number | undefined
  /** receive-pack takes nothing for so many milliseconds when it has taken so many bytes. */
  readonly stall?: { readonly after: number; readonly for: number } | undefined
  /** receive-pack is killed when it has taken so many bytes. */
  readonly dieAfter?: number | undefined
  /** Only the first time. */
  readonly once?: boolean | undefined
}

/** A `git` for PATH that passes everything to the real one, and whose receive-pack has less patience. */
export interface SlowGit {
  /** For the environment of the run, or of a server. */
  readonly path: string
  /** The calls so far: program and arguments. */
  calls(): Promise<readonly string[]>
}

/** Puts the program into `folder`, which goes with the test. */
export async function makeSlowGit(folder: string, options: SlowGitOptions): Promise<SlowGit> {
  await mkdir(folder, { recursive: true })
  const orders = join(folder, 'orders.json')
  const log = join(folder, 'calls')
  const path = process.env['PATH'] ?? ''
  await writeFile(orders, JSON.stringify({ ...options, git: findProgram('git')!, path, log }))
  await writeFile(log, '')
  // ssh runs the programs by these names.
  for (const [name, program] of [
    ['git', ''],
    ['git-receive-pack', 'receive-pack'],
    ['git-upload-pack', 'upload-pack'],
  ] as const) {
    const lines = [
      '#!/bin/sh',
      `export KALANDRA_SLOW_GIT='${orders}' NODE_COMPILE_CACHE='${COMPILE_CACHE['NODE_COMPILE_CACHE']}'`,
      `exec '${process.execPath}' '${join(import.meta.dirname, 'slow-git-child.ts')}' ${program} "$@"`,
    ]
    await writeFile(join(folder, name), `${lines.join('\n')}\n`)
    await chmod(join(folder, name), 0o755)
  }
  return {
    path: `${folder}${delimiter}${path}`,
    calls: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== ''),
  }
}

/** A hook for `uploadpack.packObjectsHook`: gives `first` bytes of the pack, waits, and gives the rest. */
export async function makeSlowPackHook(
  folder: string,
  wait: { readonly seconds: number; readonly first: number },
): Promise<string> {
  const hook = join(folder, `slow-pack-${wait.first}`)
  const parts = `{ head -c ${wait.first}; sleep ${wait.seconds}; cat; }`
  const script = wait.first === 0 ? `sleep ${wait.seconds}\nexec "$@"` : `"$@" | ${parts}`
  await writeFile(hook, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const config = `${hook}.config`
  await writeFile(config, `[uploadpack]\n\tpackObjectsHook = ${hook}\n`)
  return config
}
