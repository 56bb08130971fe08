import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { findProgram } from '../test/support/servers/require-server.ts'
import { CONTENDERS } from './case.ts'
import {
  type Contender,
  type ContenderOptions,
  type Job,
  kalandraStep,
  peerEnvironment,
  runKalandra,
} from './contenders.ts'
import { runSteps, type Step, withUsage } from './measure.ts'

/** Any other mirror program that runs beside Kalandra. */
export interface Peer {
  readonly name: string
  /** `words`: program and arguments with placeholders; `path`: a program that is called as Kalandra is. */
  readonly call: { readonly words: readonly string[] } | { readonly path: string }
}

const PLACEHOLDERS = ['source', 'destination', 'key', 'known-hosts'] as const

/** Folders and rows of tables bear it. */
const PEER_NAME = /^[a-z0-9][a-z0-9._-]{0,19}$/

/** Node takes them as its first argument. */
const SCRIPT = /\.[cm]?js$/

/** @param text `NAME=PATH` or `NAME=COMMAND`. @throws Error with what is wrong and how it is written. */
export function readPeer(text: string): Peer {
  const [, name = '', how = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  if (how.trim() === '') throw new Error(`--peer ${text}: it is written NAME=PATH or NAME='COMMAND'`)
  if (!PEER_NAME.test(name))
    throw new Error(
      `--peer ${text}: a name has up to 20 of a-z 0-9 . _ - and begins with a letter or a digit`,
    )
  if (CONTENDERS.some((known) => known === name))
    throw new Error(`--peer ${text}: ${name} is a program of the bench already; choose another name`)
  if (!how.includes('{')) {
    const path = resolve(how)
    if (!existsSync(path))
      throw new Error(`--peer ${text}: there is no ${path}; a command needs {source} and {destination}`)
    return { name, call: { path } }
  }
  const words = splitWords(how)
  if (words === undefined) throw new Error(`--peer ${text}: a quotation mark has no second one`)
  for (const [, placeholder] of how.matchAll(/\{([^}]*)\}/g)) {
    if (!PLACEHOLDERS.some((known) => known === placeholder))
      throw new Error(`--peer ${text}: no {${placeholder}} among {${PLACEHOLDERS.join('}, {')}}`)
  }
  for (const needed of ['{source}', '{destination}']) {
    if (!how.includes(needed)) throw new Error(`--peer ${text}: the command has no ${needed}`)
  }
  const [program = ''] = words
  if (program !== 'node' && !existsSync(program) && findProgram(program) === undefined)
    throw new Error(`--peer ${text}: there is no program ${program}`)
  return { name, call: { words } }
}

/** As a shell does it, with quotation marks and nothing else of a shell. Undefined: one is left open. */
function splitWords(text: string): readonly string[] | undefined {
  if (/['"]/.test(text.replaceAll(/'[^']*'|"[^"]*"/g, ''))) return undefined
  const words = text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'))
}

export function openPeer({ name, call }: Peer, options: ContenderOptions): Contender {
  if ('words' in call) return { name, run: (job) => runCommand(call.words, job, options) }
  const { path } = call
  if (SCRIPT.test(path)) return { name, run: (job) => runKalandra({ ...options, program: path }, job) }
  return {
    name,
    run(job) {
      const { args, env } = kalandraStep(options, job)
      return runSteps([{ program: path, args: args.slice(1), env }])
    },
  }
}

async function runCommand(words: readonly string[], job: Job, { servers, folder }: ContenderOptions) {
  const { key, knownHosts } = servers.ssh
  const values = { source: job.source, destination: job.destination, key, 'known-hosts': knownHosts }
  const [program = '', ...args] = words.map((word) =>
    word.replaceAll(/\{([^}]*)\}/g, (_, name: (typeof PLACEHOLDERS)[number]) => values[name]),
  )
  const step: Step = { program, args, env: peerEnvironment(servers) }
  if (basename(program) !== 'node') return runSteps([step])
  // The same Node for all.
  const measured = withUsage(program === 'node' ? { ...step, program: process.execPath } : step, folder)
  const { seconds } = await runSteps([measured.step])
  return { seconds, usage: measured.read() }
}
