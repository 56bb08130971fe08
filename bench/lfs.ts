import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { git, GIT_ENV, makeBareRepository } from '../test/support/git.ts'
import { commitPointers, pathInFolder } from '../test/support/lfs/lfs-repositories.ts'
import { median, runSteps, type Step, withUsage } from './measure.ts'
import { copyRepository, type Repositories } from './repositories.ts'

const SMALL_OBJECTS = 1000
const SMALL_BYTES = 1_000_000
const LARGE_OBJECTS = 10
const LARGE_BYTES = 200_000_000
const NEW_COMMITS = 100

export interface LfsOptions {
  readonly runs: number
  readonly scale: number
  /** An empty folder. */
  readonly root: string
  readonly repositories: Repositories
  /** What starts Kalandra with these addresses and more arguments. */
  readonly step: (source: string, destination: string, ...more: readonly string[]) => Step
}

export interface LfsTimes {
  readonly objects: number
  readonly bytes: number
  /** Seconds of `git lfs fetch --all` and `git lfs push --all` in a mirror that has the history already. */
  readonly git: readonly number[]
  /** Seconds of a whole first mirror, history included. */
  readonly kalandra: readonly number[]
  /** Highest resident bytes of Kalandra. */
  readonly rss: number
  /** Bytes of objects that the servers gave and took in one run of Kalandra, of `bytes`. */
  readonly read: number
  readonly written: number
  /** Finding the pointers of 100 new commits of a repository without any. */
  readonly scan: {
    /** Bytes of the answer to the question. */
    readonly bytes: number
    /** Seconds of runs with it and without. */
    readonly auto: readonly number[]
    readonly off: readonly number[]
  }
}

/** Large files from one server to another on this machine. */
export async function measureLfs(options: LfsOptions): Promise<LfsTimes> {
  const { root } = options
  const roots = { from: join(root, 'from'), to: join(root, 'to') }
  await Promise.all([mkdir(roots.from), mkdir(roots.to)])
  await using from = await startServer(roots.from)
  await using to = await startServer(roots.to)
  const carried = await measureObjects(options, { from, to })
  const scan = await measureScan(options, { from, to })
  return { ...carried, scan }
}

interface Servers {
  readonly from: Served
  readonly to: Served
}

interface Served extends AsyncDisposable {
  readonly root: string
  readonly url: (name: string) => string
  readonly counts: () => Promise<{ readonly read: number; readonly written: number }>
}

async function startServer(root: string): Promise<Served> {
  const program = join(import.meta.dirname, 'lfs-server.ts')
  const child = spawn(process.execPath, [program, root], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()))
    child.once('exit', () => reject(new Error('the LFS server did not start')))
  })
  const [base = '', port = ''] = line.split(' ')
  return {
    root,
    url: (name) => `${base}${name}`,
    counts: async () =>
      (await (await fetch(`http://127.0.0.1:${port}/counts`)).json()) as { read: number; written: number },
    async [Symbol.asyncDispose]() {
      const over = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await over
    },
  }
}

async function measureObjects(
  { runs, scale, root, step }: LfsOptions,
  { from, to }: Servers,
): Promise<Omit<LfsTimes, 'scan'>> {
  const config = { 'uploadpack.allowFilter': 'true' }
  const { path: source } = await makeBareRepository({ parent: from.root, name: 'source.git', config })
  const sizes = [
    ...Array.from({ length: Math.max(10, Math.round(SMALL_OBJECTS * scale)) }, () => SMALL_BYTES),
    ...Array.from({ length: LARGE_OBJECTS }, () => Math.round(LARGE_BYTES * Math.min(1, scale))),
  ]
  const objects = []
  for (const size of sizes) objects.push(await storeObject(source, size))
  await commitPointers(source, objects)
  const bytes = sizes.reduce((sum, size) => sum + size, 0)

  const clone = join(root, 'clone')
  await git(root, 'clone', '-q', '--mirror', from.url('source.git'), clone)
  const lfs = (...args: readonly string[]): Step => ({
    program: 'git',
    args: ['lfs', ...args],
    cwd: clone,
    env: GIT_ENV,
  })
  const times = { git: [] as number[], kalandra: [] as number[] }
  let rss = 0
  let moved = { read: 0, written: 0 }
  for (let run = 0; run <= runs; run++) {
    await rm(join(clone, 'lfs'), { recursive: true, force: true })
    await renew(to.root, 'theirs.git')
    const theirs = await runSteps([
      lfs('fetch', '--all', 'origin'),
      lfs('push', '--all', to.url('theirs.git')),
    ])
    await renew(to.root, 'ours.git')
    const before = [await from.counts(), await to.counts()] as const
    const { step: ours, read } = withUsage(step(from.url('source.git'), to.url('ours.git')), root)
    const mine = await runSteps([ours])
    const after = [await from.counts(), await to.counts()] as const
    moved = { read: after[0].read - before[0].read, written: after[1].written - before[1].written }
    rss = Math.max(rss, read().rss)
    // The first one warms up.
    if (run === 0) continue
    times.git.push(theirs.seconds)
    times.kalandra.push(mine.seconds)
  }
  return { objects: sizes.length, bytes, ...times, rss, ...moved }
}

async function storeObject(
  source: string,
  size: number,
): Promise<{ readonly oid: string; readonly size: number }> {
  const bytes = randomBytes(size)
  const oid = createHash('sha256').update(bytes).digest('hex')
  const path = pathInFolder(source, oid)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  return { oid, size }
}

async function renew(root: string, name: string): Promise<void> {
  await rm(join(root, name), { recursive: true, force: true })
  await makeBareRepository({ parent: root, name })
}

async function measureScan(
  { runs, repositories, step }: LfsOptions,
  { from, to }: Servers,
): Promise<LfsTimes['scan']> {
  const before = await repositories.open('history')
  const source = await copyRepository(before, join(from.root, 'history.git'))
  await git(source, 'config', 'uploadpack.allowFilter', 'true')
  const destination = await copyRepository(before, join(to.root, 'behind.git'))
  const head = await git(source, 'symbolic-ref', 'HEAD')
  const [tip, old] = [
    await git(source, 'rev-parse', head),
    await git(source, 'rev-parse', `${head}~${NEW_COMMITS}`),
  ]
  const times = { auto: [] as number[], off: [] as number[] }
  for (let run = 0; run <= runs; run++) {
    for (const [name, lfs] of [
      ['auto', 'auto'],
      ['off', 'false'],
    ] as const) {
      await git(destination, 'update-ref', head, old)
      const { seconds } = await runSteps([step(from.url('history.git'), to.url('behind.git'), '--lfs', lfs)])
      if (run > 0) times[name].push(seconds)
    }
  }
  return { bytes: await askPointers(from.url('history.git'), tip, old), ...times }
}

/** Bytes of the answer that Kalandra gets when it looks for pointers. */
async function askPointers(url: string, want: string, have: string): Promise<number> {
  const lines = [
    'ofs-delta\n',
    'no-progress\n',
    `want ${want}\n`,
    'filter combine:blob:limit=1024+object:type=blob\n',
  ]
  const body = `${packet('command=fetch\n')}0001${[...lines, `have ${have}\n`, 'done\n'].map(packet).join('')}0000`
  const answer = await fetch(`${url}/git-upload-pack`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-git-upload-pack-request', 'git-protocol': 'version=2' },
    body,
  })
  return (await answer.arrayBuffer()).byteLength
}

function packet(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`
}

/** A few lines for people. */
export function renderLfs(times: LfsTimes): string {
  const [ours, theirs] = [median(times.kalandra), median(times.git)]
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
  return [
    `LFS objects over http: ${times.objects} in ${megabytes(times.bytes)}`,
    `  git lfs fetch, git lfs push  ${theirs.toFixed(2)} s`,
    `  kalandra, history included   ${ours.toFixed(2)} s, ${(ours / theirs).toFixed(2)} of it, ${megabytes(times.rss)} resident`,
    `  read ${megabytes(times.read)}, written ${megabytes(times.written)}`,
    `pointers of ${NEW_COMMITS} commits: ${times.scan.bytes} bytes`,
    `  a run with the question ${median(times.scan.auto).toFixed(3)} s, without ${median(times.scan.off).toFixed(3)} s`,
    '',
  ].join('\n')
}
