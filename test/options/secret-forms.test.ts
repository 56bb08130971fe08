import { describe, expect, it } from 'vitest'
import type { OptionValues } from '../../src/options/names.ts'
import { collectSecrets, looksLikeToken, tokenForms } from '../../src/options/secrets.ts'

describe('secrets', () => {
  const textsOf = (values: OptionValues, env: NodeJS.ProcessEnv = {}) =>
    collectSecrets(values, env).secrets.texts

  it('look like tokens of hosts, or like long random words', () => {
    expect(
      ['ghp_x', 'github_pat_x', 'glpat-x', 'ATBBx', 'ATCTTx', 'a'.repeat(32)].filter(looksLikeToken),
    ).toHaveLength(6)
    expect(
      ['me', 'xghp_x', 'gh1_x', 'a'.repeat(31), `${'a'.repeat(32)}!`, `!${'a'.repeat(32)}`].filter(
        looksLikeToken,
      ),
    ).toEqual([])
  })

  it('of a proxy are hidden, whatever its variable is called, and those of no proxy are none', () => {
    const url = 'http://me:proxyword@proxy.example'
    for (const name of [
      'https_proxy',
      'ALL_PROXY',
      'npm_config_proxy',
      'proxy',
      'casino_proxy',
      'no_proxy_proxy',
    ]) {
      expect(textsOf({}, { [name]: url })).toContain('proxyword')
    }
    expect(textsOf({}, { HTTP_PROXY: ' me:proxyword@proxy.example ' })).toContain('proxyword')
    for (const name of ['no_proxy', 'NOPROXY', 'myproxy', 'proxy_x', 'HOME']) {
      expect(textsOf({}, { [name]: url })).toEqual([])
    }
    expect(textsOf({}, { https_proxy: undefined, http_proxy: 'http://proxy.example' })).toEqual([])
    expect(textsOf({}, { https_proxy: 'http://me@proxy.example' })).toEqual([])
  })

  it('are hidden in each form in which a server may repeat them', () => {
    const texts = textsOf({ 'source-token': ' secretword ', 'source-username': ' me ' })
    expect(texts).toContain('secretword')
    for (const pair of ['me:secretword', ':secretword', 'secretword:']) {
      expect(texts).toContain(Buffer.from(pair).toString('base64'))
    }
    const forms = tokenForms('ghs_secretword')
    expect(forms).toContain('ghs_secretword')
    expect(forms).toContain(Buffer.from('x-access-token:ghs_secretword').toString('base64'))
    expect(textsOf({ 'source-token': 'two "words"' })).toContain('two \\"words\\"')
  })

  it('of a key are its lines, but for its head', () => {
    const key = `-----BEGIN KEY-----\n  ${'A'.repeat(16)}\n${'B'.repeat(15)}\n-----END KEY-----`
    const texts = textsOf({ 'source-ssh-key': key })
    expect(textsOf({ 'source-ssh-key': '-----BEGIN RSA PRIVATE KEY\nx' })).not.toContain(
      '-----BEGIN RSA PRIVATE KEY',
    )
    expect(texts).toContain('A'.repeat(16))
    expect(texts).not.toContain('B'.repeat(15))
    expect(texts).not.toContain('-----BEGIN KEY-----')
  })

  it('of an address are its password and long values of its query', () => {
    const texts = textsOf({
      destination: '  https://me:word@h/x?a=12345678&b=1234567;c=x=12345678y\nhttps://ghp_tokentoken@h/y',
    })
    for (const secret of ['me:word', 'word', '12345678', 'x=12345678y', 'ghp_tokentoken'])
      expect(texts).toContain(secret)
    expect(texts).not.toContain('1234567')
    expect(textsOf({ destination: 'https://plainname@h/x' })).toEqual([])
    expect(textsOf({ destination: 'https://tokenword:@h/x' })).toContain('tokenword')
    expect(textsOf({ destination: ' \t//:wordword@h/x' })).toContain('wordword')
    // What stands in a path is no login.
    expect(textsOf({ destination: 'https://h/x//me:wordword@y' })).toEqual([])
    expect(textsOf({ destination: 'https://@h/x' })).toEqual([])
  })

  it('in base64 are what all texts with them have in common', () => {
    expect(textsOf({ 'source-ssh-passphrase': 'abcdefghij' })).toContain('YWJjZGVmZ2hpa')
    expect(textsOf({ 'source-ssh-passphrase': 'abcdef' })).toContain('YWJjZGVm')
    expect(textsOf({ 'source-ssh-passphrase': 'abcde' }).filter((text) => text.length < 8)).toEqual(['abcde'])
  })
})
