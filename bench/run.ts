import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CASES, type Go, runCase } from './cases.ts'
import { type ContenderName, CONTENDERS } from './case.ts'
import { actionStep, kalandraStep } from './contenders.ts'
import { FLEET_PARTS, type FleetPart, type FleetRow, runFleet } from './fleet.ts'
import { judgeFleet } from './fleet-goals.ts'
import { judge } from './goals.ts'
import { type LfsTimes, measureLfs, renderLfs } from './lfs.ts'
import { measureQuestion, QUESTION_TITLE, type QuestionRow, renderQuestion } from './lfs-question.ts'
import type { Step } from './measure.ts'
import { MOST_STEPS, openRepositories, sizesAt } from './repositories.ts'
import { type Over, OVERS, startServers } from './servers.ts'
import { type Manner, measureStart, type StartTimes } from './start.ts'
import { type Peer, readPeer } from './peers.ts'
import { toPlotRows } from './plot-rows.ts'
import { plotRatios } from './plot.ts'
import { type Measured, readMeasured } from './results.ts'
import { summarize } from './summary.ts'
import { renderCase, renderFleet, renderGoals } from './table.ts'

/** What takes too long beside the others. */
const BY_NAME_ALONE: ReadonlySet<string> = new Set(['fleet', 'lfs-question'])
const CASE_NAMES = [...CASES.map(({ name }) => name), 'start', 'lfs', 'lfs-question', 'fleet']

const HELP = `Measures dist/index.js beside git, in one go, on this machine alone.

Usage: npm run bench -- [options]      (node bench/run.ts, with a Node that reads TypeScript)

  --case NAME    ${CASE_NAMES.slice(0, 7).join(', ')},
                 ${CASE_NAMES.slice(7).join(', ')}; several: with commas;
                 default: all but fleet, refs-million from scale 1 on
  --over NAME    ${OVERS.join(', ')}
  --part NAME    of fleet: ${FLEET_PARTS.join(', ')}
  --only NAME    ${CONTENDERS.join(', ')}
  --peer NAME=HOW  another mirror program, beside the others in every case; several: once for each. HOW is a path
                 that is called and answers as Kalandra does, or a command with {source} and {destination}
                 ({key}, {known-hosts}: files for ssh)
  --runs N       timed runs of each program, after one that warms up; default 3, at most ${MOST_STEPS - 1}
  --scale X      1: 300 MB, 400,000 objects, a million small objects, 100,000 refs, 1,000 mirrors; default 0.1, some ten minutes
  --cache PATH   where the repositories are kept; default: a folder below the one for temporary files
  --json         everything as JSON on stdout, tables on stderr
  --plot [FILE]  the ratios as a picture, an SVG file; default: docs/speed.svg
  --from FILE    measure nothing: tables and picture of what an earlier run wrote with --json; several: once for each
`

/** Characters of a failure that are shown; --json has all. */
const FAILURE_SHOWN = 300

const ROOT = join(import.meta.dirname, '..')

interface Arguments {
  readonly cases: readonly string[]
  readonly overs: readonly Over[]
  readonly parts: readonly FleetPart[]
  readonly only: readonly ContenderName[]
  readonly peers: readonly Peer[]
  readonly runs: number
  readonly scale: number
  readonly cache: string
  readonly json: boolean
  /** Path of a picture to write. */
  readonly plot: string | undefined
  readonly from: readonly string[]
}

/** @returns undefined where help was asked for. @throws Error with what is wrong. */
function readArguments(args: readonly string[]): Arguments | undefined {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: args.map((word, index) =>
      isBarePlot(args, index) ? `${word}=${join(ROOT, 'docs', 'speed.svg')}` : word,
    ),
    options: {
      case: text,
      over: text,
      part: text,
      only: text,
      peer: { type: 'string', multiple: true },
      runs: text,
      scale: text,
      cache: text,
      json: { type: 'boolean' },
      plot: text,
      from: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return undefined
  function pick<T extends string>(
    name: 'case' | 'over' | 'part' | 'only',
    known: readonly T[],
  ): readonly T[] {
    const given = values[name]?.split(',') ?? known
    return given.map((word) => {
      const found = known.find((one) => one === word)
      if (found === undefined) throw new Error(`--${name}: no ${word} among ${known.join(', ')}`)
      return found
    })
  }
  const peers = values.peer?.map(readPeer) ?? []
  const twice = peers.find(({ name }, index) => peers.findIndex((peer) => peer.name === name) < index)
  if (twice) throw new Error(`--peer: two are called ${twice.name}`)
  const runs = Number(values.runs ?? 3)
  const scale = Number(values.scale ?? 0.1)
  if (!Number.isInteger(runs) || runs < 1 || runs >= MOST_STEPS)
    throw new Error(`--runs: 1 to ${MOST_STEPS - 1}`)
  if (!(scale > 0 && scale <= 10)) throw new Error('--scale: above 0, at most 10')
  return {
    cases: pick('case', CASE_NAMES).filter(
      (name) =>
        values.case !== undefined || (!BY_NAME_ALONE.has(name) && (scale >= 1 || name !== 'refs-million')),
    ),
    overs: pick('over', OVERS),
    parts: pick('part', FLEET_PARTS),
    only: pick('only', CONTENDERS),
    peers,
    runs,
    scale,
    cache: values.cache ?? join(tmpdir(), 'kalandra-bench'),
    json: values.json === true,
    plot: values.plot,
    from: values.from ?? [],
  }
}

/** `parseArgs` knows no option whose value may be left out. */
function isBarePlot(args: readonly string[], index: number): boolean {
  return args[index] === '--plot' && (args[index + 1]?.startsWith('-') ?? true)
}

async function main(given: Arguments): Promise<number> {
  const { cases, overs, only, peers, runs, scale, json } = given
  const print = (text: string): unknown => (json ? process.stderr : process.stdout).write(`${text}\n`)
  if (given.from.length > 0) return retell(given, print)
  const program = join(ROOT, 'dist', 'index.js')
  if (only.includes('kalandra') && !existsSync(program))
    throw new Error('there is no dist/index.js: npm run build')
  await mkdir(given.cache, { recursive: true })
  const cache = await realpath(given.cache)
  const machine = describeMachine()
  const sizes = sizesAt(scale)
  print(
    Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  )
  print(`scale ${scale}: history of ${sizes.history * 4} objects in about ${Math.round(300 * scale)} MB,`)
  print(
    `  ${sizes.objects * 100} small objects, ${sizes.refs} refs, ${sizes['first-refs']} where all are created`,
  )
  print(`timed runs of each program: ${runs}\n`)

  await using stack = new AsyncDisposableStack()
  // Beside the repositories: copies share their files.
  const root = await mkdtemp(join(cache, 'served-'))
  stack.defer(() => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
  // Servers end with the process; a signal would end it without a word to them.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  const servers = stack.use(await startServers(root))
  const repositories = openRepositories({ cache, scale, onBuild: (name) => note(`building ${name}`) })
  const gos: Go[] = []
  for (const it of CASES.filter(({ name }) => cases.includes(name))) {
    for (const over of it.overs.filter((name) => overs.includes(name))) {
      note(`${it.name} over ${over}`)
      const onGo = (go: Go): void => {
        gos.push(go)
        if (go.failure !== undefined)
          note(`${it.name} over ${over}: ${go.contender} failed: ${go.failure.slice(0, FAILURE_SHOWN)}`)
      }
      await runCase(it, over, { repositories, servers, root, program, runs, only, peers, onGo })
    }
    const lines = summarize(gos).filter((line) => line.case === it.name)
    if (lines.length > 0) print(renderCase(it, lines))
  }
  let start: StartTimes | undefined
  if (cases.includes('start') && only.includes('kalandra')) {
    note('start')
    const step = (manner: Manner, source: string, destination: string): Step => {
      const make = manner === 'action' ? actionStep : kalandraStep
      return make({ servers, program }, { source, destination })
    }
    start = await measureStart({ runs: runs * 3, step })
  }
  const step = (source: string, destination: string, ...more: readonly string[]): Step => {
    const made = kalandraStep({ servers, program }, { source, destination })
    return { ...made, args: [...made.args, ...more] }
  }
  let lfs: LfsTimes | undefined
  if (cases.includes('lfs') && only.includes('kalandra')) {
    note('lfs')
    const folder = join(root, 'lfs')
    await mkdir(folder)
    lfs = await measureLfs({ runs, scale, root: folder, repositories, step })
    print(renderLfs(lfs))
  }
  const question: QuestionRow[] = []
  if (cases.includes('lfs-question') && only.includes('kalandra')) {
    const folder = join(root, 'question')
    await mkdir(folder)
    print(QUESTION_TITLE)
    const onRow = (row: QuestionRow): void => {
      question.push(row)
      print(renderQuestion(row))
    }
    await measureQuestion({ runs, root: folder, repositories, servers, overs, onRow, step })
    print('')
  }
  const fleet: FleetRow[] = []
  if (cases.includes('fleet')) {
    await runFleet({ root, program, scale, parts: given.parts, note, onRow: (row) => fleet.push(row) })
    print(renderFleet(fleet))
  }
  const lines = summarize(gos)
  const goals = [...judge(lines, { start, lfs }), ...judgeFleet(fleet)]
  if (goals.length > 0) print(renderGoals(goals))
  if (given.plot !== undefined) await writePlot(given.plot, { machine, scale, runs, goes: gos })
  if (json)
    process.stdout.write(
      `${JSON.stringify({ machine, scale, runs, lines, goes: gos, start, lfs, question, fleet, goals }, undefined, 2)}\n`,
    )
  return gos.some(({ failure, contender }) => failure !== undefined && contender === 'kalandra') ? 1 : 0
}

/** Tables and picture of earlier runs. */
async function retell({ from, plot, json }: Arguments, print: (text: string) => unknown): Promise<number> {
  const measured = readMeasured(from)
  const lines = summarize(measured.goes)
  for (const it of CASES) {
    const its = lines.filter((line) => line.case === it.name)
    if (its.length > 0) print(renderCase(it, its))
  }
  const goals = judge(lines, { start: undefined, lfs: undefined })
  if (goals.length > 0) print(renderGoals(goals))
  if (plot !== undefined) await writePlot(plot, measured)
  if (json) process.stdout.write(`${JSON.stringify({ ...measured, lines, goals }, undefined, 2)}\n`)
  return 0
}

async function writePlot(path: string, { machine, scale, runs, goes }: Measured): Promise<void> {
  const sizes = `scale ${scale} (a history of about ${Math.round(300 * scale)} MB)`
  const parts = ['system', 'processors', 'node', 'git'].map((name) => `${name} ${machine[name]}`)
  const how = `npm run bench, ${sizes}; timed runs: ${runs}, of which the median; bars end at 8 and at 1/8`
  const title = 'Time as a part of what git takes (below 1 is faster)'
  await writeFile(
    path,
    plotRatios({ title, notes: [how, parts.join(', ')], rows: toPlotRows(CASES, summarize(goes)) }),
  )
  note(`wrote ${path}`)
}

/** On stderr, so that the tables stay whole. */
function note(text: string): void {
  process.stderr.write(`… ${text}\n`)
}

function describeMachine(): Readonly<Record<string, string>> {
  const [first, ...others] = cpus()
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().split(' ').at(-1)!
  return {
    system: `${process.platform} ${process.arch}`,
    processors: `${others.length + 1} x ${first?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.versions.node,
    git,
  }
}

try {
  const given = readArguments(process.argv.slice(2))
  if (given) process.exitCode = await main(given)
  else process.stdout.write(HELP)
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
