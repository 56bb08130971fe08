import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { makeTempFolder } from '../support/temp.ts'
import { ROOT } from './files.ts'

const DIST = join(ROOT, 'dist')

function listDist(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .toSorted()
}

/** Packages that leave nothing in the bundle: declarations, and what nothing here calls. */
const LEFT_OUT = new Set([
  '@actions/exec',
  '@actions/io',
  '@octokit/types',
  '@octokit/openapi-types',
  'pino-abstract-transport',
  'process-warning',
  'real-require',
  'split2',
])

interface LockEntry {
  readonly dev?: boolean
  readonly optional?: boolean
  /** Asked for by a tool of ours, and at most wished for by what is shipped. */
  readonly devOptional?: boolean
}

describe('dist/', () => {
  it('is what the source builds, byte for byte', { timeout: 180_000 }, async () => {
    expect(existsSync(DIST), 'dist/ is there: npm run build').toBe(true)
    await using folder = await makeTempFolder()
    const out = join(folder.path, 'dist')
    await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), out])
    expect(listDist(DIST)).toEqual(listDist(out))
    const differing = listDist(out).filter(
      (name) => !readFileSync(join(out, name)).equals(readFileSync(join(DIST, name))),
    )
    expect(differing, 'files to build again: npm run build').toEqual([])
  })

  it('holds text only: no native code, no programs', () => {
    const binaries = listDist(DIST).filter(
      (name) => /\.(node|exe|dll|so|dylib|wasm)$/.test(name) || readFileSync(join(DIST, name)).includes(0),
    )
    expect(binaries).toEqual([])
  })

  it('holds of @actions/core what a step uses, without the HTTP client that comes with it', () => {
    const files = listDist(DIST).filter((name) => name.endsWith('.js'))
    const holding = files.filter((name) => readFileSync(join(DIST, name)).includes('add-mask'))
    expect(holding).toHaveLength(1)
    expect(readFileSync(join(DIST, holding[0]!)).length).toBeLessThan(20_000)
  })

  it('holds all that it imports', () => {
    const files = listDist(DIST).filter((name) => name.endsWith('.js'))
    // What the bundler puts in place of a module that it does not find.
    expect(files.filter((name) => readFileSync(join(DIST, name)).includes('Cannot find module'))).toEqual([])
  })

  it('lists the licence of every package that it holds', () => {
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, LockEntry>>
    }
    const shipped = Object.entries(lock.packages)
      .filter(
        ([path, entry]) =>
          path.startsWith('node_modules/') && !entry.dev && !entry.optional && !entry.devOptional,
      )
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    const listed = new Set(readFileSync(join(DIST, 'licenses.txt'), 'utf8').split(/\r?\n/))
    expect(shipped).toContain('ssh2')
    expect(shipped.filter((name) => !listed.has(name) && !LEFT_OUT.has(name))).toEqual([])
    // Those of which the bundler says it: the names are gone from what is minified.
    const bundled = readFileSync(join(DIST, 'packages.txt'), 'utf8').trim().split('\n')
    expect(bundled).toContain('@actions/core')
    expect(bundled.filter((name) => LEFT_OUT.has(name) || !listed.has(name))).toEqual([])
  })
})
