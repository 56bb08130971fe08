import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { LONGEST_REF_NAME_BYTES, whyInvalidRefName } from '../../src/protocol/ref-name.ts'
import { GIT_ENV } from '../support/git.ts'

/** What `git check-ref-format` says, for names without NUL. */
function gitTakes(name: string): boolean {
  return spawnSync('git', ['check-ref-format', name], { env: GIT_ENV }).status === 0
}

const NAMES = [
  'refs/heads/main',
  'refs/heads/zwölf/größe',
  'refs/heads/日本',
  "refs/heads/it's",
  'refs/heads/a+b=c',
  'refs/heads/-dash',
  'refs/heads/@',
  'refs/heads/a@b',
  'refs/heads/a.b.c',
  'refs/heads/a.lock.b',
  'refs/heads/{x}',
  'refs/heads/\u00a0',
  'refs/tags/v1.0.0^{}',
  'refs/heads/a b',
  'refs/heads/a\tb',
  'refs/heads/a\x7f',
  'refs/heads/a~1',
  'refs/heads/a:b',
  'refs/heads/a?',
  'refs/heads/a*',
  'refs/heads/a[1]',
  'refs/heads/a\\b',
  'refs/heads/a..b',
  'refs/heads/a@{1}',
  'refs/heads/.hidden',
  'refs/heads/.a/b',
  'refs/heads/a.lock',
  'refs/heads/a.lock/b',
  'refs/heads/a.',
  'refs/heads/a./b',
  'refs/heads//a',
  'refs/heads/a/',
  '/refs/heads/a',
  'HEAD',
  '@',
  '',
] as const

describe('whyInvalidRefName', () => {
  it.each(NAMES)('[G7] judges %j as git check-ref-format does', (name) => {
    expect(whyInvalidRefName(name) === undefined).toBe(gitTakes(name))
  })

  it('says in words what is wrong', () => {
    expect(whyInvalidRefName('refs/heads/main')).toBeUndefined()
    expect(whyInvalidRefName('refs/heads/a b')).toBe('it holds a space')
    expect(whyInvalidRefName('refs/heads/a\x1b[0m')).toBe('it holds a control character')
    expect(whyInvalidRefName('refs/heads/a~1')).toBe('it holds “~”')
    expect(whyInvalidRefName('refs/heads/a.lock')).toBe('a part ends with .lock')
  })

  it('refuses what could not be sent back as it came: bytes that are no UTF-8', () => {
    expect(whyInvalidRefName('refs/heads/caf\ufffd')).toBe('it is not UTF-8')
  })

  it('refuses NUL and names past its limit', () => {
    expect(whyInvalidRefName('refs/heads/a\0b')).toBe('it holds a control character')
    expect(whyInvalidRefName(`refs/heads/${'a/'.repeat(2000)}b`)).toBeUndefined()
    expect(whyInvalidRefName(`refs/heads/${'a'.repeat(LONGEST_REF_NAME_BYTES)}`)).toContain(
      'longer than 4096',
    )
  })
})
