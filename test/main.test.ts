import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { describe, expect, it } from 'vitest'
import { forEachRef, makeBareRepository } from './support/git.ts'
import { addCommits, makeFilledRepository } from './support/repositories.ts'
import { makeActionFiles, startMain } from './support/start-main.ts'
import { makeTempFolder } from './support/temp.ts'

const SCOPE = ['refs/heads', 'refs/tags']

interface SilentServer extends AsyncDisposable {
  readonly address: string
  readonly greeted: Promise<unknown>
}

/** Takes connections and says nothing. */
async function startSilentServer(): Promise<SilentServer> {
  const server: Server = createServer((socket) => socket.on('error', () => undefined))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const sockets = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket) => sockets.add(socket))
  return {
    address: `git://127.0.0.1:${address.port}/x.git`,
    greeted: once(server, 'connection'),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('as a command', () => {
  it('prints help and version', async () => {
    const [help, version] = await Promise.all([startMain(['--help']).result, startMain(['--version']).result])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toContain('Usage:')
    expect(version).toMatchObject({ code: 0, stderr: '' })
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('ends with 2 and one line for wrong use', async () => {
    for (const args of [[], ['only-a-source'], ['/a', '/b', '--nope'], ['/a', '/b', '--retries=x']]) {
      const { code, stdout, stderr } = await startMain(args).result
      expect(code).toBe(2)
      expect(stdout).toBe('')
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(/^error: /)
    }
  })

  it('mirrors, and prints the result as JSON alone on stdout', async () => {
    await using source = await makeFilledRepository()
    await using destination = await makeBareRepository()
    const { code, stdout, stderr } = await startMain([source.path, destination.path, '--json']).result
    expect(stderr).toContain('created')
    expect(code).toBe(0)
    const result = JSON.parse(stdout)
    const refs = await forEachRef(source.path, ...SCOPE)
    expect(result).toMatchObject({ ok: true, dryRun: false, error: null })
    expect(result.destinations[0].changed).toHaveLength(refs.size)
    expect(await forEachRef(destination.path, ...SCOPE)).toEqual(refs)
  })

  it('ends with 1 and without a stack trace when there is no such repository', async () => {
    await using folder = await makeTempFolder()
    const { code, stdout, stderr } = await startMain([`${folder.path}/none`, `${folder.path}/neither`]).result
    expect(code).toBe(1)
    expect(stdout + stderr).not.toMatch(/^\s+at /m)
    expect(stdout).toContain('Failed')
  })

  it('reads keys and tokens from files, and names the option of one that it cannot read', async () => {
    await using folder = await makeTempFolder()
    const path = `${folder.path}/none`
    const { code, stderr } = await startMain(['/a', '/b', '--source-token-file', path]).result
    expect(code).toBe(2)
    expect(stderr).toContain("--source-token-file: the file can't be read (ENOENT)")
  })

  it('warns of a password in an argument without repeating it', async () => {
    const { code, stdout, stderr } = await startMain([
      'https://me:hunter22@127.0.0.1:1/x',
      '/b',
      '--retries=0',
    ]).result
    expect(code).toBe(1)
    expect(stderr).toContain('warning: a password in an argument')
    expect(stdout + stderr).not.toContain('hunter22')
  })

  it('does its work when nobody reads what it prints', async () => {
    await using source = await makeBareRepository()
    await using destination = await makeBareRepository()
    await addCommits(source.path, 2)
    const { child, result } = startMain([source.path, destination.path])
    child.stdout?.destroy()
    child.stderr?.destroy()
    const { code } = await result
    expect(code).toBe(0)
    expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
  })
})

describe('as the action', () => {
  it('writes outputs and summary of a mirror', async () => {
    await using folder = await makeTempFolder()
    await using source = await makeFilledRepository()
    await using destination = await makeBareRepository()
    const files = await makeActionFiles(folder.path)
    const inputs = { INPUT_SOURCE: source.path, INPUT_DESTINATION: destination.path }
    const { code, stdout } = await startMain([], { ...files.env, ...inputs }).result
    expect(stdout).toContain('::group::')
    expect(code).toBe(0)
    const refs = await forEachRef(source.path, ...SCOPE)
    const outputs = await files.outputs()
    expect(outputs).toMatchObject({
      changed: 'true',
      created: String(refs.size),
      rejected: '0',
      deleted: '0',
    })
    expect(JSON.parse(outputs['updated-refs'] ?? '')).toHaveLength(refs.size)
    expect(await files.summary()).toMatch(/^## ✅ Mirrored/)
    expect(await forEachRef(destination.path, ...SCOPE)).toEqual(refs)
  })

  it('writes outputs and summary when an input is wrong', async () => {
    await using folder = await makeTempFolder()
    const files = await makeActionFiles(folder.path)
    const inputs = { INPUT_SOURCE: '/a', INPUT_DESTINATION: '/b', INPUT_RETRIES: 'many' }
    const { code, stdout } = await startMain([], { ...files.env, ...inputs }).result
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error::Failed: retries: /m)
    expect(await files.outputs()).toMatchObject({ changed: 'false', 'updated-refs': '[]', 'pack-bytes': '0' })
    expect(await files.summary()).toMatch(/^## ❌ .*retries/)
  })

  it('says so in one line when the output file is missing', async () => {
    await using folder = await makeTempFolder()
    const files = await makeActionFiles(folder.path)
    const env = { ...files.env, GITHUB_OUTPUT: `${folder.path}/none`, INPUT_DESTINATION: '' }
    const { code, stdout, stderr } = await startMain([], env).result
    expect(code).toBe(1)
    expect(stdout).toContain('::error::The result could not be written')
    expect(stdout + stderr).not.toMatch(/^\s+at /m)
    expect(await files.summary()).toMatch(/^## ❌ /)
  })

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends after %s with outputs and summary written, whatever hangs',
    async (signal) => {
      await using folder = await makeTempFolder()
      await using destination = await makeBareRepository()
      await using server = await startSilentServer()
      const files = await makeActionFiles(folder.path)
      const inputs = { INPUT_SOURCE: server.address, INPUT_DESTINATION: destination.path }
      await using main = startMain([], { ...files.env, ...inputs })
      await server.greeted
      main.child.kill(signal)
      const { code, stdout } = await main.result
      expect(code).toBe(1)
      expect(stdout).toMatch(/^::error::Cancelled/m)
      expect(await files.outputs()).toMatchObject({ changed: 'false' })
      expect(await files.summary()).toMatch(/^## ❌ Cancelled/)
    },
  )

  it('masks every secret before it prints anything else', async () => {
    await using folder = await makeTempFolder()
    const files = await makeActionFiles(folder.path)
    const { stdout, stderr } = await startMain([], {
      ...files.env,
      INPUT_SOURCE: 'https://me:hunter22@127.0.0.1:1/x',
      INPUT_DESTINATION: 'https://127.0.0.1:1/y',
      'INPUT_DESTINATION-TOKEN': 'open sesame',
      INPUT_RETRIES: '0',
    }).result
    const lines = stdout.split(/\r?\n/)
    const firstOther = lines.findIndex((line) => line !== '' && !line.startsWith('::add-mask::'))
    const rest = lines.slice(firstOther).join('\n') + stderr + (await files.summary())
    expect(lines.slice(0, firstOther).join('\n')).toContain('hunter22')
    expect(lines.slice(0, firstOther).join('\n')).toContain('open sesame')
    expect(rest).not.toMatch(/hunter22|open sesame|add-mask/)
  })
})
