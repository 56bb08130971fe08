import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBreaker } from '../support/fault-breaker.ts'
import { type FaultPair, makeFaultPair, refsOf } from '../support/fault-repositories.ts'
import { fsck, git, GIT_ENV } from '../support/git.ts'
import { declineRefs } from '../support/hosts/hooks.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { pairInputs, startPlace, TRANSPORTS } from '../support/places.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

let folder: TempFolder
let pair: FaultPair
/** A commit that the destination has and the source lacks. */
let foreign: string

beforeAll(async () => {
  folder = await makeTempFolder()
  pair = await makeFaultPair(folder.path)
})
afterAll(() => folder?.[Symbol.asyncDispose]())
beforeEach(async () => {
  await pair.restore()
  const { destination } = pair
  await git(destination, 'config', 'core.logAllRefUpdates', 'always')
  const tree = await git(destination, 'rev-parse', 'refs/heads/main^{tree}')
  foreign = await git(destination, 'commit-tree', tree, '-p', 'refs/heads/main', '-m', 'Somebody else')
})

async function run(inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> {
  const { source, destination } = pair
  const all = { source, destination, 'source-token': '', 'max-deletions': 'unlimited', ...inputs }
  return await runAction({ inputs: all, limit: 60_000 })
}

/** What another writer does while the first `times` pushes are under way: `script` runs outside of the quarantine. */
async function interfere(script: string, times = 1, hook = 'pre-receive'): Promise<void> {
  const path = join(pair.destination, 'hooks', hook)
  await mkdir(join(pair.destination, 'hooks'), { recursive: true })
  const lines = [
    '#!/bin/sh',
    'export GIT_AUTHOR_NAME=o GIT_AUTHOR_EMAIL=o@example.com GIT_COMMITTER_NAME=o GIT_COMMITTER_EMAIL=o@example.com',
    'unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES',
    'echo x >> rounds',
    `[ "$(wc -l < rounds)" -gt ${times} ] && exit 0`,
    script,
    'exit 0',
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  await chmod(path, 0o755)
}

async function rounds(): Promise<number> {
  return (await readFile(join(pair.destination, 'rounds'), 'utf8')).split('\n').length - 1
}

/** Moves of a ref, oldest first, as `old new`; a name that was made anew has its new log alone. */
async function moves(ref: string, path = pair.destination): Promise<readonly string[]> {
  const log = await readFile(join(path, 'logs', ref), 'utf8').catch(() => '')
  if (log === '') return []
  return log
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ', 2).join(' '))
}

async function expectMirrored(result: ActionResult): Promise<void> {
  expect(result.exitCode, result.log).toBe(0)
  expect(await refsOf(pair.destination), result.log).toEqual(pair.after)
  await fsck(pair.destination)
}

describe('another writer at the destination, between listing and push', () => {
  it.each(TRANSPORTS)('[G8] moves a ref: it is listed and planned again, over %s', async (transport) => {
    await interfere(`git update-ref refs/heads/main ${foreign}`)
    await using place = await startPlace(transport, pair.folder)
    const file = await startPlace('file', pair.folder)
    const result = await run(
      pairInputs({ place: file, path: pair.source }, { place, path: pair.destination }),
    )
    await expectMirrored(result)
    const { before, after } = pair
    const main = 'refs/heads/main'
    // Never from what was listed to the new value, over what was not seen.
    expect(await moves(main)).toEqual([`${before[main]} ${foreign}`, `${foreign} ${after[main]}`])
    expect(result.log).toMatch(/refs\/heads\/main moved while it was pushed/)
    expect(await rounds()).toBe(2)
  })

  it('keeps what it had not seen when force is false', async () => {
    await interfere(`git update-ref refs/heads/main ${foreign}`)
    const result = await run({ force: 'false' })
    expect(result.exitCode, result.log).toBe(1)
    expect((await refsOf(pair.destination))['refs/heads/main']).toBe(foreign)
    const rejected = JSON.parse(result.outputs['rejected-refs']!) as { ref: string; reason: string }[]
    const main = rejected.find(({ ref }) => ref === 'refs/heads/main')
    expect(main?.reason, result.log).toContain('diverged')
    await fsck(pair.destination)
  })

  it('creates the ref that is to be created', async () => {
    await interfere(`git update-ref refs/heads/new ${foreign}`)
    await expectMirrored(await run())
    expect(await moves('refs/heads/new')).toEqual([
      `${'0'.repeat(40)} ${foreign}`,
      `${foreign} ${pair.after['refs/heads/new']}`,
    ])
  })

  it('deletes the ref that is to be updated', async () => {
    await interfere('git update-ref -d refs/heads/main')
    await expectMirrored(await run())
    expect(await moves('refs/heads/main')).toEqual([`${'0'.repeat(40)} ${pair.after['refs/heads/main']}`])
  })

  it('deletes the ref that is to be deleted', async () => {
    await interfere('git update-ref -d refs/heads/old')
    await expectMirrored(await run())
  })

  it('moves the ref that is to be deleted', async () => {
    await interfere(`git update-ref refs/heads/old ${foreign}`)
    const result = await run()
    await expectMirrored(result)
    expect(result.log).toMatch(/refs\/heads\/old moved while it was pushed/)
  })

  it('puts a ref where the source wants it: nothing is left to do', async () => {
    await interfere('git update-ref refs/heads/forced $(git rev-parse refs/heads/same)')
    await expectMirrored(await run())
  })

  it('never stops moving a ref: the others are mirrored, and the rounds are bounded', async () => {
    await interfere(
      'git update-ref refs/heads/main $(git commit-tree refs/heads/main^{tree} -p refs/heads/main -m again)',
      1000,
    )
    const result = await run()
    expect(result.exitCode, result.log).toBe(1)
    const now = await refsOf(pair.destination)
    const { 'refs/heads/main': mine, ...others } = now
    const { 'refs/heads/main': wanted, ...rest } = pair.after
    expect(others).toEqual(rest)
    expect(mine).not.toBe(wanted)
    expect(result.outputs['rejected'], result.log).toBe('1')
    expect(await rounds()).toBeLessThan(10)
    await fsck(pair.destination)
  })

  it('holds a lock for a moment', async () => {
    await writeFile(join(pair.destination, 'refs/heads/main.lock'), '')
    await interfere('rm -f refs/heads/main.lock', 1, 'post-receive')
    const result = await run()
    await expectMirrored(result)
    expect(await rounds()).toBe(2)
  })

  it('holds a lock for good: the others are mirrored, and the reason is told', async () => {
    await writeFile(join(pair.destination, 'refs/heads/main.lock'), '')
    const result = await run()
    expect(result.exitCode, result.log).toBe(1)
    const now = await refsOf(pair.destination)
    expect(now).toEqual({ ...pair.after, 'refs/heads/main': pair.before['refs/heads/main'] })
    const rejected = JSON.parse(result.outputs['rejected-refs']!) as { ref: string; reason: string }[]
    expect(rejected.map(({ ref }) => ref)).toEqual(['refs/heads/main'])
    expect(result.outputs['updated'], result.log).toBe('2')
  })
})

describe('another writer during an atomic push', () => {
  it('moves a ref: all of the push are tried again, together', async () => {
    await interfere(`git update-ref refs/heads/main ${foreign}`)
    const result = await run({ atomic: 'true' })
    await expectMirrored(result)
    expect(await rounds()).toBe(2)
    expect(result.outputs['rejected'], result.log).toBe('0')
  })

  it('moves a ref while a hook refuses another one: none moves', async () => {
    await interfere(`git update-ref refs/heads/main ${foreign}`)
    await declineRefs(pair.destination, { 'refs/heads/new': ['no new branches here'] })
    const result = await run({ atomic: 'true' })
    expect(result.exitCode, result.log).toBe(1)
    expect(await refsOf(pair.destination), result.log).toEqual({ ...pair.before, 'refs/heads/main': foreign })
    expect(result.outputs['changed'], result.log).toBe('false')
    const rejected = JSON.parse(result.outputs['rejected-refs']!) as { ref: string; reason: string }[]
    const main = rejected.find(({ ref }) => ref === 'refs/heads/main')
    expect(main?.reason).toBe('atomic wants all refs or none, and refs/heads/new was refused')
    expect(rejected).toHaveLength(6)
  })

  it('never stops moving a ref: none moves', async () => {
    await interfere(
      'git update-ref refs/heads/main $(git commit-tree refs/heads/main^{tree} -p refs/heads/main -m again)',
      1000,
    )
    const result = await run({ atomic: 'true' })
    expect(result.exitCode, result.log).toBe(1)
    const { 'refs/heads/main': mine, ...others } = await refsOf(pair.destination)
    const { 'refs/heads/main': before, ...rest } = pair.before
    expect(others, result.log).toEqual(rest)
    expect([before, pair.after['refs/heads/main']]).not.toContain(mine)
    expect(await rounds()).toBeLessThan(10)
  })
})

describe('a push that was given up', () => {
  it('is reported when the server finishes it after the listing that followed', async () => {
    await git(pair.destination, 'config', 'receive.keepAlive', '0')
    await interfere('sleep 2.4')
    await using backend = await startHttpBackend({ root: pair.folder })
    const destination = `${backend.url}/destination.git`
    const result = await run({ destination, 'idle-timeout': '2', retries: '1' })
    await expectMirrored(result)
    const reported = JSON.parse(result.outputs['updated-refs']!) as { ref: string }[]
    expect(reported, result.log).toHaveLength(6)
  })
})

describe('a connection that is cut in the middle of a push', () => {
  it.each(['http', 'ssh'] as const)(
    '[G17] does not make symbolic refs forgotten in the round after it, over %s',
    async (transport) => {
      await using breaker = await startBreaker(transport)
      const { destination } = breaker.pair
      await git(destination, 'config', 'core.logAllRefUpdates', 'always')
      await git(destination, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/same')
      const half = {
        role: 'destination',
        kind: 'cut',
        from: 'client',
        part: 'anywhere',
        position: 0.5,
      } as const
      await breaker.arm(half)
      const result = await breaker.run({ retries: '2', 'max-deletions': 'unlimited' })
      expect(await breaker.struck()).toBe(true)
      expect(await git(destination, 'symbolic-ref', 'refs/heads/alias'), result.log).toBe('refs/heads/same')
      expect(await moves('refs/heads/same', destination), result.log).toEqual([])
      const { 'refs/heads/alias': alias, ...rest } = await refsOf(destination)
      expect(alias).toBe(breaker.pair.after['refs/heads/same'])
      expect(rest, result.log).toEqual(breaker.pair.after)
      expect(result.warnings.join(), result.log).not.toContain('which of its refs are symbolic')
    },
  )
})

describe('a destination that does not answer once', () => {
  it('[G17] is asked again for its symbolic refs, and none of them is written through', async () => {
    let asked = 0
    await using backend = await startHttpBackend({
      root: pair.folder,
      answer: ({ path }) =>
        path.endsWith('service=git-upload-pack') && ++asked === 1 ? { status: 503, body: 'busy' } : undefined,
    })
    await git(pair.destination, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/same')
    const result = await run({ destination: `${backend.url}/destination.git`, retries: '2' })
    expect(await git(pair.destination, 'symbolic-ref', 'refs/heads/alias'), result.log).toBe(
      'refs/heads/same',
    )
    expect(await moves('refs/heads/same'), result.log).toEqual([])
    const { 'refs/heads/alias': alias, ...rest } = await refsOf(pair.destination)
    expect(alias).toBe(pair.after['refs/heads/same'])
    expect(rest, result.log).toEqual(pair.after)
  })
})

describe('a source that moves between listing and fetch', () => {
  it.each([
    ['version 2', false],
    ['version 0', true],
  ] as const)('rewinds a branch and forgets what it was, in %s', async (_, old) => {
    await using own = await makeTempFolder()
    const theirs = await makeFaultPair(own.path)
    let posts = 0
    const forget = (): void => {
      const inSource = (...args: readonly string[]): void =>
        void execFileSync('git', args, { cwd: theirs.source, env: GIT_ENV, stdio: 'ignore' })
      inSource('update-ref', 'refs/heads/main', 'refs/heads/main~2')
      inSource('update-ref', '-d', 'refs/tags/v1')
      inSource('repack', '-adq')
      inSource('prune', '--expire=now')
    }
    await using backend = await startHttpBackend({
      root: own.path,
      dropGitProtocol: old,
      answer: ({ method }) => {
        // Version 2 lists by a POST of its own.
        if (method === 'POST' && ++posts === (old ? 1 : 2)) forget()
        return undefined
      },
    })
    const result = await run({
      source: `${backend.url}/source.git`,
      destination: theirs.destination,
      retries: '2',
    })
    expect(result.exitCode, result.log).toBe(0)
    expect(await refsOf(theirs.destination), result.log).toEqual(await refsOf(theirs.source))
    expect(await refsOf(theirs.source)).not.toHaveProperty('refs/tags/v1')
    await fsck(theirs.destination)
  })
})

describe('a source of several servers, one of which lags behind', () => {
  it('is asked again after a moment for what it lists and does not have yet', async () => {
    const main = pair.after['refs/heads/main']!
    const words = `ERR upload-pack: not our ref ${main}`
    const body = `${(words.length + 4).toString(16).padStart(4, '0')}${words}`
    const headers = { 'content-type': 'application/x-git-upload-pack-result' }
    const inScope = 'refs/heads/main'
    let isListed = false
    let refusals = 0
    await using backend = await startHttpBackend({
      root: pair.folder,
      answer: ({ method, headers: { 'content-length': length } }) => {
        if (method !== 'POST') return undefined
        // A question for refs is short; what follows it asks for the pack.
        const isListing = Number(length) < 200
        const isRefused = isListed && !isListing && refusals < 2
        isListed = isListing
        if (!isRefused) return undefined
        refusals++
        return { status: 200, headers, body }
      },
    })
    const result = await run({ source: `${backend.url}/source.git`, refs: inScope, retries: '1' })
    expect(result.exitCode, result.log).toBe(0)
    expect(refusals, result.log).toBe(2)
    expect((await refsOf(pair.destination))[inScope], result.log).toBe(main)
  })
})

describe('two runs at once on the same pair', () => {
  it.each(TRANSPORTS)('end with a correct mirror and a success, over %s', async (transport) => {
    await using from = await startPlace(transport, pair.folder)
    await using to = await startPlace(transport, pair.folder)
    const inputs = pairInputs({ place: from, path: pair.source }, { place: to, path: pair.destination })
    for (let round = 0; round < 3; round++) {
      await pair.restore()
      const results = await Promise.all([run(inputs), run(inputs)])
      const logs = results.map(({ log }) => log).join('\n')
      expect(
        results.some(({ exitCode }) => exitCode === 0),
        logs,
      ).toBe(true)
      expect(await refsOf(pair.destination), logs).toEqual(pair.after)
      await fsck(pair.destination)
    }
  })
})
