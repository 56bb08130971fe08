import type { MirrorError } from '../../base/errors.ts'
import { describeMessage } from '../../report/wording.ts'
import type { Arguments } from './arguments.ts'
import type { PrintStream } from './print.ts'

export const EXIT_OK = 0

export const EXIT_FAILED = 1

export const EXIT_USAGE = 2

/** A run of the command line, or of one of its verbs. */
export interface CommandRun {
  /** Does it all; never throws. @returns the exit status */
  run(signal: AbortSignal): Promise<number>
  /** Prints what is known by now, at once, unless all was printed already. @returns the exit status */
  abandon(error: MirrorError): number | Promise<number>
  /** Takes a signal in its own way; false: it is to be cancelled as everything is. */
  onSignal?(signal: NodeJS.Signals): boolean
}

/** Where a verb reads and prints. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  readonly stdout: PrintStream
  readonly stderr: PrintStream
}

/** One thing that the command line can do: a file of its own, and a row of `VERBS`. */
export interface Verb {
  /** What stands behind it: `SOURCE DESTINATION`. */
  readonly usage: string
  /** What it does, in a line of the help. */
  readonly help: string
  /** Loads what it needs, and nothing that only another verb needs. */
  readonly load: () => CreateVerbRun | Promise<CreateVerbRun>
}

/** @throws MirrorError `usage` where the arguments are not this verb's. */
export type CreateVerbRun = (given: Arguments, terminal: Terminal) => CommandRun

/** An error that ended a command before it had a result: one line, and what to do. */
export function describeError(error: MirrorError): string {
  return `error: ${describeMessage(error)}${error.hint === undefined ? '' : `. ${error.hint}`}`
}

export function statusOf(error: MirrorError): number {
  return error.code === 'usage' ? EXIT_USAGE : EXIT_FAILED
}
