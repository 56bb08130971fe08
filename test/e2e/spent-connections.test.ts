import { readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git } from '../support/git.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { addCommits } from '../support/repositories.ts'
import { startJgitLike } from '../support/servers/jgit-like.ts'
import { startSshd } from '../support/sshd.ts'

/**
 * Mirrored branches of which some go on and some part ways: `ahead*` may be moved without force, `apart*` may not. The tip of
 * each at the destination is still an object of the source.
 */
async function partWays(pair: Pair, count = 3): Promise<void> {
  for (let index = 0; index < count; index++) {
    await addCommits(pair.source, 2, { ref: `refs/heads/ahead${index}`, from: 'refs/heads/main' })
    await addCommits(pair.source, 2, { ref: `refs/heads/apart${index}`, from: 'refs/heads/main' })
  }
  await pair.mirror()
  for (let index = 0; index < count; index++) {
    await git(pair.source, 'update-ref', `refs/keep/${index}`, `refs/heads/apart${index}`)
    await addCommits(pair.source, 1, { ref: `refs/heads/ahead${index}` })
    await git(pair.source, 'update-ref', `refs/heads/apart${index}`, `refs/heads/apart${index}~1`)
    await addCommits(pair.source, 1, { ref: `refs/heads/apart${index}`, path: 'other' })
  }
}

async function expectHeldBack(
  pair: Pair,
  inputs: Readonly<Record<string, string>>,
  count = 3,
): Promise<void> {
  const before = await forEachRef(pair.destination)
  const result = await pair.run({ force: 'false', ...inputs })
  expect(result.exitCode, result.log).toBe(1)
  const there = await forEachRef(pair.destination)
  const wanted = await forEachRef(pair.source)
  for (let index = 0; index < count; index++) {
    const [ahead, apart] = [`refs/heads/ahead${index}`, `refs/heads/apart${index}`]
    expect(there.get(apart), result.log).toBe(before.get(apart))
    expect(there.get(ahead), result.log).toBe(wanted.get(ahead))
  }
  expect(JSON.parse(result.outputs['rejected-refs']!)).toHaveLength(count)
  await fsck(pair.destination)
}

describe('a source that remembers what it has sent on a connection', () => {
  it('gives no branch away that parted ways: each question has a connection of its own', async () => {
    await using pair = await makePair()
    await partWays(pair)
    await using source = await startJgitLike(pair.folder)
    await expectHeldBack(pair, { source: source.url(pair.source) })
    expect(Math.max(...source.fetches)).toBe(1)
    expect(source.open()).toBe(0)
  })

  it('gives whole packs, in pieces too', async () => {
    await using pair = await makePair({ commits: 0 })
    await addCommits(pair.source, 60, { size: 4000 })
    await using source = await startJgitLike(pair.folder)
    const result = await pair.run({ source: source.url(pair.source), 'max-pack-size': '60KB' })
    expect(result.exitCode, result.log).toBe(0)
    await fsck(pair.destination)
    expect((await forEachRef(pair.destination)).get('refs/heads/main')).toBe(
      await git(pair.source, 'rev-parse', 'main'),
    )
    expect(Math.max(...source.fetches)).toBe(1)
  })
})

describe('a source that gives tips alone', () => {
  for (const isMute of [false, true]) {
    it(`is asked the other way round${isMute ? ', when it hangs up without a word, too' : ''}`, async () => {
      await using pair = await makePair()
      await partWays(pair)
      await using source = await startJgitLike(pair.folder, { tipsOnly: true, isMute })
      await expectHeldBack(pair, { source: source.url(pair.source) })
    })
  }

  it('is not believed about a commit without parents', async () => {
    await using pair = await makePair()
    await git(pair.source, 'branch', 'other')
    await pair.mirror()
    // The old tip of main is known there, and is the tip of nothing.
    await addCommits(pair.source, 1, { ref: 'refs/heads/other', path: 'y' })
    const [orphan] = await addCommits(pair.source, 1, { ref: 'refs/heads/orphan', path: 'x' })
    await git(pair.source, 'update-ref', 'refs/heads/main', orphan!)
    const before = await git(pair.destination, 'rev-parse', 'main')
    await using source = await startJgitLike(pair.folder, { tipsOnly: true })
    const result = await pair.run({ source: source.url(pair.source), force: 'false' })
    expect(result.exitCode, result.log).toBe(1)
    expect(await git(pair.destination, 'rev-parse', 'main')).toBe(before)
    expect(await git(pair.destination, 'rev-parse', 'orphan')).toBe(orphan)
  })

  it('such as git over ssh in version 0 does not take an amended commit for a fast-forward', async () => {
    await using pair = await makePair()
    await partWays(pair, 2)
    await using sshd = await startSshd({ acceptGitProtocol: false })
    const inputs = {
      source: sshd.url(pair.source),
      'source-ssh-key': sshd.clientKey.privateKey,
      'ssh-known-hosts': sshd.knownHosts,
    }
    await expectHeldBack(pair, inputs, 2)
  })
})

describe('a source behind ssh', () => {
  const mirrorForced = async (agent: string | undefined) => {
    await using pair = await makePair()
    await pair.mirror()
    await addCommits(pair.source, 1)
    const begun = `${pair.folder}/begun`
    const poses = agent === undefined ? '' : `export GIT_USER_AGENT='${agent}'; `
    const log = `${poses}echo "$SSH_ORIGINAL_COMMAND" >> '${begun}'; exec sh -c "$SSH_ORIGINAL_COMMAND"`
    await using sshd = await startSshd({ forceCommand: log })
    if (agent !== undefined) {
      // The listing's own, and the one that is waited for, at most ten seconds.
      const wait = `for i in $(seq 200); do [ "$(grep -c git-upload-pack '${begun}')" -lt 2 ] || exit 0; sleep 0.05; done; touch '${begun}.late'`
      await writeFile(`${pair.destination}/hooks/post-receive`, `#!/bin/sh\n${wait}\n`, { mode: 0o755 })
    }
    const result = await pair.run({
      source: sshd.url(pair.source),
      'source-ssh-key': sshd.clientKey.privateKey,
      'ssh-known-hosts': sshd.knownHosts,
      lfs: 'false',
    })
    expect(result.exitCode, result.log).toBe(0)
    expect(JSON.parse(result.outputs['updated-refs']!)).toMatchObject([{ action: 'update' }])
    expect(await readdir(pair.folder)).not.toContain('begun.late')
    const programs = (await readFile(begun, 'utf8')).trim().split('\n')
    expect(new Set(programs)).toEqual(new Set([`git-upload-pack '${pair.source}'`]))
    return programs.length
  }

  it('answers on one connection what was forced, too, where it forgets', async () => {
    expect(await mirrorForced(undefined)).toBe(1)
  })

  it('else has a connection for that question before the push is over', async () => {
    expect(await mirrorForced('git/2.19.0')).toBe(2)
  })
})
