import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { ENV, makeSetting, until } from '../serve/serving.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { TestImage } from './build-image.ts'

const missing = requireServer('containers')
const MOST_COMPRESSED_BYTES = 60_000_000

function listAll(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? [path, ...listAll(path)] : [path]
  })
}

describe.skipIf(missing !== undefined)('the image', () => {
  let folder: TempFolder
  let image: TestImage
  let id: string
  beforeAll(async () => {
    folder = await makeTempFolder()
    image = new TestImage(folder.path)
    id = await image.build()
  }, 300_000)
  afterAll(async () => await folder[Symbol.asyncDispose](), 60_000)

  it('is small, and the same when it is built again', async () => {
    console.info(`the image has ${(image.compressedBytes / 1e6).toFixed(1)} MB compressed`)
    expect(image.compressedBytes).toBeLessThan(MOST_COMPRESSED_BYTES)
    expect(id).toMatch(/^(?:sha256:)?[0-9a-f]{64}$/)
    expect(await image.buildAgain()).toBe(id)
  }, 120_000)

  it('I1: has no shell, no file that lends rights, and nothing that its user can write but /tmp', () => {
    const root = join(image.folder, 'bundle/rootfs')
    const files = listAll(root)
    expect(files.filter((path) => /\/(?:ba|da|z)?sh$|busybox/.test(path))).toEqual([])
    const stats = files
      .map((path) => ({ path, stat: lstatSync(path) }))
      .filter(({ stat }) => !stat.isSymbolicLink())
    expect(stats.filter(({ stat }) => (stat.mode & 0o6000) !== 0)).toEqual([])
    const open = stats.filter(({ stat }) => (stat.mode & 0o002) !== 0 || stat.uid === 65532)
    expect(open.map(({ path }) => path.slice(root.length))).toEqual(['/tmp'])
    const { process: made } = image.config
    expect(made.user).toMatchObject({ uid: 65532, gid: 65532 })
    expect(made.args).toEqual(['/nodejs/bin/node', '--max-semi-space-size=8', '/app/index.js', '--help'])
    expect(image.labels).toMatchObject({
      'org.opencontainers.image.title': 'kalandra',
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.version': '1.2.3',
    })
  })

  it('I1: runs with a root that cannot be written to, without capabilities, as any user', async () => {
    const version = await image.run({ name: 'version', args: ['--version'] })
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
    expect(await image.run({ name: 'stranger', args: ['--version'], uid: 12_345 })).toMatchObject({ code: 0 })
  }, 60_000)

  it('mirrors over http', async () => {
    await using setting = await makeSetting(['a'])
    const { url } = setting.backend
    const result = await image.run({ name: 'mirror', args: [`${url}/a.git`, `${url}/a-copy.git`] })
    expect(result).toMatchObject({ code: 0 })
    expect(await git(setting.dir('a-copy'), 'rev-parse', 'main')).toBe(
      await git(setting.dir('a'), 'rev-parse', 'main'),
    )
  }, 60_000)

  it('I2: serves, tells its health, and ends by SIGTERM as the first process', async () => {
    await using setting = await makeSetting(['a'])
    await setting.configure()
    chmodSync(setting.folder, 0o755)
    const port = 20_000 + (process.pid % 20_000)
    const env = Object.entries(ENV).map(([name, value]) => `${name}=${value}`)
    const mounts = { '/config': setting.folder }
    const server = image.start({
      name: 'serve',
      args: ['serve', '/config/mirrors.yml', '--listen', `127.0.0.1:${port}`],
      env,
      mounts,
    })
    const url = `http://127.0.0.1:${port}`
    await until(
      async () =>
        await fetch(`${url}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      'the server',
    )
    expect(await image.run({ name: 'health', args: ['health', url] })).toMatchObject({
      code: 0,
      stdout: 'ok\n',
    })
    const began = Date.now()
    await server.kill('TERM')
    expect((await server.ended).code).toBe(0)
    expect(Date.now() - began).toBeLessThan(5000)
  }, 90_000)

  it('I3: says what is missing where a pack has to be spooled and /tmp cannot be written to', async () => {
    await using setting = await makeSetting(['a'])
    // Noise does not get smaller, however long git tries.
    for (const name of ['a', 'a-copy']) await git(setting.dir(name), 'config', 'core.compression', '0')
    await addCommits(setting.dir('a'), 1, { path: 'large', size: 40 * 1024 * 1024 })
    const { url } = setting.backend
    const args = ['--transfer', 'spool', `${url}/a.git`, `${url}/a-copy.git`]
    const without = await image.run({ name: 'no-tmp', hasTmp: false, args })
    expect(without.code).toBe(1)
    expect(without.stdout + without.stderr).toMatch(/\/tmp/)
    expect(await git(setting.dir('a-copy'), 'for-each-ref')).toBe('')
    expect(await image.run({ name: 'with-tmp', args })).toMatchObject({ code: 0 })
  }, 240_000)
})
