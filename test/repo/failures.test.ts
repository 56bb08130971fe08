import { execFileSync, spawnSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeTempFolder } from '../support/temp.ts'
import { ROOT } from './files.ts'

const SUITE = `
import { beforeAll, describe, expect, it } from 'vitest'
let tries = 0
it('comes right', { retry: 1 }, () => expect(++tries).toBe(2))
it('is right', () => expect(1).toBe(1))
it('is wrong', () => expect('a\\nb').toBe('c'))
describe('without its server', () => {
  beforeAll(() => {
    throw new Error('no server')
  })
  it('is left out', () => {})
})
`

describe('scripts/failures.mjs', () => {
  it('lists what a run of Vitest failed, left out and tried again, and nothing else', async () => {
    await using folder = await makeTempFolder()
    symlinkSync(join(ROOT, 'node_modules'), join(folder.path, 'node_modules'))
    writeFileSync(join(folder.path, 'one.test.mjs'), SUITE)
    writeFileSync(join(folder.path, 'two.test.mjs'), 'throw new Error("no such thing")')
    const report = join(folder.path, 'report.json')
    const args = ['run', '--root', folder.path, '--reporter=json', `--outputFile.json=${report}`]
    const ran = spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...args])
    expect(ran.status).toBe(1)
    const told = execFileSync(process.execPath, [join(ROOT, 'scripts/failures.mjs'), report], {
      cwd: folder.path,
      encoding: 'utf8',
    })
    const lines = told.split('\n').filter((line) => line !== '' && !/^\s+at /.test(line))
    expect(lines).toEqual([
      'Failed: 2',
      'two.test.mjs',
      '    no such thing',
      'one.test.mjs: is wrong',
      "    AssertionError: expected 'a\\nb' to be 'c' // Object.is equality",
      'Not run, in a file that failed: 1',
      'one.test.mjs: without its server is left out',
      'Passed when tried again: 1',
      'one.test.mjs: comes right',
      '    AssertionError: expected 1 to be 2 // Object.is equality',
    ])
  })

  it('says nothing of a run in which all is right', async () => {
    await using folder = await makeTempFolder()
    const report = join(folder.path, 'report.json')
    const assertionResults = [{ fullName: 'a test', status: 'passed', failureMessages: [] }]
    writeFileSync(
      report,
      JSON.stringify({ testResults: [{ name: 'a.test.ts', message: '', assertionResults }] }),
    )
    expect(execFileSync(process.execPath, [join(ROOT, 'scripts/failures.mjs'), report]).toString()).toBe('')
  })
})
