import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HookKind } from '../../../src/serve/config/settings.ts'
import { readHookEvent } from '../../../src/serve/hooks/read-event.ts'
import { isGenuine } from '../../../src/serve/hooks/verify.ts'

const SECRET = "It's a Secret to Everybody"

function request(body: string | Uint8Array, headers: Readonly<Record<string, string>>) {
  return { header: (name: string) => headers[name], body: Buffer.from(body) }
}

async function genuine(
  kind: HookKind,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[] = [SECRET],
): Promise<boolean> {
  return await isGenuine(kind, request(body, headers), { secrets, username: 'kalandra' })
}

const hex = (body: string | Uint8Array, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('hex')

describe('S6: signatures', () => {
  it('are those that the vendors print', async () => {
    const github = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
    expect(await genuine('github', 'Hello, World!', { 'x-hub-signature-256': `sha256=${github}` })).toBe(true)
    const bitbucket = 'a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9'
    expect(await genuine('bitbucket', 'Hello World!', { 'x-hub-signature': `sha256=${bitbucket}` })).toBe(
      true,
    )
  })

  it('are over the bytes, whatever they are: emoji, a mark at the start, spaces', async () => {
    for (const body of ['{"a":"🦜 é"}', '\uFEFF{}', '{ "a" : 1 }\r\n']) {
      expect(await genuine('github', body, { 'x-hub-signature-256': `sha256=${hex(body)}` })).toBe(true)
      expect(await genuine('gitea', body, { 'x-gitea-signature': hex(body) })).toBe(true)
    }
  })

  it.each([
    ['another body', '{"a":2}', `sha256=${hex('{"a":1}')}`],
    [
      'a bit of the signature',
      '{"a":1}',
      `sha256=${hex('{"a":1}').replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`,
    ],
    ['another secret', '{"a":1}', `sha256=${hex('{"a":1}', 'another secret')}`],
    ['a shorter one', '{"a":1}', `sha256=${hex('{"a":1}').slice(1)}`],
    ['the header twice', '{"a":1}', `sha256=${hex('{"a":1}')}, sha256=${hex('{"a":1}')}`],
    ['upper case', '{"a":1}', `SHA256=${hex('{"a":1}')}`],
    ['no prefix', '{"a":1}', hex('{"a":1}')],
    ['nothing', '{"a":1}', ''],
    ['an empty body', '', `sha256=${hex('')}`],
    ['bytes that are no text', Buffer.from([0xff, 0xfe]), `sha256=${hex(Buffer.from('\uFFFD\uFFFD'))}x`],
  ])('are refused for %s', async (_, body, signature) => {
    expect(await genuine('github', body, { 'x-hub-signature-256': signature })).toBe(false)
  })

  it('of SHA-1 alone do not count, nor those of another host', async () => {
    const body = '{}'
    const sha1 = createHmac('sha1', SECRET).update(body).digest('hex')
    expect(await genuine('github', body, { 'x-hub-signature': `sha1=${sha1}` })).toBe(false)
    expect(await genuine('github', body, { 'x-hub-signature': `sha256=${hex(body)}` })).toBe(false)
    expect(await genuine('gitea', body, { 'x-hub-signature-256': `sha256=${hex(body)}` })).toBe(false)
    expect(await genuine('github', body, {})).toBe(false)
  })

  it('by either of two secrets are taken', async () => {
    const headers = { 'x-hub-signature-256': `sha256=${hex('{}', 'the old secret')}` }
    expect(await genuine('github', '{}', headers, ['the new secret', 'the old secret'])).toBe(true)
  })

  it("of Forgejo win over Gitea's where both are there", async () => {
    const headers = { 'x-forgejo-signature': hex('{}'), 'x-gitea-signature': 'f'.repeat(64) }
    expect(await genuine('gitea', '{}', headers)).toBe(true)
  })
})

describe('GitLab', () => {
  const key = '0123456789abcdef01234567'
  const encoded = `whsec_${Buffer.from(key).toString('base64')}`

  function signed(at: number, body = '{}') {
    const signature = createHmac('sha256', key).update(`msg_1.${at}.${body}`).digest('base64')
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,AAAA v1,${signature}`,
    }
  }

  it('signs as Standard Webhooks have it, with both forms of the secret', async () => {
    const vector = createHmac('sha256', key).update('msg_1.1700000000.{}').digest('base64')
    expect(vector).toBe('DjijpYnPcWcWSiPdvC93sCoKwGNWcH97A32JApk39OU=')
    const headers = signed(Math.floor(Date.now() / 1000))
    expect(await genuine('gitlab', '{}', headers, [encoded])).toBe(true)
    expect(await genuine('gitlab', '{}', headers, [key])).toBe(true)
    expect(await genuine('gitlab', '{ }', headers, [key])).toBe(false)
    expect(await genuine('gitlab', '{}', headers, ['another key, of that length'])).toBe(false)
  })

  it('signed ten minutes ago, or in ten minutes, is refused', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect(await genuine('gitlab', '{}', signed(now - 600), [key])).toBe(false)
    expect(await genuine('gitlab', '{}', signed(now + 600), [key])).toBe(false)
  })

  it('sends its secret in clear in the old way, which does not mend a wrong signature', async () => {
    expect(await genuine('gitlab', '{}', { 'x-gitlab-token': SECRET })).toBe(true)
    expect(await genuine('gitlab', '{}', { 'x-gitlab-token': `${SECRET}x` })).toBe(false)
    const both = { 'x-gitlab-token': SECRET, 'webhook-signature': 'v1,AAAA' }
    expect(await genuine('gitlab', '{}', both)).toBe(false)
  })
})

it('of Azure come with user name and password', async () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  expect(await genuine('azure', '{}', basic(`kalandra:${SECRET}`))).toBe(true)
  expect(await genuine('azure', '{}', basic(`other:${SECRET}`))).toBe(false)
  expect(await genuine('azure', '{}', basic('kalandra:'))).toBe(false)
  expect(await genuine('azure', '{}', {})).toBe(false)
})

describe('an event', () => {
  const read = (kind: HookKind, body: object | string, headers: Readonly<Record<string, string>> = {}) =>
    readHookEvent(kind, request(typeof body === 'string' ? body : JSON.stringify(body), headers))

  it('S7: of GitHub is read from JSON, and from a form', () => {
    const body = {
      repository: { clone_url: 'https://github.com/a/b.git', ssh_url: 'git@github.com:a/b.git', html_url: 7 },
    }
    const expected = {
      kind: 'change',
      name: 'push',
      delivery: 'id-1',
      addresses: ['https://github.com/a/b.git', 'git@github.com:a/b.git'],
    }
    const headers = { 'x-github-event': 'push', 'x-github-delivery': 'id-1' }
    expect(read('github', body, headers)).toEqual(expected)
    const form = new URLSearchParams({ payload: JSON.stringify(body) }).toString()
    expect(read('github', form, { ...headers, 'content-type': 'application/x-www-form-urlencoded' })).toEqual(
      expected,
    )
  })

  it('that moves no ref is told from one that may', () => {
    expect(read('github', {}, { 'x-github-event': 'ping' })?.kind).toBe('other')
    expect(read('github', {}, { 'x-github-event': 'star' })?.kind).toBe('other')
    expect(read('gitlab', { object_kind: 'issue' })?.kind).toBe('other')
    expect(read('gitlab', { event_name: 'tag_push' })?.kind).toBe('change')
    expect(read('gitlab', { event_name: 'repository_update' })?.kind).toBe('change')
    expect(read('bitbucket', { test: true }, { 'x-event-key': 'diagnostics:ping' })?.kind).toBe('other')
    expect(read('azure', { eventType: 'build.complete' })?.kind).toBe('other')
  })

  it('of Bitbucket Data Center names the repository by host, project and name where it has no addresses', () => {
    const repository = {
      slug: 'tool',
      project: { key: 'TEAM' },
      links: { self: [{ href: 'https://git.example.org/projects/TEAM/repos/tool/browse' }] },
    }
    const event = read(
      'bitbucket',
      { repository },
      { 'x-event-key': 'repo:refs_changed', 'x-request-id': 'r1' },
    )
    expect(event?.delivery).toBe('r1')
    expect(event?.addresses).toContain('https://git.example.org/scm/team/tool')
  })

  it.each([
    [
      'bitbucket',
      '{"repository":{"slug":"\\ud800","project":{"key":"\\udc00K"},"links":{"self":[{"href":"https://h/x"}]}}}',
    ],
    [
      'github',
      '{"repository":{"name":"\\ud800","owner":{"login":"o"},"html_url":"https://h/o/x"},"changes":{}}',
    ],
  ] as const)('of %s may hold half a character, and names a repository that nobody has', (kind, body) => {
    const addresses = read(kind, body, {
      'x-event-key': 'repo:refs_changed',
      'x-github-event': 'repository',
    })?.addresses
    expect(addresses?.length).toBeGreaterThan(0)
    for (const address of addresses ?? []) expect(address.isWellFormed()).toBe(true)
  })

  it.each(['', 'null', '[]', '"text"', '{', 'payload={}', '[[[[[[[['])('is not read from %s', (body) => {
    expect(read('github', body, { 'x-github-event': 'push' })).toBeUndefined()
  })

  it('takes nothing from a prototype', () => {
    expect(read('github', '{"repository":{"__proto__":{"clone_url":"https://x/y"}}}')?.addresses).toEqual([])
    expect(read('gitlab', '{"__proto__":{"event_name":"push"}}')?.kind).toBe('other')
  })
})
