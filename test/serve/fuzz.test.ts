import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../../src/serve/app.ts'
import { HOOK_KINDS, type HookKind } from '../../src/serve/config/settings.ts'
import { HOOK_SECRET, makeSetting, type Serving, type Setting, startServing, TOKEN } from './serving.ts'

/** Cases of each kind; thousands with KALANDRA_FUZZ=5000, and others by KALANDRA_SEED. */
const CASES = Number(process.env['KALANDRA_FUZZ'] ?? 300)
/** Milliseconds of one test. */
const LIMIT = 30_000 + CASES * 100
const SECRETS = [TOKEN, HOOK_SECRET]
const EVENTS = [
  'push',
  'create',
  'delete',
  'ping',
  'repository',
  'repo:push',
  'repo:refs_changed',
  'Push Hook',
  '',
]
const BASIC = `Basic ${Buffer.from(`kalandra:${HOOK_SECRET}`).toString('base64')}`

/** What a host's body may hold, and anything else in its places. */
const odd = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 50 }),
  fc.webUrl(),
  fc.constantFrom(
    'file:///etc/passwd',
    '-oProxyCommand=x',
    'https://u:p@h/x',
    'ssh://[::1]:99999/x',
    'git@h:x',
    'https://',
    'http://127.0.0.1:1/a.git',
    '\u0000',
    '__proto__',
  ),
  fc.integer(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
)
const hookBody = fc.record(
  {
    ref: odd,
    action: fc.oneof(odd, fc.constantFrom('renamed', 'transferred', 'archived', 'deleted')),
    event_name: fc.oneof(odd, fc.constantFrom('push', 'tag_push')),
    eventType: fc.oneof(odd, fc.constantFrom('git.push')),
    id: odd,
    repository: fc.oneof(
      odd,
      fc.record(
        {
          clone_url: odd,
          ssh_url: odd,
          html_url: odd,
          name: odd,
          slug: odd,
          owner: fc.record({ login: odd }),
          project: fc.record({ key: odd }),
          links: fc.oneof(
            odd,
            fc.record({ html: fc.record({ href: odd }), clone: fc.array(fc.record({ href: odd })) }),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    project: fc.oneof(odd, fc.record({ git_http_url: odd, git_ssh_url: odd, web_url: odd })),
    resource: fc.oneof(odd, fc.record({ repository: fc.oneof(odd, fc.record({ remoteUrl: odd })) })),
    changes: fc.oneof(
      odd,
      fc.record({ repository: fc.record({ name: fc.record({ from: odd }) }), owner: odd }),
    ),
  },
  { requiredKeys: [] },
)
const anyText = fc.oneof(
  hookBody.map((body) => JSON.stringify(body)),
  fc.json({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '{', '['.repeat(10_000), 'payload=', 'payload=%7B%7D', '{"__proto__":{"only":["a"]}}'),
)
const anyBytes = fc.oneof(
  anyText.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
)
/** Part of a path, as a client may write it. */
const part = fc.oneof(
  fc.constantFrom(
    'a',
    'none',
    '..',
    '.',
    '%2e%2e',
    '%',
    '%00',
    '%ff',
    '%0d%0a',
    '__proto__',
    'a%2Fb',
    '',
    ' ',
  ),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
  fc.string({ unit: 'grapheme', maxLength: 10 }).map((text) => encodeURIComponent(text.toWellFormed())),
)

function signed(kind: HookKind, body: Buffer): Readonly<Record<string, string>> {
  const hex = createHmac('sha256', HOOK_SECRET).update(body).digest('hex')
  switch (kind) {
    case 'github':
      return { 'x-hub-signature-256': `sha256=${hex}` }
    case 'bitbucket':
      return { 'x-hub-signature': `sha256=${hex}` }
    case 'gitea':
      return { 'x-gitea-signature': hex }
    case 'gitlab':
      return { 'x-gitlab-token': HOOK_SECRET }
    case 'azure':
      return { authorization: BASIC }
  }
}

describe('a server to which anything is sent', () => {
  let setting: Setting
  let serving: Serving
  beforeAll(async () => {
    setting = await makeSetting(['a'])
    const hooks = HOOK_KINDS.map((kind) => `${kind}: { secret: { env: HOOK_SECRET } }`).join(', ')
    serving = await startServing(
      await setting.configure({ server: `  hooks: { ${hooks} }\n  heal: true\n  stop-grace: 0s\n` }),
    )
  }, 60_000)
  afterAll(async () => {
    await serving[Symbol.asyncDispose]()
    await setting[Symbol.asyncDispose]()
  })

  /** `call` holds that each status is in the description of the API. */
  function expectDecent(status: number, text: string): void {
    expect(status).toBeLessThan(500)
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/node:internal|\bat .*:\d+:\d+/)
  }

  it(
    'as a webhook answers each as it should: 2xx to what is genuine, or 400 to what is no JSON; 401 and 429 to the rest',
    async () => {
      const headers = fc.record({
        event: fc.constantFrom(...EVENTS),
        type: fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', 'x'),
        delivery: fc.option(fc.uuid(), { nil: undefined }),
      })
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...HOOK_KINDS),
          anyBytes,
          headers,
          fc.boolean(),
          async (kind, body, { event, type, delivery }, isGenuine) => {
            const answer = await serving.call('POST', `/hooks/${kind}`, {
              token: null,
              body,
              headers: {
                'content-type': type,
                'x-github-event': event,
                'x-gitea-event': event,
                'x-event-key': event,
                ...(delivery === undefined
                  ? {}
                  : { 'x-github-delivery': delivery, 'x-gitea-delivery': delivery }),
                ...(isGenuine ? signed(kind, body) : {}),
              },
            })
            expectDecent(answer.status, answer.text)
            // A body of no bytes, and one that is no UTF-8, is signed by nobody.
            const mayBeRefused = !isGenuine || body.length === 0 || !isUtf8(body)
            expect(mayBeRefused ? [202, 204, 400, 401, 429] : [202, 204, 400]).toContain(answer.status)
            if (!isGenuine) expect([401, 429]).toContain(answer.status)
          },
        ),
        { numRuns: CASES },
      )
    },
    LIMIT,
  )

  it(
    'on any route by any method says what the description of the API says, and no secret',
    async () => {
      const path = fc.oneof(
        fc
          .tuple(fc.constantFrom(...ROUTES.filter(({ path: one }) => !one.endsWith('/events'))), part, part)
          .map(([route, name, other]) =>
            route.path.replace('{name}', `${name}/${other}`).replace('{id}', name),
          ),
        fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
      )
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD'),
          path,
          fc.option(part, { nil: undefined }),
          anyBytes,
          fc.constantFrom(TOKEN, null, 'a-token-that-is-wrong'),
          async (method, raw, query, body, token) => {
            // A pause would keep what follows from being tried, and a reload takes the machine's time.
            if (/\/(?:pause|reload)\b/.test(raw) && method === 'POST' && token === TOKEN) return
            const hasBody = !['GET', 'HEAD'].includes(method)
            const url = `${raw}${query === undefined ? '' : `?q=${query}&status=${query}`}`
            if (!URL.canParse(url, serving.url)) return
            const target = new URL(url, serving.url)
            // What the client makes of `..` and spaces may be another path, or another host.
            if (target.origin !== serving.url || target.pathname.endsWith('/events')) return
            const answer = await serving.call(method, target.pathname + target.search, {
              token,
              ...(hasBody ? { body } : {}),
            })
            expectDecent(answer.status, answer.text)
            if (answer.status >= 400 && method !== 'HEAD' && answer.status !== 503)
              expect(answer.headers.get('content-type')).toBe('application/problem+json')
          },
        ),
        { numRuns: CASES },
      )
    },
    LIMIT,
  )

  it(
    'as bytes that are hardly HTTP goes on',
    async () => {
      const line = fc.oneof(
        fc.constantFrom(
          'GET / HTTP/1.1',
          'POST /hooks/github HTTP/1.1',
          'GET http://other/ HTTP/1.1',
          'GET //x HTTP/1.1',
          'GET * HTTP/1.1',
          'CONNECT a:1 HTTP/1.1',
          'PRI * HTTP/2.0',
          'Host: localhost',
          'Host: a b',
          'Host:',
          'Content-Length: 5',
          'Content-Length: 5, 6',
          'Content-Length: -1',
          'Transfer-Encoding: chunked',
          'Transfer-Encoding: chunked, gzip',
          'Expect: 100-continue',
          'Upgrade: websocket',
          'Connection: upgrade',
          `Authorization: Bearer ${TOKEN}`,
          'X-Hub-Signature-256: sha256=',
          'ffffffffffffffff',
          '0',
          '',
        ),
        fc.string({ unit: 'binary', maxLength: 30 }),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
          const text = await exchange(serving, `${lines.join('\r\n')}\r\n\r\n`)
          for (const secret of SECRETS) expect(text).not.toContain(secret)
          for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm))
            expect(Number(status)).toBeLessThan(500)
        }),
        { numRuns: Math.ceil(CASES / 3) },
      )
    },
    LIMIT,
  )

  it('is the same process at the end, has said no secret, and knows of no defect', async () => {
    expect((await serving.call('GET', '/healthz', { token: null })).status).toBe(200)
    const { json } = await serving.call('POST', '/sync/a')
    expect((await serving.ended(json.round)).counts['ok']).toBe(1)
    serving.kill('SIGTERM')
    const { code, stdout, stderr } = await serving.result
    expect(code).toBe(0)
    for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret)
    expect(stdout + stderr).not.toMatch(/defect|    at /)
  })
})

function isUtf8(body: Buffer): boolean {
  return Buffer.from(body.toString('utf8')).equals(body)
}

/** Sends bytes, says that there are no more, and gives what came back within a moment. */
async function exchange(serving: Serving, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(serving.url).port), '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    setTimeout(resolve, 1000).unref()
  })
  socket.end(bytes, 'latin1')
  await closed
  socket.destroy()
  return text
}
