import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, readFile, ROOT } from './files.ts'

const MOST_LINES = 400
const code = ['src', 'test', 'scripts', 'bench'].flatMap((folder) => listFiles(folder, /\.(ts|mjs|js)$/))
const pages = [
  'README.md',
  'bench/README.md',
  ...listFiles('docs', /\.md$/),
  ...listFiles('.github', /\.md$/),
]
const texts = [...code, ...pages, ...listFiles('.github', /\.yml$/), 'action.yml', 'package.json']
/** Put together here, so that this file does not hold what it looks for. */
const MACHINE_PATHS = new RegExp(`(^|[\\s"'\`(=:])/(${['work', 'root', 'tmp', 'var/folders'].join('|')})/`)

describe('files', () => {
  it('are at most 400 lines long', () => {
    const long = code.filter((path) => readFile(path).split('\n').length > MOST_LINES)
    expect(long).toEqual([])
  })

  it('hold no path of a machine', () => {
    const wrong = texts.flatMap((path) =>
      readFile(path)
        .split('\n')
        .flatMap((line, index) => (MACHINE_PATHS.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    )
    expect(wrong).toEqual([])
  })

  it('end with a newline and have no carriage return', () => {
    const wrong = texts.filter((path) => !readFile(path).endsWith('\n') || readFile(path).includes('\r'))
    expect(wrong).toEqual([])
  })

  it('have names in lower case with hyphens', () => {
    const wrong = code.filter((path) => !/^[a-z0-9-]+(\.test|\.d)?\.(ts|mjs|js)$/.test(basename(path)))
    expect(wrong).toEqual([])
  })
})

/** What a file does to a process that others share with it, or asks of it. */
const WHOLE_PROCESS: readonly RegExp[] = [
  /\bvi\.(doM|m)ock\(/,
  /\bprocess\.(getActiveResourcesInfo|memoryUsage|cpuUsage)\(/,
  /\bprocess\.(chdir|umask)\(/,
  /\bprocess\.env(\.\w+|\[[^\]]+\])? = |\bdelete process\.env\b|\bObject\.assign\(process\.env\b/,
  /^\s*process\.(on|once|prependListener)\(/m,
]

it('runs each test file that changes or measures a whole process in one of its own', () => {
  const needing = listFiles('test', /\.test\.ts$/).filter(
    (path) => /^test\/(?!windows|repo)/.test(path) && WHOLE_PROCESS.some((kind) => kind.test(readFile(path))),
  )
  expect(needing.length).toBeGreaterThan(0)
  const config = readFile('vitest.config.ts')
  const beside = needing.filter((path) => !config.includes(`'${path}'`))
  expect(beside, 'add them to APART in vitest.config.ts').toEqual([])
})

it('has no default export, enum or barrel in src', () => {
  const wrong = listFiles('src', /\.ts$/).filter((path) =>
    /^export default|^export \* from|^(export )?(const )?enum /m.test(readFile(path)),
  )
  expect(wrong).toEqual([])
})

it('pins every action of the workflows by its full hash and says which version that is', () => {
  const uses = listFiles('.github/workflows', /\.yml$/).flatMap(
    (path) =>
      readFile(path)
        .match(/uses: .*/g)
        ?.map((line) => `${path}: ${line}`) ?? [],
  )
  expect(uses.length).toBeGreaterThan(10)
  const loose = uses.filter((line) => !/uses: (\.\/|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line))
  expect(loose).toEqual([])
})

it('gives no workflow more than its jobs ask for', () => {
  for (const path of listFiles('.github/workflows', /\.yml$/)) {
    expect(readFile(path), path).toMatch(/^permissions: \{\}$/m)
    expect(readFile(path), path).not.toContain('pull_request_target')
  }
})

it('has a file behind every link of its pages', () => {
  const links = pages.flatMap((page) =>
    [...readFile(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)(#[^)]*)?\)/g)].map((match) => ({
      page,
      to: match[1]!,
    })),
  )
  expect(links.length).toBeGreaterThan(10)
  const broken = links.filter(({ page, to }) => !existsSync(join(ROOT, dirname(page), to)))
  expect(broken).toEqual([])
})

it('keeps registries out of the lock file', () => {
  const hosts = readFile('package-lock.json').match(/"resolved": ".*"/g) ?? []
  expect(hosts).toEqual([])
})
