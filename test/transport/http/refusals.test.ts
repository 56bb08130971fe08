import { describe, expect, it } from 'vitest'
import { isLoginAddress } from '../../../src/transport/http/refusals.ts'
import { makeBareRepository } from '../../support/git.ts'
import { type Answer, startHttpBackend } from '../../support/http-backend.ts'
import { packet, type TestRemoteOptions, useHttpRemote } from '../../support/http-remote.ts'
import { makeTempFolder } from '../../support/temp.ts'

/** The error of opening a repository whose server gives `answer`, and how often it was asked. */
async function errorOf(
  answer: Answer,
  options: TestRemoteOptions = {},
  service: 'source' | 'destination' = 'source',
): Promise<{ readonly error: unknown; readonly asked: number }> {
  await using backend = await startHttpBackend({ root: '/', answer: () => answer })
  await using remote = useHttpRemote(`${backend.url}/team/x.git`, options)
  const error = await remote[service]().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { error, asked: backend.requests.length }
}

describe('logins', () => {
  const auth = { username: 'x-access-token', password: 'secret' }

  it('[F7] sends the configured login at once', async () => {
    await using folder = await makeTempFolder()
    await makeBareRepository({ parent: folder.path, name: 'x.git' })
    await using backend = await startHttpBackend({ root: folder.path, auth })
    await using source = useHttpRemote(`${backend.url}/x.git`, { token: 'secret' })
    await source.source()
    expect(backend.requests.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('x-access-token:secret').toString('base64')}`,
    ])
  })

  it('[F7] asks once with a wrong login, and never again', async () => {
    await using backend = await startHttpBackend({ root: '/', auth })
    await using source = useHttpRemote(`${backend.url}/x.git`, { token: 'wrong' })
    await expect(source.source()).rejects.toMatchObject({
      code: 'auth',
      status: 401,
      retryable: false,
      message: `${backend.url}/x.git refused the credential (HTTP 401): who are you?`,
    })
    expect(backend.requests).toHaveLength(1)
  })

  it('says when no login was there to be sent', async () => {
    const { error } = await errorOf({ status: 401 })
    expect(error).toMatchObject({ code: 'auth', hint: expect.stringContaining('Give a token') })
  })

  it('[F17] takes the login out of the address, sends it and never shows it', async () => {
    await using backend = await startHttpBackend({ root: '/', auth })
    await using source = useHttpRemote(backend.url.replace('//', '//me:s3cret%21@') + '/x.git')
    const error = await source.source().catch((thrown: unknown) => thrown)
    const [request] = backend.requests
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('me:s3cret!').toString('base64')}`)
    expect(request?.path).toBe('/x.git/info/refs?service=git-upload-pack')
    expect(source.remote.label).toBe(`${backend.url}/x.git`)
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('s3cret')
  })

  it.each([401, 403, 404])('marks %i retryable for a token that is new', async (status) => {
    const options = { token: 't', retryFreshToken: true }
    expect((await errorOf({ status }, options)).error).toMatchObject({ status, retryable: true })
    expect((await errorOf({ status }, { token: 't' })).error).toMatchObject({ status, retryable: false })
    expect((await errorOf({ status }, { retryFreshToken: true })).error).toMatchObject({
      status,
      retryable: false,
    })
  })
})

describe('refusals', () => {
  it('[F16] takes a 403 to receive-pack for a push that is not allowed', async () => {
    await using folder = await makeTempFolder()
    await makeBareRepository({ parent: folder.path, name: 'x.git', config: { 'http.receivepack': 'false' } })
    await using backend = await startHttpBackend({ root: folder.path })
    await using destination = useHttpRemote(`${backend.url}/x.git`, { token: 't' })
    await expect(destination.destination()).rejects.toMatchObject({
      code: 'auth',
      status: 403,
      message: expect.stringContaining('does not allow this credential to push (HTTP 403)'),
      hint: expect.stringContaining('may write'),
    })
  })

  it('knows a repository that is not there', async () => {
    await using folder = await makeTempFolder()
    await using backend = await startHttpBackend({ root: folder.path })
    await using source = useHttpRemote(`${backend.url}/gone.git`)
    await expect(source.source()).rejects.toMatchObject({ code: 'not-found', status: 404, retryable: false })
  })

  it('[F15] passes on how many seconds to wait', async () => {
    const { error, asked } = await errorOf({ status: 429, headers: { 'retry-after': '7' } })
    expect(error).toMatchObject({ code: 'http', status: 429, retryable: true, retryAfter: 7000 })
    expect(asked).toBe(1)
  })

  it('[F15] passes on until when to wait', async () => {
    const date = new Date(Date.now() + 240_000).toUTCString()
    const { error } = await errorOf({ status: 503, headers: { 'retry-after': date } })
    expect(error).toMatchObject({ code: 'http', status: 503, retryable: true })
    const { retryAfter } = error as { readonly retryAfter: number }
    expect(retryAfter).toBeGreaterThan(200_000)
    expect(retryAfter).toBeLessThanOrEqual(240_000)
  })

  it.each([
    [429, '301'],
    [503, '86400'],
    [403, '999999999'],
    [503, new Date(Date.now() + 3_600_000).toUTCString()],
  ])(
    'says until when to wait instead of trying again, where that is too long: %d, %s',
    async (status, text) => {
      const { error, asked } = await errorOf({ status, headers: { 'retry-after': text } })
      expect(error).toMatchObject({
        code: 'http',
        status,
        retryable: false,
        hint: expect.stringMatching(
          /asks to wait \d+ seconds.*start again after [+\d]\d+-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
        ),
      })
      expect(asked).toBe(1)
    },
  )

  it.each([
    [400, 'http', false],
    [402, 'http', false],
    [408, 'http', true],
    [410, 'not-found', false],
    [411, 'http', false],
    [413, 'too-large', false],
    [415, 'http', false],
    [500, 'http', true],
    [501, 'http', false],
    [502, 'http', true],
    [504, 'http', true],
    [524, 'http', true],
    [204, 'http', false],
  ])('takes %i for %s, retryable: %s', async (status, code, retryable) => {
    expect((await errorOf({ status })).error).toMatchObject({ status, code, retryable })
  })

  it('takes a 403 that says when to come back for a limit of speed', async () => {
    const { error } = await errorOf({ status: 403, headers: { 'retry-after': '60' } }, { token: 't' })
    expect(error).toMatchObject({ code: 'http', retryable: true, retryAfter: 60_000 })
  })

  it('names the ids that a host asks for when it is called', async () => {
    const headers = { 'x-github-request-id': 'ABCD:12:34', 'cf-ray': '8f<b>-FRA' }
    const { error } = await errorOf({ status: 500, headers })
    expect(error).toMatchObject({
      message: expect.stringContaining('(HTTP 500, request id ABCD:12:34, Cloudflare ray 8fb-FRA)'),
    })
  })

  it('shows the pkt-lines that Azure puts into a 403', async () => {
    const words = 'TF401027: You need the Git GenericContribute permission'
    const body = `${packet('# service=git-receive-pack\n')}0000${packet(words)}`
    const headers = { 'content-type': 'application/x-git-receive-pack-advertisement' }
    const { error } = await errorOf({ status: 403, headers, body }, { token: 't' }, 'destination')
    expect(error).toMatchObject({
      code: 'auth',
      serverText: expect.stringContaining(words),
      message: expect.stringMatching(`\\(HTTP 403\\): ${words}$`),
    })
  })
})

describe('isLoginAddress', () => {
  it.each([
    ['https://dev.example/_signin?x=y', true],
    ['https://dev.example/users/sign_in', true],
    ['https://dev.example/login', true],
    ['https://dev.example/user/login/', true],
    ['https://dev.example/team/login-service.git/info/refs', false],
    ['https://dev.example/signing/keys.git/info/refs', false],
  ])('of %s: %s', (url, is) => {
    expect(isLoginAddress(new URL(url))).toBe(is)
  })

  it('does not mistake a repository named login', () => {
    expect(isLoginAddress(new URL('https://dev.example/team/login/info/refs?service=git-upload-pack'))).toBe(
      false,
    )
  })
})
