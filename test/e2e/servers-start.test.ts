import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, makeBareRepository, runGit } from '../support/git.ts'
import { addCommits, fillRepository, noise } from '../support/repositories.ts'
import { startApache } from '../support/servers/apache.ts'
import { startGitDaemon } from '../support/servers/git-daemon.ts'
import { HTTP_PASSWORD, HTTP_USER, type HttpServer } from '../support/servers/http-server.ts'
import { startNginx } from '../support/servers/nginx.ts'
import { requireServer, type ServerName } from '../support/servers/require-server.ts'
import { makeTempFolder } from '../support/temp.ts'

const PUSH = ['push', '--quiet'] as const

function withLogin(url: string): string {
  return url.replace('//', `//${HTTP_USER}:${encodeURIComponent(HTTP_PASSWORD)}@`)
}

const HTTP_SERVERS: readonly { name: ServerName; start: (root: string) => Promise<HttpServer> }[] = [
  { name: 'nginx', start: startNginx },
  { name: 'apache', start: startApache },
]

for (const { name, start } of HTTP_SERVERS) {
  const missing = requireServer(name)
  describe.skipIf(missing)(`${name} with git http-backend${missing ? `: left out, ${missing}` : ''}`, () => {
    it('does at each place what the place is for', async () => {
      await using folder = await makeTempFolder()
      const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
      const target = await makeBareRepository({ parent: folder.path, name: 'target.git' })
      await fillRepository(source.path)
      await addCommits(source.path, 1, { path: 'big', size: 2_000_000, ref: 'refs/heads/big' })
      await using server = await start(folder.path)
      const refs = await forEachRef(source.path)

      const clone = join(folder.path, 'clone.git')
      await git(folder.path, 'clone', '--quiet', '--mirror', server.url('plain', 'source.git'), clone)
      expect(await forEachRef(clone)).toEqual(refs)

      const push = (url: string, ...refspecs: readonly string[]): ReturnType<typeof runGit> =>
        runGit(source.path, ['-c', 'http.postBuffer=65536', ...PUSH, url, ...refspecs])
      const tooLarge = await push(server.url('limited', 'target.git'), 'refs/heads/big')
      expect(tooLarge.stderr).toContain('413')
      expect((await push(server.url('private', 'target.git'), 'refs/heads/main')).exitCode).not.toBe(0)
      expect(await forEachRef(target.path)).toEqual(new Map())

      for (const [url, refspec] of [
        [server.url('plain', 'target.git'), 'refs/heads/big'],
        [server.url('buffered', 'target.git'), 'refs/heads/main'],
        [withLogin(server.url('private', 'target.git')), 'refs/heads/side'],
        [withLogin(server.url('private-push', 'target.git')), 'refs/heads/unrelated'],
        [server.url('limited', 'target.git'), 'refs/tags/*:refs/tags/*'],
      ] as const) {
        expect(await push(url, refspec)).toMatchObject({ exitCode: 0, stderr: '' })
      }
      const pushed = await forEachRef(target.path)
      expect(pushed.get('refs/heads/big')).toBe(refs.get('refs/heads/big'))
      expect(pushed.get('refs/tags/nested')).toBe(refs.get('refs/tags/nested'))
      await fsck(target.path)

      const listing = await git(folder.path, 'ls-remote', server.url('plain', 'target.git'))
      for (const place of ['moved', 'temporary', 'old', 'private-push'] as const) {
        expect(await git(folder.path, 'ls-remote', server.url(place, 'target.git'))).toBe(listing)
      }
      const requests = await server.requests()
      expect(requests).toContainEqual(
        expect.stringMatching(/^POST \/plain\/target\.git\/git-receive-pack 200 - chunked/),
      )
      expect(requests).toContainEqual(expect.stringMatching(/^GET \/moved\/target\.git\/info\/refs\?\S+ 301/))
      expect(requests).toContainEqual(
        expect.stringMatching(/^GET \/temporary\/target\.git\/info\/refs\?\S+ 307/),
      )
      expect(requests.filter((line) => line.includes('/old/') && line.includes('POST'))).toEqual([])
    })
  })
}

const noDaemon = requireServer('git-daemon')
describe.skipIf(noDaemon)(`git daemon${noDaemon ? `: left out, ${noDaemon}` : ''}`, () => {
  it('serves both services', async () => {
    await using folder = await makeTempFolder()
    const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
    const target = await makeBareRepository({ parent: folder.path, name: 'target.git' })
    await fillRepository(source.path)
    await using daemon = await startGitDaemon(folder.path)
    const clone = join(folder.path, 'clone.git')
    await git(folder.path, 'clone', '--quiet', '--mirror', daemon.url('source.git'), clone)
    expect(await forEachRef(clone)).toEqual(await forEachRef(source.path))
    await git(source.path, ...PUSH, daemon.url('/target.git'), 'refs/heads/*:refs/heads/*')
    expect(await forEachRef(target.path)).toEqual(await forEachRef(source.path, 'refs/heads'))
  })
})

it('makes noise that is the same in every run', () => {
  expect(Buffer.from(noise(70)).toString('base64')).toBe(
    Buffer.from(noise(100).subarray(0, 70)).toString('base64'),
  )
  expect(noise(64, 'a')).not.toEqual(noise(64, 'b'))
})
