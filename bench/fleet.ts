import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  copyMany,
  linkMany,
  makeLarge,
  makeTemplates,
  moveMain,
  readMovedMain,
  type Templates,
} from './fleet-repositories.ts'
import {
  FLEET_HOSTS,
  MIRRORS_AT_ONCE,
  type FleetHost,
  type FleetOver,
  type FleetServers,
  startFleetServers,
} from './fleet-servers.ts'
import { type Step, type Usage, withUsage } from './measure.ts'

/** Repositories of a fleet at scale 1. */
const WHOLE_FLEET = 1000
const MANY_NAMES = 5000
const SHARDS = 100
/** Files of the large repository at scale 1, of 1 MiB each: on its slow road it takes longer than the round beside it. */
const LARGE_FILES = 128

/** What is measured of a fleet, each by itself. */
export const FLEET_PARTS = ['https', 'ssh', 'large', 'many', 'commits', 'check'] as const
export type FleetPart = (typeof FLEET_PARTS)[number]

/** What a run does. */
export type FleetWork =
  | Exclude<FleetPart, 'https' | 'ssh'>
  | 'nothing'
  | 'without large'
  | 'beside large'
  | 'bare'
  | 'plan'

/** One measured run. */
export interface FleetRow {
  readonly what: FleetWork
  readonly over: FleetOver | ''
  readonly program: string
  readonly mirrors: number
  readonly seconds: number
  readonly cpu?: number | undefined
  readonly rss?: number | undefined
  readonly connections?: number | undefined
  /** Mirrors of the fullest of `SHARDS` shards, by their mean. */
  readonly fullest?: number | undefined
}

export interface FleetOptions {
  readonly root: string
  /** Path of dist/index.js. */
  readonly program: string
  readonly scale: number
  readonly parts: readonly FleetPart[]
  readonly onRow: (row: FleetRow) => void
  readonly note: (text: string) => void
}

interface Bench extends FleetOptions {
  readonly servers: FleetServers
  readonly templates: Templates
  readonly count: number
}

interface Pair {
  readonly name: string
  readonly source: string
  readonly destination: string
}

/** Rounds of many mirrors beside git's own programs, several at once. @throws Error when a round did not do its work. */
export async function runFleet(options: FleetOptions): Promise<void> {
  const { root, note } = options
  await using stack = new AsyncDisposableStack()
  const servers = stack.use(await startFleetServers(root))
  const count = Math.max(2, Math.round(WHOLE_FLEET * options.scale))
  const templates = await makeTemplates(root)
  const bench: Bench = { ...options, servers, templates, count }
  const copies: Readonly<Record<FleetPart, readonly string[]>> = {
    https: ['d'],
    ssh: ['d'],
    large: ['d'],
    many: [],
    commits: ['d', 'e', 'warm'],
    check: [],
  }
  const kinds = new Set(options.parts.flatMap((part) => copies[part]))
  note(`fleet: copying ${kinds.size === 0 ? 0 : count * (kinds.size + 1)} repositories`)
  if (kinds.size > 0) await copyMany(templates.source, pathsOf(bench, 's'))
  for (const kind of kinds) await copyMany(templates.destination, pathsOf(bench, kind))
  for (const part of FLEET_PARTS) if (options.parts.includes(part)) await MEASURE[part](bench)
}

const MEASURE: Readonly<Record<FleetPart, (bench: Bench) => Promise<void>>> = {
  https: async (bench) => await measureSync(bench, 'https@50'),
  ssh: async (bench) => await measureSync(bench, 'ssh@50'),
  large: measureLarge,
  many: measureMany,
  commits: measureCommits,
  check: measureCheck,
}

async function measureSync(bench: Bench, over: FleetOver): Promise<void> {
  const { servers, note, root } = bench
  note(`fleet: nothing to do over ${over}`)
  const pairs = pairsOf(bench, over)
  const ours = await runRound(bench, pairs)
  const figures = { what: 'nothing', over, mirrors: pairs.length } as const
  bench.onRow({ ...figures, program: 'kalandra', ...ours })
  const list = join(root, 'addresses')
  await writeFile(list, pairs.map(({ source, destination }) => `${source}\n${destination}\n`).join(''))
  const theirs = await runShell(
    servers,
    `xargs -P ${MIRRORS_AT_ONCE} -n 1 git ls-remote -q <'${list}' >'${list}.out'`,
  )
  bench.onRow({ ...figures, program: 'ls-remote', ...theirs })
}

/** How much later the others are through where the first one, by its name, takes longer than all of them. */
async function measureLarge(bench: Bench): Promise<void> {
  const { servers, root, note, scale } = bench
  const over = 'https@50'
  note('fleet: a large first mirror')
  const source = await makeLarge(root, Math.max(8, Math.round(LARGE_FILES * scale)))
  const empty = join(root, 'large-mirror.git')
  await runShell(
    servers,
    `git init -q --bare '${empty}' && git --git-dir='${empty}' config http.receivepack true`,
  )
  const large: Pair = {
    name: 'a-large',
    source: servers.slowUrl(source),
    destination: servers.url(over, FLEET_HOSTS[1], empty),
  }
  const pairs = pairsOf(bench, over)
  const figures = { over, program: 'kalandra', mirrors: pairs.length } as const
  const lastOf = ({ ends }: Round): number =>
    Math.max(...ends.filter(([name]) => name !== large.name).map(([, seconds]) => seconds))
  // What the file says of a host is all that it gets: then the large one has one of its places.
  const without = await runRound(bench, pairs, servers.usualHosts)
  bench.onRow({ ...figures, ...without, what: 'without large', seconds: lastOf(without) })
  const run = await runRound(bench, [large, ...pairs], servers.usualHosts)
  bench.onRow({ ...figures, what: 'beside large', seconds: lastOf(run) })
  bench.onRow({ ...figures, ...run, what: 'large', mirrors: pairs.length + 1 })
}

/** Ten times as many, by as many addresses. */
async function measureMany(bench: Bench): Promise<void> {
  const { root, templates, count, note } = bench
  note('fleet: ten times as many')
  const many: Bench = { ...bench, count: count * 10 }
  await linkMany(templates.destination, pathsOf(many, 'many-s'))
  await linkMany(templates.destination, pathsOf(many, 'many-d'))
  const pairs = pairsOf(many, 'https@50', ['many-s', 'many-d'])
  const run = await runRound(many, pairs)
  bench.onRow({
    what: 'many',
    over: 'https@50',
    program: 'kalandra',
    mirrors: pairs.length,
    ...run,
  })
  for (const kind of ['many-s', 'many-d']) await rm(join(root, kind), { recursive: true })
}

async function measureCommits(bench: Bench): Promise<void> {
  const { servers, root, templates, note } = bench
  note('fleet: a commit for each')
  for (const path of pathsOf(bench, 's')) await moveMain(path, templates.after)
  const over = 'https@50'
  const figures = { what: 'commits', over, mirrors: bench.count } as const
  const pairs = pairsOf(bench, over)
  bench.onRow({ ...figures, program: 'kalandra', ...(await runRound(bench, pairs)) })
  const list = join(root, 'jobs')
  const warm = pathsOf(bench, 'warm')
  const jobs = pairsOf(bench, over, ['s', 'e']).map(
    ({ source, destination }, index) => `${warm[index]} ${source} ${destination}\n`,
  )
  await writeFile(list, jobs.join(''))
  const script = 'git -C "$0" fetch -q "$1" "+refs/*:refs/*" && git -C "$0" push -q --mirror "$2"'
  const theirs = await runShell(servers, `xargs -P ${MIRRORS_AT_ONCE} -n 3 sh -c '${script}' <'${list}'`)
  bench.onRow({ ...figures, program: 'fetch + push', ...theirs })
  for (const kind of ['d', 'e']) {
    for (const path of pathsOf(bench, kind)) {
      if ((await readMovedMain(path)) !== templates.after) throw new Error(`${path} was not mirrored`)
    }
  }
}

/** Reading alone: no server is asked. */
async function measureCheck(bench: Bench): Promise<void> {
  const { servers, root, note, program } = bench
  note('fleet: check and plan')
  const config = join(root, 'check.yml')
  const named = (count: number): readonly Pair[] =>
    Array.from({ length: count }, (_, index) => ({
      name: `team/repository-${index}`,
      source: `https://one.example/team/repository-${index}.git`,
      destination: `https://two.example/team/repository-${index}.git`,
    }))
  await writeConfig(config, servers.hosts, named(WHOLE_FLEET))
  const check = await runNode(bench, [program, 'check', config])
  bench.onRow({ what: 'check', over: '', program: 'kalandra', mirrors: WHOLE_FLEET, ...check })
  const bare = await runNode(bench, ['-e', '0'])
  bench.onRow({ what: 'bare', over: '', program: 'node -e 0', mirrors: 0, ...bare })
  await writeConfig(config, servers.hosts, named(MANY_NAMES))
  const plan = await runNode(bench, [program, 'plan', config, '--matrix', '--shards', String(SHARDS)])
  const { include } = JSON.parse(plan.lines.at(-1)!.text) as { include: readonly { count: number }[] }
  const fullest = Math.max(...include.map(({ count }) => count)) / (MANY_NAMES / SHARDS)
  bench.onRow({
    what: 'plan',
    over: '',
    program: 'kalandra',
    mirrors: MANY_NAMES,
    fullest,
    ...plan,
  })
}

function pathsOf({ root, count }: Pick<Bench, 'root' | 'count'>, kind: string): readonly string[] {
  return Array.from({ length: count }, (_, index) => join(root, kind, `${index}.git`))
}

/** Sources and destinations stand on both hosts, half of them on each. */
function pairsOf(bench: Bench, over: FleetOver, [from, to] = ['s', 'd']): readonly Pair[] {
  const sources = pathsOf(bench, from!)
  const destinations = pathsOf(bench, to!)
  return sources.map((path, index) => {
    const host: FleetHost = FLEET_HOSTS[index % 2]!
    const other: FleetHost = FLEET_HOSTS[(index + 1) % 2]!
    return {
      name: `m${String(index).padStart(6, '0')}`,
      source: bench.servers.url(over, host, path),
      destination: bench.servers.url(over, other, destinations[index]!),
    }
  })
}

async function writeConfig(path: string, hosts: string, pairs: readonly Pair[]): Promise<void> {
  const lines = pairs.map(
    ({ name, source, destination }) =>
      `  - { name: '${name}', source: '${source}', destination: '${destination}' }\n`,
  )
  await writeFile(path, `version: 1\n${hosts}mirrors:\n${lines.join('')}`)
}

interface Round extends Ran {
  readonly connections: number
  /** Seconds at which each mirror was through. */
  readonly ends: readonly (readonly [name: string, seconds: number])[]
}

async function runRound(bench: Bench, pairs: readonly Pair[], hosts = bench.servers.hosts): Promise<Round> {
  const config = join(bench.root, 'mirrors.yml')
  await writeConfig(config, hosts, pairs)
  bench.servers.takeConnections()
  const ran = await runNode(bench, [bench.program, 'round', config, '--jsonl', '-'])
  const ends = ran.lines.flatMap(({ text, seconds }) => {
    if (!text.startsWith('{')) return []
    const { name, ok } = JSON.parse(text) as { readonly name?: string; readonly ok?: boolean }
    if (name === undefined) return []
    if (ok !== true) throw new Error(`a mirror failed: ${text.slice(0, 2000)}`)
    return [[name, seconds] as const]
  })
  if (ends.length !== pairs.length)
    throw new Error(`${ends.length} of ${pairs.length} mirrors are in the report`)
  return { ...ran, connections: bench.servers.takeConnections(), ends }
}

interface Ran extends Usage {
  readonly seconds: number
  /** Of its standard output, with the time at which each came. */
  readonly lines: readonly { readonly text: string; readonly seconds: number }[]
}

async function runNode({ servers, root }: Bench, args: readonly string[]): Promise<Ran> {
  const { step, read } = withUsage({ program: process.execPath, args, env: servers.env }, root)
  const ran = await runStep(step)
  return { ...ran, ...read() }
}

/** The processor time of all that it starts, by the shell's own account. */
async function runShell(
  servers: FleetServers,
  script: string,
): Promise<Pick<FleetRow, 'seconds' | 'cpu' | 'connections'>> {
  servers.takeConnections()
  const args = ['-c', `set -e; ${script}; times`]
  const { seconds, lines } = await runStep({ program: 'bash', args, env: servers.env })
  const [user = '', system = ''] = lines.at(-1)!.text.split(' ')
  const toSeconds = (text: string): number => {
    const [minutes, rest] = text.split('m')
    return Number(minutes) * 60 + Number.parseFloat(rest!)
  }
  return { seconds, cpu: toSeconds(user) + toSeconds(system), connections: servers.takeConnections() }
}

function runStep({ program, args, env }: Step): Promise<Pick<Ran, 'seconds' | 'lines'>> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const since = (): number => (performance.now() - start) / 1000
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const lines: { readonly text: string; readonly seconds: number }[] = []
    let rest = ''
    let errors = ''
    let ended = 0
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n')
      rest = parts.pop()!
      lines.push(...parts.map((part) => ({ text: part, seconds: since() })))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2000)
    })
    child.once('error', reject)
    child.once('exit', () => {
      ended = since()
    })
    child.once('close', (code) => {
      if (code === 0) resolve({ seconds: ended, lines })
      else reject(new Error(`${args.join(' ').slice(0, 300)} ended with ${code}: ${errors.trim()}`))
    })
  })
}
