import { randomBytes } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { addCommits, makeFilledRepository } from '../support/repositories.ts'
import { FastImport } from '../support/fast-import.ts'
import { type ActionResult, runAction, runCli } from '../support/runner.ts'
import { type Scheme, type Servers, startServers } from '../support/windows/servers.ts'
import { WINDOWS } from '../support/windows/wine.ts'

let servers: Servers

beforeAll(async () => {
  servers = await startServers()
})
afterAll(() => servers?.[Symbol.asyncDispose]())

const at = (name: string): string => join(servers.root, name)

/** Branches and tags of both are the same, and complete at the destination. */
async function expectMirrored(source: string, destination: string): Promise<void> {
  const [there, here] = await Promise.all(
    [source, destination].map((name) => forEachRef(at(name), 'refs/heads', 'refs/tags')),
  )
  expect(there!.size).toBeGreaterThan(0)
  expect(here).toEqual(there)
  await fsck(at(destination))
}

const PAIRS: readonly (readonly [Scheme, Scheme])[] = [
  ['http', 'ssh'],
  ['ssh', 'https'],
  ['https', 'git'],
  ['git', 'http'],
]

describe.each(PAIRS)('on Windows, from %s to %s', (from, to) => {
  const [source, destination] = [`${from}-source.git`, `to-${to}.git`]
  const run = (): Promise<ActionResult> =>
    runAction({
      machine: WINDOWS,
      env: servers.env,
      inputs: {
        ...servers.inputs,
        source: servers.url(from, source),
        destination: servers.url(to, destination),
      },
    })

  it('brings everything, then nothing, then what has changed', async () => {
    await makeFilledRepository({ parent: servers.root, name: source })
    await makeBareRepository({ parent: servers.root, name: destination })
    const first = await run()
    expect(first, first.log).toMatchObject({ exitCode: 0, errors: [] })
    expect(first.outputs['changed']).toBe('true')
    await expectMirrored(source, destination)

    const second = await run()
    expect(second, second.log).toMatchObject({ exitCode: 0, errors: [] })
    expect(second.outputs).toMatchObject({ changed: 'false', 'pack-bytes': '0' })

    await git(at(source), 'update-ref', 'refs/heads/main', 'refs/heads/side')
    await addCommits(at(source), 2)
    await git(at(source), 'update-ref', '-d', 'refs/heads/zwölf/größe')
    await git(at(source), 'update-ref', 'refs/tags/light', 'main')
    const third = await run()
    expect(third, third.log).toMatchObject({ exitCode: 0, errors: [] })
    expect(third.outputs).toMatchObject({ created: '0', updated: '2', deleted: '1' })
    await expectMirrored(source, destination)
  })
})

describe('on Windows, a command line', () => {
  it('takes key and known_hosts by paths on drive C', async () => {
    await makeBareRepository({ parent: servers.root, name: 'by-path.git' })
    await makeBareRepository({ parent: servers.root, name: 'by-path-source.git' })
    await addCommits(at('by-path-source.git'), 3)
    const options = [
      `--source-ssh-key-file=${servers.path('key')}`,
      '--destination-ssh-key-file',
      servers.path('key').replaceAll('\\', '/'),
      `--ssh-known-hosts-file=${servers.path('known_hosts')}`,
    ]
    const [source, destination] = ['by-path-source.git', 'by-path.git']
    const args = [servers.url('ssh', source), servers.url('ssh', destination), '--json', ...options]
    expect(servers.path('key')).toMatch(/^C:\\tests\\run /)
    const result = await runCli(args, { machine: WINDOWS })
    expect(result, result.stderr).toMatchObject({ exitCode: 0 })
    expect(JSON.parse(result.stdout)).toMatchObject({ ok: true })
    await expectMirrored(source, destination)
  })

  it('says which option names a key that is not there', async () => {
    const args = ['ssh://git@127.0.0.1/a.git', 'ssh://git@127.0.0.1/b.git', '--source-ssh-key-file']
    const result = await runCli([...args, 'C:\\keys\\none'], { machine: WINDOWS })
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toMatch(/^error: --source-ssh-key-file: .*ENOENT.*\n$/)
  })

  it('refuses a host whose key is another one', async () => {
    await makeBareRepository({ parent: servers.root, name: 'never.git' })
    const wrong = servers.sshd.knownHosts.replace(/AAAA\S+/, servers.sshd.clientKey.publicKey.split(' ')[1]!)
    const result = await runAction({
      machine: WINDOWS,
      inputs: {
        ...servers.inputs,
        source: servers.url('http', 'never.git'),
        destination: servers.url('ssh', 'other.git'),
        'ssh-known-hosts': wrong,
      },
    })
    expect(result.exitCode).toBe(1)
    expect(result.errors.join('\n')).toMatch(/host key/i)
  })
})

it('on Windows, a pack that is collected on disk leaves no file behind', async () => {
  const [source, destination] = ['large-source.git', 'large.git']
  // Noise does not get smaller, however long git tries.
  const config = { 'core.compression': '0' }
  await makeBareRepository({ parent: servers.root, name: source, config })
  await makeBareRepository({ parent: servers.root, name: destination, config })
  const stream = new FastImport()
  stream.commit({ ref: 'refs/heads/main', files: { large: randomBytes(36_000_000) } })
  await stream.run(at(source))
  await mkdir(join(servers.drive, 'temp'))
  const result = await runAction({
    machine: WINDOWS,
    env: { RUNNER_TEMP: servers.path('temp') },
    inputs: {
      ...servers.inputs,
      source: servers.url('http', source),
      destination: servers.url('http', destination),
      transfer: 'spool',
    },
  })
  expect(result, result.log).toMatchObject({ exitCode: 0, errors: [] })
  expect(Number(result.outputs['pack-bytes'])).toBeGreaterThan(36_000_000)
  expect(result.log).toContain('temporary file')
  expect(await readdir(join(servers.drive, 'temp'))).toEqual([])
  await expectMirrored(source, destination)
}, 300_000)
