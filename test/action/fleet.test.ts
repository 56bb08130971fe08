import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeBareRepository } from '../support/git.ts'
import { startFakeApi } from '../support/fake-api.ts'
import { addCommits } from '../support/repositories.ts'
import { makeActionFiles, startMain } from '../support/start-main.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

interface Step {
  readonly code: number | null
  readonly stdout: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

async function runStep(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<Step> {
  const files = join(folder, `files-${Math.random()}`)
  await mkdir(files)
  const runner = await makeActionFiles(files)
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  )
  await using main = startMain([], { ...runner.env, GITHUB_WORKSPACE: folder, ...given, ...env })
  const { code, stdout } = await main.result
  return { code, stdout, outputs: await runner.outputs(), summary: await runner.summary() }
}

/** Three pairs over file, and `mirrors.yml` for them. */
async function makeFleet(): Promise<TempFolder> {
  const folder = await makeTempFolder()
  const lines: string[] = []
  for (const name of ['a', 'b', 'c']) {
    const source = await makeBareRepository({ parent: folder.path, name: `${name}.git` })
    await addCommits(source.path, 1)
    const destination = await makeBareRepository({ parent: folder.path, name: `${name}-mirror.git` })
    lines.push(`  - { name: ${name}, source: '${source.path}', destination: '${destination.path}' }\n`)
  }
  await writeFile(join(folder.path, 'mirrors.yml'), `version: 1\nmirrors:\n${lines.join('')}`)
  return folder
}

describe('the action as a fleet', () => {
  it('plans shards, runs each, and joins their reports', { timeout: 600_000 }, async () => {
    await using folder = await makeFleet()
    const plan = await runStep(folder.path, { command: 'plan', config: 'mirrors.yml', shards: '2' })
    expect(plan.code).toBe(0)
    const matrix = JSON.parse(plan.outputs['matrix'] ?? '') as { include: { shard: string; count: number }[] }
    expect(matrix.include.reduce((sum, { count }) => sum + count, 0)).toBe(3)
    for (const [index, { shard, count }] of matrix.include.entries()) {
      const round = await runStep(folder.path, {
        config: 'mirrors.yml',
        shard,
        'report-file': `report-${index}.jsonl`,
      })
      expect(round.code, round.stdout).toBe(0)
      expect(round.outputs).toMatchObject({ changed: 'true', created: String(count), rejected: '0' })
      expect(round.summary).toContain(`## ✅ ${count} mirror`)
    }
    const report = await runStep(folder.path, { command: 'report', 'report-file': 'report-*.jsonl' })
    expect(report.code, report.stdout).toBe(0)
    expect(report.summary).toContain('## ✅ 3 mirrors: 3 changed')
    expect(report.outputs).toMatchObject({ created: '3' })
    // [F17]
    const partly = await runStep(folder.path, { command: 'report', 'report-file': 'report-0.jsonl' })
    expect(partly.code).toBe(matrix.include.length > 1 ? 1 : 0)
    if (matrix.include.length > 1)
      expect(partly.summary).toMatch(/\*\*Missing:\*\* shard [12]\/2 left no report/)
  })

  it('points at each mistake of a file in the workspace', async () => {
    await using folder = await makeTempFolder()
    await writeFile(
      join(folder.path, 'mirrors.yml'),
      'version: 1\nmirrors:\n  - { sorce: /a, destination: /b }\n',
    )
    const { code, stdout } = await runStep(folder.path, { command: 'check', config: 'mirrors.yml' })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error file=mirrors\.yml,line=3,col=7::mirrors\.yml:3:7 unknown key "sorce"/m)
  })

  it('takes a config that stands in the input', async () => {
    await using folder = await makeFleet()
    const config = await readFile(join(folder.path, 'mirrors.yml'), 'utf8')
    const { code, outputs } = await runStep(folder.path, { config, only: 'a', 'dry-run': 'true' })
    expect(code).toBe(0)
    expect(outputs).toMatchObject({ changed: 'false', created: '1' })
  })

  it('reads a config that is not in the workspace from the repository of the workflow', async () => {
    await using folder = await makeFleet()
    await using elsewhere = await makeTempFolder()
    const body = await readFile(join(folder.path, 'mirrors.yml'), 'utf8')
    await using api = await startFakeApi({
      owner: 'acme',
      repositories: [],
      intercept: ({ path }) =>
        path.endsWith('/contents/.github/mirrors.yml') ? { status: 200, body } : undefined,
    })
    const env = { GITHUB_REPOSITORY: 'acme/app', GITHUB_SHA: 'abc', GITHUB_API_URL: api.origin }
    const inputs = { command: 'plan', config: '.github/mirrors.yml', 'workflow-token': 'ghs_workflow99' }
    const { code, outputs } = await runStep(elsewhere.path, inputs, env)
    expect(code).toBe(0)
    expect(outputs['matrix']).toContain('"count":3')
    expect(api.requests[0]).toMatchObject({
      path: '/repos/acme/app/contents/.github/mirrors.yml',
      authorization: 'Bearer ghs_workflow99',
    })
    expect(api.requests[0]?.query.get('ref')).toBe('abc')
    const wrong = await runStep(elsewhere.path, { ...inputs, config: 'none.yml' }, env)
    expect(wrong.code).toBe(1)
    expect(wrong.stdout).toMatch(/none\.yml is not in the workspace, and not to be had from acme\/app/)
    const hostile = await runStep(
      elsewhere.path,
      { ...inputs, config: '<img src=x> [a](http://b.invalid).yml' },
      env,
    )
    expect(hostile.summary).toContain('img src=x')
    expect(hostile.summary).not.toMatch(/<img|\[a\]\(/)
  })

  it(
    'reads a folder of the workspace, and one that is not there from the repository',
    { timeout: 600_000 },
    async () => {
      await using folder = await makeFleet()
      await using elsewhere = await makeTempFolder()
      const body = await readFile(join(folder.path, 'mirrors.yml'), 'utf8')
      await mkdir(join(elsewhere.path, 'here'))
      await writeFile(join(elsewhere.path, 'here', 'a.yml'), 'version: 1\ndefaults: { labels: nightly }\n')
      const at = '/repos/acme/app/contents/fleet/teams'
      const entry = (name: string, type = 'file') => ({ name, type, path: `fleet/teams/${name}` })
      await using api = await startFakeApi({
        owner: 'acme',
        repositories: [],
        intercept: ({ path }) => {
          const entries = [entry('z.yml'), entry('notes.md'), entry('sub.yml', 'dir')]
          if (path === at) return { status: 200, body: JSON.stringify(entries) }
          return path === `${at}/z.yml` ? { status: 200, body } : undefined
        },
      })
      const env = { GITHUB_REPOSITORY: 'acme/app', GITHUB_SHA: 'abc', GITHUB_API_URL: api.origin }
      const inputs = { command: 'plan', only: 'nightly', 'workflow-token': 'ghs_workflow99' }
      const config = 'here\nfleet/teams/\n'
      const { code, outputs, stdout } = await runStep(elsewhere.path, { ...inputs, config }, env)
      expect(code, stdout).toBe(0)
      expect(outputs['matrix']).toContain('"count":3')
      expect(api.requests.map(({ path }) => path)).toEqual([at, `${at}/z.yml`])
      const wrong = await runStep(elsewhere.path, { ...inputs, config: 'here' }, env)
      expect(wrong.stdout).toMatch(/^::error file=here\/a\.yml,line=1,col=1::.*the key "mirrors" is missing/m)
    },
  )

  it(
    'keeps what a round knows in the state file, and says when nothing can be',
    { timeout: 600_000 },
    async () => {
      await using folder = await makeFleet()
      const inputs = { config: 'mirrors.yml', 'state-file': 'state.json' }
      expect((await runStep(folder.path, inputs)).code).toBe(0)
      const state = JSON.parse(await readFile(join(folder.path, 'state.json'), 'utf8')) as {
        readonly mirrors: Readonly<Record<string, { readonly status: string }>>
      }
      const known = Object.entries(state.mirrors).map(([name, { status }]) => `${name} ${status}`)
      expect(known.toSorted()).toEqual(['a mirrored', 'b mirrored', 'c mirrored'])
      const dry = await runStep(folder.path, { ...inputs, 'dry-run': 'true', 'state-file': 'other.json' })
      expect(dry.code).toBe(0)
      await expect(readFile(join(folder.path, 'other.json'))).rejects.toThrow('ENOENT')
      const lost = await runStep(folder.path, { ...inputs, 'state-file': 'no/such/folder/state.json' })
      expect(lost.code).toBe(0)
      expect(lost.stdout).toMatch(/^::warning::the state file can't be written \(ENOENT\)/m)
    },
  )

  it('hides secrets of the file, and shows none that stands in it', async () => {
    await using folder = await makeTempFolder()
    const text =
      "version: 1\nhosts: { h.invalid: { token: '${TOKEN}' } }\nmirrors: [{ source: 'https://h.invalid/x', destination: /nowhere/y, retries: 0 }]\n"
    await writeFile(join(folder.path, 'mirrors.yml'), text)
    const { stdout, code } = await runStep(
      folder.path,
      { config: 'mirrors.yml' },
      { TOKEN: 'token-secret-99' },
    )
    expect(code).toBe(1)
    expect(stdout).toContain('::add-mask::token-secret-99')
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('token-secret-99')
    await writeFile(join(folder.path, 'mirrors.yml'), text.replace("'${TOKEN}'", 'hunter22hunter22'))
    const literal = await runStep(folder.path, { config: 'mirrors.yml' })
    expect(literal.code).toBe(1)
    expect(`${literal.stdout}${literal.summary}`).not.toContain('hunter22')
  })

  it.each([
    [{ command: 'round' }, /config: is empty/],
    [{ command: 'report' }, /report-file: is empty/],
    [{ only: 'a', source: '/a', destination: '/b' }, /only: means nothing to a single pair/],
    [{ command: 'sing' }, /command: "sing" is not known/],
    [{ config: 'none.yml' }, /none\.yml: the file can't be read \(ENOENT\)/],
  ])('refuses %j', async (inputs, words) => {
    await using folder = await makeTempFolder()
    const { code, stdout } = await runStep(folder.path, inputs as Record<string, string>)
    expect(code).toBe(1)
    expect(stdout).toMatch(words)
  })
})
