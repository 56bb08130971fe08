import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { keysAt } from '../../src/fleet/config/option-keys.ts'
import { BAD_FILES } from '../fleet/config/files.ts'
import { forEachRef, makeBareRepository } from '../support/git.ts'
import { startRawServer } from '../support/raw-server.ts'
import { addCommits } from '../support/repositories.ts'
import { type MainResult, startMain } from '../support/start-main.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<MainResult> {
  await using main = startMain(args, env)
  return await main.result
}

async function makeFleet(
  names: readonly string[],
  more = '',
): Promise<TempFolder & { readonly file: string }> {
  const folder = await makeTempFolder()
  const lines: string[] = []
  for (const name of names) {
    const source = await makeBareRepository({ parent: folder.path, name: `${name}.git` })
    await addCommits(source.path, 1)
    const destination = await makeBareRepository({ parent: folder.path, name: `${name}-mirror.git` })
    lines.push(`  - { name: ${name}, source: '${source.path}', destination: '${destination.path}' }\n`)
  }
  const file = join(folder.path, 'mirrors.yml')
  await writeFile(file, `version: 1\nmirrors:\n${lines.join('')}${more}`)
  return Object.assign(folder, { file })
}

describe('check', () => {
  it.each(BAD_FILES.filter((_, index) => index % 4 === 0))(
    'ends with 2 and every mistake for $what',
    async ({ text, says }) => {
      await using folder = await makeTempFolder()
      const file = join(folder.path, 'm.yml')
      await writeFile(file, text)
      const { code, stdout, stderr } = await run(['check', file])
      expect(code).toBe(2)
      expect(stdout).toBe('')
      for (const line of says) expect(stderr).toContain(`${file}:${line.replace('  ', ' ')}`)
      expect(stderr).not.toContain('hunter22')
      expect(stderr).not.toMatch(/^\s+at /m)
    },
  )

  it('says that a file is right, and what a mirror has in the end', async () => {
    await using fleet = await makeFleet(
      ['a'],
      "  - { name: b, source: /s, destination: 'https://h.invalid/x', labels: x, prune: false }\n",
    )
    expect(await run(['check', fleet.file])).toMatchObject({
      code: 0,
      stdout: `${fleet.file} is right: 2 mirrors.\n`,
    })
    const { stdout } = await run(['check', fleet.file, '--explain', 'b'])
    expect(stdout).toContain('b (line 4)\n  labels: x\n  source: /s, without credentials\n')
    expect(stdout).toContain('  destination: https://h.invalid/x, without credentials\n')
    expect(stdout).toContain('    prune: false (line 4)\n')
    expect(stdout).toContain('    refs: refs/heads/* refs/tags/* (by default)\n')
    for (const name of keysAt('mirror').map((key) => key.name)) expect(stdout).toContain(`    ${name}: `)
    expect(await run(['check', fleet.file, '--explain', 'c'])).toMatchObject({ code: 2 })
  })

  it('reads several files, and says where an option comes from', async () => {
    await using folder = await makeTempFolder()
    const write = (name: string, text: string): Promise<void> =>
      writeFile(join(folder.path, name), `version: 1\n${text}`)
    await write('a.yml', 'defaults: { retries: 7 }\n')
    await write('b.yml', 'mirrors: [{ name: b, source: /s, destination: /d, atomic: true }]\n')
    const all = await run(['check', folder.path])
    expect(all).toMatchObject({ code: 0, stdout: `${folder.path}/a.yml and 1 more are right: 1 mirror.\n` })
    const { stdout } = await run([
      'check',
      join(folder.path, 'b.yml'),
      join(folder.path, 'a.yml'),
      '--explain',
      'b',
    ])
    expect(stdout).toContain(`b (${folder.path}/b.yml:2)\n`)
    expect(stdout).toContain(`    retries: 7 (${folder.path}/a.yml:2)\n`)
    expect(stdout).toContain(`    atomic: true (${folder.path}/b.yml:2)\n`)
  })

  it.each([
    [['check'], /CONFIG is missing/],
    [['check', '/nowhere/m.yml'], /\/nowhere\/m\.yml: the file can't be read \(ENOENT\)/],
    [
      ['check', '/'],
      /^error: \/: this folder has no config file\. Its files have to end in \.yml or \.yaml/m,
    ],
    [['round', '/nowhere/a.yml', '/nowhere/b.yml'], /\/nowhere\/a\.yml: the file can't be read/],
    [['report'], /FILE is missing/],
    [['report', '/nowhere/r.jsonl'], /can't be read \(ENOENT\)/],
    [['/a', '/b', '--only', 'x'], /--only: means nothing to a single pair/],
    [['/a', '/b', '--state-file', 'x'], /--state-file: means nothing to a single pair/],
  ])('%j is wrong use', async (args, words) => {
    const { code, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stderr).toMatch(words)
  })
})

describe('round', () => {
  it('mirrors what the file says, with a line for each in --jsonl, and fails when one does', async () => {
    await using fleet = await makeFleet(
      ['a', 'b'],
      '  - { name: c, source: /nowhere/at/all, destination: /nowhere/else, retries: 0 }\n',
    )
    const report = join(fleet.path, 'report.jsonl')
    const { code, stdout } = await run(['round', fleet.file, '--jsonl', report])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^changed a: 1 ref$/m)
    expect(stdout).toMatch(/^failed c: .*not a Git repository/m)
    expect(stdout).toMatch(/^3 mirrors: 1 failed, 2 changed, in /m)
    const lines = (await readFile(report, 'utf8')).trim().split('\n')
    const values = lines.map((line) => JSON.parse(line) as { readonly name?: string })
    expect(values.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c', undefined])
    expect(await forEachRef(join(fleet.path, 'a-mirror.git'))).toEqual(
      await forEachRef(join(fleet.path, 'a.git')),
    )
    expect(await run(['report', report])).toMatchObject({ code: 1 })
  })

  it('changes nothing with --dry-run', async () => {
    await using fleet = await makeFleet(['a'])
    const { code, stdout, stderr } = await run(['round', fleet.file, '--dry-run'])
    expect(code).toBe(0)
    // Neither a warning nor a complaint of V8 about a flag.
    expect(stderr).toBe('')
    expect(stdout).toContain('1 mirror: 1 would change')
    expect((await forEachRef(join(fleet.path, 'a-mirror.git'))).size).toBe(0)
  })

  it('leaves what it learned to the next one in the state file', { timeout: 600_000 }, async () => {
    await using fleet = await makeFleet(
      ['a', 'b'],
      '  - { name: z, source: /nowhere/at/all, destination: /nowhere/else, retries: 0 }\n',
    )
    const state = join(fleet.path, 'state.json')
    const report = join(fleet.path, 'report.jsonl')
    const args = ['round', fleet.file, '--state-file', state, '--jsonl', report]
    const namesOf = async (): Promise<readonly unknown[]> =>
      (await readFile(report, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { name?: string }).name)
    expect((await run(args)).code).toBe(1)
    expect((await namesOf()).toSorted()).toEqual(['a', 'b', 'z', undefined])
    expect((await run(args)).code).toBe(1)
    const { mirrors } = JSON.parse(await readFile(state, 'utf8')) as {
      mirrors: Record<string, { status: string; runs: unknown[] }>
    }
    const known = Object.entries(mirrors).map(
      ([name, { status, runs }]) => `${name} ${status} ${runs.length}`,
    )
    expect(known.toSorted()).toEqual(['a unchanged 2', 'b unchanged 2', 'z failed 2'])
  })

  it('in shards runs each mirror once, and report joins them', { timeout: 600_000 }, async () => {
    await using fleet = await makeFleet(['a', 'b', 'c', 'd', 'e', 'f'])
    const files = [1, 2, 3].map((index) => join(fleet.path, `r${index}.jsonl`))
    const env = { KALANDRA_SHARDS: '3' }
    const runs = await Promise.all(
      files.map((file, index) =>
        run(['round', fleet.file, '--shard', 'auto', '--jsonl', file], {
          ...env,
          JOB_COMPLETION_INDEX: String(index),
        }),
      ),
    )
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0])
    const joined = await run(['report', ...files])
    expect(joined.stdout).toMatch(/^6 mirrors: 6 changed, in /m)
    const { stdout } = await run(['plan', fleet.file, '--shards', '3', '--matrix'])
    const matrix = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { include: { count: number }[] }
    expect(matrix.include.reduce((sum, { count }) => sum + count, 0)).toBe(6)
  })

  it('tells of no secret, whatever fails', async () => {
    await using server = await startRawServer((socket) => {
      socket.on('data', (data) =>
        socket.write(`HTTP/1.1 500 no\r\nContent-Length: ${data.length}\r\n\r\n${data.toString()}`),
      )
    })
    await using folder = await makeTempFolder()
    const file = join(folder.path, 'm.yml')
    const source = `http://127.0.0.1:${server.port}/x.git`
    await writeFile(
      file,
      `version: 1\nhosts: { 127.0.0.1: { token: { file: token } } }\nmirrors: [{ source: '${source}', destination: /nowhere/x, retries: 0 }]\n`,
    )
    await writeFile(join(folder.path, 'token'), 'token-from-file-99\n')
    const report = join(folder.path, 'r.jsonl')
    const { code, stdout, stderr } = await run(['round', file, '--verbose', '--jsonl', report])
    expect(code).toBe(1)
    const basic = Buffer.from('x-access-token:token-from-file-99').toString('base64')
    const all = `${stdout}${stderr}${await readFile(report, 'utf8')}`
    expect(all).toContain('HTTP 500')
    expect(all).not.toContain('token-from-file-99')
    expect(all).not.toContain(basic)
  })

  it(
    'that is killed leaves what it had done, and report says that it did not end',
    { timeout: 600_000 },
    async () => {
      await using hanging = await startRawServer(() => undefined)
      await using fleet = await makeFleet(
        ['a', 'b'],
        `  - { name: c, source: 'http://127.0.0.1:${hanging.port}/x', destination: /nowhere/x }\n`,
      )
      const report = join(fleet.path, 'report.jsonl')
      await using main = startMain(['round', fleet.file, '--jsonl', report])
      const lines = async (): Promise<number> =>
        existsSync(report) ? (await readFile(report, 'utf8')).split('\n').length - 1 : 0
      while ((await lines()) < 2) await sleep(50)
      main.child.kill('SIGKILL')
      await main.result
      const { code, stdout } = await run(['report', report])
      expect(code).toBe(1)
      expect(stdout).toMatch(/^missing .* ends in the middle: its round did not$/m)
      expect(stdout).toMatch(/2 mirrors: 2 changed/)
      await using again = startMain(['round', fleet.file, '--only', 'a', '--only', 'b'])
      expect((await again.result).stdout).toMatch(/2 mirrors: 2 up to date/)
    },
  )

  it('that is cancelled says so, and ends soon', { timeout: 600_000 }, async () => {
    await using hanging = await startRawServer(() => undefined)
    await using fleet = await makeFleet(
      ['a'],
      `  - { name: c, source: 'http://127.0.0.1:${hanging.port}/x', destination: /nowhere/x }\n`,
    )
    const report = join(fleet.path, 'report.jsonl')
    await using main = startMain(['round', fleet.file, '--jsonl', report])
    while (hanging.sockets.length === 0) await sleep(50)
    const started = performance.now()
    main.child.kill('SIGTERM')
    const { code, stdout } = await main.result
    expect(code).toBe(1)
    expect(stdout).toMatch(/cancelled/)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
