import { existsSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spoilPlace } from '../support/fault-proxy.ts'
import { type FaultPair, makeFaultPair, refsOf } from '../support/fault-repositories.ts'
import { git } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { pairInputs, type Place, startPlace } from '../support/places.ts'
import { freezeProcess, waitFor } from '../support/processes.ts'
import { startRawServer } from '../support/raw-server.ts'
import { makeKey } from '../support/sshd-keys.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const CHUNKED =
  'HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nTransfer-Encoding: chunked\r\n\r\n'
/** The beginning of an answer with one packet that says it has 60,000 bytes. */
const LONG_PACKET = `${CHUNKED.replace('Transfer-Encoding: chunked', 'Content-Length: 70000')}ea60version 2`

let folder: TempFolder
let pair: FaultPair

beforeAll(async () => {
  folder = await makeTempFolder()
  pair = await makeFaultPair(folder.path)
})
afterAll(() => folder?.[Symbol.asyncDispose]())

const files = (): Record<string, string> => ({
  source: pair.source,
  destination: pair.destination,
  'source-token': '',
  'max-deletions': 'unlimited',
})

async function run(inputs: Readonly<Record<string, string>>, limit = 40_000): Promise<ActionResult> {
  return await runAction({ inputs: { ...files(), retries: '0', ...inputs }, limit })
}

/** A hook of the destination, which is made anew. */
async function setHook(script: string, config: Readonly<Record<string, string>> = {}): Promise<void> {
  await pair.restore()
  for (const [key, value] of Object.entries(config)) await git(pair.destination, 'config', key, value)
  const path = join(pair.destination, 'hooks', 'pre-receive')
  await mkdir(join(pair.destination, 'hooks'), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
}

async function expectMirrored(result: ActionResult): Promise<void> {
  expect(result.exitCode, result.log).toBe(0)
  expect(await refsOf(pair.destination)).toEqual(pair.after)
}

const httpPlace = async (env: NodeJS.ProcessEnv = {}): Promise<Place> => {
  const backend = await startHttpBackend({ root: pair.folder, env })
  return {
    url: (path) => `${backend.url}${path.slice(pair.folder.length)}`,
    inputs: () => ({}),
    knownHosts: '',
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  }
}

describe('a server that never speaks', () => {
  it.each(['http', 'https', 'ssh', 'git'])('is given up over %s, and named', async (scheme) => {
    await using server = await startRawServer((socket) => void socket.resume())
    await using keys = await makeTempFolder()
    const { privateKey, publicKey } = await makeKey(keys.path, 'key')
    const ssh = { 'source-ssh-key': privateKey, 'ssh-known-hosts': `[127.0.0.1]:${server.port} ${publicKey}` }
    const source = `${scheme}://${scheme === 'ssh' ? 'git@' : ''}127.0.0.1:${server.port}/x.git`
    const result = await run({ source, 'idle-timeout': '2', ...(scheme === 'ssh' ? ssh : {}) })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join(), result.log).toMatch(/silent for 2 seconds/)
    expect(result.errors.join(), result.log).toContain(source)
    await waitFor('a socket is left', () =>
      server.sockets.every((socket) => socket.destroyed || socket.readableEnded),
    )
    expect(await refsOf(pair.destination)).toEqual(pair.before)
  })
})

describe('the idle limit', () => {
  it.each(['http', 'ssh'] as const)(
    'ends a source that stops in the middle of the pack, over %s',
    async (transport) => {
      await pair.restore()
      await using place = await spoilPlace(
        transport === 'ssh' ? await startPlace('ssh', pair.folder) : await httpPlace(),
      )
      place.proxy.arm({ kind: 'stall', from: 'server', after: 100_000 })
      const ends = pairInputs(
        { place, path: pair.source },
        { place: await startPlace('file', ''), path: pair.destination },
      )
      // A pack that was asked for while pointers are looked for may be given up, and asked for anew.
      const result = await run({ ...ends, 'idle-timeout': '2', lfs: 'false' })
      expect(place.proxy.struck()).toBe(true)
      expect(result.exitCode, result.log).toBe(1)
      // Over ssh it may be the keepalive that stays unanswered.
      expect(result.errors.join(), result.log).toMatch(
        /was silent for 2 seconds|did not answer within 2 seconds/,
      )
      expect(await refsOf(pair.destination)).toEqual(pair.before)
    },
  )

  it.each(['http', 'ssh'] as const)(
    'ends a destination that stops taking the pack, over %s',
    async (transport) => {
      await pair.restore()
      await using place = await spoilPlace(
        transport === 'ssh' ? await startPlace('ssh', pair.folder) : await httpPlace(),
      )
      place.proxy.arm({ kind: 'stall', from: 'client', after: 100_000 })
      const ends = pairInputs(
        { place: await startPlace('file', ''), path: pair.source },
        { place, path: pair.destination },
      )
      const result = await run({ ...ends, 'idle-timeout': '2' })
      expect(place.proxy.struck()).toBe(true)
      expect(result.exitCode, result.log).toBe(1)
      expect(result.errors.join(), result.log).toMatch(
        /was silent for 2 seconds|did not answer within 2 seconds/,
      )
      expect(await refsOf(pair.destination)).toEqual(pair.before)
    },
  )

  it.each(['file', 'http'] as const)('[B13] counts keepalives of a slow hook, over %s', async (transport) => {
    await setHook('sleep 5', { 'receive.keepAlive': '1' })
    await using place = transport === 'file' ? await startPlace('file', '') : await httpPlace()
    const destination = place.url(pair.destination)
    await expectMirrored(await run({ destination, 'idle-timeout': '3' }))
  })

  it('ends a hook that works in silence where nothing shows that the server lives', async () => {
    await setHook('sleep 6', { 'receive.keepAlive': '0' })
    await using place = await httpPlace()
    const result = await run({ destination: place.url(pair.destination), 'idle-timeout': '3' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join(), result.log).toContain('was silent for 3 seconds')
  })

  it('counts keepalives of a source that is slow to pack', async () => {
    await pair.restore()
    const script = join(pair.folder, 'slow-pack')
    await writeFile(script, '#!/bin/sh\nsleep 5\nexec "$@"\n')
    await chmod(script, 0o755)
    await using place = await httpPlace({
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'uploadpack.packObjectsHook',
      GIT_CONFIG_VALUE_0: script,
      GIT_CONFIG_KEY_1: 'uploadpack.keepAlive',
      GIT_CONFIG_VALUE_1: '1',
    })
    const started = performance.now()
    await expectMirrored(await run({ source: place.url(pair.source), 'idle-timeout': '3' }))
    expect(performance.now() - started).toBeGreaterThan(4_990)
  })

  it('ends a hook that works in silence over ssh, too, though its server answers keepalives', async () => {
    await setHook('sleep 30', { 'receive.keepAlive': '0' })
    await using place = await startPlace('ssh', pair.folder)
    const ends = pairInputs(
      { place: await startPlace('file', ''), path: pair.source },
      { place, path: pair.destination },
    )
    const result = await run({ ...ends, 'idle-timeout': '3' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join(), result.log).toContain(
      `${place.url(pair.destination)} was silent for 3 seconds`,
    )
  })

  it('[B13] counts keepalives of a slow hook over ssh', async () => {
    await setHook('sleep 5', { 'receive.keepAlive': '1' })
    await using place = await startPlace('ssh', pair.folder)
    const ends = pairInputs(
      { place: await startPlace('file', ''), path: pair.source },
      { place, path: pair.destination },
    )
    await expectMirrored(await run({ ...ends, 'idle-timeout': '3' }))
  })

  it('ends a program behind ssh that says nothing, and names the side', async () => {
    await using sshd = await startSshd({ forceCommand: 'sleep 100' })
    const result = await run({
      source: sshd.url('/x'),
      'source-ssh-key': sshd.clientKey.privateKey,
      'ssh-known-hosts': sshd.knownHosts,
      'idle-timeout': '2',
    })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join(), result.log).toMatch(/failed at the source: .* was silent for 2 seconds/i)
  })

  it('cuts an ssh server that hangs', async () => {
    const started = join(pair.folder, 'hook-started')
    await setHook(`touch '${started}'; exec sleep 60`, { 'receive.keepAlive': '0' })
    await using sshd = await startSshd()
    const running = run({
      destination: sshd.url(pair.destination),
      'destination-ssh-key': sshd.clientKey.privateKey,
      'ssh-known-hosts': sshd.knownHosts,
      'idle-timeout': '4',
    })
    await waitFor('the hook', () => existsSync(started))
    for (const pid of await sshd.pids()) freezeProcess(pid)
    const result = await running
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join(), result.log).toMatch(
      /was silent for 4 seconds|did not answer within 4 seconds/,
    )
  })
})

describe('a server that shows that it lives and no more', () => {
  const NO_PROGRESS = /showed no progress for 8 seconds, only that it is alive/

  it.each([
    ['interim answers', (socket: Socket) => socket.write('HTTP/1.1 102 Processing\r\n\r\n')],
    [
      'single bytes inside a packet',
      (socket: Socket, count: number) => socket.write(count === 0 ? LONG_PACKET : 'x'),
    ],
  ])('is given up: %s', async (_, act) => {
    await using server = await startRawServer((socket) => {
      socket.resume()
      let count = 0
      const timer = setInterval(() => act(socket, count++), 400)
      socket.once('close', () => clearInterval(timer))
    })
    const result = await run({ source: `http://127.0.0.1:${server.port}/x.git`, 'idle-timeout': '1' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join(), result.log).toMatch(NO_PROGRESS)
    expect(result.errors.join(), result.log).toContain(`127.0.0.1:${server.port}`)
  })

  it('is given up: the keepalives of a hook without an end', async () => {
    await setHook('sleep 40', { 'receive.keepAlive': '1' })
    const result = await run({ 'idle-timeout': '2', retries: '0' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join(), result.log).toContain('showed no progress for 16 seconds')
  })
})

describe('what is tried again', () => {
  it.each([
    ['86400', 429],
    [new Date(Date.now() + 7_200_000).toUTCString(), 503],
  ])('is nothing that the server wants to be asked much later: %s', async (text, status) => {
    await pair.restore()
    await using backend = await startHttpBackend({
      root: pair.folder,
      answer: () => ({ status, headers: { 'retry-after': text }, body: 'busy' }),
    })
    const started = performance.now()
    const result = await run({ source: `${backend.url}/source.git`, retries: '5' })
    expect(result.exitCode, result.log).toBe(1)
    expect(backend.requests).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(result.errors.join(), result.log).toMatch(
      /asks to wait \d+ seconds.*start again after \d{4}-\d\d-\d\dT/,
    )
  })

  it('waits as long as Retry-After says, and says so', async () => {
    await pair.restore()
    const times: number[] = []
    await using backend = await startHttpBackend({
      root: pair.folder,
      answer: () => {
        times.push(performance.now())
        return times.length === 1 ? { status: 503, headers: { 'retry-after': '3' }, body: 'busy' } : undefined
      },
    })
    const result = await run({ source: `${backend.url}/source.git`, retries: '1' })
    await expectMirrored(result)
    // A timer may be a millisecond early.
    expect(times[1]! - times[0]!).toBeGreaterThan(2_990)
    expect(result.log).toMatch(/listing the source again in 3\.0 s: .*503/)
  })

  it('is a listing that was never answered, on a connection that lives', async () => {
    await pair.restore()
    let posts = 0
    await using backend = await startHttpBackend({
      root: pair.folder,
      answer: ({ method }) =>
        method === 'POST' && ++posts === 1 ? { status: 200, silent: true } : undefined,
    })
    const result = await run({ source: `${backend.url}/source.git`, retries: '1', 'idle-timeout': '2' })
    await expectMirrored(result)
    expect(result.log).toMatch(/listing the source again in .*: .* was silent for 2 seconds/)
  })

  it.each(['source', 'destination'] as const)('is not a wrong password: once at the %s', async (side) => {
    await pair.restore()
    await using backend = await startHttpBackend({
      root: pair.folder,
      auth: { username: 'x-access-token', password: 'right' },
    })
    const result = await run({
      [side]: `${backend.url}${pair[side].slice(pair.folder.length)}`,
      [`${side}-token`]: 'wrong',
      retries: '3',
    })
    expect(result.exitCode, result.log).toBe(1)
    expect(backend.requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1)
    expect(result.log).not.toContain('again in')
    expect(await refsOf(pair.destination)).toEqual(pair.before)
  })
})
