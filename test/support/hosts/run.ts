import { expect } from 'vitest'
import { forEachRef, fsck } from '../git.ts'
import { runCli } from '../runner.ts'

/** A destination as `--json` prints it. */
export interface MirroredDestination {
  readonly status: string
  readonly changed: readonly { readonly ref: string; readonly action: string }[]
  readonly rejected: readonly Rejected[]
  readonly warnings: readonly string[]
  readonly leftovers: readonly string[]
  readonly error: {
    readonly code: string
    readonly message: string
    readonly hint: string | null
    readonly side: string | null
  } | null
  readonly figures: {
    readonly packBytes: number
    readonly objects: number
    readonly pushes: number
    readonly lfsObjects: number
    readonly lfsBytes: number
  }
}

export interface Rejected {
  readonly ref: string
  readonly action: string
  readonly reason: string
  readonly advice: string | null
  readonly warning: boolean
}

export interface Mirrored {
  readonly exitCode: number | null
  /** Everything but the result: what a person reads. */
  readonly log: string
  /** The first destination's part of the result. */
  readonly destination: MirroredDestination
  readonly error: MirroredDestination['error']
}

export interface MirrorCall {
  readonly source: string
  readonly destination: string
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Attempts after a passing failure. Default: 0, so that a failure is quick. */
  readonly retries?: number
}

/** Runs the command line to its end, with its result. */
export async function runMirror(call: MirrorCall): Promise<Mirrored> {
  const { source, destination, args = [], env, retries = 0 } = call
  const given = [source, destination, '--json', '--retries', `${retries}`, ...args]
  const { exitCode, stdout, stderr } = await runCli(given, { env, limit: 60_000 })
  if (!stdout.startsWith('{')) throw new Error(`no result, exit status ${exitCode}: ${stdout}${stderr}`)
  const result = JSON.parse(stdout) as {
    readonly destinations: readonly MirroredDestination[]
    readonly error: MirroredDestination['error']
  }
  return { exitCode, log: stderr, destination: result.destinations[0]!, error: result.error }
}

/** The run was fine, branches and tags are equal, and nothing is missing behind them. */
export async function expectMirror(
  mirrored: Mirrored,
  source: string,
  destination: string,
  scope: readonly string[] = ['refs/heads', 'refs/tags'],
): Promise<void> {
  expect(mirrored.exitCode, mirrored.log).toBe(0)
  const there = Object.fromEntries(await forEachRef(destination, ...scope))
  expect(there).toEqual(Object.fromEntries(await forEachRef(source, ...scope)))
  await fsck(destination)
}

/** The refusal of one ref: the server's words and, behind them, what we make of them. */
export function rejectionOf(mirrored: Mirrored, ref: string): Rejected {
  const found = mirrored.destination.rejected.find((rejected) => rejected.ref === ref)
  if (found === undefined) throw new Error(`${ref} was not rejected:\n${mirrored.log}`)
  return found
}
