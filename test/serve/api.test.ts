import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { describeApi } from '../../src/serve/http/openapi.ts'
import { ROUTES } from '../../src/serve/app.ts'
import { MOST_HOOK_BYTES } from '../../src/serve/hooks/hook-route.ts'
import { HOOK_SECRET, makeSetting, type Serving, startServing, TOKEN, until } from './serving.ts'

const HOOKS = `  hooks: { github: { secret: { env: HOOK_SECRET } }, azure: { secret: { env: HOOK_SECRET } } }\n`

function sign(body: string): Readonly<Record<string, string>> {
  return {
    'x-hub-signature-256': `sha256=${createHmac('sha256', HOOK_SECRET).update(body).digest('hex')}`,
    'x-github-event': 'push',
  }
}

/** Sends bytes as they are, and gives what came back until the server ended the connection. */
async function raw(serving: Serving, bytes: string): Promise<string> {
  const { port } = new URL(serving.url)
  const socket: Socket = connect(Number(port), '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.on('error', () => undefined)
  socket.write(bytes)
  await new Promise((resolve) => socket.once('close', resolve))
  return text
}

describe('the description of the API', () => {
  it('in docs/openapi.json is that of the code, and served', async () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')
    expect(JSON.parse(text), 'npm run schema').toEqual(JSON.parse(JSON.stringify(describeApi(ROUTES))))
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure())
    expect((await serving.call('GET', '/openapi.json', { token: null })).json).toEqual(JSON.parse(text))
  })

  it('holds for every route: what it says of logins is so, and other methods are refused with those that there are', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure({ server: HOOKS }))
    for (const { method, path, access } of ROUTES) {
      const real = path.replace('{name}', 'a').replace('{id}', 'none')
      if (access === 'anyone' || path.endsWith('/events')) continue
      const { status, headers } = await serving.call(method, real, { token: null })
      const isUnset = /hooks\/(?:gitlab|gitea|bitbucket)/.test(path)
      expect([path, status]).toEqual([path, isUnset ? 404 : 401])
      if (status === 401 && access !== 'signature')
        expect(headers.get('www-authenticate')).toMatch(/^(?:Bearer|Basic) /)
      const other = await serving.call('PATCH', real)
      expect([path, other.status]).toEqual([path, 405])
      expect(other.headers.get('allow')).toContain(method)
      expect(other.json).toMatchObject({ type: 'about:blank', status: 405 })
    }
  })
})

describe('S16: a token', () => {
  it.each([
    ['wrong', 'Bearer another-token-of-tests'],
    ['the beginning', `Bearer ${TOKEN.slice(0, -1)}`],
    ['longer', `Bearer ${TOKEN}x`],
    ['empty', 'Bearer '],
    ['of another kind', `Token ${TOKEN}`],
  ])('that is %s opens nothing', async (_, authorization) => {
    await using setting = await makeSetting([])
    await using serving = await startServing(
      await setting.configure({ mirrors: '  - { name: a, source: /s, destination: /d }\n' }),
    )
    expect((await serving.call('GET', '/mirrors', { headers: { authorization }, token: null })).status).toBe(
      401,
    )
  })

  it('that is wrong again and again is told to slow down, and the right one is taken all the same', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure({ server: HOOKS }))
    const statuses: number[] = []
    for (let count = 0; count < 15; count++)
      statuses.push((await serving.call('GET', '/mirrors', { token: 'wrong' })).status)
    expect(statuses).toEqual([
      ...Array.from({ length: 10 }, () => 401),
      ...Array.from({ length: 5 }, () => 429),
    ])
    expect((await serving.call('GET', '/mirrors')).status).toBe(200)
    expect((await serving.call('POST', '/hooks/github', { body: '{}', headers: sign('{}') })).status).toBe(
      202,
    )
    expect((await serving.call('GET', '/healthz', { token: null })).status).toBe(200)
  })
})

describe('another site', () => {
  it('gets nothing done, however the browser is signed in', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure())
    const basic = `Basic ${Buffer.from(`x:${TOKEN}`).toString('base64')}`
    const ask = async (headers: Readonly<Record<string, string>>) =>
      (await serving.call('POST', '/sync/a', { token: null, headers: { authorization: basic, ...headers } }))
        .status
    expect(await ask({ origin: 'https://evil.example' })).toBe(403)
    expect(await ask({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await ask({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await ask({ origin: serving.url, 'sec-fetch-site': 'same-origin' })).toBe(202)
  })

  it('cannot send a form without the token that is bound to the cookie of the browser', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure())
    const page = await serving.call('GET', '/')
    const form = /name="form"\s+value="([^"]+)"/.exec(page.text)![1]!
    const cookie = page.headers.get('set-cookie')!
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/)
    const pair = cookie.split(';')[0]!
    const act = async (body: string, headers: Readonly<Record<string, string>>) =>
      (await serving.call('POST', '/page/act', { body, headers })).status
    expect(await act(`form=${form}&sync=a`, {})).toBe(403)
    expect(await act('sync=a', { cookie: pair })).toBe(403)
    expect(await act(`form=${form}&sync=a`, { cookie: `kalandra=${'A'.repeat(43)}` })).toBe(403)
    expect(await act(`form=${form}&sync=none`, { cookie: pair })).toBe(404)
    expect(await act(`form=${form}&sync=a`, { cookie: pair })).toBe(303)
  })

  it('that lets its own name lead to this machine is not served', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure({ server: '  page-public: true\n' }))
    const answer = await raw(serving, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(await raw(serving, 'GET / HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 /,
    )
  })
})

it('sends what keeps a browser from doing more than the page asks for', async () => {
  await using setting = await makeSetting(['a'])
  await using serving = await startServing(await setting.configure())
  for (const path of ['/', '/nowhere', '/healthz', '/mirrors']) {
    const { headers } = await serving.call('GET', path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  }
})

describe('limits', () => {
  it('S11: of headers, bodies and time are kept', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure({ server: HOOKS }))
    const large = await raw(
      serving,
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(40_000)}\r\n\r\n`,
    )
    expect(large).toMatch(/^HTTP\/1\.1 431 /)
    const [slowHead, slowBody, endless] = await Promise.all([
      raw(serving, 'GET / HTTP/1.1\r\nHost: loc'),
      raw(
        serving,
        `POST /sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 10\r\n\r\n{`,
      ),
      raw(
        serving,
        `POST /sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nTransfer-Encoding: chunked\r\n\r\n${`ffff\r\n${'a'.repeat(65_535)}\r\n`.repeat(20)}`,
      ),
    ])
    expect(slowHead).toMatch(/^HTTP\/1\.1 408 /)
    expect(slowBody).toMatch(/^HTTP\/1\.1 408 /)
    expect(endless).toMatch(/^HTTP\/1\.1 413 /)
    const body = 'a'.repeat(MOST_HOOK_BYTES.github + 1)
    expect((await serving.call('POST', '/hooks/github', { body, headers: sign(body) })).status).toBe(413)
    expect((await serving.call('GET', '/healthz')).status).toBe(200)
  }, 120_000)

  it('S11: of connections and streams leave the rest alone', async () => {
    await using setting = await makeSetting(['a'], {
      answer: ({ path }) => (path.includes('/a.git/') ? { status: 200, silent: true } : undefined),
    })
    await using serving = await startServing(await setting.configure({ server: '  stop-grace: 0s\n' }))
    const { json } = await serving.call('POST', '/sync/a')
    const { port } = new URL(serving.url)
    const head = (path: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`
    const open = (bytes: string): { readonly socket: Socket; text: string } => {
      const one = { socket: connect(Number(port), '127.0.0.1'), text: '' }
      one.socket.on('data', (chunk: Buffer) => (one.text += chunk.toString()))
      one.socket.on('error', () => undefined)
      if (bytes !== '') one.socket.write(bytes)
      return one
    }
    const streams = Array.from({ length: 60 }, () => open(head(`/rounds/${json.round}/events`)))
    await until(() => streams.every(({ text }) => text !== ''))
    expect(streams.filter(({ text }) => text.startsWith('HTTP/1.1 200')).length).toBe(50)
    expect(streams.filter(({ text }) => text.startsWith('HTTP/1.1 503')).length).toBe(10)
    for (const { socket } of streams) socket.destroy()
    const idle = Array.from({ length: 600 }, () => open(''))
    await new Promise((resolve) => {
      setTimeout(resolve, 500)
    })
    for (const { socket } of idle) socket.destroy()
    await until(
      async () =>
        await serving.call('GET', '/healthz').then(
          ({ status }) => status === 200,
          () => false,
        ),
    )
    // Whoever goes away says nothing on standard output: it is JSON, line by line.
    for (const line of serving.log().trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
  })
})

describe('a webhook', () => {
  it('runs the mirrors of its repository after a moment of quiet, and answers at once', async () => {
    await using setting = await makeSetting(['a', 'b'])
    await using serving = await startServing(await setting.configure({ server: HOOKS }))
    const body = JSON.stringify({ repository: { clone_url: `${setting.backend.url}/a` } })
    const first = await serving.call('POST', '/hooks/github', {
      token: null,
      body,
      headers: { ...sign(body), 'x-github-delivery': 'd1' },
    })
    expect(first).toMatchObject({ status: 202, json: { matched: 1 } })
    const again = await serving.call('POST', '/hooks/github', {
      token: null,
      body,
      headers: { ...sign(body), 'x-github-delivery': 'd1' },
    })
    expect(again).toMatchObject({ status: 202, json: { matched: 0, duplicate: true } })
    expect((await serving.call('GET', '/mirrors/a')).json.state).toBe('idle')
    await until(async () => (await serving.call('GET', '/mirrors/a')).json.status === 'mirrored')
    expect((await serving.call('GET', '/mirrors/b')).json.status).toBeNull()
    const metrics = (await serving.call('GET', '/metrics')).text
    expect(metrics).toContain('kalandra_webhooks_total{kind="github",result="accepted"} 1')
    expect(metrics).toContain('kalandra_webhooks_total{kind="github",result="duplicate"} 1')
  })

  it('S9: that matches nothing, tests the connection or is unknown gets 2xx, and the log says what was looked for', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure({ server: HOOKS }))
    const body = JSON.stringify({ repository: { clone_url: 'https://github.com/Some/Other.git' } })
    expect(await serving.call('POST', '/hooks/github', { body, headers: sign(body) })).toMatchObject({
      status: 202,
      json: { matched: 0 },
    })
    await until(() => serving.log().includes('github.com/some/other'))
    for (const event of ['ping', 'star', 'x'.repeat(500)]) {
      const headers = { ...sign('{}'), 'x-github-event': event }
      expect((await serving.call('POST', '/hooks/github', { body: '{}', headers })).status).toBe(204)
    }
    expect((await serving.call('POST', '/hooks/gitlab', { body })).status).toBe(404)
  })
})

it('takes any body and any path without a 5xx, a secret or an end', async () => {
  await using setting = await makeSetting(['a'])
  await using serving = await startServing(await setting.configure({ server: HOOKS }))
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '1',
    '"a"',
    '{"only":1}',
    '{"only":[""]}',
    '{"only":["[["]}',
    '{"only":["a"],"x":1}',
    '{"dryRun":"yes"}',
    '{"only":["nothing-like-it"]}',
    '{"__proto__":{"only":["a"]}}',
    '\u0000',
    '{"repository":{"clone_url":"file:///etc/passwd"}}',
    '{"repository":{"clone_url":"https://u:p@h/x"}}',
    `{"repository":{"clone_url":"${'a'.repeat(5000)}"}}`,
    '['.repeat(50_000),
    '{"repository":[]}',
    '{"repository":{"clone_url":{"a":1},"ssh_url":"-oProxyCommand=x"}}',
    '{"resource":null,"eventType":["git.push"]}',
  ]
  const basic = `Basic ${Buffer.from(`kalandra:${HOOK_SECRET}`).toString('base64')}`
  for (const body of bodies) {
    for (const path of ['/sync', '/sync/a', '/page/act']) {
      expect((await serving.call('POST', path, { body })).status).toBeLessThan(500)
    }
    const azure = { authorization: basic }
    expect(
      (await serving.call('POST', '/hooks/azure', { body, headers: azure, token: null })).status,
    ).toBeLessThan(500)
    expect(
      (await serving.call('POST', '/hooks/github', { body, headers: sign(body), token: null })).status,
    ).toBeLessThan(500)
  }
  const paths = [
    '//',
    '/%',
    '/%00',
    '/sync/%2e%2e/x',
    '/mirrors/%ff',
    '/mirrors/a%2Fb/pause',
    '/mirrors//pause',
    '/rounds/%0d%0a',
    '/page/mirrors/%3Cscript%3E',
    `/mirrors/${'a'.repeat(8000)}`,
    '/?q=%ff&status=%00',
    '/sync/__proto__',
    '/rounds/__proto__/events',
  ]
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await raw(
        serving,
        `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      )
      expect([path, answer.slice(0, 10)]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 [234]/)])
      expect(answer).not.toContain('<script>')
    }
  }
  serving.kill('SIGTERM')
  const { code, stdout, stderr } = await serving.result
  expect(code).toBe(0)
  for (const secret of [TOKEN, HOOK_SECRET]) expect(stdout + stderr).not.toContain(secret)
  expect(stdout).not.toContain('defect')
}, 60_000)
