import { describe, expect, it } from 'vitest'
import { forEachRef, git } from '../support/git.ts'
import { startAzure } from '../support/hosts/azure.ts'
import { startHost } from '../support/hosts/base.ts'
import { startBitbucketCloud } from '../support/hosts/bitbucket.ts'
import { startGerrit } from '../support/hosts/gerrit.ts'
import { startGitea } from '../support/hosts/gitea.ts'
import { startGitHub } from '../support/hosts/github.ts'
import { demandLfs, protectGitLabBranch, startGitLab } from '../support/hosts/gitlab.ts'
import { makePair, type Pair } from '../support/hosts/histories.ts'
import { declinePath, declinePush, declineRefs } from '../support/hosts/hooks.ts'
import { type Mirrored, rejectionOf, runMirror } from '../support/hosts/run.ts'
import { sshArgs, sshEnv } from '../support/hosts/ssh-env.ts'
import { FastImport } from '../support/fast-import.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { startSshd } from '../support/sshd.ts'
import { makeTempFolder } from '../support/temp.ts'

/** A destination that has everything, and a source whose `side` was rewritten and whose `v1.x` moved on. */
async function makeMoved(folder: string): Promise<Pair> {
  const pair = await makePair(folder)
  await git(pair.source, 'push', '-q', '--mirror', pair.destination)
  await git(pair.source, 'update-ref', 'refs/heads/side', 'refs/heads/unrelated')
  await git(pair.source, 'update-ref', 'refs/heads/v1.x', 'refs/heads/main')
  return pair
}

/** What was refused is told with its reason and what to do, and everything else went through. */
async function expectOthers(mirrored: Mirrored, pair: Pair, refused: readonly string[]): Promise<void> {
  expect(mirrored.exitCode, mirrored.log).toBe(1)
  expect(mirrored.destination.rejected.map(({ ref }) => ref).toSorted()).toEqual(refused.toSorted())
  const scope = ['refs/heads', 'refs/tags']
  const here = await forEachRef(pair.source, ...scope)
  const there = await forEachRef(pair.destination, ...scope)
  for (const ref of refused) {
    expect(there.get(ref)).not.toBe(here.get(ref))
    here.delete(ref)
    there.delete(ref)
  }
  expect(Object.fromEntries(there)).toEqual(Object.fromEntries(here))
}

describe('refs that GitHub refuses', () => {
  it('a protected branch (GH006)', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await declineRefs(pair.destination, {
      'refs/heads/side': [
        'error: GH006: Protected branch update failed for refs/heads/side.',
        'error: Cannot force-push to this branch',
      ],
    })
    const reasons = { 'refs/heads/side': 'protected branch hook declined' }
    await using host = await startGitHub({ root: folder.path, reasons })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination') })
    await expectOthers(mirrored, pair, ['refs/heads/side'])
    const { reason, advice } = rejectionOf(mirrored, 'refs/heads/side')
    expect(reason).toBe('protected branch hook declined')
    expect(advice).toMatch(/GitHub protects this branch/)
    expect(mirrored.log).toContain('GH006: Protected branch update failed')
  })

  it('a ruleset (GH013), which is no protected branch', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await declineRefs(pair.destination, {
      'refs/heads/side': [
        'error: GH013: Repository rule violations found for refs/heads/side.',
        '- Cannot update this protected ref.',
      ],
    })
    const reasons = { 'refs/heads/side': 'push declined due to repository rule violations' }
    await using host = await startGitHub({ root: folder.path, reasons })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination') })
    await expectOthers(mirrored, pair, ['refs/heads/side'])
    expect(rejectionOf(mirrored, 'refs/heads/side').advice).toMatch(/ruleset.*bypass list/)
  })

  it('a workflow file without the permission', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    const stream = new FastImport()
    stream.commit({ ref: 'refs/heads/ci', files: { '.github/workflows/ci.yml': 'on: push\n' } })
    await stream.run(pair.source)
    await declinePath(pair.destination, '.github/workflows', [])
    const reason =
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission'
    await using host = await startGitHub({ root: folder.path, reasons: { 'refs/heads/ci': reason } })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination') })
    await expectOthers(mirrored, pair, ['refs/heads/ci'])
    expect(rejectionOf(mirrored, 'refs/heads/ci')).toMatchObject({
      reason,
      advice: expect.stringMatching(/\.github\/workflows.*Workflows: write/),
    })
  })

  it('LFS objects that it does not have (GH008)', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await declinePush(pair.destination, 'refs/heads/v1.x', [
      'error: GH008: Your push referenced at least 1 unknown Git LFS object:',
      '    0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
      "Try to push them with 'git lfs push --all'.",
    ])
    await using host = await startGitHub({ root: folder.path })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination') })
    await expectOthers(mirrored, pair, ['refs/heads/v1.x'])
    expect(rejectionOf(mirrored, 'refs/heads/v1.x').advice).toMatch(/Git LFS objects.*git lfs push --all/)
  })

  it('[G16] a hidden ref alone, with the words of the server', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await git(pair.source, 'update-ref', 'refs/pull/7/head', 'refs/heads/main')
    await using host = await startGitHub({ root: folder.path })
    const args = ['--refs', 'refs/heads/*', '--refs', 'refs/tags/*', '--refs', 'refs/pull/7/head']
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination'), args })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(rejectionOf(mirrored, 'refs/pull/7/head')).toMatchObject({
      reason: 'deny updating a hidden ref',
      advice: expect.stringMatching(/keeps this namespace for itself/),
    })
    expect(await forEachRef(pair.destination, 'refs/heads')).toEqual(
      await forEachRef(pair.source, 'refs/heads'),
    )
  })
})

describe('refs that other hosts refuse', () => {
  it('GitLab: LFS objects', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await demandLfs(pair.destination, 'refs/heads/v1.x')
    await using host = await startGitLab({ root: folder.path })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination.git') })
    await expectOthers(mirrored, pair, ['refs/heads/v1.x'])
    expect(rejectionOf(mirrored, 'refs/heads/v1.x').advice).toMatch(/Git LFS objects/)
  })

  it('[G14] GitLab: the default branch is not deleted, which is a warning; everything else is', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await git(pair.destination, 'update-ref', 'refs/heads/old-default', 'refs/heads/main')
    await git(pair.destination, 'update-ref', 'refs/heads/old-other', 'refs/heads/main')
    await git(pair.destination, 'symbolic-ref', 'HEAD', 'refs/heads/old-default')
    await git(pair.destination, 'config', 'receive.denyDeleteCurrent', 'ignore')
    await protectGitLabBranch(pair.destination, 'refs/heads/old-default')
    await using host = await startGitLab({ root: folder.path })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination.git') })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    expect(mirrored.destination.rejected).toMatchObject([
      { ref: 'refs/heads/old-default', action: 'delete', warning: true },
    ])
    expect(rejectionOf(mirrored, 'refs/heads/old-default').advice).toMatch(/default branch/)
    const there = await forEachRef(pair.destination, 'refs/heads')
    expect(there.has('refs/heads/old-other')).toBe(false)
    there.delete('refs/heads/old-default')
    expect(there).toEqual(await forEachRef(pair.source, 'refs/heads'))
  })

  const AZURE: readonly (readonly [string, string, RegExp])[] = [
    [
      'pull requests are required',
      'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
      /by pull request only/,
    ],
    [
      'the right to force push is missing',
      "TF401027: You need the Git 'ForcePush' permission to perform this action. Details: identity 'x', scope 'branch'.",
      /lacks the permission/,
    ],
    [
      'the address of an author is not allowed',
      "VS403702: The push was rejected because one or more commits contain author email 'a@example.com' that does not match.",
      /author address/,
    ],
    [
      'a file is too large',
      'VS403658: The push was rejected because it contains a file that is larger than the allowed size.',
      /larger than the destination takes/,
    ],
  ]
  for (const [what, reason, advice] of AZURE) {
    it(`Azure Repos: ${what} (${reason.slice(0, 8)})`, async () => {
      await using folder = await makeTempFolder()
      const pair = await makeMoved(folder.path)
      await declineRefs(pair.destination, { 'refs/heads/side': [] })
      await using host = await startAzure({ root: folder.path, reasons: { 'refs/heads/side': reason } })
      const mirrored = await runMirror({ source: pair.source, destination: host.url('o/p/_git/destination') })
      await expectOthers(mirrored, pair, ['refs/heads/side'])
      expect(rejectionOf(mirrored, 'refs/heads/side').reason).toBe(reason)
      expect(rejectionOf(mirrored, 'refs/heads/side').advice).toMatch(advice)
    })
  }

  it('Gerrit: no right to push directly', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await declineRefs(pair.destination, { 'refs/heads/side': [] })
    await using host = await startGerrit({ root: folder.path })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('a/destination') })
    await expectOthers(mirrored, pair, ['refs/heads/side'])
    expect(rejectionOf(mirrored, 'refs/heads/side').advice).toMatch(/Gerrit takes direct pushes only/)
  })

  it('Bitbucket Cloud: a branch restriction', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await declineRefs(pair.destination, {
      'refs/heads/side': ['Permission denied to update branch side.'],
    })
    await using host = await startBitbucketCloud({ root: folder.path })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination.git') })
    await expectOthers(mirrored, pair, ['refs/heads/side'])
    expect(rejectionOf(mirrored, 'refs/heads/side').advice).toMatch(/branch restriction of Bitbucket/)
  })

  it('Gitea: a protected branch', async () => {
    await using folder = await makeTempFolder()
    const pair = await makeMoved(folder.path)
    await declinePush(pair.destination, 'refs/heads/side', [
      'Gitea: branch side is protected from force push',
    ])
    await using host = await startGitea({ root: folder.path })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination.git') })
    await expectOthers(mirrored, pair, ['refs/heads/side'])
    expect(rejectionOf(mirrored, 'refs/heads/side').advice).toMatch(/Gitea, Forgejo or Gogs/)
  })
})

/** The run failed, nothing moved, and this was said. */
async function expectFailure(mirrored: Mirrored, said: readonly RegExp[]): Promise<void> {
  expect(mirrored.exitCode, mirrored.log).toBe(1)
  for (const words of said) expect(mirrored.log).toMatch(words)
}

describe('who is not let in', () => {
  it('[F16] a pull mirror of Gitea takes no push', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    await using host = await startGitea({ root: folder.path, mirrors: ['destination'] })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination.git') })
    await expectFailure(mirrored, [
      /mirror repository is read-only/,
      /What to do: .*(pull mirror|Convert it)/,
    ])
  })

  it('Azure Repos: a stranger is sent to a page to sign in, by 302 or by 203', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    for (const stranger of [302, 203] as const) {
      await using host = await startAzure({ root: folder.path, token: 'right', stranger })
      const url = host.url('o/p/_git/destination')
      const none = await runMirror({ source: pair.source, destination: url })
      await expectFailure(none, [/login page \(HTTP (302|203)\)/, /What to do: .*token/])
      const env = { KALANDRA_DESTINATION_TOKEN: 'wrong' }
      const wrong = await runMirror({ source: pair.source, destination: url, env })
      await expectFailure(wrong, [/login page/, /What to do: .*token/])
      expect(await forEachRef(pair.destination)).toEqual(new Map())
      const right = { KALANDRA_DESTINATION_TOKEN: 'right' }
      expect((await runMirror({ source: pair.source, destination: url, env: right })).exitCode).toBe(0)
      await git(pair.destination, 'update-ref', '-d', 'refs/heads/main')
      for (const ref of (await forEachRef(pair.destination)).keys())
        await git(pair.destination, 'update-ref', '-d', ref)
    }
  })

  it('Azure Repos: a refusal in packets inside of a 403 is shown', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    await using host = await startAzure({ root: folder.path, readOnly: true })
    const mirrored = await runMirror({ source: pair.source, destination: host.url('o/p/_git/destination') })
    await expectFailure(mirrored, [/TF401027: You need the Git 'GenericContribute' permission/])
    expect(mirrored.log).toMatch(/Contribute/)
    expect(mirrored.destination.error?.code).toBe('auth')
  })

  it('GitHub: 404 to a token that may not see the repository', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    await using host = await startGitHub({ root: folder.path, token: 'right' })
    const env = { KALANDRA_DESTINATION_TOKEN: 'expired' }
    const mirrored = await runMirror({ source: pair.source, destination: host.url('destination'), env })
    await expectFailure(mirrored, [/no repository at|none that may be seen/, /What to do: .*token/])
    expect(mirrored.log).not.toContain('expired')
  })

  it('[F7] Gerrit shows refs to everybody and asks for a login when it comes to a POST', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    await using host = await startGerrit({ root: folder.path, token: 'right' })
    const call = { source: pair.source, destination: host.url('a/destination') }
    await expectFailure(await runMirror(call), [/asks for a login/])
    const env = { KALANDRA_DESTINATION_TOKEN: 'right' }
    expect((await runMirror({ ...call, env })).exitCode).toBe(0)
    expect(await forEachRef(pair.destination, 'refs/heads')).toEqual(
      await forEachRef(pair.source, 'refs/heads'),
    )
  })

  it('[F2] a web server with the plain files of a repository is named as such', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    const id = (await forEachRef(pair.source)).get('refs/heads/main')!
    await using host = await startHost({
      root: folder.path,
      dialect: {},
      gate: () => ({
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: `${id}\trefs/heads/main\n`,
      }),
    })
    const mirrored = await runMirror({ source: host.url('source.git'), destination: pair.destination })
    await expectFailure(mirrored, [/dumb HTTP/])
  })
})

const missing = requireServer('sshd')
describe.skipIf(missing)('who is not let in by ssh', () => {
  const WORDS: readonly (readonly [string, string, RegExp])[] = [
    [
      'a deploy key that may only read',
      'ERROR: The key you are authenticating with has been marked as read only.',
      /deploy key.*only read/,
    ],
    ['a repository that is hidden', 'ERROR: Repository not found.', /no (such )?repository/i],
  ]
  for (const [what, words, advice] of WORDS) {
    it(what, async () => {
      await using folder = await makeTempFolder()
      const pair = await makePair(folder.path)
      await using sshd = await startSshd({ forceCommand: `echo '${words}' >&2; exit 1` })
      const mirrored = await runMirror({
        source: pair.source,
        destination: sshd.url('/destination.git'),
        args: await sshArgs(folder.path, [sshd]),
        env: sshEnv('destination', sshd),
      })
      await expectFailure(mirrored, [new RegExp(words.replace('ERROR: ', '')), advice])
    })
  }
})
