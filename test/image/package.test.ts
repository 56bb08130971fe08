import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { expect, it } from 'vitest'
import { git } from '../support/git.ts'
import { makeSetting } from '../serve/serving.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')

it('installs from its packed form into an empty folder, without the network, and mirrors from there', async () => {
  await using setting = await makeSetting(['a'])
  const folder = join(setting.folder, 'package')
  const home = join(setting.folder, 'empty')
  mkdirSync(home)
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    npm_config_cache: join(setting.folder, 'cache'),
  }
  await run(process.execPath, [join(ROOT, 'scripts/package.mjs'), folder, '--repository', 'acme/kalandra'])
  const made = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  expect(made).toMatchObject({
    name: 'kalandra',
    repository: { url: 'git+https://github.com/acme/kalandra.git' },
    publishConfig: { access: 'public', provenance: true },
  })
  for (const key of ['private', 'dependencies', 'devDependencies', 'scripts'])
    expect(made).not.toHaveProperty(key)
  await run('npm', ['pack', folder, '--pack-destination', home], { cwd: home, env })
  const [packed = ''] = readdirSync(home)
  expect(packed).toMatch(/^kalandra-\d+\.\d+\.\d+\.tgz$/)
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], { cwd: home, env })
  expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'kalandra',
  ])
  // What is packed is what the list of files says, and nothing of tests or sources.
  const inside = readdirSync(join(home, 'node_modules/kalandra'))
  expect(inside.toSorted()).toEqual(
    ['LICENSE', 'README.md', 'bin', 'dist', 'docs', 'kalandra.schema.json', 'package.json'].toSorted(),
  )
  const { stdout } = await run('npx', ['--offline', 'kalandra', '--version'], { cwd: home, env })
  expect(packed).toContain(stdout.trim())
  const { url } = setting.backend
  await run('npx', ['--offline', 'kalandra', `${url}/a.git`, `${url}/a-copy.git`], { cwd: home, env })
  expect(await git(setting.dir('a-copy'), 'rev-parse', 'main')).toBe(
    await git(setting.dir('a'), 'rev-parse', 'main'),
  )
}, 120_000)

it('cannot be published from the repository itself by mistake: npm refuses what is private', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).toMatchObject({ private: true })
})

it('is released by a workflow that keeps no token: it logs in by what it is', () => {
  const workflow = parse(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8'))
  const { package: job, image } = workflow.jobs
  expect(job.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
  expect(job).toMatchObject({ needs: 'verify', environment: 'release' })
  expect(JSON.stringify(job)).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/)
  expect(job.steps.at(-1)).toEqual({ run: 'npm publish ./build/package' })
  expect(image).toMatchObject({ needs: 'verify', uses: './.github/workflows/image.yml' })
})
