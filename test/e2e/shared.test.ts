import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { type HttpBackend, startHttpBackend } from '../support/http-backend.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type HttpServer } from '../support/servers/http-server.ts'
import { startNginx } from '../support/servers/nginx.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeSlowGit } from '../support/slow-git.ts'
import { type Sshd, sshdMissing, startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const MEGABYTE = 1_000_000

let folder: TempFolder
let source: string
let tip: string
let nginx: HttpServer

beforeAll(async () => {
  folder = await makeTempFolder()
  source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
  // More than one destination may be ahead of another, in commits that can be cut.
  await addCommits(source, 100, { size: 100_000 })
  tip = await git(source, 'rev-parse', 'main')
  if (missing === undefined) nginx = await startNginx(folder.path)
})
afterAll(async () => {
  await nginx?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

const missing = requireServer('nginx') ?? sshdMissing()

interface Scene extends AsyncDisposable {
  /** Folders of the three: over file, http and ssh. */
  readonly paths: readonly string[]
  /** How often the source was asked for its tip. */
  fetches(): number
  run(inputs?: Readonly<Record<string, string>>): Promise<ActionResult>
}

interface SceneOptions {
  /** Of nginx, or a server that demands a length. */
  readonly http?: 'plain' | 'limited' | 'impatient' | 'length'
  /** Bytes in a second for the one over file. */
  readonly rate?: number
  /** Milliseconds that the one over file takes nothing, after its first bytes. */
  readonly stall?: number
  /** The one over ssh is killed after so many bytes, each time or once. */
  readonly dieAfter?: number
  readonly once?: boolean
}

/** One source over http, and a destination over each transport. */
async function makeScene(name: string, given: SceneOptions = {}): Promise<Scene> {
  const stack = new AsyncDisposableStack()
  const paths: string[] = []
  for (const transport of ['file', 'http', 'ssh']) {
    const made = await makeBareRepository({ parent: folder.path, name: `${name}-${transport}.git` })
    paths.push(made.path)
  }
  const from: HttpBackend = stack.use(await startHttpBackend({ root: folder.path }))
  const demanding = stack.use(await startHttpBackend({ root: folder.path, demandLength: true }))
  const slow = await makeSlowGit(join(folder.path, `${name}-slow`), {
    rate: given.rate,
    stall: given.stall === undefined ? undefined : { after: 200_000, for: given.stall },
  })
  const { dieAfter, once } = given
  const dying = await makeSlowGit(join(folder.path, `${name}-dying`), { dieAfter, once })
  const sshd: Sshd = stack.use(await startSshd({ env: dieAfter === undefined ? {} : { PATH: dying.path } }))
  const { http = 'plain' } = given
  const web = http === 'length' ? `${demanding.url}/${name}-http.git` : nginx.url(http, `${name}-http.git`)
  const inputs = {
    source: `${from.url}/source.git`,
    destination: [paths[0]!, web, sshd.url(paths[2]!)].join('\n'),
    'source-token': '',
    'destination-ssh-key': sshd.clientKey.privateKey,
    'ssh-known-hosts': sshd.knownHosts,
    retries: '1',
  }
  return {
    paths,
    fetches: () =>
      from.requests.filter(
        ({ method, parts }) => method === 'POST' && Buffer.concat(parts).includes(`want ${tip}`),
      ).length,
    run: async (more = {}) =>
      await runAction({ inputs: { ...inputs, ...more }, env: { PATH: slow.path }, limit: 60_000 }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function expectMirrored(paths: readonly string[], log: string): Promise<void> {
  const refs = Object.fromEntries(await forEachRef(source))
  for (const path of paths) {
    expect(Object.fromEntries(await forEachRef(path)), log).toEqual(refs)
    await fsck(path)
  }
}

describe.skipIf(missing)('three destinations of one run that lack the same', () => {
  it('are fed by one fetch, at the pace of the slowest', async () => {
    await using scene = await makeScene('one', { rate: 10 * MEGABYTE })
    const result = await scene.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('3 destinations lack the same objects: fetching them once')
    expect(scene.fetches()).toBe(1)
    await expectMirrored(scene.paths, result.log)
  })

  it('are fed by one fetch when their branches move, too', async () => {
    await using scene = await makeScene('moved')
    for (const path of scene.paths) await git(source, 'push', '-q', path, 'main~50:refs/heads/main')
    const result = await scene.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('3 destinations lack the same objects: fetching them once')
    expect(scene.fetches()).toBe(1)
    await expectMirrored(scene.paths, result.log)
  })

  it('are fed apart where what they have differs', async () => {
    await using scene = await makeScene('differ')
    await git(source, 'push', '-q', scene.paths[0]!, 'main~50:refs/heads/main')
    const result = await scene.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('2 destinations lack the same objects: fetching them once')
    expect(scene.fetches()).toBe(2)
    await expectMirrored(scene.paths, result.log)
    // Half of it went to one, all of it to two.
    expect(Number(result.outputs['pack-bytes'])).toBeGreaterThan(24 * MEGABYTE)
    expect(Number(result.outputs['pack-bytes'])).toBeLessThan(26 * MEGABYTE)
  })

  it('are whole when one is slow, one is killed and tried again, and one takes pieces alone', async () => {
    await using scene = await makeScene('mixed', {
      http: 'limited',
      rate: 10 * MEGABYTE,
      dieAfter: 3 * MEGABYTE,
      once: true,
    })
    const result = await scene.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toMatch(/trying again in .* \(1 of 1\)/)
    expect(result.log).toMatch(/gave up after \d+ bytes of one pack: sending pieces/)
    expect(result.log).toMatch(/piece 1: /)
    await expectMirrored(scene.paths, result.log)
  })

  it('leave one behind that dies each time, and the next run brings it what it lacks', async () => {
    await using scene = await makeScene('dies', { rate: 10 * MEGABYTE, dieAfter: 3 * MEGABYTE })
    const result = await scene.run({ retries: '0' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toContain('dies-ssh.git')
    await expectMirrored(scene.paths.slice(0, 2), result.log)
    expect(await forEachRef(scene.paths[2]!)).toEqual(new Map())
    await using well = await startSshd()
    const again = await scene.run({
      destination: [...scene.paths.slice(0, 2), well.url(scene.paths[2]!)].join('\n'),
      'destination-ssh-key': well.clientKey.privateKey,
      'ssh-known-hosts': well.knownHosts,
    })
    expect(again.exitCode, again.log).toBe(0)
    await expectMirrored(scene.paths, again.log)
  })

  it('do not wait for each other for ever when one has to be collected', async () => {
    await using scene = await makeScene('length', { http: 'length', rate: 10 * MEGABYTE })
    const result = await scene.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('collected a pack')
    await expectMirrored(scene.paths, result.log)
  })

  it('do not make one give up for good that waits for a slower one', async () => {
    await using scene = await makeScene('stalls', { http: 'impatient', stall: 5_000 })
    const result = await scene.run({ retries: '0' })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('gave up while it waited for a slower one: fetching for it alone')
    expect(result.log).not.toContain('collected a pack')
    await expectMirrored(scene.paths, result.log)
  })

  it('may all be collected', async () => {
    await using scene = await makeScene('spool', { rate: 20 * MEGABYTE })
    const result = await scene.run({ transfer: 'spool' })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log.match(/collected a pack of 10\d{6} bytes in memory/g)).toHaveLength(3)
    expect(scene.fetches()).toBe(1)
    await expectMirrored(scene.paths, result.log)
  })
})
