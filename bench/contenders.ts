import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { git, GIT_ENV } from '../test/support/git.ts'
import type { Case, ContenderName } from './case.ts'
import { findProgram } from '../test/support/servers/require-server.ts'
import { runSteps, type Step, type Usage, withUsage } from './measure.ts'
import { copyRepository } from './repositories.ts'
import type { Over, Servers } from './servers.ts'

/**
 * - `limit`: `git push --mirror` from the source's own disk
 * - `git`: clone and push; fetch and push in a warm mirror where there was a first time
 * - `ls-remote`: `git ls-remote` of both, one after the other
 * - `raw`: curl or ssh (or git itself) that moves the source's answer to the null device
 * - `bare`: the least that a Node program does on the same road (bare.cjs)
 * - `python-kalandra`, `git-sync`: peers
 * - `kalandra`: dist/index.js
 */
const SYNC = ['sync', '--tags', '--prune', '--force-with-lease', '--json']

export interface Job {
  /** Of the source's repository on this machine. */
  readonly sourcePath: string
  /** Addresses. */
  readonly source: string
  readonly destination: string
}

export interface Run {
  readonly seconds: number
  readonly usage?: Usage | undefined
  /** Bytes of packs, where the program tells. */
  readonly packBytes?: number | undefined
}

export interface Contender {
  /** A known one's, or a peer's. */
  readonly name: string
  run(job: Job): Promise<Run>
}

export interface ContenderOptions {
  readonly servers: Servers
  readonly kind: Case['kind']
  /** Folder for what one needs for itself. */
  readonly folder: string
  /** Path of dist/index.js. */
  readonly program: string
  /** The repository that both sides had before, for a warm mirror; undefined: there was nothing. */
  readonly before: string | undefined
}

/** git-sync knows no repositories of this machine, and bare.cjs no push but over http. */
export function canReach(name: ContenderName, over: Over, kind: Case['kind']): boolean {
  if (name === 'bare' && kind !== 'sink')
    return over.startsWith('http') || (kind === 'nothing' && over === 'file')
  return name !== 'git-sync' || over !== 'file'
}

/** @returns undefined where its program is not on this machine. */
export async function openContender(
  name: ContenderName,
  options: ContenderOptions,
): Promise<Contender | undefined> {
  switch (name) {
    case 'limit':
      return {
        name,
        run: (job) => runSteps([gitStep(options, job.sourcePath, 'push', '-q', '--mirror', job.destination)]),
      }
    case 'git':
      return options.before === undefined
        ? cloneAndPush(options)
        : await fetchAndPush(options, options.before)
    case 'ls-remote': {
      const list = (url: string): Step => gitStep(options, options.folder, 'ls-remote', '-q', url)
      return { name, run: ({ source, destination }) => runSteps([list(source), list(destination)]) }
    }
    case 'raw':
      return { name, run: (job) => download(options, job) }
    case 'bare':
      return { name, run: (job) => runBare(options, job) }
    case 'kalandra':
      return { name, run: (job) => runKalandra(options, job) }
    case 'python-kalandra':
      return peer(name, options, 'kalandra', ({ source, destination }) => [
        `--source=${forPython(source)}`,
        `--target=${forPython(destination)}`,
      ])
    case 'git-sync':
      return peer(name, options, 'git-sync', ({ source, destination }) => [...SYNC, source, destination])
  }
}

function gitStep({ servers }: ContenderOptions, cwd: string, ...args: readonly string[]): Step {
  const env = { ...GIT_ENV, GIT_SSH_COMMAND: `ssh -F '${servers.ssh.config}'` }
  return { program: 'git', args, cwd, env }
}

function cloneAndPush(options: ContenderOptions): Contender {
  const clone = join(options.folder, 'clone.git')
  return {
    name: 'git',
    async run({ source, destination }) {
      await rm(clone, { recursive: true, force: true })
      // A path would be linked, not cloned.
      const from = source.startsWith('/') ? `file://${source}` : source
      return runSteps([
        gitStep(options, options.folder, 'clone', '-q', '--mirror', from, clone),
        gitStep(options, clone, 'push', '-q', '--mirror', destination),
      ])
    },
  }
}

async function fetchAndPush(options: ContenderOptions, before: string): Promise<Contender> {
  const warm = await copyRepository(before, join(options.folder, 'warm.git'))
  await git(warm, 'remote', 'remove', 'origin')
  return {
    name: 'git',
    run: ({ source, destination }) =>
      runSteps([
        gitStep(options, warm, 'fetch', '-q', '--prune', source, '+refs/*:refs/*'),
        gitStep(options, warm, 'push', '-q', '--mirror', destination),
      ]),
  }
}

/** A file with the same fetch that a first mirror makes. */
async function writeFetch(folder: string, sourcePath: string): Promise<string> {
  const ids = new Set((await git(sourcePath, 'for-each-ref', '--format=%(objectname)')).split('\n'))
  const wants = [...ids].map((id) => packet(`want ${id}\n`)).join('')
  const file = join(folder, 'request')
  const options = `${packet('no-progress')}${packet('ofs-delta')}`
  await writeFile(file, `${packet('command=fetch')}0001${options}${wants}${packet('done\n')}0000`)
  return file
}

/** A file with the same question about refs that Kalandra asks. */
async function writeListing(folder: string): Promise<string> {
  const file = join(folder, 'request')
  const prefixes = ['refs/heads/', 'refs/tags/', 'HEAD'].map((prefix) => packet(`ref-prefix ${prefix}\n`))
  await writeFile(file, `${packet('command=ls-refs')}0001${packet('symrefs\n')}${prefixes.join('')}0000`)
  return file
}

/** The fetch of a first mirror, with nobody who reads the answer. */
async function download({ servers, folder }: ContenderOptions, { sourcePath, source }: Job): Promise<Run> {
  const input = await writeFetch(folder, sourcePath)
  if (source.startsWith('http')) {
    const type = 'Content-Type: application/x-git-upload-pack-request'
    const args = [
      '-sSf',
      '-H',
      'Git-Protocol: version=2',
      '-H',
      type,
      '--data-binary',
      `@${input}`,
      '-o',
      '/dev/null',
    ]
    return runSteps([{ program: 'curl', args: [...args, `${source}/git-upload-pack`], env: GIT_ENV }])
  }
  if (source.startsWith('ssh:')) {
    const { username, hostname, port, pathname } = new URL(source)
    const command = `GIT_PROTOCOL=version=2 git-upload-pack '${pathname}'`
    const args = ['-F', servers.ssh.config, '-p', port, `${username}@${hostname}`, command]
    return runSteps([{ program: 'ssh', args, env: GIT_ENV, input }])
  }
  return runSteps([
    { program: 'git', args: ['upload-pack', source], env: { ...GIT_ENV, GIT_PROTOCOL: 'version=2' }, input },
  ])
}

async function runBare(options: ContenderOptions, job: Job): Promise<Run> {
  const { servers, folder } = options
  const task = options.kind === 'sink' ? 'relay' : options.kind === 'nothing' ? 'read' : 'update'
  const input = task === 'relay' ? await writeFetch(folder, job.sourcePath) : await writeListing(folder)
  const args = [task, job.source, job.destination, input, servers.ssh.key]
  const program = join(import.meta.dirname, 'bare.cjs')
  const { step, read } = withUsage(
    { program: process.execPath, args: [program, ...args], env: GIT_ENV },
    folder,
  )
  const { seconds } = await runSteps([step])
  return { seconds, usage: read() }
}

function packet(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`
}

/** What starts Kalandra, in a home folder of its own. */
export function kalandraStep(
  { servers, program }: Pick<ContenderOptions, 'servers' | 'program'>,
  { source, destination }: Pick<Job, 'source' | 'destination'>,
): Step {
  const { key, knownHosts } = servers.ssh
  const keys = [
    '--source-ssh-key-file',
    key,
    '--destination-ssh-key-file',
    key,
    '--ssh-known-hosts-file',
    knownHosts,
  ]
  const ssh = [source, destination].some((url) => url.startsWith('ssh:')) ? keys : []
  return {
    program: process.execPath,
    args: [program, source, destination, '--json', '--max-deletions', 'unlimited', ...ssh],
    env: { ...GIT_ENV, HOME: servers.home },
  }
}

/** The same as the runner of a workflow starts it. */
export function actionStep(
  { servers, program }: Pick<ContenderOptions, 'servers' | 'program'>,
  { source, destination }: Pick<Job, 'source' | 'destination'>,
): Step {
  const { key, knownHosts } = servers.ssh
  const inputs = {
    INPUT_SOURCE: source,
    INPUT_DESTINATION: destination,
    ...(source.startsWith('ssh:') && {
      'INPUT_SOURCE-SSH-KEY': readFileSync(key, 'utf8'),
      'INPUT_DESTINATION-SSH-KEY': readFileSync(key, 'utf8'),
      'INPUT_SSH-KNOWN-HOSTS': readFileSync(knownHosts, 'utf8'),
    }),
  }
  return {
    program: process.execPath,
    args: [program],
    env: { ...GIT_ENV, HOME: servers.home, GITHUB_ACTIONS: 'true', ...inputs },
  }
}

interface KalandraResult {
  readonly destinations: readonly { readonly figures: { readonly packBytes: number } }[]
}

/** Kalandra, or what is called and answers as it does: `program` is a script for Node. */
export async function runKalandra(options: ContenderOptions, job: Job): Promise<Run> {
  const { step, read } = withUsage({ ...kalandraStep(options, job), keepOutput: true }, options.folder)
  const { seconds, output } = await runSteps([step])
  const result = JSON.parse(output) as KalandraResult
  return { seconds, usage: read(), packBytes: result.destinations[0]?.figures.packBytes }
}

function peer(
  name: ContenderName,
  { servers }: ContenderOptions,
  program: string,
  args: (job: Job) => readonly string[],
): Contender | undefined {
  if (findProgram(program) === undefined) return undefined
  return { name, run: (job) => runSteps([{ program, args: args(job), env: peerEnvironment(servers) }]) }
}

/** With a home folder and an `ssh` in which the servers' key and host keys are known. */
export function peerEnvironment({ home }: Servers): NodeJS.ProcessEnv {
  return { ...GIT_ENV, HOME: home, PATH: `${home}/bin:${process.env['PATH']}` }
}

/** It wants a scheme, and takes the path behind the first slash of an address of ssh. */
function forPython(url: string): string {
  if (url.startsWith('/')) return `file://${url}`
  return url.startsWith('ssh:') ? url.replace(/^(ssh:\/\/[^/]*)\//, '$1//') : url
}
