import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { COMPILE_CACHE } from './compile-cache.ts'
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
  /** From now on without a fault, and with bytes counted. */
  count(): Promise<void>
  /** Bytes of each start since `count`, by role. */
  calls(): Promise<Readonly<Record<Role, readonly Counts[]>>>
  /** The fault has come. */
  struck(): Promise<boolean>
}

/**
 * What the run starts as `git`. Most starts are neither hit nor counted: those the shell hands on to the real one, which takes a
 * twentieth of the time that Node does.
 */
function writeProgram(state: string, real: { readonly git: string; readonly path: string }): string {
  const lines = [
    '#!/bin/sh',
    'for last; do :; done',
    'role=${last##*/} role=${role%.git} call=0',
    `state='${state}'`,
    '[ -d "$state" ] || exit 1',
    // Nothing is written over: a name that is there was taken by an earlier start.
    'set -C',
    'until true 2> /dev/null > "$state/$role-$call"; do call=$((call + 1)); done',
    'read -r way hit dead < "$state/plan"',
    'if [ "$way" = count ] || [ "$way $hit" = "$role $call" ]; then',
    '  export KALANDRA_FAULT_FOLDER="$state" KALANDRA_FAULT_START="$role-$call"',
    `  export NODE_COMPILE_CACHE='${COMPILE_CACHE['NODE_COMPILE_CACHE']}'`,
    `  exec '${process.execPath}' '${join(import.meta.dirname, 'fault-git-child.ts')}' "$@"`,
    'fi',
    'if [ "$way $dead" = "$role true" ] && [ "$call" -gt "$hit" ]; then exit 1; fi',
    `PATH='${real.path}' exec '${real.git}' "$@"`,
  ]
  return `${lines.join('\n')}\n`
}

/** Puts the program into `folder`, which goes with the test. */
export async function makeFaultGit(folder: string): Promise<FaultGit> {
  const state = join(folder, 'state')
  const bin = join(folder, 'bin')
  const real = { git: findProgram('git')!, path: process.env['PATH'] ?? '' }
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, 'git'), writeProgram(state, real), { mode: 0o755 })
  const plan = async (line: string, fault: ChildFault['fault']): Promise<void> => {
    await rm(state, { recursive: true, force: true })
    await mkdir(state)
    const content: ChildFault = { ...real, fault }
    await writeFile(join(state, 'fault.json'), JSON.stringify(content))
    await writeFile(join(state, 'plan'), `${line}\n`)
  }
  return {
    path: `${bin}${delimiter}${real.path}`,
    arm: (fault) => plan(fault ? `${fault.role} ${fault.call} ${fault.dead}` : 'none', fault),
    count: () => plan('count', undefined),
    async calls() {
      const names = await readdir(state)
      const read = async (role: Role): Promise<readonly Counts[]> => {
        const own = names.filter((name) => name.startsWith(`${role}-`) && name.endsWith('.bytes'))
        const files = own.map((_, index) => join(state, `${role}-${index}.bytes`))
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
  const { role, kind, from, dead = false, hold = 0 } = point
  let after = locateFault(
    point,
    calls.reduce((sum, call) => sum + call[from], 0),
  )
  let call = 0
  while (call < calls.length - 1 && after >= calls[call]![from]) after -= calls[call++]![from]
  return { role, call, kind, from, after, dead, hold }
}
