import { describe, expect, it } from 'vitest'
import { forEachRef, git } from '../support/git.ts'
import { startAzure, startAzureSsh } from '../support/hosts/azure.ts'
import type { Host } from '../support/hosts/base.ts'
import {
  startBitbucketCloud,
  startBitbucketServer,
  startBitbucketServerSsh,
} from '../support/hosts/bitbucket.ts'
import { startCodeCommit } from '../support/hosts/codecommit.ts'
import type { Asked } from '../support/hosts/dialect.ts'
import { startGerrit, startJgitDaemon } from '../support/hosts/gerrit.ts'
import { startGitea, startGiteaSsh } from '../support/hosts/gitea.ts'
import { startGitHub } from '../support/hosts/github.ts'
import { startGitLab } from '../support/hosts/gitlab.ts'
import { makePair } from '../support/hosts/histories.ts'
import { startDulwich, startGoGit } from '../support/hosts/other-servers.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import { startSourcehut } from '../support/hosts/sourcehut.ts'
import { sshArgs, sshEnv } from '../support/hosts/ssh-env.ts'
import { addCommits } from '../support/repositories.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeTempFolder } from '../support/temp.ts'

interface Seen {
  /** Pushes and questions, as the destination read them. */
  readonly asked: readonly Asked[]
  readonly pushes: readonly Asked[]
  readonly host: Host | undefined
  readonly exits: readonly number[]
}

interface Place extends AsyncDisposable {
  readonly url: (path: string) => string
  readonly asked?: readonly Asked[]
  readonly calls?: Host['calls']
  readonly exits?: readonly number[]
}

/** Mirrors to an empty repository, then changes of each kind, then nothing. */
async function mirrorTo(start: (root: string) => Promise<Place>, path: string): Promise<Seen> {
  await using folder = await makeTempFolder()
  const { source, destination } = await makePair(folder.path)
  await using place = await start(folder.path)
  const call = { source, destination: place.url(path) }
  const first = await runMirror(call)
  await expectMirror(first, source, destination)
  expect(first.destination.figures.pushes).toBe(1)

  await addCommits(source, 1)
  await git(source, 'update-ref', '-d', 'refs/heads/unrelated')
  await git(source, 'tag', '-f', 'light', 'refs/heads/side')
  await git(source, 'update-ref', 'refs/heads/side', 'refs/heads/v1.x')
  const second = await runMirror(call)
  await expectMirror(second, source, destination)
  expect(second.log).not.toMatch(/once more|refused|declined/)
  const actions = Object.fromEntries(second.destination.changed.map(({ ref, action }) => [ref, action]))
  expect(actions).toEqual({
    'refs/heads/main': 'update',
    'refs/heads/side': 'update',
    'refs/heads/unrelated': 'delete',
    'refs/tags/light': 'force',
  })

  const third = await runMirror(call)
  await expectMirror(third, source, destination)
  expect(third.destination).toMatchObject({ status: 'unchanged', figures: { pushes: 0 } })
  const asked = place.asked ?? place.calls?.flatMap((one) => one.asked ?? []) ?? []
  return {
    asked,
    pushes: asked.filter(({ service, lines }) => service === 'git-receive-pack' && lines.length > 0),
    host: place.calls === undefined ? undefined : (place as Host),
    exits: place.exits ?? [],
  }
}

/** One run for several statements. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

describe('fakes as destination', () => {
  const github = once(() => mirrorTo((root) => startGitHub({ root }), 'destination'))

  it('GitHub: an empty repository without a line end, and no word with two signs of equality', async () => {
    const { pushes, host } = await github()
    expect(pushes).toHaveLength(2)
    expect(pushes[0]!.words).toContain('report-status-v2')
    expect(host!.calls.every(({ status }) => status === 200)).toBe(true)
  })

  it('[B21] session-id and push-options are offered and not sent', async () => {
    const { asked, pushes } = await github()
    expect(pushes[0]!.offered).toEqual(
      expect.arrayContaining([expect.stringMatching(/^session-id=/), 'push-options']),
    )
    const sent = asked.flatMap(({ words, lines }) => [...words, ...lines])
    expect(
      sent.filter((word) => /^(session-id|push-|server-option|filter|packfile-uris)/.test(word)),
    ).toEqual([])
  })

  it('[D9] the branch that HEAD names at the source is the first command', async () => {
    const { pushes } = await github()
    expect(pushes[0]!.lines[0]).toMatch(/ refs\/heads\/main$/)
  })

  it('[E2] receive-pack is asked without a version', async () => {
    const { host } = await github()
    const calls = host!.calls.filter(({ service }) => service === 'git-receive-pack')
    expect(calls.length).toBeGreaterThan(4)
    expect(calls.filter(({ headers }) => headers['git-protocol'] !== undefined)).toEqual([])
  })

  it('GitLab: an address without .git is redirected', async () => {
    const { host } = await mirrorTo((root) => startGitLab({ root }), 'destination')
    expect(host!.calls.filter(({ method }) => method === 'POST').map(({ path }) => path)).not.toContain(
      '/destination/git-receive-pack',
    )
  })

  it('Bitbucket Cloud', async () => {
    await mirrorTo((root) => startBitbucketCloud({ root }), 'destination.git')
  })

  it('Bitbucket Server', async () => {
    await mirrorTo(startBitbucketServer, 'scm/destination.git')
  })

  it('Gitea', async () => {
    await mirrorTo((root) => startGitea({ root }), 'destination.git')
  })

  it('Gerrit: JGit offers no object-format', async () => {
    const { pushes } = await mirrorTo((root) => startGerrit({ root }), 'a/destination')
    expect(pushes[0]!.words.filter((word) => word.includes('='))).toEqual([])
  })

  it('[B8] Azure Repos and CodeCommit are sent what they offered, so no agent', async () => {
    const azure = await mirrorTo((root) => startAzure({ root }), 'o/p/_git/destination')
    const commit = await mirrorTo((root) => startCodeCommit({ root }), 'v1/repos/destination')
    expect([...azure.pushes, ...commit.pushes].map(({ words }) => words)).toEqual(
      Array.from({ length: 4 }, () => ['report-status', 'side-band-64k']),
    )
  })

  it('[B19] the jgit daemon is left politely when nothing is to do', async () => {
    const { exits } = await mirrorTo(startJgitDaemon, 'destination.git')
    expect(exits.length).toBeGreaterThan(4)
    expect(exits.every((exit) => exit === 0)).toBe(true)
  })

  it('[B6] dulwich lists HEAD among the refs that can be pushed: nothing is planned for it', async () => {
    const { pushes } = await mirrorTo((root) => startDulwich(root), 'destination.git')
    expect(pushes[0]!.offered).toContain('symref=HEAD:refs/heads/main')
    expect(pushes.flatMap(({ lines }) => lines).filter((line) => line.endsWith(' HEAD'))).toEqual([])
  })

  it('a server built on go-git, without side-band-64k', async () => {
    const { pushes } = await mirrorTo(startGoGit, 'destination.git')
    expect(pushes[0]!.words).toEqual(['report-status', expect.stringMatching(/^agent=/)])
  })

  it('[G10] deletions alone bring no pack', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await git(source, 'update-ref', '-d', 'refs/heads/side')
    await using host = await startGitHub({ root: folder.path })
    await expectMirror(await runMirror({ source, destination: host.url('destination') }), source, destination)
    const push = host.calls.filter(({ asked }) => asked?.service === 'git-receive-pack')
    expect(push).toHaveLength(1)
    expect(push[0]!.received).toBeLessThan(300)
  })
})

describe('fakes as destination over ssh', () => {
  it('[K4] Azure Repos closes the channel with the last byte of its report', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using host = await startAzureSsh(folder.path, { leavesSilently: true })
    const mirrored = await runMirror({
      source,
      destination: `ssh://git@127.0.0.1:${host.port}/v3/org/project/destination`,
      args: await sshArgs(folder.path, [host]),
      env: sshEnv('destination', host),
    })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.destination).toMatchObject({ warnings: [], figures: { pushes: 1 } })
  })

  const missing = requireServer('sshd')
  it.skipIf(missing)('[J7] forced commands that take single quotes alone, or ~user', async () => {
    for (const start of [startBitbucketServerSsh, startGiteaSsh, startSourcehut]) {
      await using folder = await makeTempFolder()
      const { source } = await makePair(folder.path)
      const user = start === startSourcehut ? '~me/' : ''
      const path = `${folder.path}/${user}target.git`
      await git(folder.path, 'init', '-q', '--bare', path)
      await using sshd = await start(folder.path, folder.path)
      const mirrored = await runMirror({
        source,
        destination: sshd.url(`/${user}target.git`),
        args: await sshArgs(folder.path, [sshd]),
        env: sshEnv('destination', sshd),
      })
      await expectMirror(mirrored, source, path)
      if (user !== '') expect(mirrored.log).toContain('See the log of this push at')
      expect([...(await forEachRef(path)).keys()]).toContain("refs/heads/it's")
    }
  })
})
