import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
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
  await run(process.execPath, [join(ROOT, 'scripts/package.mjs'), folder])
  await run('npm', ['pack', folder, '--pack-destination', home], { cwd: home, env })
  const [packed = ''] = readdirSync(home)
  expect(packed).toMatch(/^kalandra-\d+\.\d+\.\d+\.tgz$/)
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], { cwd: home, env })
  expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'kalandra',
  ])
  const { stdout } = await run('npx', ['--offline', 'kalandra', '--version'], { cwd: home, env })
  expect(packed).toContain(stdout.trim())
  const { url } = setting.backend
  await run('npx', ['--offline', 'kalandra', `${url}/a.git`, `${url}/a-copy.git`], { cwd: home, env })
  expect(await git(setting.dir('a-copy'), 'rev-parse', 'main')).toBe(
    await git(setting.dir('a'), 'rev-parse', 'main'),
  )
}, 120_000)
