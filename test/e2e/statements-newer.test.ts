import { execFileSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, git, gitWith } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { makePair } from '../support/hosts/histories.ts'
import { declineRefs, say, writeHook } from '../support/hosts/hooks.ts'
import { expectMirror, rejectionOf, runMirror } from '../support/hosts/run.ts'
import { addCommits } from '../support/repositories.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { startSshd } from '../support/sshd.ts'
import { sshArgs, sshEnv } from '../support/hosts/ssh-env.ts'
import { makeTempFolder } from '../support/temp.ts'

/** Folder with the programs of a git that is newer than this machine's. */
const newer = process.env['KALANDRA_NEWER_GIT']
const missing =
  newer === undefined
    ? 'KALANDRA_NEWER_GIT names no folder; to have one: KALANDRA_NEWER_GIT=$(.ci/newer-git)'
    : undefined
if (missing !== undefined) {
  if (process.env['KALANDRA_REQUIRE_SERVERS'] === '1') throw new Error(missing)
  console.warn(`LEFT OUT: the tests with a newer git (${missing})`)
}

const withNewer = { PATH: `${newer}${delimiter}${process.env['PATH']}` }

describe.skipIf(missing)(`a newer git${missing ? `: left out, ${missing}` : ''}`, () => {
  it('is newer than the one of this machine', () => {
    const version = (path: string): number[] =>
      execFileSync(path, ['--version'], { encoding: 'utf8' }).match(/\d+/g)!.slice(0, 2).map(Number)
    const [major = 0, minor = 0] = version(join(newer!, 'git'))
    expect(major * 1000 + minor).toBeGreaterThanOrEqual(2045)
  })

  it('on both sides, over file', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const call = { source, destination, env: withNewer }
    await expectMirror(await runMirror(call), source, destination)
    await addCommits(source, 1)
    await git(source, 'update-ref', '-d', 'refs/heads/side')
    await git(source, 'update-ref', 'refs/heads/side/below', 'refs/heads/main')
    const second = await runMirror(call)
    await expectMirror(second, source, destination)
    expect(second.destination.figures.objects).toBe(3)
  })

  for (const side of ['source', 'destination'] as const) {
    it(`as ${side} over http, this machine's git at the other side`, async () => {
      await using folder = await makeTempFolder()
      const pair = await makePair(folder.path)
      await using host = await startHttpBackend({ root: folder.path, env: withNewer })
      const call = { ...pair, [side]: `${host.url}/${side}.git` }
      await expectMirror(await runMirror(call), pair.source, pair.destination)
      await addCommits(pair.source, 1)
      const second = await runMirror(call)
      await expectMirror(second, pair.source, pair.destination)
      expect(second.destination.figures.objects).toBe(3)
    })
  }

  it.skipIf(requireServer('sshd'))('over ssh, on both sides', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using sshd = await startSshd({ env: withNewer })
    const mirrored = await runMirror({
      source: sshd.url(source),
      destination: sshd.url(destination),
      args: await sshArgs(folder.path, [sshd]),
      env: { ...sshEnv('source', sshd), ...sshEnv('destination', sshd) },
    })
    await expectMirror(mirrored, source, destination)
  })

  it('[B3] greets with a line for no refs where nothing is yet', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using host = await startHttpBackend({ root: folder.path, env: withNewer, dropGitProtocol: true })
    const call = { source: `${host.url}/source.git`, destination: `${host.url}/destination.git` }
    const empty = await runMirror({
      source: call.destination,
      destination: call.source,
      args: ['--no-prune'],
    })
    expect(empty.destination).toMatchObject({ status: 'unchanged', changed: [] })
    await expectMirror(await runMirror(call), source, destination)
  })

  it('[C4] leaves out acknowledgments for what stands behind another have: nothing is sent twice for it', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const ids = await addCommits(source, 30)
    await git(source, 'push', '-q', '--mirror', destination)
    // Tips that the source no longer shows, each behind the next one.
    for (const [index, id] of ids.slice(0, 10).entries())
      await git(destination, 'update-ref', `refs/heads/old-${index}`, id)
    for (const [index, id] of ids.slice(1, 11).entries())
      await git(source, 'update-ref', `refs/heads/old-${index}`, id)
    await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/main~25')
    await addCommits(source, 1, { path: 'other' })
    const mirrored = await runMirror({ source, destination, env: withNewer })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.destination.figures.objects).toBe(3)
  })

  it('[G11] takes deletions and creations of one name and its folder in one push', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await git(source, 'update-ref', '-d', 'refs/heads/feature/a/b/c')
    await git(source, 'update-ref', 'refs/heads/feature/a', 'refs/heads/main')
    const mirrored = await runMirror({ source, destination, env: withNewer })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.destination.rejected).toEqual([])
  })

  it('[G8] says in its own words that a ref was moved meanwhile', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await addCommits(source, 1)
    await writeHook(destination, 'update', [
      '[ "$1" = refs/heads/main ] && [ ! -e raced ] || exit 0',
      'touch raced',
      'env -u GIT_QUARANTINE_PATH -u GIT_OBJECT_DIRECTORY -u GIT_ALTERNATE_OBJECT_DIRECTORIES \\',
      '  git update-ref refs/heads/main refs/heads/side',
      say('somebody was faster'),
    ])
    const mirrored = await runMirror({ source, destination, env: withNewer })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toMatch(/refs\/heads\/main moved while it was pushed/)
  })

  it('[G16] refuses in words that the advice knows', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await declineRefs(destination, { 'refs/heads/side': ['no'] })
    await git(destination, 'config', 'receive.hideRefs', 'refs/notes')
    const args = ['--refs', 'refs/*']
    const mirrored = await runMirror({ source, destination, args, env: withNewer })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(rejectionOf(mirrored, 'refs/notes/commits')).toMatchObject({
      reason: 'deny updating a hidden ref',
      advice: expect.stringMatching(/keeps this namespace/),
    })
    expect(rejectionOf(mirrored, 'refs/heads/side').reason).toBe('hook declined')
    expect((await forEachRef(destination)).size).toBe(16)
  })

  it('[G14] refuses to delete the branch of HEAD', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await git(destination, 'update-ref', 'refs/heads/master', 'refs/heads/main')
    await git(destination, 'symbolic-ref', 'HEAD', 'refs/heads/master')
    const mirrored = await runMirror({ source, destination, env: withNewer })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    expect(rejectionOf(mirrored, 'refs/heads/master').advice).toMatch(/default branch/)
  })

  it('[G21] names the malformed object', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path, { 'receive.fsckObjects': 'true' })
    const tree = await git(source, 'rev-parse', 'refs/heads/main^{tree}')
    const input = `tree ${tree}\nauthor Nobody 1700000000 +0000\ncommitter Nobody 1700000000 +0000\n\nbad\n`
    const made = ['hash-object', '-w', '-t', 'commit', '--stdin', '--literally']
    const id = (await gitWith({ input }, source, ...made)).trim()
    await git(source, 'update-ref', 'refs/heads/bad', id)
    const mirrored = await runMirror({ source, destination, env: withNewer })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.log).toMatch(new RegExp(`${id}: missingEmail`))
    expect(mirrored.destination.figures.pushes).toBe(1)
  })
})
