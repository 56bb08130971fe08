import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBuiltBy } from '../support/built.ts'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, ENTRY, runAction } from '../support/runner.ts'
import type { TempFolder } from '../support/temp.ts'
import { makeWindowsFolder, toWindowsPath, WINDOWS } from '../support/windows/wine.ts'

let folder: TempFolder

/** `source.git` and `with blank.git` on drive C, and a `git.exe` in a folder of its own. */
beforeAll(async () => {
  folder = await makeWindowsFolder()
  for (const name of ['source.git', 'with blank.git']) await makeBareRepository({ parent: folder.path, name })
  for (const name of ['source.git', 'with blank.git']) await addCommits(at(name), 3)
  // Names that a folder of Windows may have, too.
  await git(at('source.git'), 'branch', 'feature/a/b', 'main~1')
  await git(at('source.git'), 'tag', '-a', '-m', 'Release', 'v1.0.0', 'main')
  await git(at('source.git'), 'tag', 'light', 'main~2')
  await mkdir(at('tools'))
  await copyFile(findBuiltBy('.ci/windows-tools', 'git-win/git.exe'), at('tools/git.exe'))
})
afterAll(() => folder?.[Symbol.asyncDispose]())

const at = (name: string): string => join(folder.path, name)
const path = (name: string): string => toWindowsPath(at(name))
const slashes = (text: string): string => text.replaceAll('\\', '/')
const asUrl = (text: string): string => `file:///${encodeURI(slashes(text))}`

/** Calls of git.exe so far, in the folder where it stands. */
async function callsOf(where: string): Promise<readonly string[]> {
  const text = await readFile(join(at(where), 'git.log'), 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}

interface LocalRun {
  readonly source: string
  readonly destination: string
  /** `PATH` in front of the system's own. */
  readonly tools?: string
  /** Files in the folder where the step begins. */
  readonly workspace?: Readonly<Record<string, string>>
}

async function mirror({ source, destination, tools, workspace }: LocalRun): Promise<ActionResult> {
  // Changes into the workspace of the test, as a step begins in that of its workflow.
  const entry = at('entry.mjs')
  const lines = workspace === undefined ? [] : [`process.chdir(${JSON.stringify(path('workspace'))})`]
  await writeFile(
    entry,
    [...lines, `await import(${JSON.stringify(asUrl(toWindowsPath(ENTRY)))})`].join('\n'),
  )
  return await runAction({
    machine: WINDOWS,
    entry,
    inputs: { source, destination, 'source-token': '' },
    env: { WINEPATH: tools },
  })
}

describe('on Windows, a repository on drive C', () => {
  it.each([
    ['file:///C:/…', () => asUrl(path('source.git')), () => asUrl(path('url.git')), 'url.git'],
    ['C:\\…', () => path('source.git'), () => path('back.git'), 'back.git'],
    ['C:/…', () => slashes(path('source.git')), () => slashes(path('slash.git')), 'slash.git'],
  ])('is read and written by the git.exe of PATH, as %s', async (_, source, destination, name) => {
    await makeBareRepository({ parent: folder.path, name })
    const before = (await callsOf('tools')).length
    const result = await mirror({ source: source(), destination: destination(), tools: path('tools') })
    expect(result, result.log).toMatchObject({ exitCode: 0, errors: [] })
    expect(await forEachRef(at(name), 'refs/heads', 'refs/tags')).toEqual(
      await forEachRef(at('source.git'), 'refs/heads', 'refs/tags'),
    )
    await fsck(at(name))
    const calls = (await callsOf('tools')).slice(before)
    expect(calls.map((call) => call.split(' ')[0])).toEqual(
      expect.arrayContaining(['upload-pack', 'receive-pack']),
    )
    // The blank in its folder's name has gone through as it is.
    expect(calls.join('\n')).toMatch(/ C:[\\/]tests[\\/]run /)
  })

  it('is read by a name with a blank, and a second time there is nothing to do', async () => {
    await makeBareRepository({ parent: folder.path, name: 'blank.git' })
    const run = {
      source: asUrl(path('with blank.git')),
      destination: path('blank.git'),
      tools: path('tools'),
    }
    const first = await mirror(run)
    expect(first, first.log).toMatchObject({ exitCode: 0, errors: [] })
    const second = await mirror(run)
    expect(second.outputs, second.log).toMatchObject({ changed: 'false', 'pack-bytes': '0' })
    expect(await git(at('blank.git'), 'rev-parse', 'main')).toBe(
      await git(at('with blank.git'), 'rev-parse', 'main'),
    )
  })

  it('is one repository by all of its spellings', async () => {
    const spelled = path('source.git').toUpperCase().replace('SOURCE.GIT', 'source.git')
    const result = await mirror({
      source: asUrl(path('source.git')),
      destination: spelled,
      tools: path('tools'),
    })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toContain('is the source itself')
  })

  it('that is none is an error with its path', async () => {
    const run = { source: 'C:\\nowhere\\a.git', destination: path('blank.git'), tools: path('tools') }
    const result = await mirror(run)
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toContain('C:\\nowhere\\a.git is not a Git repository')
  })

  it('needs a git.exe, and the error says so before anything is touched', async () => {
    await makeBareRepository({ parent: folder.path, name: 'untouched.git' })
    const result = await mirror({ source: asUrl(path('source.git')), destination: path('untouched.git') })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toContain('there is no git program on this machine')
    expect(result.errors.join('\n')).toContain('install it and see that PATH names its folder')
    expect(await forEachRef(at('untouched.git'))).toEqual(new Map())
  })
})

describe('on Windows, a git.exe in the current folder', () => {
  it.each([
    ['PATH names none', undefined],
    ['PATH names it by a dot', '.'],
    ['PATH names it by a relative path', '..\\workspace'],
  ])('is never run where %s', async (_, tools) => {
    await mkdir(at('workspace'), { recursive: true })
    await copyFile(at('tools/git.exe'), at('workspace/git.exe'))
    await makeBareRepository({ parent: folder.path, name: 'planted.git' })
    const result = await mirror({
      source: path('source.git'),
      destination: path('planted.git'),
      workspace: {},
      ...(tools === undefined ? {} : { tools }),
    })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toContain('there is no git program on this machine')
    expect(await readdir(at('workspace'))).toEqual(['git.exe'])
  })

  it('is passed over for the one of PATH', async () => {
    await mkdir(at('workspace'), { recursive: true })
    await copyFile(at('tools/git.exe'), at('workspace/git.exe'))
    await makeBareRepository({ parent: folder.path, name: 'right.git' })
    const before = (await callsOf('tools')).length
    const result = await mirror({
      source: path('source.git'),
      destination: path('right.git'),
      workspace: {},
      tools: path('tools'),
    })
    expect(result, result.log).toMatchObject({ exitCode: 0, errors: [] })
    expect((await callsOf('tools')).length).toBeGreaterThan(before)
    expect(await readdir(at('workspace'))).toEqual(['git.exe'])
  })
})
