import { describe, expect, it } from 'vitest'
import { collectSecrets, looksLikeToken, redact } from '../../src/mirror/secrets.ts'

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

describe('collectSecrets', () => {
  it('finds tokens, what Basic makes of them, and their URL-encoded form', () => {
    const { texts } = collectSecrets({ 'destination-token': 's/cret+1', 'destination-username': 'me' })
    expect(texts).toContain('s/cret+1')
    expect(texts).toContain('s%2Fcret%2B1')
    expect(texts).toContain(base64('me:s/cret+1'))
  })

  it('uses the default user name where none is given', () => {
    const { texts } = collectSecrets({ 'source-token': 't0ken' })
    expect(texts).toContain(base64('x-access-token:t0ken'))
  })

  it('finds the userinfo of every address, valid or not', () => {
    const { texts } = collectSecrets({
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
    const { texts } = collectSecrets({ source: 'https://me@h.example/x', 'source-token': 't0ken' })
    expect(texts).toContain(base64('me:t0ken'))
  })

  it('does not take user names and hosts for secrets', () => {
    const { texts } = collectSecrets({
      source: 'https://some-name@h.example/x',
      'source-username': 'some-name',
    })
    expect(texts).toEqual([])
  })

  it('finds the lines of a key', () => {
    const body = 'MIIEowIBAAKCAQEAx0123456789abcdefghijklmnopqrstuvwxyz'
    const key = `-----BEGIN RSA PRIVATE KEY-----\r\n${body}\r\nQ==\r\n-----END RSA PRIVATE KEY-----`
    const { texts } = collectSecrets({ 'source-ssh-key': key })
    expect(texts).toContain(key)
    expect(texts).toContain(body)
    expect(texts).not.toContain('Q==')
    expect(texts).not.toContain('-----END RSA PRIVATE KEY-----')
  })

  it('leaves out what is too short to hide, and says so', () => {
    const { texts, tooShort } = collectSecrets({
      'source-ssh-passphrase': 'abc',
      'destination-token': 'abcd',
    })
    expect(texts).not.toContain('abc')
    expect(texts).toContain('abcd')
    expect(tooShort).toEqual(['source-ssh-passphrase'])
  })
})

describe('redact', () => {
  it('replaces the longest form first', () => {
    const secrets = collectSecrets({ 'source-token': 'abcd', 'destination-token': 'abcdefgh' })
    expect(redact('x abcdefgh y abcd z', secrets)).toBe('x *** y *** z')
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
