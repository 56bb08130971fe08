import { describe, expect, it } from 'vitest'
import { chooseLogin, encodeBasic, mayCarryLogin } from '../../../src/transport/address/credentials.ts'

describe('chooseLogin', () => {
  it('takes the token before the password of the address', () => {
    expect(chooseLogin({ token: 't' }, { username: 'u', password: 'p' })).toEqual({
      username: 'u',
      password: 't',
    })
    expect(chooseLogin({}, { username: 'u', password: 'p' })).toEqual({ username: 'u', password: 'p' })
  })

  it('takes the given user name before that of the address, and has one of its own', () => {
    expect(chooseLogin({ username: 'me', token: 't' }, { username: 'u' })?.username).toBe('me')
    expect(chooseLogin({ token: 't' }, {})?.username).toBe('x-access-token')
  })

  it('takes an empty password of the address for one: the user is then a token', () => {
    expect(chooseLogin({}, { username: 'TOKEN', password: '' })).toEqual({ username: 'TOKEN', password: '' })
    expect(chooseLogin({ username: 'me' }, { username: 'TOKEN', password: '' })?.username).toBe('TOKEN')
    expect(chooseLogin({ token: 't' }, { username: 'u', password: '' })).toEqual({
      username: 'u',
      password: 't',
    })
    expect(chooseLogin({}, { password: '' })).toBeUndefined()
  })

  it('sends nothing for a user name alone', () => {
    expect(chooseLogin({ username: 'me' }, { username: 'u' })).toBeUndefined()
    expect(chooseLogin({ token: '' }, {})).toBeUndefined()
  })
})

describe('encodeBasic', () => {
  it('encodes beyond ASCII as UTF-8', () => {
    expect(encodeBasic({ username: 'jürgen', password: 'p:ß' })).toBe('Basic asO8cmdlbjpwOsOf')
  })

  it('refuses a user name with a colon', () => {
    expect(() => encodeBasic({ username: 'a:b', password: 'secret' })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.not.stringContaining('secret') }),
    )
  })
})

describe('mayCarryLogin', () => {
  it.each([
    ['https://git.example.com/a', 'https://git.example.com/b', true],
    ['https://git.example.com:443/a', 'https://GIT.example.com/a', true],
    ['http://git.example.com/a', 'https://git.example.com/a', true],
    ['https://git.example.com/a', 'http://git.example.com/a', false],
    ['https://git.example.com/a', 'https://git.example.com:8443/a', false],
    ['http://git.example.com:8080/a', 'https://git.example.com/a', false],
    ['https://git.example.com/a', 'https://example.com/a', false],
    ['https://git.example.com/a', 'https://git.example.com.evil.net/a', false],
  ])('from %s to %s: %s', (home, target, allowed) => {
    expect(mayCarryLogin(new URL(home), new URL(target))).toBe(allowed)
  })
})
