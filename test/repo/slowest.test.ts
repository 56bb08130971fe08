import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LONG_FILES, takeTurns } from '../support/long-first.ts'
import { makeTempFolder } from '../support/temp.ts'
import { ROOT } from './files.ts'

interface File {
  readonly name: string
  readonly startTime: number
  readonly endTime: number
  readonly assertionResults: readonly { readonly fullName: string; readonly duration: number | null }[]
}

function makeFile(name: string, ...durations: readonly (number | null)[]): File {
  const assertionResults = durations.map((duration, index) => ({ fullName: `test ${index}`, duration }))
  return { name: join(ROOT, name), startTime: 1000, endTime: 5000, assertionResults }
}

describe('scripts/slowest.mjs', () => {
  it('lists the slowest tests and files of several reports, and passes over one that is not there', async () => {
    await using folder = await makeTempFolder()
    const write = (name: string, ...files: readonly File[]): string => {
      const path = join(folder.path, name)
      writeFileSync(path, JSON.stringify({ testResults: files }))
      return path
    }
    const many = Array.from({ length: 30 }, (_, index) => index * 10)
    const paths = [
      write('one.json', makeFile('test/a.test.ts', 1500, null), makeFile('test/many.test.ts', ...many)),
      write('two.json', makeFile('test/b.test.ts', 99_040)),
      join(folder.path, 'none.json'),
    ]
    const stdout = execFileSync(process.execPath, [join(ROOT, 'scripts/slowest.mjs'), ...paths], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const lines = stdout.trim().split('\n')
    expect(lines.slice(0, 4)).toEqual([
      'The slowest of 33 tests, in seconds',
      '   99.0  test/b.test.ts: test 0',
      '    1.5  test/a.test.ts: test 0',
      '    0.3  test/many.test.ts: test 29',
    ])
    expect(lines.slice(21, 24)).toEqual(['', 'The slowest of 3 files, in seconds', '    4.0  test/a.test.ts'])
  })
})

it('has each file that begins before the others', () => {
  expect(LONG_FILES.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

it('gives projects that share processes their turns, each in its order, and the others the end', () => {
  const groupOf = ([project]: string): string | undefined => (project === 'x' ? undefined : project)
  const files = ['a1', 'x1', 'a2', 'b1', 'b2', 'b3', 'b4', 'x2', 'b5', 'b6', 'c1']
  expect(takeTurns(files, groupOf)).toEqual([
    'a1',
    'b1',
    'b2',
    'b3',
    'b4',
    'c1',
    'a2',
    'b5',
    'b6',
    'x1',
    'x2',
  ])
  expect(takeTurns([], groupOf)).toEqual([])
})
