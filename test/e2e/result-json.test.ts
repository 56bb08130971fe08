import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { startRawServer } from '../support/raw-server.ts'
import { expectSchema } from '../support/result-schema.ts'
import { runCli } from '../support/runner.ts'

interface Result {
  readonly ok: boolean
  readonly error: { readonly code: string } | null
  readonly destinations: readonly {
    readonly status: string
    readonly changed: readonly object[]
    readonly rejected: readonly object[]
    readonly error: { readonly code: string } | null
  }[]
}

let pair: Pair

beforeAll(async () => {
  pair = await makePair()
})
afterAll(() => pair?.[Symbol.asyncDispose]())

/** Runs a command with --json, and checks the whole of stdout. */
async function run(args: readonly string[], exitCode: number): Promise<Result> {
  const finished = await runCli([...args, '--json', '--retries=0'])
  expect(finished.exitCode, finished.stderr).toBe(exitCode)
  const value: unknown = JSON.parse(finished.stdout)
  expectSchema(value)
  return value as Result
}

async function makeDestination(name: string, hook?: string): Promise<string> {
  const { path } = await makeBareRepository({ parent: pair.folder, name })
  if (hook !== undefined) {
    await writeFile(join(path, 'hooks', 'update'), `#!/bin/sh\n${hook}\n`)
    await chmod(join(path, 'hooks', 'update'), 0o755)
  }
  return path
}

it('is what its schema says when refs moved, and when none had to', async () => {
  const destination = await makeDestination('moved.git')
  const dry = await run([pair.source, destination, '--dry-run'], 0)
  expect(dry.destinations[0]).toMatchObject({ status: 'planned' })
  const first = await run([pair.source, destination], 0)
  expect(first.destinations[0]?.changed.length).toBeGreaterThan(0)
  const second = await run([pair.source, destination], 0)
  expect(second).toMatchObject({
    ok: true,
    error: null,
    destinations: [{ status: 'unchanged', changed: [] }],
  })
})

it('is when a hook refuses a ref', async () => {
  const destination = await makeDestination('refusing.git', 'echo "go away: é\u202e" >&2; exit 1')
  const { ok, destinations } = await run([pair.source, destination], 1)
  expect(ok).toBe(false)
  expect(destinations[0]?.status).toBe('rejected')
  expect(destinations[0]?.rejected.length).toBeGreaterThan(0)
})

it('is when one of two destinations fails', async () => {
  const good = await makeDestination('good.git')
  const { destinations } = await run([pair.source, join(pair.folder, 'nowhere.git'), good], 1)
  expect(destinations.map(({ status }) => status)).toEqual(['failed', 'mirrored'])
  expect(destinations[0]?.error?.code).toMatch(/^(not-found|local)$/)
})

it('is when the source cannot be read', async () => {
  await using server = await startRawServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'))
  const destination = await makeDestination('lonely.git')
  const result = await run([`http://127.0.0.1:${server.port}/x.git`, destination], 1)
  expect(result.ok).toBe(false)
  expect(result.destinations[0]?.status).toBe('failed')
})

it('is when a guard stops the run', async () => {
  const destination = await makeDestination('guarded.git')
  await git(pair.source, 'push', '-q', destination, 'main:refs/heads/a', 'main:refs/heads/b')
  const { destinations } = await run([pair.source, destination, '--max-deletions', '1'], 1)
  expect(destinations[0]).toMatchObject({ status: 'failed', error: { code: 'guard' } })
})

it('is not there when the arguments are wrong, which the status tells', async () => {
  const finished = await runCli([pair.source, '--json'])
  expect(finished.exitCode).toBe(2)
  expect(finished.stdout).toBe('')
})
