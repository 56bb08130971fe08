import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, makeBareRepository, runGit } from '../support/git.ts'
import { startAzure, startAzureSsh } from '../support/hosts/azure.ts'
import {
  startBitbucketCloud,
  startBitbucketServer,
  startBitbucketServerSsh,
} from '../support/hosts/bitbucket.ts'
import { startCodeCommit } from '../support/hosts/codecommit.ts'
import { startGerrit, startJgitDaemon } from '../support/hosts/gerrit.ts'
import { startGitea, startGiteaSsh } from '../support/hosts/gitea.ts'
import { startGitHub } from '../support/hosts/github.ts'
import { startGitLab } from '../support/hosts/gitlab.ts'
import { startDulwich, startGoGit } from '../support/hosts/other-servers.ts'
import { startSourcehut } from '../support/hosts/sourcehut.ts'
import { gitSshEnv, type SshKeys } from '../support/hosts/ssh-env.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { addCommits } from '../support/repositories.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeTempFolder } from '../support/temp.ts'

interface Served extends AsyncDisposable {
  readonly url: (path: string) => string
}

interface Fake {
  readonly start: (root: string) => Promise<Served>
  /** Path of a repository's address. */
  readonly path: (name: string) => string
}

const dotGit = (name: string): string => `${name}.git`
const FAKES: Readonly<Record<string, Fake>> = {
  GitHub: { start: (root) => startGitHub({ root }), path: (name) => name },
  GitLab: { start: (root) => startGitLab({ root }), path: (name) => name },
  'Bitbucket Cloud': { start: (root) => startBitbucketCloud({ root }), path: dotGit },
  'Bitbucket Server': { start: startBitbucketServer, path: (name) => `scm/${name}.git` },
  'Azure Repos': { start: (root) => startAzure({ root }), path: (name) => `org/project/_git/${name}` },
  CodeCommit: { start: (root) => startCodeCommit({ root }), path: (name) => `v1/repos/${name}` },
  Gerrit: { start: (root) => startGerrit({ root }), path: (name) => `a/${name}` },
  'jgit daemon': { start: startJgitDaemon, path: dotGit },
  Gitea: { start: (root) => startGitea({ root }), path: dotGit },
  dulwich: { start: (root) => startDulwich(root), path: dotGit },
}

async function makePair(
  root: string,
  name = '',
): Promise<{ readonly source: string; readonly target: string }> {
  const source = await makeBareRepository({ parent: root, name: `${name}source.git` })
  const target = await makeBareRepository({ parent: root, name: `${name}target.git` })
  await addCommits(source.path, 3)
  return { source: source.path, target: target.path }
}

async function checkWithGit(
  folder: string,
  pair: { readonly source: string; readonly target: string },
  options: { readonly url: (name: string) => string; readonly env?: NodeJS.ProcessEnv },
): Promise<void> {
  const { url, env } = options
  const copy = join(folder, 'copy.git')
  expect(await runGit(folder, ['clone', '-q', '--mirror', url('source'), copy], { env })).toMatchObject({
    exitCode: 0,
  })
  expect(await forEachRef(copy)).toEqual(await forEachRef(pair.source))
  expect(await runGit(copy, ['push', '-q', url('target'), 'refs/heads/*'], { env })).toMatchObject({
    exitCode: 0,
  })
  expect(await forEachRef(pair.target)).toEqual(await forEachRef(pair.source))
  await fsck(pair.target)
}

describe('what git itself can use', () => {
  for (const [name, { start, path }] of Object.entries(FAKES)) {
    it(`${name} is cloned from and pushed to by git`, async () => {
      await using folder = await makeTempFolder()
      const pair = await makePair(folder.path)
      await using host = await start(folder.path)
      await checkWithGit(folder.path, pair, { url: (repository) => host.url(path(repository)) })
    })
  }

  const missing = requireServer('sshd')
  it.skipIf(missing)('the forced commands of ssh hosts serve git', async () => {
    for (const start of [startBitbucketServerSsh, startGiteaSsh, startSourcehut]) {
      await using folder = await makeTempFolder()
      const user = start === startSourcehut ? '~user/' : ''
      if (user !== '') await runGit(folder.path, ['init', '-q', join(folder.path, user)])
      const pair = await makePair(folder.path, user)
      await using sshd = await start(folder.path, folder.path)
      const env = await gitSshEnv(folder.path, sshd)
      const url = (name: string): string => sshd.url(`/${user}${name}.git`)
      await checkWithGit(folder.path, pair, { url, env })
    }
  })

  it('Azure Repos over ssh serves git', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    await using host = await startAzureSsh(folder.path)
    const env = await gitSshEnv(folder.path, host satisfies SshKeys)
    const url = (name: string): string => `ssh://git@127.0.0.1:${host.port}/v3/org/project/${name}`
    await checkWithGit(folder.path, pair, { url, env })
  })
})

interface Answered {
  readonly status: number
  readonly location: string | undefined
  readonly body: string
}

/** One request; a body given as `chunked` goes without its length. */
function ask(
  url: string,
  options: {
    readonly body?: Buffer
    readonly chunked?: boolean
    readonly headers?: Record<string, string>
  } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { body, chunked, headers } = options
    const call = request(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        'user-agent': 'git/test',
        ...(body && !chunked && { 'content-length': body.length }),
        ...headers,
      },
    })
    call.once('error', reject)
    call.once('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const { statusCode = 0, headers } = response
        resolve({
          status: statusCode,
          location: headers.location,
          body: Buffer.concat(parts).toString('latin1'),
        })
      })
    })
    if (body) call.write(body)
    call.end()
  })
}

async function makeSource(folder: string): Promise<{ readonly tip: string }> {
  const { source } = await makePair(folder)
  return { tip: (await forEachRef(source)).get('refs/heads/main')! }
}

function want(tip: string, words: string): Buffer {
  return Buffer.concat([pkt(`want ${tip} ${words}\n`), FLUSH_PKT, pkt('done\n')])
}

function refs(base: string, service = 'git-upload-pack'): string {
  return `${base}/info/refs?service=${service}`
}

function basic(token: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` }
}

describe('what they refuse', () => {
  it('Azure Repos demands multi_ack and nothing that it did not offer', async () => {
    await using folder = await makeTempFolder()
    const { tip } = await makeSource(folder.path)
    await using host = await startAzure({ root: folder.path })
    const base = host.url('org/project/_git/source')
    const greeting = await ask(`${base}/info/refs?service=git-upload-pack`)
    expect(greeting.body).toContain('\0multi_ack thin-pack ')
    expect(greeting.body).not.toMatch(/ofs-delta|agent/)
    const post = `${base}/git-upload-pack`
    expect(await ask(post, { body: want(tip, 'side-band-64k') })).toMatchObject({
      status: 400,
      body: expect.stringContaining('TF401041'),
    })
    expect((await ask(post, { body: want(tip, 'multi_ack agent=x') })).status).toBe(400)
    expect((await ask(post, { body: want(tip, 'multi_ack side-band-64k') })).body).toContain('PACK')
  })

  it('CodeCommit hangs up on an agent, on a body without length and on a path with .git', async () => {
    await using folder = await makeTempFolder()
    const { tip } = await makeSource(folder.path)
    await using host = await startCodeCommit({ root: folder.path, maxCommands: 1 })
    const base = host.url('v1/repos/source')
    expect((await ask(`${base}.git/info/refs?service=git-upload-pack`)).status).toBe(404)
    expect((await ask(`${base}/info/refs?service=git-upload-pack`)).body).not.toContain('symref')
    const post = `${base}/git-upload-pack`
    const fine = want(tip, 'multi_ack side-band-64k')
    expect((await ask(post, { body: fine })).body).toContain('PACK')
    await expect(ask(post, { body: fine, chunked: true })).rejects.toThrow()
    await expect(ask(post, { body: want(tip, 'multi_ack agent=x') })).rejects.toThrow()
    await expect(ask(post, { body: want(tip, 'side-band-64k') })).rejects.toThrow()
  })

  it('Gerrit and JGit hang up on what they did not offer', async () => {
    await using folder = await makeTempFolder()
    await makePair(folder.path)
    await using host = await startGerrit({ root: folder.path })
    const headers = { 'git-protocol': 'version=2' }
    const greeting = await ask(host.url('a/source/info/refs?service=git-upload-pack'), { headers })
    expect(greeting.body).toMatch(/version 2\n.*ls-refs\n.*fetch=shallow\n/s)
    const list = (...lines: readonly string[]): Promise<Answered> => {
      const body = Buffer.concat([pkt('command=ls-refs\n'), Buffer.from('0001'), pkt(...lines), FLUSH_PKT])
      return ask(host.url('a/source/git-upload-pack'), { body, headers })
    }
    expect((await list('symrefs\n')).body).toContain('refs/heads/main')
    await expect(list('unborn\n')).rejects.toThrow()
    const old = await ask(host.url('a/source/info/refs?service=git-receive-pack'))
    expect(old.body).toMatch(/\0 side-band-64k/)
  })

  it('hosts answer strangers and wrong addresses as they do', async () => {
    await using folder = await makeTempFolder()
    await makePair(folder.path)
    const root = folder.path
    await using github = await startGitHub({ root, token: 'right' })
    await using gitlab = await startGitLab({ root })
    await using azure = await startAzure({ root, token: 'right' })
    await using page = await startAzure({ root, token: 'right', stranger: 203 })
    await using closed = await startAzure({ root, readOnly: true })
    expect((await ask(refs(github.url('source')))).status).toBe(401)
    expect((await ask(refs(github.url('source')), { headers: basic('wrong') })).status).toBe(404)
    expect((await ask(refs(github.url('source')), { headers: basic('right') })).status).toBe(200)
    expect(await ask(refs(gitlab.url('source')))).toMatchObject({
      status: 301,
      location: '/source.git/info/refs?service=git-upload-pack',
    })
    const path = 'org/project/_git/source'
    expect((await ask(refs(azure.url(path)))).location).toMatch(/^\/_signin/)
    expect((await ask(refs(page.url(path)))).status).toBe(203)
    expect(await ask(refs(closed.url(path), 'git-receive-pack'))).toMatchObject({
      status: 403,
      body: expect.stringContaining('TF401027'),
    })
  })

  it('a go-git server says NAK twice', async () => {
    await using folder = await makeTempFolder()
    const { tip } = await makeSource(folder.path)
    await using host = await startGoGit(folder.path)
    await ask(host.url('source.git/info/refs?service=git-upload-pack'))
    const body = want(tip, 'side-band-64k')
    expect((await ask(host.url('source.git/git-upload-pack'), { body })).body).toMatch(/^0008NAK\n0008NAK\n/)
  })
})
