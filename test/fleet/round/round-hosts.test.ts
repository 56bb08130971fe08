import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { RoundLine, RoundReport } from '../../../src/fleet/report/round-lines.ts'
import { runRound } from '../../../src/fleet/round/round.ts'
import { git, makeBareRepository } from '../../support/git.ts'
import { type HttpBackend, type HttpBackendOptions, startHttpBackend } from '../../support/http-backend.ts'
import { startRawServer } from '../../support/raw-server.ts'
import { addCommits } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { fleetOf } from '../fleet-of.ts'

/** Nothing here is about speed: it ends a test that hangs, and no busy machine's. */
const LONG = { timeout: 600_000 }

interface Bench extends AsyncDisposable {
  readonly backend: HttpBackend
}

/** `count` pairs that are in sync: as many names of one pair of repositories behind an http server. */
async function makeBench(count: number, options: Partial<HttpBackendOptions> = {}): Promise<Bench> {
  const folder = await makeTempFolder()
  const { path } = await makeBareRepository({ parent: folder.path, name: 's.git' })
  await addCommits(path, 1)
  await git(folder.path, 'clone', '-q', '--bare', 's.git', 'd.git')
  await git(join(folder.path, 'd.git'), 'config', 'http.receivepack', 'true')
  for (let index = 0; index < count; index++)
    for (const kind of ['s', 'd']) await symlink(`${kind}.git`, join(folder.path, `${kind}${index}.git`))
  const backend = await startHttpBackend({ root: folder.path, ...options })
  return {
    backend,
    async [Symbol.asyncDispose]() {
      await backend[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

interface Fleet {
  readonly count: number
  readonly url: string
  /** Before and after the pairs of the file. */
  readonly before?: string
  readonly after?: string
  readonly env?: NodeJS.ProcessEnv
  readonly onLine?: (line: RoundLine) => void
}

async function run({ count, url, before = '', after = '', env = {}, onLine }: Fleet): Promise<RoundReport> {
  const pairs = Array.from(
    { length: count },
    (_, index) =>
      `  - { name: m${String(index).padStart(3, '0')}, source: '${url}/s${index}.git', destination: '${url}/d${index}.git' }\n`,
  )
  const fleet = await fleetOf(`version: 1\n${before}mirrors:\n${pairs.join('')}${after}`, { env })
  const { signal } = new AbortController()
  return await runRound({ fleet, shard: undefined, dryRun: false, env, signal, onLine })
}

const statusesOf = ({ mirrors }: RoundReport): ReadonlySet<string | undefined> =>
  new Set(mirrors.map(({ result }) => result?.destinations[0]?.status))

it('[F11] ends 200 mirrors that are in sync while one trickles', LONG, async () => {
  await using bench = await makeBench(201)
  let isOver = false
  await using trickling = await startRawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n')
    // The head of one long packet, whose bytes come one by one.
    socket.write('001e# service=git-upload-pack\n00008000')
    const timer = setInterval(() => (isOver ? socket.destroy() : socket.write('x')), 50)
    socket.on('close', () => clearInterval(timer))
  })
  const ended: string[] = []
  const report = await run({
    count: 200,
    url: bench.backend.url,
    after: `  - { name: a-slow, source: 'http://127.0.0.1:${trickling.port}/x.git', destination: '${bench.backend.url}/d200.git', retries: 0 }\n`,
    onLine(line) {
      if (!('name' in line)) return
      ended.push(line.name)
      // It trickles until all others have ended, and would for ever.
      isOver = ended.length === 200
    },
  })
  expect(ended).toHaveLength(201)
  expect(ended.at(-1)).toBe('a-slow')
  expect(report.mirrors.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['a-slow'])
})

/** Passes on at most `most` requests at once, and refuses the others for a second. */
async function startLimiter(target: HttpBackend, most: number) {
  const counts = { running: 0, most: 0, refused: 0, passed: 0 }
  const server = createServer((request, response) => {
    if (counts.running >= most) {
      counts.refused++
      response.writeHead(429, { 'retry-after': '1' }).end('slow down')
      return
    }
    counts.running++
    counts.passed++
    counts.most = Math.max(counts.most, counts.running)
    response.once('close', () => counts.running--)
    const { method, url, headers } = request
    const onward = forward(`${target.url}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    counts,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

it(
  '[F12] ends well at a host that takes three requests at once and refuses the others for a while',
  LONG,
  async () => {
    await using bench = await makeBench(100)
    await using limiter = await startLimiter(bench.backend, 3)
    const started = performance.now()
    const report = await run({ count: 100, url: limiter.url })
    const { counts } = limiter
    expect([...statusesOf(report)]).toEqual(['unchanged'])
    expect(report.ok).toBe(true)
    expect(counts.refused).toBeGreaterThan(0)
    expect(counts.most).toBe(3)
    // Far fewer mirrors at once from then on: nearly all of the requests go through.
    expect(counts.refused).toBeLessThan(40)
    expect(performance.now() - started).toBeGreaterThan(1000)
  },
)

it(
  '[F13] asks a host that refuses the token for three repositories, and those that were under way',
  LONG,
  async () => {
    await using bench = await makeBench(0, {
      auth: { username: 'x-access-token', password: 'right-password' },
    })
    const { backend } = bench
    const report = await run({
      count: 200,
      url: backend.url,
      before: "hosts: { '127.0.0.1': { token: '${TOKEN}' } }\ndefaults: { retries: 0 }\n",
      env: { TOKEN: 'wrong-password' },
    })
    const skipped = report.mirrors.filter((line) => line.skipped !== null)
    expect(report.mirrors.every(({ ok }) => !ok)).toBe(true)
    expect(skipped.length).toBeGreaterThanOrEqual(200 - 3 - 4)
    expect(new Set(skipped.map((line) => line.skipped))).toEqual(
      new Set(['the credential for 127.0.0.1 was refused 3 times']),
    )
    const knocked = new Set(backend.requests.map(({ path }) => path.split('/')[1]?.replace(/^[sd]/, '')))
    expect(knocked.size).toBeLessThanOrEqual(3 + 4)
    expect(JSON.stringify(report)).not.toContain('wrong-password')
  },
)

it(
  '[F14] looks at 100 mirrors of one http host over as many connections as it may have at once',
  LONG,
  async () => {
    await using bench = await makeBench(100)
    const report = await run({ count: 100, url: bench.backend.url })
    expect([...statusesOf(report)]).toEqual(['unchanged'])
    const { requests } = bench.backend
    expect(requests).toHaveLength(3 * 100)
    // Four mirrors at once, each with both of its ends there.
    expect(new Set(requests.map(({ connection }) => connection)).size).toBeLessThanOrEqual(8)
  },
)
