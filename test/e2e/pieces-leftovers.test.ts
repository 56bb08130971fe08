import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { runMirror } from '../support/hosts/run.ts'
import { noise } from '../support/repositories.ts'
import { runAction } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const PIECES = 'refs/kalandra/pieces/'
const TAGS = 'refs/tags/kalandra-pieces/'
const DAY_SECONDS = 86_400

let folder: TempFolder
let source: string

beforeAll(async () => {
  folder = await makeTempFolder()
  source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
  const stream = new FastImport()
  for (let number = 0; number < 60; number++) {
    const files = { [`file${number % 7}`]: noise(20_000, `leftovers ${number}`) }
    stream.commit({ ref: 'refs/heads/main', files, time: 1_500_000_000 + number * DAY_SECONDS })
  }
  await stream.run(source)
})
afterAll(async () => await folder?.[Symbol.asyncDispose]())

async function makeDestination(name: string): Promise<string> {
  return (await makeBareRepository({ parent: folder.path, name })).path
}

async function setHook(destination: string, name: string, script: string): Promise<void> {
  await writeFile(join(destination, 'hooks', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}

/** What a hook runs first: it goes on from the third piece on, and lets deletions pass. */
const FROM_THIRD_PIECE = `read old new ref; case $new in *[!0]*) ;; *) exit 0;; esac
n=$(git for-each-ref --format='%(refname)' ${PIECES} ${TAGS} | grep -v probe | wc -l); [ "$n" -ge 2 ] || exit 0`

async function expectWhole(destination: string): Promise<void> {
  expect(await forEachRef(destination)).toEqual(await forEachRef(source))
  await fsck(destination)
}

const inputsFor = (destination: string): Record<string, string> => ({
  source,
  destination,
  'source-token': '',
  'max-pack-size': '300k',
  retries: '0',
})

describe('what a transfer in pieces leaves', () => {
  it('is nothing after a failure that stays, whose words are the host’s own', async () => {
    const destination = await makeDestination('quota.git')
    const words = 'Repository quota of 1 MB is used up, ask operations for more.'
    await setHook(destination, 'pre-receive', `${FROM_THIRD_PIECE}\necho '${words}' >&2; exit 1`)
    const result = await runAction({ inputs: inputsFor(destination) })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.log).toMatch(/piece 2: \d+ bytes/)
    expect(result.errors.join('\n')).toContain('pre-receive hook declined')
    expect(result.log).toContain(`remote: ${words}`)
    expect(result.summary).toContain(words)
    expect(result.summary).not.toContain('stay at the destination')
    expect(await forEachRef(destination)).toEqual(new Map())
  })

  it('is nothing after a commit that fits no push', async () => {
    const large = (await makeBareRepository({ parent: folder.path, name: 'large.git' })).path
    await git(source, 'push', '--quiet', large, 'main')
    const stream = new FastImport()
    const [tip] = [...(await forEachRef(large)).values()]
    const files = { large: noise(900_000, 'large') }
    stream.commit({ ref: 'refs/heads/main', parents: [tip!], files, time: 1_600_000_000 })
    await stream.run(large)
    const destination = await makeDestination('large-to.git')
    const args = ['--max-pack-size', '300k']
    const mirrored = await runMirror({ source: large, destination, args })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    const id = await git(large, 'rev-parse', 'main')
    expect(mirrored.destination.error?.message).toContain(`the commit ${id} alone makes a pack of 90`)
    expect(mirrored.destination).toMatchObject({ leftovers: [] })
    expect(await forEachRef(destination)).toEqual(new Map())
  })

  it('keeps what arrived after a failure that passes, says so everywhere, and is removed by the next run', async () => {
    const destination = await makeDestination('passing.git')
    const hangUp = `${FROM_THIRD_PIECE}\nkill -9 $PPID`
    await setHook(destination, 'pre-receive', hangUp)
    const result = await runAction({ inputs: inputsFor(destination) })
    expect(result.exitCode, result.log).toBe(1)
    const left = [...(await forEachRef(destination)).keys()]
    expect(left.length).toBeGreaterThanOrEqual(3)
    expect(left.every((name) => name.startsWith(PIECES))).toBe(true)
    const says = `${left.length} refs of ours below ${PIECES} stay at the destination`
    expect(result.log).toContain(says)
    expect(result.warnings.join('\n')).toContain('The next run goes on behind it, and removes them')
    expect(result.summary).toContain('stay at the destination')

    const args = ['--max-pack-size', '300k', '--retries', '0']
    const again = await runMirror({ source, destination, args })
    expect(again.exitCode, again.log).toBe(1)
    expect(again.log).toContain('going on behind 2 commits')
    expect(again.destination).toMatchObject({ leftovers: left })

    await rm(join(destination, 'hooks/pre-receive'))
    const last = await runMirror({ source, destination, args })
    expect(last.exitCode, last.log).toBe(0)
    expect(last.log).toContain('going on behind 2 commits')
    expect(last.destination).toMatchObject({ leftovers: [], status: 'mirrored' })
    await expectWhole(destination)
  })

  it('is said where the destination lets nothing be deleted', async () => {
    const destination = await makeDestination('keeps.git')
    const keeps = 'while read old new ref; do case $new in *[!0]*) ;; *) exit 1;; esac; done'
    await setHook(destination, 'pre-receive', keeps)
    const result = await runMirror({ source, destination, args: ['--max-pack-size', '300k'] })
    expect(result.exitCode, result.log).toBe(0)
    const left = [...(await forEachRef(destination, PIECES)).keys()]
    expect(left.length).toBeGreaterThan(2)
    expect(result.destination).toMatchObject({ leftovers: left })
    expect(result.log).toMatch(/could not be removed: pre-receive hook declined\. The next run tries again/)
  })
})

describe('the refs that keep pieces', () => {
  const tagsOnly = `while read old new ref; do case $ref in refs/heads/*|refs/tags/*) ;; *) echo "only branches and tags" >&2; exit 1;; esac; done`

  it('are tags where the destination takes nothing else, which costs one small push', async () => {
    const destination = await makeDestination('tags-only.git')
    await setHook(destination, 'pre-receive', tagsOnly)
    const result = await runAction({ inputs: inputsFor(destination) })
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(destination)
    expect(result.log).toContain(`the destination takes no refs below ${PIECES}`)
    const wasted = result.log.split('only branches and tags').length - 1
    expect(wasted).toBe(1)
  })

  it('are tags where that namespace is hidden', async () => {
    const destination = await makeDestination('hidden.git')
    await git(destination, 'config', 'receive.hideRefs', 'refs/kalandra')
    const result = await runAction({ inputs: inputsFor(destination) })
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(destination)
    expect(result.log).toContain(`the destination takes no refs below ${PIECES}`)
  })

  it('of an earlier version are gone on behind, and removed', async () => {
    const destination = await makeDestination('earlier.git')
    const id = await git(source, 'rev-parse', 'main~20')
    await git(
      source,
      'push',
      '--quiet',
      destination,
      `${id}:${TAGS}${1_500_000_000 + 39 * DAY_SECONDS}-${id.slice(0, 16)}`,
    )
    const result = await runAction({ inputs: inputsFor(destination) })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('going on behind 1 commits')
    expect(Number(result.outputs['pack-bytes'])).toBeLessThan(800_000)
    await expectWhole(destination)
  })
})
