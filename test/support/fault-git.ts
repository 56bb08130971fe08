import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { ChildFault } from './fault-git-child.ts'
import { type FaultPlace, locateFault, type Role } from './fault-plan.ts'
import { findProgram } from './servers/require-server.ts'

type Counts = Readonly<Record<'client' | 'server', number>>

/** A `git` for PATH that passes everything to the real one, and can break it at a byte. */
export interface FaultGit {
  /** For the environment of the run. */
  readonly path: string
  /** Starts count from nothing again. */
  arm(fault: ChildFault['fault']): Promise<void>
  /** Bytes of each start since it was armed, by role. */
  calls(): Promise<Readonly<Record<Role, readonly Counts[]>>>
  /** The fault has come. */
  struck(): Promise<boolean>
}

/** Puts the program into `folder`, which goes with the test. */
export async function makeFaultGit(folder: string): Promise<FaultGit> {
  const state = join(folder, 'state')
  const bin = join(folder, 'bin')
  const script = join(import.meta.dirname, 'fault-git-child.ts')
  await mkdir(bin, { recursive: true })
  const lines = [
    '#!/bin/sh',
    `export KALANDRA_FAULT_FOLDER='${state}'`,
    `exec '${process.execPath}' '${script}' "$@"`,
  ]
  await writeFile(join(bin, 'git'), `${lines.join('\n')}\n`)
  await chmod(join(bin, 'git'), 0o755)
  const path = process.env['PATH'] ?? ''
  return {
    path: `${bin}${delimiter}${path}`,
    async arm(fault) {
      await rm(state, { recursive: true, force: true })
      await mkdir(state)
      const content: ChildFault = { git: findProgram('git')!, path, fault }
      await writeFile(join(state, 'fault.json'), JSON.stringify(content))
    },
    async calls() {
      const names = await readdir(state)
      const read = async (role: Role): Promise<readonly Counts[]> => {
        const own = names.filter((name) => name.startsWith(`${role}-`))
        const files = own.map((_, index) => join(state, `${role}-${index}`, 'bytes.json'))
        return await Promise.all(
          files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Counts),
        )
      }
      return { source: await read('source'), destination: await read('destination') }
    },
    struck: async () => (await readdir(state)).includes('struck'),
  }
}

/** Where a point lies: in which start of git for its role, and at which byte of it. */
export function locateCall(point: FaultPlace, calls: readonly Counts[]): NonNullable<ChildFault['fault']> {
  const { role, kind, from, dead = false } = point
  let after = locateFault(
    point,
    calls.reduce((sum, call) => sum + call[from], 0),
  )
  let call = 0
  while (call < calls.length - 1 && after >= calls[call]![from]) after -= calls[call++]![from]
  return { role, call, kind, from, after, dead }
}
