import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spoilPlace } from '../support/fault-proxy.ts'
import { type FaultPair, makeFaultPair, refsOf } from '../support/fault-repositories.ts'
import { git } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { pairInputs, type Place, startPlace } from '../support/places.ts'
import { waitFor } from '../support/processes.ts'
import { startRawServer } from '../support/raw-server.ts'
import { makeKey } from '../support/sshd-keys.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

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
      const result = await run({ ...ends, 'idle-timeout': '2' })
      expect(place.proxy.struck()).toBe(true)
      expect(result.exitCode, result.log).toBe(1)
      expect(result.errors.join(), result.log).toContain(`${place.url(pair.source)} was silent for 2 seconds`)
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
      // Over ssh it is the keepalive that stays unanswered.
      expect(result.errors.join(), result.log).toMatch(
        /was silent for 2 seconds|did not answer within 2 seconds/,
      )
      expect(await refsOf(pair.destination)).toEqual(pair.before)
    },
  )
})
