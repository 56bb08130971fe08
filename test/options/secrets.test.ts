import { describe, expect, it } from 'vitest'
import type { OptionValues } from '../../src/options/names.ts'
import { collectSecrets, looksLikeToken } from '../../src/options/secrets.ts'
import { redact, type Secrets } from '../../src/report/redact.ts'

function secretsOf(values: OptionValues, env: NodeJS.ProcessEnv = {}): Secrets {
  return collectSecrets(values, env).secrets
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

describe('collectSecrets', () => {
  it('finds tokens, what Basic makes of them, and their URL-encoded form', () => {
    const { texts } = secretsOf({ 'destination-token': 's/cret+1', 'destination-username': 'me' })
    expect(texts).toContain('s/cret+1')
    expect(texts).toContain('s%2Fcret%2B1')
    expect(texts).toContain(base64('me:s/cret+1'))
  })

  it.each([
    ['s%2fcret%2b1%20%c3%bc', 'percent-encoded in lower case'],
    ['s%2Fcret%2B1+%C3%BC', 'as in a form'],
    ['s%2fcret%2b1+%c3%bc', 'as in a form, in lower case'],
    ['s/cret+1%20%C3%BC', 'as in an address'],
  ])('finds %s, %s', (form) => {
    expect(secretsOf({ 'destination-token': 's/cret+1 ü' }).texts).toContain(form)
  })

  it('finds the base64 of a token in any text and either alphabet', () => {
    const token = 'ghp_>>>???~~~0123456789'
    const secrets = secretsOf({ 'destination-token': token })
    for (const before of ['', 'a', 'ab', 'anybody:', 'me:']) {
      for (const after of ['', ':', ':x', '\n12']) {
        const whole = Buffer.from(`${before}${token}${after}`)
        for (const text of [whole.toString('base64'), whole.toString('base64url')]) {
          const left = redact(text, secrets)
          expect(left).toContain('***')
          // What is left over holds none of its characters as a whole but the first and the last.
          expect(left.replace('***', '').length).toBeLessThan(((before.length + after.length) * 8) / 6 + 7)
        }
      }
    }
  })

  it('takes no part of base64 that is short enough to be a word', () => {
    const { texts } = secretsOf({ 'destination-token': 'abcd' })
    expect(texts.filter((text) => text.length < 8)).toEqual(['abcd'])
  })

  it('finds the userinfo of an address without a scheme', () => {
    const { texts } = secretsOf({ source: '//me:hunter22@h.example/x' })
    expect(texts).toContain('hunter22')
  })

  it('finds a token that stands in place of the user, with an empty password', () => {
    const { secrets } = collectSecrets({ source: 'https://short-token:@git.example/x' })
    const basic = Buffer.from('short-token:').toString('base64')
    expect(redact(`user short-token, ${basic}`, secrets)).toBe('user ***, ***')
  })

  it('finds the values of a query', () => {
    const { texts } = secretsOf({
      source: 'https://h.example/x?a=main&private_token=glpat%2Dhunter22',
      destination: 'https://h.example/y?hunter2222',
    })
    expect(texts).toContain('glpat%2Dhunter22')
    expect(texts).toContain('glpat-hunter22')
    expect(texts).toContain('hunter2222')
    expect(texts).not.toContain('main')
  })

  it('uses the default user name where none is given', () => {
    const { texts } = secretsOf({ 'source-token': 't0ken' })
    expect(texts).toContain(base64('x-access-token:t0ken'))
  })

  it('finds the userinfo of every address, valid or not', () => {
    const { texts } = secretsOf({
      source: 'https://me:hunter%402@h.example:not-a-port/x',
      destination: '  https://a.example/x\n  https://u:second-one@b.example/y',
      'destination-token': 'tok-en',
    })
    expect(texts).toContain('hunter%402')
    expect(texts).toContain('hunter@2')
    expect(texts).toContain(base64('me:hunter@2'))
    expect(texts).toContain('second-one')
    expect(texts).toContain(base64('u:second-one'))
  })

  it('finds the pair of a name in the address and a token in its input', () => {
    const { texts } = secretsOf({ source: 'https://me@h.example/x', 'source-token': 't0ken' })
    expect(texts).toContain(base64('me:t0ken'))
  })

  it('does not take user names and hosts for secrets', () => {
    const { texts } = secretsOf({
      source: 'https://some-name@h.example/x',
      'source-username': 'some-name',
    })
    expect(texts).toEqual([])
  })

  it('finds the lines of a key', () => {
    const body = 'MIIEowIBAAKCAQEAx0123456789abcdefghijklmnopqrstuvwxyz'
    const key = `-----BEGIN RSA PRIVATE KEY-----\r\n${body}\r\nQ==\r\n-----END RSA PRIVATE KEY-----`
    const { texts } = secretsOf({ 'source-ssh-key': key })
    expect(texts).toContain(key)
    expect(texts).toContain(body)
    expect(texts).not.toContain('Q==')
    expect(texts).not.toContain('-----END RSA PRIVATE KEY-----')
  })

  it('leaves out what is too short to hide, and says so', () => {
    const { secrets, tooShort } = collectSecrets({
      'source-ssh-passphrase': 'abc',
      'destination-token': 'abcd',
    })
    const { texts } = secrets
    expect(texts).not.toContain('abc')
    expect(texts).toContain('abcd')
    expect(tooShort).toEqual(['source-ssh-passphrase'])
  })
})

describe('collectSecrets, of proxies', () => {
  it.each([
    ['https_proxy', 'http://puser:p%40ss-word@proxy.example:3128'],
    ['HTTP_PROXY', 'http://puser:p%40ss-word@proxy.example:3128/'],
    ['all_proxy', 'puser:p%40ss-word@proxy.example:3128'],
    ['npm_config_https_proxy', ' http://puser:p%40ss-word@proxy.example'],
  ])('finds the password in %s', (name, value) => {
    const { texts } = secretsOf({}, { [name]: value })
    expect(texts).toContain('p%40ss-word')
    expect(texts).toContain('p@ss-word')
    expect(texts).toContain(base64('puser:p@ss-word'))
    expect(redact(`407 for ${value.trim()}`, { texts })).not.toContain('ss-word')
  })

  it('takes nothing from what names hosts without a proxy, nor from a proxy without a password', () => {
    const env = { no_proxy: 'a@b.example,c:d@e.example', http_proxy: 'http://proxy.example:3128' }
    expect(secretsOf({}, env).texts).toEqual([])
    expect(secretsOf({}, { http_proxy: 'http://puser@proxy.example:3128' }).texts).toEqual([])
  })
})

describe('redact', () => {
  it('replaces the longest form first', () => {
    const secrets = secretsOf({ 'source-token': 'abcd', 'destination-token': 'abcdefgh' })
    expect(redact('x abcdefgh y abcd z', secrets)).toBe('x *** y *** z')
  })
})

describe('redact, of a text that was cut', () => {
  const secrets = secretsOf({
    'source-token': 'github_pat_11ABCDEFGHIJ/+0123456789',
    source: 'https://x-access-token:hunter22@h.example/x',
    'source-ssh-key': `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA'.repeat(4)}\n-----END RSA PRIVATE KEY-----`,
  })

  it.each([
    ['found "github_pat_11ABCDEFGHIJ/+0"', 'found "***"'],
    ['found "github_pat_11ABCDEFGHIJ%2F%2B0"', 'found "***"'],
    ['github_pat_11ABCD github_pat_11ABCDE', '*** ***'],
    ['MIIEowIBAAKCAQEAMIIE…', '***…'],
    ['x-access-token:hunter22', '***'],
  ])('makes %j %j', (text, left) => {
    expect(redact(text, secrets)).toBe(left)
  })

  it.each([
    'Give a token that begins with github_pat_.',
    'the user name x-access-token: see above',
    'It begins with -----BEGIN RSA PRIVATE KEY-----.',
  ])('leaves what all secrets of a kind have: %s', (text) => {
    expect(redact(text, secrets)).toBe(text)
  })
})

describe('looksLikeToken', () => {
  it.each([`ghp_${'a'.repeat(36)}`, 'glpat-xxxxxxxxxxxxxxxxxxxx', 'github_pat_11AAAA', 'f'.repeat(40)])(
    '%s',
    (name) => {
      expect(looksLikeToken(name)).toBe(true)
    },
  )
  it.each(['me', 'git', 'some.person@example.org', 'my-organisation'])('not %s', (name) => {
    expect(looksLikeToken(name)).toBe(false)
  })
})
