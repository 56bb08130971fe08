import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { requireServer } from '../support/servers/require-server.ts'
import { sshdMissing } from '../support/sshd.ts'
import { makeTempFolder } from '../support/temp.ts'

const ROOT = join(import.meta.dirname, '../..')
const NODE = join(ROOT, 'node_modules/node/bin/node')
const run = promisify(execFile)

function bench(...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run(NODE, [join(ROOT, 'bench/run.ts'), ...args])
}

const missing = existsSync(NODE) ? (requireServer('nginx') ?? sshdMissing()) : 'no Node that reads TypeScript'

describe.skipIf(missing !== undefined)('npm run bench', () => {
  it('tells its options, and refuses what it does not know by name', async () => {
    expect((await bench('--help')).stdout).toMatch(/--case NAME .*commit, .*nothing/)
    await expect(bench('--case', 'first,firts')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: --case: no firts among first, commit/m) as string,
    })
    await expect(bench('--case', 'fleet', '--part', 'noting')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: --part: no noting among https, ssh/m) as string,
    })
  })

  it('measures Kalandra beside git, in a table and as JSON that agree', async () => {
    await using cache = await makeTempFolder()
    const size = ['--scale', '0.001', '--runs', '1', '--cache', cache.path]
    const { stdout, stderr } = await bench('--case', 'commit', '--over', 'file', '--json', ...size)
    const { lines } = JSON.parse(stdout) as { lines: Record<string, number | string>[] }
    const seconds = (program: string): number =>
      Number(lines.find(({ contender }) => contender === program)?.['seconds'])
    expect(lines.map(({ failure }) => failure)).toEqual(lines.map(() => undefined))
    const ratio = (seconds('kalandra') / seconds('git')).toFixed(2)
    expect(stderr).toMatch(new RegExp(`file +git +${seconds('git').toFixed(3)} .* ${ratio} of it`))
    const ours = lines.find(({ contender }) => contender === 'kalandra')
    expect(ours).toMatchObject({ case: 'commit', over: 'file', runs: 1 })
    expect(ours?.['packBytes']).toBeGreaterThan(100)
    expect(ours?.['cpu']).toBeGreaterThan(0)
    expect(ours?.['rss']).toBeGreaterThan(10_000_000)
  }, 120_000)
  it('measures peers beside it: by a path as Kalandra is called, by a command, and with the failure of one', async () => {
    await using cache = await makeTempFolder()
    const program = join(ROOT, 'dist/index.js')
    const what = ['--case=commit', '--over=http', '--only=kalandra', '--json']
    const size = ['--scale', '0.001', '--runs', '2', '--cache', cache.path]
    const called = `called=node '${program}' {source} {destination}`
    const peers = [`before=${program}`, called, 'idle=true {source} {destination}']
    const { stdout, stderr } = await bench(...what, ...size, ...peers.map((peer) => `--peer=${peer}`))
    const { lines } = JSON.parse(stdout) as { lines: Record<string, number | string>[] }
    const [ours, before, byCommand, idle] = ['kalandra', 'before', 'called', 'idle'].map((name) =>
      lines.find(({ contender }) => contender === name),
    )
    for (const line of [ours, before, byCommand]) {
      expect(line).toMatchObject({ case: 'commit', over: 'http', runs: 2 })
      expect(line).not.toHaveProperty('failure')
      expect(line?.['cpu']).toBeGreaterThan(0)
    }
    expect(before?.['packBytes']).toBe(ours?.['packBytes'])
    const ratio = ((ours?.['cpu'] as number) / (before?.['cpu'] as number)).toFixed(2)
    expect(stderr).toMatch(new RegExp(`http +before .* ${ratio} of it`))
    // It ends well and mirrors nothing.
    expect(idle).toMatchObject({ runs: 0, failure: expect.stringContaining('the refs differ') as string })
  }, 120_000)
  it('tells earlier runs anew, and draws their ratios', async () => {
    await using folder = await makeTempFolder()
    const [first, second, other] = ['first', 'second', 'other'].map((name) =>
      join(folder.path, `${name}.json`),
    )
    const [plot, cache] = [join(folder.path, 'speed.svg'), folder.path]
    const size = ['--scale', '0.001', '--runs', '1', '--cache', cache, '--json']
    for (const [file, name] of [
      [first, 'commit'],
      [second, 'nothing'],
    ]) {
      const { stdout } = await bench('--case', name!, '--over', 'file', ...size)
      await writeFile(file!, stdout)
    }
    const { stdout } = await bench('--from', first!, '--from', second!, '--plot', plot)
    expect(stdout).toMatch(/^one commit$[^]*^ +file +kalandra .*^nothing to do$[^]*^ +file +kalandra /ms)
    const svg = await readFile(plot, 'utf8')
    expect(svg).toMatch(
      /<desc id="desc">.*one commit, against .*: kalandra over file \d+\.\d\d\. nothing to do, /,
    )
    await writeFile(other!, JSON.stringify({ ...JSON.parse(await readFile(first!, 'utf8')), scale: 1 }))
    await expect(bench('--from', first!, '--from', other!)).rejects.toMatchObject({
      stderr: `error: --from ${other}: scale 1, but ${first} has 0.001\n`,
    })
    await expect(bench('--from', plot)).rejects.toMatchObject({
      stderr: expect.stringContaining(`error: --from ${plot}: `) as string,
    })
  }, 120_000)
})
