import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import {
  forgetSecrets,
  hideFromNowOn,
  NO_SECRETS,
  redact,
  redactResult,
  safeLine,
  type Secrets,
} from '../../src/report/redact.ts'
import { makeDestination, makeRejected, makeResult } from '../support/results.ts'

describe('redact', () => {
  it('hides every secret, wherever and as often as it stands', () => {
    expect(redact('one two, twotwo one', { texts: ['two', 'one'] })).toBe('*** ***, ****** ***')
  })

  it('leaves a text without a secret as it is', () => {
    expect(redact('one two', NO_SECRETS)).toBe('one two')
    expect(redact('one two', { texts: ['three', 'github_pat_11ABCDEFGHIJ'] })).toBe('one two')
  })

  const long = { texts: ['hunter22hunter23', 'hunter22huntABC'] }

  it.each([
    ['hunter22hunter2', '***'],
    ['hunter22hunterX', '***X'],
    ['hunter22huntABX', '***X'],
    ['hunter22huntX', '***X'],
    ['hunter22hun', 'hunter22hun'],
    ['a hunter22hunte b hunter22huntA c', 'a *** b *** c'],
    ['hunter22huntehunter22huntA', '******'],
    ['hunter22hunter23hunter22hunte', '******'],
  ])('hides what is left of a secret that was cut: %s', (text, left) => {
    expect(redact(text, long)).toBe(left)
  })

  it('takes what follows a start for a part of a secret that begins so', () => {
    const secrets = { texts: ['hunter22hunterABC', 'password1234erXYZ'] }
    expect(redact('hunter22hunterXY', secrets)).toBe('***XY')
  })

  it('takes what is twelve characters long for a secret only as a whole', () => {
    const secrets = { texts: ['hunter22hunt'] }
    expect(redact('hunter22hunt hunter22hun', secrets)).toBe('*** hunter22hun')
  })

  it.each([
    ['-----BEGIN KEY-----\nMIIE', 'begins with -----BEGIN KEY-----'],
    ['x-access-token:hunter22', 'the user x-access-token:'],
  ])('gives nothing away of %j by what all of a kind begin with', (secret, text) => {
    expect(redact(text, { texts: [secret] })).toBe(text)
    expect(redact(secret, { texts: [secret] })).toBe('***')
  })

  it('hides the start of a secret that holds the head of a key further on', () => {
    expect(redact('abcdefgh-----XY', { texts: ['abcdefgh-----XYZ'] })).toBe('***')
  })
})

describe('hideFromNowOn', () => {
  it('adds a text in its place by length, so that the longest is hidden first', () => {
    const secrets: Secrets = { texts: ['hunter2222', 'abcd'] }
    hideFromNowOn(secrets, 'hunter22')
    hideFromNowOn(secrets, 'hunter2222hunter2222')
    expect(secrets.texts).toEqual(['hunter2222hunter2222', 'hunter2222', 'hunter22', 'abcd'])
    expect(redact('hunter22 abcd', secrets)).toBe('*** ***')
  })

  it('takes a text of four characters, and none that is shorter', () => {
    const secrets: Secrets = { texts: [] }
    hideFromNowOn(secrets, 'abc')
    expect(secrets.texts).toEqual([])
    hideFromNowOn(secrets, 'abcd')
    expect(secrets.texts).toEqual(['abcd'])
  })

  it('leaves what nobody has given a secret to without one', () => {
    hideFromNowOn(NO_SECRETS, 'hunter22')
    expect(NO_SECRETS.texts).toEqual([])
  })
})

describe('forgetSecrets', () => {
  it('forgets what it is given, and keeps the others in their order', () => {
    const secrets: Secrets = { texts: ['hunter2222', 'hunter22', 'abcd'] }
    const { texts } = secrets
    forgetSecrets(secrets, new Set(['hunter22', 'never there']))
    expect(secrets.texts).toEqual(['hunter2222', 'abcd'])
    // Who holds the list sees what is hidden later.
    expect(secrets.texts).toBe(texts)
  })
})

describe('safeLine', () => {
  const secrets = { texts: ['hunter22', 'a##[b::c'] }

  it.each([
    ['x hunter22 y', 'x *** y'],
    ['h\u200bunter\u001b[0m22', '***'],
    ['::error::x', '| ::error::x'],
    ['hunter22\n##[error]x', '*** ## [error]x'],
    ['see a##[b::c', 'see ***'],
  ])('shows %j as %j', (text, shown) => {
    expect(safeLine(text, secrets, 100)).toBe(shown)
  })

  it('leaves a line that is as long as may be', () => {
    expect(safeLine('0123456789'.repeat(3), secrets, 30)).toBe('0123456789'.repeat(3))
    expect(safeLine('0123456789'.repeat(3), secrets, 29)).toBe('0123456789012345678901234567…')
  })

  it('cuts no secret in two', () => {
    for (let length = 1; length < 30; length++) {
      expect(safeLine('0123456789hunter22', secrets, length)).not.toContain('h')
      expect(safeLine(`0123456789${[...'hunter22'].join('\u200b')}`, secrets, length)).not.toContain('h')
      expect(safeLine('::0123456789', secrets, length).length).toBeLessThanOrEqual(length)
    }
  })
})

describe('redactResult', () => {
  const secrets = { texts: ['hunter22'] }
  const leak = 'h\u2060unter22, hunter22'
  const error = new MirrorError(`no: ${leak}`, {
    code: 'auth',
    status: 401,
    hint: `Renew ${leak}.`,
    serverText: `one ${leak}\ntwo ${leak}`,
  })

  it('takes secrets out of every text but the names of refs', () => {
    const rejected = [makeRejected({ ref: 'refs/heads/hunter22', reason: leak, advice: leak })]
    const given = makeResult(
      [makeDestination({ destination: `d/${leak}`, status: 'failed', rejected, warnings: [leak], error })],
      { source: `s/${leak}`, error },
    )
    const result = redactResult(given, secrets)
    const [destination] = result.destinations
    expect(destination).toMatchObject({
      destination: 'd/***, ***',
      warnings: ['***, ***'],
      rejected: [{ ref: 'refs/heads/hunter22', reason: '***, ***', advice: '***, ***', warning: false }],
    })
    expect(result.source).toBe('s/***, ***')
    expect(result.error).toMatchObject({
      message: 'no: ***, ***',
      hint: 'Renew ***, ***.',
      serverText: 'one ***, ***\ntwo ***, ***',
      code: 'auth',
      status: 401,
    })
    // The reports tell by that whether an error was told before.
    expect(destination?.error).toBe(result.error)
  })

  it('gives back what has no secret to hide', () => {
    const given = makeResult([makeDestination({ warnings: [leak] })], { error })
    expect(redactResult(given, NO_SECRETS)).toBe(given)
  })

  it('adds nothing where nothing was', () => {
    const bare = new MirrorError('no', { code: 'auth' })
    const given = makeResult([
      makeDestination({ rejected: [makeRejected({ advice: undefined })], error: bare }),
    ])
    expect(redactResult(given, secrets)).toEqual(given)
  })
})
