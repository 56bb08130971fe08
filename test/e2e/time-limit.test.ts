import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBareRepository, git } from '../support/git.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { onHeads, type RawServer, startRawServer } from '../support/raw-server.ts'
import { runCli } from '../support/runner.ts'

const LIMIT_SECONDS = 4
/** Milliseconds to end after the limit: as many as after a cancellation, and some for the start of a program. */
const ENDING_MS = 10_000

let pair: Pair

beforeAll(async () => {
  pair = await makePair()
})
afterAll(() => pair?.[Symbol.asyncDispose]())

/** A server that is never silent and never done: a list of refs, one byte now and then. */
async function startTrickle(): Promise<RawServer> {
  return await startRawServer((socket) =>
    onHeads(socket, (head) => {
      const service = /service=(git-[a-z-]+)/.exec(head)?.[1] ?? 'git-upload-pack'
      const refs = Array.from({ length: 1000 }, (_, index) =>
        packet(`${'a'.repeat(40)} refs/heads/b${index}\n`),
      )
      const body = [packet(`# service=${service}\n`), '0000', ...refs].join('')
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/x-${service}-advertisement\r\nconnection: close\r\n\r\n`,
      )
      let sent = 0
      const timer = setInterval(() => socket.write(body.charAt(sent++)), 100)
      socket.once('close', () => clearInterval(timer))
    }),
  )
}

function packet(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`
}

async function timed<Result>(work: Promise<Result>): Promise<{ result: Result; milliseconds: number }> {
  const start = performance.now()
  const result = await work
  return { result, milliseconds: performance.now() - start }
}

describe('time-limit', () => {
  it('ends a run whose source trickles, and says why, everywhere', async () => {
    await using server = await startTrickle()
    const inputs = {
      source: `http://127.0.0.1:${server.port}/x.git`,
      'time-limit': `${LIMIT_SECONDS}s`,
      'idle-timeout': '2',
    }
    const { result, milliseconds } = await timed(pair.runInVain(inputs, { limit: 60_000 }))
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join()).toMatch(/took longer than 4\.0 s\. Give it a larger time-limit/)
    expect(result.summary).toMatch(/❌ .*took longer than 4\.0 s/)
    expect(result.outputs['updated-refs']).toBe('[]')
    expect(milliseconds).toBeGreaterThan(LIMIT_SECONDS * 1000)
    expect(milliseconds).toBeLessThan(LIMIT_SECONDS * 1000 + ENDING_MS)
  })

  it('keeps what was done at another destination by then', async () => {
    await using server = await startTrickle()
    const good = await makeBareRepository({ parent: pair.folder, name: 'good.git' })
    const destination = `http://127.0.0.1:${server.port}/x.git\n${good.path}`
    // Time enough for the good one on a machine that is busy.
    const result = await pair.run({ destination, 'time-limit': '15' }, { limit: 60_000 })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join()).toContain('took longer than 15 s')
    expect(await git(good.path, 'rev-parse', 'main')).toBe(await git(pair.source, 'rev-parse', 'main'))
    const updated = JSON.parse(result.outputs['updated-refs']!) as readonly { ref: string }[]
    expect(updated.map(({ ref }) => ref)).toContain('refs/heads/main')
    expect(result.outputs['changed']).toBe('true')
  })

  it('ends a command with 1, and its JSON says that it failed', async () => {
    await using server = await startTrickle()
    const destination = `http://127.0.0.1:${server.port}/x.git`
    const { result, milliseconds } = await timed(
      runCli([pair.source, destination, '--time-limit', '3', '--json'], { limit: 60_000 }),
    )
    expect(result.exitCode, result.stderr).toBe(1)
    const value = JSON.parse(result.stdout) as { destinations: { status: string; error: { code: string } }[] }
    expect(value.destinations[0]).toMatchObject({ status: 'failed', error: { code: 'timeout' } })
    expect(result.stderr).toContain('took longer than 3.0 s')
    expect(milliseconds).toBeLessThan(3000 + ENDING_MS)
  })

  it('does not keep a run that is over in time', async () => {
    const destination = (await makeBareRepository({ parent: pair.folder, name: 'quick.git' })).path
    const { result, milliseconds } = await timed(pair.run({ destination, 'time-limit': '6h' }))
    expect(result.exitCode, result.log).toBe(0)
    expect(milliseconds).toBeLessThan(60_000)
  })

  it('is refused where it is no time, with what to write', async () => {
    const source = join(pair.folder, 'nowhere')
    const result = await pair.runInVain({ source, 'time-limit': '1 day', retries: 'x' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join()).toContain('time-limit: "1 day" is neither a whole number from 1')
    expect(result.errors.join()).toContain('retries: "x" is not a whole number')
    expect(result.errors.join()).toContain('90m')
  })
})
