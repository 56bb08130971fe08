import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RoundLine, RoundReport } from '../../../src/fleet/report/round-lines.ts'
import { runRound } from '../../../src/fleet/round/round.ts'
import { forEachRef, git, gitWith, makeBareRepository } from '../../support/git.ts'
import { type HttpBackend, type HttpBackendOptions, startHttpBackend } from '../../support/http-backend.ts'
import { startRawServer } from '../../support/raw-server.ts'
import { addCommits } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { fleetOf } from '../fleet-of.ts'

interface Bench extends AsyncDisposable {
  readonly root: string
  readonly backend: HttpBackend
}

/** `s0.git` with a commit, `s1.git`, … and as many empty `d0.git`, `d1.git`, … behind an http server. */
async function makeBench(count: number, options: Partial<HttpBackendOptions> = {}): Promise<Bench> {
  const folder = await makeTempFolder()
  const first = await makeBareRepository({ parent: folder.path, name: 's0.git' })
  await addCommits(first.path, 2)
  for (let index = 0; index < count; index++) {
    if (index > 0) await git(folder.path, 'clone', '-q', '--bare', 's0.git', `s${index}.git`)
    await makeBareRepository({
      parent: folder.path,
      name: `d${index}.git`,
      config: { 'http.receivepack': 'true' },
    })
  }
  const backend = await startHttpBackend({ root: folder.path, ...options })
  return {
    root: folder.path,
    backend,
    async [Symbol.asyncDispose]() {
      await backend[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

interface Pairs {
  readonly count: number
  /** Address of a source or destination, in the place of the one on the server. */
  readonly address?: (kind: 's' | 'd', index: number) => string | undefined
  readonly before?: string
  /** More keys of a mirror. */
  readonly more?: (index: number) => string
  readonly env?: NodeJS.ProcessEnv
}

async function runPairs(
  { backend }: Pick<Bench, 'backend'>,
  { count, address, before = '', more, env = {} }: Pairs,
  lines: RoundLine[] = [],
): Promise<RoundReport> {
  const at = (kind: 's' | 'd', index: number): string =>
    address?.(kind, index) ?? `${backend.url}/${kind}${index}.git`
  const pairs = Array.from(
    { length: count },
    (_, index) =>
      `  - { name: m${String(index).padStart(3, '0')}, source: '${at('s', index)}', destination: '${at('d', index)}'${more?.(index) ?? ''} }\n`,
  )
  const fleet = await fleetOf(`version: 1\n${before}mirrors:\n${pairs.join('')}`, { env })
  const { signal } = new AbortController()
  return await runRound({
    fleet,
    shard: undefined,
    dryRun: false,
    env,
    signal,
    onLine: (line) => lines.push(line),
  })
}

function failedOf({ mirrors }: RoundReport): readonly string[] {
  return mirrors.filter(({ ok }) => !ok).map(({ name }) => name)
}

const ONCE = 'defaults: { retries: 0 }\n'
/** Nothing here is about speed: it ends a test that hangs, and no busy machine's. */
const LONG = { timeout: 600_000 }

describe('[F1] one mirror of twenty that fails', () => {
  it.each([
    ['by its name', () => 'http://nowhere.invalid/x.git', /nowhere\.invalid/],
    ['by a port that is closed', () => 'http://127.0.0.1:1/x.git', /127\.0\.0\.1/],
    ['by 404', ({ backend }: Bench) => `${backend.url}/none.git`, /there is no repository/],
    ['by 401', ({ backend }: Bench) => `${backend.url}/locked.git`, /asks for a login/],
    [
      'by an answer that is none',
      ({ backend }: Bench) => `${backend.url}/page.git`,
      /does not answer as a smart Git server/,
    ],
  ] as const)('%s stops no other one', LONG, async (_, makeAddress, words) => {
    await using bench = await makeBench(20, {
      answer: ({ path }) => {
        if (path.startsWith('/locked.git')) return { status: 401, body: 'no' }
        return path.startsWith('/page.git')
          ? { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' }
          : undefined
      },
    })
    const report = await runPairs(bench, {
      count: 20,
      before: ONCE,
      address: (kind, index) => (kind === 's' && index === 7 ? makeAddress(bench) : undefined),
    })
    expect(failedOf(report)).toEqual(['m007'])
    expect(report.ok).toBe(false)
    expect(report.mirrors[7]?.result?.error?.message).toMatch(words)
    const main = await forEachRef(join(bench.root, 's0.git'))
    for (let index = 0; index < 20; index++) {
      const refs = await forEachRef(join(bench.root, `d${index}.git`))
      expect([...refs]).toEqual(index === 7 ? [] : [...main])
    }
  })

  it('by a hook, a cut or a hang at its destination stops no other one', LONG, async () => {
    await using bench = await makeBench(20)
    await writeFile(
      join(bench.root, 'd3.git', 'hooks', 'pre-receive'),
      '#!/bin/sh\necho no entry >&2\nexit 1\n',
      { mode: 0o755 },
    )
    await using cutting = await startRawServer((socket) => socket.once('data', () => socket.destroy()))
    await using hanging = await startRawServer(() => undefined)
    const report = await runPairs(bench, {
      count: 20,
      before: ONCE,
      more: (index) => (index === 9 ? ', idle-timeout: 5' : ''),
      address: (kind, index) => {
        if (kind === 'd' && index === 5) return `http://127.0.0.1:${cutting.port}/x.git`
        return kind === 'd' && index === 9 ? `http://127.0.0.1:${hanging.port}/x.git` : undefined
      },
    })
    expect(failedOf(report)).toEqual(['m003', 'm005', 'm009'])
    expect(report.mirrors[3]?.result?.destinations[0]).toMatchObject({ status: 'rejected' })
    expect(report.mirrors.filter(({ ok }) => ok)).toHaveLength(17)
  })
})

describe('a round', () => {
  it('changes what has to change, then nothing, with three requests for each mirror', LONG, async () => {
    await using bench = await makeBench(30)
    const lines: RoundLine[] = []
    const first = await runPairs(bench, { count: 30 }, lines)
    expect(first.ok).toBe(true)
    expect(first.mirrors.every(({ result }) => result?.destinations[0]?.status === 'mirrored')).toBe(true)
    expect(new Set(first.mirrors.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(lines.at(-1)).toMatchObject({ round: { ok: true, mirrors: 30, shard: null } })
    expect(lines).toHaveLength(31)
    const before = bench.backend.requests.length
    const second = await runPairs(bench, { count: 30 })
    expect(second.mirrors.every(({ result }) => result?.destinations[0]?.status === 'unchanged')).toBe(true)
    expect(second.mirrors.map(({ fingerprint }) => fingerprint)).toEqual(
      first.mirrors.map(({ fingerprint }) => fingerprint),
    )
    const asked = bench.backend.requests.slice(before)
    expect(asked).toHaveLength(3 * 30)
    // [F14] No more connections than the host may have at once.
    expect(new Set(asked.map(({ connection }) => connection)).size).toBeLessThanOrEqual(8)
  })

  it('takes a chain in its order', async () => {
    await using bench = await makeBench(3)
    const report = await runPairs(bench, {
      count: 3,
      address: (kind, index) =>
        kind === 's' && index < 2 ? `${bench.backend.url}/d${index + 1}.git` : undefined,
    })
    expect(report.ok).toBe(true)
    expect((await forEachRef(join(bench.root, 'd0.git'))).size).toBe(1)
  })

  it('[F10] keeps what a source that vanished, became empty, began anew or shrank had', LONG, async () => {
    await using bench = await makeBench(5)
    const source = (index: number): string => join(bench.root, `s${index}.git`)
    const branches = Array.from({ length: 60 }, (_, index) => `refs/heads/topic/${index}`)
    const main = await git(source(3), 'rev-parse', 'main')
    const updateRefs = async (line: (ref: string) => string): Promise<unknown> =>
      await gitWith({ input: branches.map(line).join('') }, source(3), 'update-ref', '--stdin')
    await updateRefs((ref) => `create ${ref} ${main}\n`)
    expect((await runPairs(bench, { count: 5 })).ok).toBe(true)
    const listAll = (): Promise<readonly ReadonlyMap<string, unknown>[]> =>
      Promise.all([0, 1, 2, 3, 4].map((index) => forEachRef(join(bench.root, `d${index}.git`))))
    const before = await listAll()
    expect(before.map(({ size }) => size)).toEqual([1, 1, 1, 61, 1])
    await rm(source(0), { recursive: true })
    await git(source(1), 'update-ref', '-d', 'refs/heads/main')
    await rm(source(2), { recursive: true })
    await makeBareRepository({ parent: bench.root, name: 's2.git' })
    await addCommits(source(2), 1, { path: 'other' })
    await updateRefs((ref) => `delete ${ref}\n`)
    const report = await runPairs(bench, { count: 5, before: ONCE })
    expect(failedOf(report)).toEqual(['m000', 'm001', 'm002', 'm003'])
    const words = report.mirrors.map(
      ({ result }) => result?.error?.message ?? result?.destinations[0]?.error?.message,
    )
    expect(words).toEqual([
      expect.stringMatching(/there is no repository/),
      expect.stringMatching(/the source shows no ref in scope/),
      expect.stringMatching(/unrelated|shares/),
      expect.stringMatching(/60 .*delet|delet.* 60/),
      undefined,
    ])
    expect(await listAll()).toEqual(before)
  })

  it('tells a heartbeat how it went', async () => {
    await using bench = await makeBench(1)
    const beats = (): readonly string[] =>
      bench.backend.requests.map(({ path }) => path).filter((path) => path.startsWith('/beat'))
    const before = "heartbeat: { url: '${BEAT}' }\n"
    const env = { BEAT: `${bench.backend.url}/beat-secret99` }
    await runPairs(bench, { count: 1, before, env })
    await runPairs(bench, {
      count: 1,
      before: `${before}${ONCE}`,
      env,
      address: (kind) => (kind === 's' ? '/nowhere/at/all' : undefined),
    })
    expect(beats()).toEqual(['/beat-secret99', '/beat-secret99/fail'])
  })
})
