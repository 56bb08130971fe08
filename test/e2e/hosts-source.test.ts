import { describe, expect, it } from 'vitest'
import { git } from '../support/git.ts'
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
import { expectMirror, type Mirrored, runMirror } from '../support/hosts/run.ts'
import { startSourcehut } from '../support/hosts/sourcehut.ts'
import { sshArgs, sshEnv } from '../support/hosts/ssh-env.ts'
import { addCommits } from '../support/repositories.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeTempFolder } from '../support/temp.ts'

interface Seen {
  /** Requests to the source, as it read them. */
  readonly asked: readonly Asked[]
  readonly first: Mirrored
  readonly second: Mirrored
  readonly host: Host | undefined
}

interface Source extends AsyncDisposable {
  readonly asked: () => readonly Asked[]
  readonly host?: Host
  readonly url: string
}

/** Mirrors a repository with one of everything, adds a commit, deletes a branch, and mirrors again. */
async function mirrorFrom(start: (root: string) => Promise<Source>): Promise<Seen> {
  await using folder = await makeTempFolder()
  const { source, destination } = await makePair(folder.path)
  await using place = await start(folder.path)
  const call = { source: place.url, destination }
  const first = await runMirror(call)
  await expectMirror(first, source, destination)
  await addCommits(source, 1)
  await git(source, 'update-ref', '-d', 'refs/heads/unrelated')
  const second = await runMirror(call)
  await expectMirror(second, source, destination)
  expect(second.destination.changed).toMatchObject([
    { ref: 'refs/heads/unrelated', action: 'delete' },
    { ref: 'refs/heads/main', action: 'update' },
  ])
  expect(second.destination.figures.objects).toBe(3)
  return { asked: place.asked(), first, second, host: place.host }
}

function overHttp(start: (root: string) => Promise<Host>, path: string) {
  return async (root: string): Promise<Source> => {
    const host = await start(root)
    return {
      url: host.url(path),
      host,
      asked: () => host.calls.flatMap(({ asked }) => asked ?? []),
      [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
    }
  }
}

function overGit(start: (root: string) => ReturnType<typeof startJgitDaemon>) {
  return async (root: string): Promise<Source> => {
    const host = await start(root)
    return {
      url: host.url('source.git'),
      asked: () => host.asked,
      [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
    }
  }
}

function wordsOfFetches(asked: readonly Asked[]): readonly (readonly string[])[] {
  const fetches = asked.filter(({ version, command }) => version === 0 || command === 'fetch')
  return fetches.map(({ version, words, lines }) => (version === 0 ? words : lines))
}

describe('fakes as source', () => {
  it('GitHub: v2 behind a service line', async () => {
    const { asked } = await mirrorFrom(overHttp((root) => startGitHub({ root }), 'source'))
    expect(asked.every(({ version }) => version === 2)).toBe(true)
    expect(asked.map(({ command }) => command)).toContain('fetch')
  })

  it('GitLab: an address without .git is redirected, and POSTs go where it led', async () => {
    const { host, first } = await mirrorFrom(overHttp((root) => startGitLab({ root }), 'source'))
    expect(first.log).toMatch(/redirects to http:\S+\/source\.git/)
    expect(host!.calls.filter(({ status }) => status === 301)).toHaveLength(2)
    expect(host!.calls.filter(({ method }) => method === 'POST').map(({ path }) => path)).not.toContain(
      '/source/git-upload-pack',
    )
  })

  it('Bitbucket Cloud', async () => {
    await mirrorFrom(overHttp((root) => startBitbucketCloud({ root }), 'source.git'))
  })

  it('Bitbucket Server: v2 without a service line', async () => {
    const { asked } = await mirrorFrom(overHttp(startBitbucketServer, 'scm/source.git'))
    expect(asked.every(({ version }) => version === 2)).toBe(true)
  })

  it('Gitea', async () => {
    await mirrorFrom(overHttp((root) => startGitea({ root }), 'source.git'))
  })

  it('[E1] Azure Repos answers v0 to a client that asked for v2', async () => {
    const { host, asked } = await mirrorFrom(overHttp((root) => startAzure({ root }), 'o/p/_git/source'))
    const gets = host!.calls.filter(({ method }) => method === 'GET')
    expect(gets.map(({ headers }) => headers['git-protocol'])).toContain('version=2')
    expect(asked.every(({ version }) => version === 0)).toBe(true)
    // Nothing of the objects' way was left out: v0 has one POST for a pack.
    expect(wordsOfFetches(asked).length).toBe(
      host!.calls.filter(({ method, service }) => method === 'POST' && service !== undefined).length,
    )
  })

  it('[A4] Azure Repos and CodeCommit are sent multi_ack, dulwich the three words that it demands', async () => {
    const azure = await mirrorFrom(overHttp((root) => startAzure({ root }), 'o/p/_git/source'))
    const commit = await mirrorFrom(overHttp((root) => startCodeCommit({ root }), 'v1/repos/source'))
    const dulwich = await mirrorFrom(overGit((root) => startDulwich(root)))
    for (const words of wordsOfFetches([...azure.asked, ...commit.asked]))
      expect(words).toContain('multi_ack_detailed')
    for (const words of wordsOfFetches(dulwich.asked))
      expect(words).toEqual(expect.arrayContaining(['thin-pack', 'side-band-64k', 'ofs-delta']))
  })

  it('[B8] Gerrit gets no agent, no unborn and no wait-for-done, which it did not offer', async () => {
    const { asked } = await mirrorFrom(overHttp((root) => startGerrit({ root }), 'a/source'))
    expect(asked.map(({ command }) => command)).toEqual(expect.arrayContaining(['ls-refs', 'fetch']))
    const sent = asked.flatMap(({ words, lines }) => [...words, ...lines])
    expect(sent.filter((line) => /^(agent|object-format|unborn|wait-for-done)/.test(line))).toEqual([])
  })

  it('[B3] the jgit daemon begins its capabilities with a space', async () => {
    const { asked } = await mirrorFrom(overGit(startJgitDaemon))
    expect(wordsOfFetches(asked)[0]).toContain('side-band-64k')
  })

  it('a go-git server says NAK twice', async () => {
    await mirrorFrom(overHttp(startGoGit, 'source.git'))
  })

  it('[E6] CodeCommit lists no HEAD symref: the mirror is the same', async () => {
    const { first } = await mirrorFrom(overHttp((root) => startCodeCommit({ root }), 'v1/repos/source'))
    expect(first.destination.warnings).toEqual([])
  })

  it('[A10] no source is asked for include-tag', async () => {
    const { asked } = await mirrorFrom(overGit(startJgitDaemon))
    expect(asked[0]!.offered).toContain('include-tag')
    expect(asked.flatMap(({ words }) => words)).not.toContain('include-tag')
  })
})

const missing = requireServer('sshd')

describe('fakes as source over ssh', () => {
  it('[K4] Azure Repos closes the channel with its last byte', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await using host = await startAzureSsh(folder.path, { leavesSilently: true })
    const mirrored = await runMirror({
      source: `ssh://git@127.0.0.1:${host.port}/v3/org/my%20project/source`,
      destination,
      args: await sshArgs(folder.path, [host]),
      env: sshEnv('source', host),
    })
    await expectMirror(mirrored, source, destination)
    expect(host.commands).toContain("git-upload-pack '/v3/org/my project/source'")
    expect(host.asked[0]!.words).toContain('multi_ack_detailed')
  })

  it.skipIf(missing)('[J7] forced commands that take single quotes alone, or ~user', async () => {
    for (const start of [startBitbucketServerSsh, startGiteaSsh, startSourcehut]) {
      await using folder = await makeTempFolder()
      const { source, destination } = await makePair(folder.path)
      const user = start === startSourcehut ? '~me' : ''
      if (user !== '') {
        await git(folder.path, 'init', '-q', '--bare', `${user}/source.git`)
        await git(source, 'push', '-q', '--mirror', `${folder.path}/${user}/source.git`)
      }
      await using sshd = await start(folder.path, folder.path)
      const mirrored = await runMirror({
        source: sshd.url(`/${user === '' ? '' : `${user}/`}source.git`),
        destination,
        args: await sshArgs(folder.path, [sshd]),
        env: sshEnv('source', sshd),
      })
      await expectMirror(mirrored, source, destination)
    }
  })
})
