import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { git, GIT_ENV, makeBareRepository } from '../test/support/git.ts'
import { startNginx } from '../test/support/servers/nginx.ts'
import { copyMany } from './fleet-repositories.ts'
import { fastImport, historyStream } from './streams.ts'

/**
 * A fleet's life with real repositories, by dist/index.js: a first round, one with nothing to do, one with some changed,
 * one with a host that is dead, one that is killed in the middle and run again, and one in eight shards of which one is
 * lost. After each, the refs of all pairs are compared.
 *
 *     node bench/fleet-trial.ts [--count 300]
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '300' } } })
const COUNT = Number(values.count)
const CHANGED = Math.ceil(COUNT / 10)
const SHARDS = 8
const COMMITS = 2000
const PROGRAM = join(import.meta.dirname, '..', 'dist', 'index.js')
/** Nothing listens there. */
const DEAD_PORT = 1

interface Ended {
  readonly status: number | null
  readonly seconds: number
  readonly output: string
}

function start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const began = performance.now()
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: GIT_ENV })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (status) => resolve({ status, seconds: (performance.now() - began) / 1000, output }))
  })
  return { child, ended }
}

await using stack = new AsyncDisposableStack()
const root = await mkdtemp(join(tmpdir(), 'kalandra-trial-'))
stack.defer(() => rm(root, { recursive: true, force: true, maxRetries: 5 }))

const sourceOf = (index: number): string => join(root, `s${index}.git`)
const destinationOf = (index: number): string => join(root, `d${index}.git`)
const nameOf = (index: number): string => `team/repository-${index}`

const indexes = Array.from({ length: COUNT }, (_, index) => index)

/** Each source has another part of one history for main, with a branch of its own and a tag. */
async function build(): Promise<void> {
  const whole = (await makeBareRepository({ parent: root, name: 'whole.git' })).path
  await fastImport(whole, historyStream(COMMITS))
  const ids = (await git(whole, 'rev-list', '--reverse', 'refs/heads/main')).split('\n')
  await git(whole, 'update-ref', '-d', 'refs/heads/main')
  const empty = { parent: root, name: 'empty.git', config: { 'http.receivepack': 'true', 'gc.auto': '0' } }
  await copyMany((await makeBareRepository(empty)).path, indexes.map(destinationOf))
  await copyMany(whole, indexes.map(sourceOf))
  for (const index of indexes) {
    const at = Math.floor(((index + 1) * (ids.length - 1)) / COUNT)
    const refs = [
      `${ids[at]} refs/heads/main`,
      `${ids[at - 1]} refs/heads/topic-${index}`,
      `${ids[at]} refs/tags/v${index}`,
    ]
    const file = join(sourceOf(index), 'packed-refs')
    await rm(file, { force: true })
    await writeFile(file, `# pack-refs with: peeled fully-peeled sorted \n${refs.join('\n')}\n`)
  }
}

/** A commit more on main: one that has the tree of its parent. */
async function changeSome(from: number): Promise<void> {
  for (let index = from; index < from + CHANGED; index++) {
    const path = sourceOf(index % COUNT)
    const id = await git(path, 'commit-tree', '-p', 'main', '-m', `change ${from}`, 'main^{tree}')
    await git(path, 'update-ref', 'refs/heads/main', id)
  }
}

async function refsOf(path: string): Promise<string> {
  return await git(path, 'for-each-ref', '--format=%(refname) %(objectname)')
}

/** How many destinations have other refs than their sources. */
async function countDifferent(): Promise<number> {
  let different = 0
  for (let index = 0; index < COUNT; index++) {
    if ((await refsOf(sourceOf(index))) !== (await refsOf(destinationOf(index)))) different++
  }
  return different
}

async function writeConfig(url: (path: string) => string, dead = 0): Promise<string> {
  const lines = Array.from({ length: COUNT }, (_, index) => {
    const source = index < dead ? `http://127.0.0.2:${DEAD_PORT}/s${index}.git` : url(`s${index}.git`)
    return `  - { name: '${nameOf(index)}', source: '${source}', destination: '${url(`d${index}.git`)}' }\n`
  })
  const path = join(root, `mirrors-${dead}.yml`)
  await writeFile(path, `version: 1\ndefaults: { retries: 1 }\nmirrors:\n${lines.join('')}`)
  return path
}

interface Line {
  readonly name?: string
  readonly ok?: boolean
  readonly skipped?: string | null
  readonly result?: { readonly destinations: readonly { readonly status: string }[] } | null
}

async function summarize(report: string): Promise<string> {
  const counts = new Map<string, number>()
  for (const text of (await readFile(report, 'utf8')).split('\n').filter((line) => line !== '')) {
    const line = JSON.parse(text) as Line
    if (line.name === undefined) continue
    const state =
      line.skipped != null ? 'skipped' : (line.result?.destinations[0]?.status ?? (line.ok ? 'ok' : 'failed'))
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ')
}

/** Ends with an error where something is not as it has to be. */
function expect(what: string, found: unknown, wanted: unknown): void {
  if (found === wanted) return
  process.exitCode = 1
  process.stdout.write(`  WRONG: ${what} is ${String(found)}, not ${String(wanted)}\n`)
}

async function round(what: string, config: string, status: number, different: number): Promise<void> {
  const report = join(root, 'report.jsonl')
  const ended = await start(['round', config, '--jsonl', report]).ended
  process.stdout.write(
    `${what}: ${ended.seconds.toFixed(1)} s, status ${ended.status}, ${await summarize(report)}\n`,
  )
  expect('the status', ended.status, status)
  const found = await countDifferent()
  process.stdout.write(`  ${COUNT - found} of ${COUNT} pairs are equal\n`)
  expect('the number of different pairs', found, different)
}

if (!existsSync(PROGRAM)) throw new Error('there is no dist/index.js: npm run build')
await build()
const nginx = stack.use(await startNginx(root))
const url = (path: string): string => nginx.url('plain', path)
const config = await writeConfig(url)
await round('first round', config, 0, 0)
await round('nothing to do', config, 0, 0)
await changeSome(0)
await round(`${CHANGED} changed`, config, 0, 0)

await changeSome(0)
await round(`${CHANGED} changed, their host is dead`, await writeConfig(url, CHANGED), 1, CHANGED)

await changeSome(CHANGED)
await changeSome(2 * CHANGED)
const killed = start(['round', config, '--jsonl', join(root, 'killed.jsonl')])
const sizeOf = async (): Promise<number> =>
  (await readFile(join(root, 'killed.jsonl'), 'utf8').catch(() => '')).split('\n').length - 1
while ((await sizeOf()) < COUNT / 3) await new Promise((resolve) => setTimeout(resolve, 20))
killed.child.kill('SIGKILL')
await killed.ended
process.stdout.write(
  `killed in the middle: ${await summarize(join(root, 'killed.jsonl'))}; ${await countDifferent()} pairs differ\n`,
)
await round('run again', config, 0, 0)

await changeSome(0)
const began = performance.now()
const reports = Array.from({ length: SHARDS }, (_, index) => join(root, `shard-${index + 1}.jsonl`))
const shards = await Promise.all(
  reports.map(
    (report, index) => start(['round', config, '--shard', `${index + 1}/${SHARDS}`, '--jsonl', report]).ended,
  ),
)
process.stdout.write(`${SHARDS} shards at once: ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
for (const report of reports) process.stdout.write(`  ${await summarize(report)}\n`)
expect('the worst status', Math.max(...shards.map(({ status }) => status ?? 9)), 0)
expect('the number of different pairs', await countDifferent(), 0)
const whole = await start(['report', ...reports]).ended
process.stdout.write(`report of all: status ${whole.status}, ${whole.output.split('\n')[0]}\n`)
expect('the status', whole.status, 0)
const lost = await start(['report', ...reports.filter((_, index) => index !== 4)]).ended
process.stdout.write(
  `report without one: status ${lost.status}, ${lost.output.split('\n').slice(0, 3).join(' | ')}\n`,
)
expect('the status', lost.status, 1)
