import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import type { Connection } from '../../../src/transport/connection/connection.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { type Answer, startHttpBackend } from '../../support/http-backend.ts'
import { useHttpRemote } from '../../support/http-remote.ts'
import { addCommits } from '../../support/repositories.ts'
import { makeBareRepository } from '../../support/git.ts'
import { makeTempFolder, type TempFolder } from '../../support/temp.ts'

const ADVERTISEMENT = { 'content-type': 'application/x-git-upload-pack-advertisement' }
const EMPTY: Answer = { status: 200, headers: ADVERTISEMENT, body: '000eversion 2\n0000' }

function redirectTo(to: string, status = 302): Answer {
  return { status, headers: { location: to } }
}

async function makeRoot(): Promise<TempFolder> {
  const folder = await makeTempFolder()
  const { path } = await makeBareRepository({ parent: folder.path, name: 'source.git' })
  await addCommits(path, 1)
  return folder
}

async function greetingOf(connection: Connection): Promise<string> {
  return toText(await connection.greeting.readAll(100_000))
}

describe('discovery', () => {
  it('[F1] asks for info/refs below the address, with trailing slashes taken off and one parameter', async () => {
    await using root = await makeRoot()
    await using backend = await startHttpBackend({ root: root.path })
    await using source = useHttpRemote(`${backend.url}/source.git//`)
    const connection = await source.source()
    expect(await greetingOf(connection)).toContain('version 2')
    expect(connection.forgets).toBe(true)
    expect(backend.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /source.git/info/refs?service=git-upload-pack',
    ])
  })

  it('[F1] puts the path after a query that the address has, as git does', async () => {
    await using backend = await startHttpBackend({ root: '/', answer: () => EMPTY })
    await using source = useHttpRemote(`${backend.url}/serve?repository=x`)
    await source.source()
    expect(backend.requests[0]?.path).toBe('/serve?repository=x/info/refs&service=git-upload-pack')
  })

  it('[F2] takes the type in any case and with a charset', async () => {
    const headers = { 'content-type': 'Application/X-Git-Upload-Pack-Advertisement ; charset=utf-8' }
    await using backend = await startHttpBackend({ root: '/', answer: () => ({ ...EMPTY, headers }) })
    await using source = useHttpRemote(`${backend.url}/x`)
    expect(await greetingOf(await source.source())).toBe('000eversion 2\n0000')
  })

  it('[F2] quotes the first line of a page that came with 200', async () => {
    const body = '<html><head><title>Checking your browser</title></head><body><h1>Wait</h1></body></html>'
    const page: Answer = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
    await using backend = await startHttpBackend({ root: '/', answer: () => page })
    await using source = useHttpRemote(`${backend.url}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'protocol',
      retryable: false,
      message: expect.stringMatching(
        /not answer as a smart Git server \(text\/html.*: Checking your browser$/,
      ),
      serverText: 'Checking your browser\nWait',
    })
  })

  it('says that a server is dumb', async () => {
    const body = `${'1'.repeat(40)}\trefs/heads/main\n`
    const page: Answer = { status: 200, headers: { 'content-type': 'text/plain' }, body }
    await using backend = await startHttpBackend({ root: '/', answer: () => page })
    await using source = useHttpRemote(`${backend.url}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'protocol',
      hint: expect.stringContaining('dumb HTTP protocol'),
    })
  })

  it('refuses an answer in a coding that nobody asked for', async () => {
    const headers = { ...ADVERTISEMENT, 'content-encoding': 'gzip' }
    await using backend = await startHttpBackend({ root: '/', answer: () => ({ ...EMPTY, headers }) })
    await using source = useHttpRemote(`${backend.url}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('gzip'),
    })
  })

  it('[E1] gives the old advertisement of a front end that drops Git-Protocol', async () => {
    await using root = await makeRoot()
    await using backend = await startHttpBackend({ root: root.path, dropGitProtocol: true })
    await using source = useHttpRemote(`${backend.url}/source.git`)
    expect(await greetingOf(await source.source())).toMatch(
      /^001e# service=git-upload-pack\n0000[0-9a-f]{44} HEAD\0/,
    )
    expect(backend.requests[0]?.headers['git-protocol']).toBe('version=2')
  })

  it('[E2] asks receive-pack for no version', async () => {
    await using root = await makeRoot()
    await using backend = await startHttpBackend({ root: root.path })
    await using destination = useHttpRemote(`${backend.url}/source.git`)
    const connection = await destination.destination({ version: 2 })
    expect(await greetingOf(connection)).toMatch(/^001f# service=git-receive-pack\n0000/)
    expect(backend.requests[0]?.headers).not.toHaveProperty('git-protocol')
  })

  it('[F9] sends the user agent as it is given', async () => {
    await using backend = await startHttpBackend({ root: '/', answer: () => EMPTY })
    await using source = useHttpRemote(`${backend.url}/x`, { userAgent: 'git/2.0 (kalandra-1.0)' })
    await source.source()
    expect(backend.requests[0]?.headers['user-agent']).toBe('git/2.0 (kalandra-1.0)')
  })

  it('[F10] asks for no coding and sends no cookie', async () => {
    await using backend = await startHttpBackend({ root: '/', answer: () => EMPTY })
    await using source = useHttpRemote(`${backend.url}/x`)
    await source.source()
    const { headers } = backend.requests[0]!
    const names = Object.keys(headers).toSorted().join(' ')
    expect(names).toBe('accept connection git-protocol host pragma user-agent')
  })
})

describe('redirects', () => {
  it('[F8] follows a redirect and posts to the place it led to', async () => {
    await using root = await makeRoot()
    await using backend = await startHttpBackend({
      root: root.path,
      answer: ({ path }) =>
        path.startsWith('/old/') ? redirectTo(path.replace('/old/', '/source.git/')) : undefined,
    })
    await using source = useHttpRemote(`${backend.url}/old`)
    const connection = await source.source()
    await connection.turn(Buffer.from('0014command=ls-refs\n0000'))
    expect(backend.requests.map(({ path }) => path)).toEqual([
      '/old/info/refs?service=git-upload-pack',
      '/source.git/info/refs?service=git-upload-pack',
      '/source.git/git-upload-pack',
    ])
    expect(source.notices).toHaveLength(1)
    expect(source.notices[0]).toContain(`redirects to ${backend.url}/source.git/info/refs`)
  })

  it('remembers a redirect that was meant to stay, and no other', async () => {
    await using root = await makeRoot()
    await using backend = await startHttpBackend({
      root: root.path,
      answer: ({ path }) => {
        if (path.startsWith('/moved/')) return redirectTo(path.replace('/moved/', '/source.git/'), 301)
        return path.startsWith('/away/') ? redirectTo(path.replace('/away/', '/source.git/')) : undefined
      },
    })
    const asked = async (address: string): Promise<number> => {
      await using source = useHttpRemote(address)
      const before = backend.requests.length
      await source.source()
      await source.source()
      return backend.requests.length - before
    }
    expect(await asked(`${backend.url}/moved`)).toBe(3)
    expect(await asked(`${backend.url}/away`)).toBe(4)
  })

  it('[F8] sends the login to the same server only', async () => {
    await using root = await makeRoot()
    await using other = await startHttpBackend({ root: root.path })
    await using backend = await startHttpBackend({
      root: root.path,
      answer: ({ path }) => {
        if (path.startsWith('/here/')) return redirectTo(path.replace('/here/', '/source.git/'))
        return path.startsWith('/there/')
          ? redirectTo(other.url + path.replace('/there/', '/source.git/'))
          : undefined
      },
    })
    await using here = useHttpRemote(`${backend.url}/here`, { token: 'secret' })
    await here.source()
    expect(backend.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([true, true])
    await using there = useHttpRemote(`${backend.url}/there`, { token: 'secret' })
    const connection = await there.source()
    await connection.turn(Buffer.from('0014command=ls-refs\n0000'))
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
  })

  it('says why the login stayed behind when the other server asks for one', async () => {
    const auth = { username: 'x-access-token', password: 'secret' }
    await using other = await startHttpBackend({ root: '/', auth })
    await using backend = await startHttpBackend({
      root: '/',
      answer: ({ path }) => redirectTo(other.url + path),
    })
    await using source = useHttpRemote(`${backend.url}/x`, { token: 'secret' })
    await expect(source.source()).rejects.toMatchObject({
      code: 'auth',
      hint: expect.stringContaining('use the address that it redirects to'),
    })
  })

  it('[F8] follows from http to https and never back', async () => {
    await using root = await makeRoot()
    await using certificate = await makeCertificate()
    let plain = ''
    await using secure = await startHttpBackend({
      root: root.path,
      tls: certificate,
      answer: ({ path }) => (path.startsWith('/back') ? redirectTo(plain + path) : undefined),
    })
    await using backend = await startHttpBackend({
      root: root.path,
      answer: ({ path }) => redirectTo(secure.url + path),
    })
    plain = backend.url
    const env = { GIT_SSL_CAINFO: certificate.path }
    await using up = useHttpRemote(`${backend.url}/source.git`, { env })
    expect(await greetingOf(await up.source())).toContain('version 2')
    const before = backend.requests.length
    await using down = useHttpRemote(`${secure.url}/back`, { env })
    await expect(down.source()).rejects.toMatchObject({
      code: 'http',
      message: expect.stringContaining('from https'),
    })
    expect(backend.requests).toHaveLength(before)
  })

  it('[F8] gives up after five', async () => {
    await using backend = await startHttpBackend({ root: '/', answer: ({ path }) => redirectTo(path) })
    await using source = useHttpRemote(`${backend.url}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'http',
      message: expect.stringContaining('5 times'),
    })
    expect(backend.requests).toHaveLength(6)
  })

  it('[F8] takes no place that is not a repository', async () => {
    await using backend = await startHttpBackend({
      root: '/',
      answer: ({ path }) => (path.startsWith('/x/') ? redirectTo('/index') : EMPTY),
    })
    await using source = useHttpRemote(`${backend.url}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'http',
      message: expect.stringContaining('/index, which is not the address of a repository'),
    })
  })

  it.each(['/_signin?state=secret', '/users/sign_in', 'https://login.microsoftonline.com/x'])(
    'takes a redirect to %s for a refused login',
    async (location) => {
      await using backend = await startHttpBackend({ root: '/', answer: () => redirectTo(location) })
      await using source = useHttpRemote(`${backend.url}/x`, { token: 'secret' })
      await expect(source.source()).rejects.toMatchObject({ code: 'auth', status: 302 })
      expect(backend.requests).toHaveLength(1)
    },
  )

  it('takes a 203 for a refused login', async () => {
    await using backend = await startHttpBackend({
      root: '/',
      answer: () => ({ status: 203, body: '<html>Sign in' }),
    })
    await using source = useHttpRemote(`${backend.url}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'auth',
      status: 203,
      message: expect.stringContaining('login page'),
    })
  })
})
