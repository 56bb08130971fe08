import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { startNginx } from '../support/servers/nginx.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeSlowGit, makeSlowPackHook } from '../support/slow-git.ts'
import { sshdMissing, startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

/** Milliseconds that a destination here waits for a byte. */
const PATIENCE = 1_500

/** Bytes that each commit brings. */
const ONE_FILE = 100_000

let folder: TempFolder
let source: string
/** Global configurations under which the source stops after 1.4 MB for 4 seconds, or counts for 3. */
let dribbles: string
let counts: string

beforeAll(async () => {
  folder = await makeTempFolder()
  source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
  await addCommits(source, 30, { size: ONE_FILE })
  dribbles = await makeSlowPackHook(folder.path, { first: 1_400_000, seconds: 9 })
  counts = await makeSlowPackHook(folder.path, { first: 0, seconds: 3 })
})
afterAll(async () => await folder?.[Symbol.asyncDispose]())

async function makeDestination(name: string): Promise<string> {
  return (await makeBareRepository({ parent: folder.path, name })).path
}

async function run(inputs: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): Promise<ActionResult> {
  return await runAction({ inputs: { source, 'source-token': '', retries: '0', ...inputs }, env })
}

async function expectMirrored(destination: string, result: ActionResult): Promise<void> {
  expect(result.exitCode, result.log).toBe(0)
  expect(await forEachRef(destination)).toEqual(await forEachRef(source))
  await fsck(destination)
}

/** The pack was collected at once after the destination gave up: no plainer way was tried before. */
function expectCollected(result: ActionResult): void {
  expect(result.log).toMatch(/gave up after waiting \d\.\d s for the source: collecting the pack first/)
  expect(result.log).toMatch(/collected a pack of \d+ bytes in memory/)
  expect(result.log).not.toMatch(/not thin|without the agent|pieces|temporary file|trying again/)
}

describe.concurrent('a destination that gives up while the source dribbles', () => {
  it('gets a collected pack, over file', async () => {
    const destination = await makeDestination('file.git')
    const slow = await makeSlowGit(join(folder.path, 'slow-file'), { patience: PATIENCE })
    const result = await run({ destination }, { PATH: slow.path, GIT_CONFIG_GLOBAL: dribbles })
    await expectMirrored(destination, result)
    expectCollected(result)
  })

  it.skipIf(sshdMissing())('gets a collected pack, over ssh', async () => {
    const destination = await makeDestination('ssh.git')
    const slow = await makeSlowGit(join(folder.path, 'slow-ssh'), { patience: PATIENCE })
    await using sshd = await startSshd({ env: { PATH: slow.path } })
    const ssh = { 'destination-ssh-key': sshd.clientKey.privateKey, 'ssh-known-hosts': sshd.knownHosts }
    const inputs = { destination: sshd.url(destination), ...ssh }
    const result = await run(inputs, { GIT_CONFIG_GLOBAL: dribbles })
    await expectMirrored(destination, result)
    expectCollected(result)
  })

  it.skipIf(requireServer('nginx')).each(['impatient', 'impatient-buffered'] as const)(
    'gets a collected pack with its length, from nginx at the %s place',
    async (place) => {
      await using nginx = await startNginx(folder.path)
      const destination = await makeDestination(`${place}.git`)
      const url = nginx.url(place, `${place}.git`)
      const result = await run({ destination: url }, { GIT_CONFIG_GLOBAL: dribbles })
      await expectMirrored(destination, result)
      expectCollected(result)
      const posts = (await nginx.requests()).filter((line) =>
        line.startsWith(`POST /${place}/${place}.git/git-receive-pack`),
      )
      expect(posts.filter((line) => / chunked/.test(line))).toHaveLength(1)
      expect(posts.filter((line) => / 200 3\d{6} /.test(line))).toHaveLength(1)
    },
  )

  it('is told of with transfer: stream, and nothing is collected', async () => {
    const destination = await makeDestination('stream.git')
    const slow = await makeSlowGit(join(folder.path, 'slow-stream'), { patience: PATIENCE })
    const inputs = { destination, transfer: 'stream' }
    const result = await run(inputs, { PATH: slow.path, GIT_CONFIG_GLOBAL: dribbles })
    expect(result.exitCode).toBe(1)
    expect(result.errors.join('\n')).toContain('transfer: stream forbids to collect it')
    expect(result.log).not.toMatch(/collect(ed|ing) /)
    expect(await forEachRef(destination)).toEqual(new Map())
  })
})

describe.concurrent('a source that counts for longer than a destination waits', () => {
  it('is waited for before the push begins, over file', async () => {
    const destination = await makeDestination('counted-file.git')
    const slow = await makeSlowGit(join(folder.path, 'slow-counts'), { patience: PATIENCE })
    const result = await run({ destination }, { PATH: slow.path, GIT_CONFIG_GLOBAL: counts })
    await expectMirrored(destination, result)
    expect(result.log).not.toMatch(/collected|gave up/)
  })

  it.skipIf(requireServer('nginx'))('is waited for before the push begins, by nginx', async () => {
    await using nginx = await startNginx(folder.path)
    const destination = await makeDestination('counted-http.git')
    const url = nginx.url('impatient', 'counted-http.git')
    const result = await run({ destination: url }, { GIT_CONFIG_GLOBAL: counts })
    await expectMirrored(destination, result)
    expect(result.log).not.toMatch(/collected|gave up/)
  })
})

describe('a server that demands the length of a push', () => {
  const isLarge = ({
    method,
    headers,
  }: {
    method: string
    headers: NodeJS.Dict<string | string[]>
  }): boolean => method === 'POST' && headers['transfer-encoding'] === 'chunked'

  it('gets it for each piece of a history in pieces', async () => {
    const MOST = 2200 * 1024
    const destination = await makeDestination('length.git')
    await using backend = await startHttpBackend({ root: folder.path, demandLength: true })
    const inputs = { destination: `${backend.url}/length.git`, 'max-pack-size': `${MOST}` }
    const result = await run(inputs, {})
    await expectMirrored(destination, result)
    // How large they are depends on how fast each side is.
    const sizes = [...result.log.matchAll(/piece \d: (\d+) bytes/g)].map(([, bytes]) => Number(bytes))
    expect(sizes.length, result.log).toBeGreaterThan(0)
    expect(sizes.filter((bytes) => bytes <= ONE_FILE || bytes > MOST)).toEqual([])
    expect(backend.requests.filter(isLarge).length).toBeLessThanOrEqual(2)
  })

  it('is told of with transfer: stream', async () => {
    await makeDestination('no-length.git')
    await using backend = await startHttpBackend({ root: folder.path, demandLength: true })
    const inputs = { destination: `${backend.url}/no-length.git`, transfer: 'stream' }
    const result = await run(inputs, {})
    expect(result.exitCode).toBe(1)
    expect(result.errors.join('\n')).toMatch(/411[^]*transfer: stream forbids to collect it/)
    expect(backend.requests.filter(isLarge)).toHaveLength(1)
  })

  it('transfer: spool keeps max-pack-size', async () => {
    const destination = await makeDestination('spooled-pieces.git')
    const result = await run({ destination, transfer: 'spool', 'max-pack-size': '1600k' }, {})
    await expectMirrored(destination, result)
    expect(result.log).toContain('the pack is larger than 1638400 bytes: sending the history in pieces')
    expect(await git(destination, 'for-each-ref', 'refs/kalandra', 'refs/tags')).toBe('')
  })
})
