import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { adviseError, adviseRef } from '../../src/advice/advise.ts'
import { adviceForError, adviceForRef, HOOK } from './advice-cases.ts'

describe('adviseRef', () => {
  it('gives id, meaning and what to do, and nothing of how the row was found', () => {
    const advice = adviseRef({
      reason: 'funny refname',
      serverLines: [],
      ref: 'refs/x',
      action: 'create',
      host: undefined,
    })
    expect(Object.keys(advice ?? {}).toSorted()).toEqual(['id', 'meaning', 'todo'])
  })

  it('blames no protected branch for a declined hook', () => {
    for (const reason of [HOOK, 'hook declined', 'update hook declined']) {
      const advice = adviseRef({
        reason,
        serverLines: ['no'],
        ref: 'refs/heads/main',
        action: 'update',
        host: 'github.com',
      })
      expect(advice?.id).toBe('hook-declined')
      expect(`${advice?.meaning} ${advice?.todo}`).not.toMatch(/protect/i)
    }
  })

  it('does not guess at words that no row knows', () => {
    expect(adviceForRef('the moon is full')).toBeUndefined()
    expect(
      adviceForRef({ reason: 'the moon is full', lines: ['error: GH006: Protected branch update failed'] }),
    ).toBeUndefined()
  })

  it('lets a reason that tells the cause stand, whatever is written beside it', () => {
    const lines = [
      'GitLab: LFS objects are missing.',
      'error: GH006: Protected branch update failed for refs/heads/main.',
    ]
    expect(adviceForRef({ reason: 'deny updating a hidden ref', lines })).toBe('hidden-ref')
    expect(adviceForRef({ reason: 'non-fast-forward', lines })).toBe('non-fast-forward')
  })

  it('reads lines about this ref and about none, and leaves those about others out', () => {
    const lines = [
      'remote: error: GH013: Repository rule violations found for refs/heads/a.',
      'remote: Review all repository rules at https://github.com/o/r/rules?ref=refs%2Fheads%2Fa',
      'remote: - Push cannot contain secrets',
      'remote: error: GH013: Repository rule violations found for refs/heads/b.',
      'remote: - Cannot update this protected ref.',
      'remote: error: GH008: Your push referenced at least 1 unknown Git LFS object:',
    ]
    const reason = 'push declined due to repository rule violations'
    expect(adviceForRef({ reason, lines: lines.slice(0, 5), ref: 'refs/heads/a' })).toBe('github-secret')
    expect(adviceForRef({ reason, lines: lines.slice(0, 5), ref: 'refs/heads/b' })).toBe('github-ruleset')
    expect(adviceForRef({ reason, lines: lines.slice(0, 5), ref: 'refs/heads/c' })).toBe('github-ruleset')
    expect(adviceForRef({ reason: HOOK, lines: lines.slice(0, 5), ref: 'refs/heads/c' })).toBe(
      'hook-declined',
    )
    expect(adviceForRef({ reason: HOOK, lines, ref: 'refs/heads/c' })).toBe('lfs-objects')
  })

  it('takes no ref for another whose name begins the same', () => {
    const lines = ['error: GH006: Protected branch update failed for refs/heads/main.']
    expect(adviceForRef({ lines, ref: 'refs/heads/main' })).toBe('github-protected-branch')
    expect(adviceForRef({ lines, ref: 'refs/heads/mai' })).toBe('hook-declined')
    expect(adviceForRef({ lines: [lines[0]!.replace('main.', 'main2.')], ref: 'refs/heads/main' })).toBe(
      'hook-declined',
    )
  })

  it('reads through colours and control characters', () => {
    expect(
      adviceForRef({ lines: ['\u001b[31mremote: \u001b[1merror: GH\u001b[0m006: Protected branch'] }),
    ).toBe('github-protected-branch')
    expect(adviceForRef('pre-receive\u0000hook declined')).toBe('hook-declined')
  })

  it('never gives what a login needs to a refused ref', () => {
    expect(adviceForRef('does not answer as a smart Git server')).toBeUndefined()
    expect(adviceForRef('HTTP 401')).toBeUndefined()
  })
})

describe('adviseError', () => {
  it.each(['usage', 'guard', 'format', 'race', 'limit', 'cancelled'] as const)(
    'leaves %s errors their own words',
    (code) => {
      expect(
        adviceForError({ code, message: 'refs/heads/x: hook declined, HTTP 429, dubious ownership' }),
      ).toBeUndefined()
    },
  )

  it('does not read addresses in our own messages', () => {
    const message = 'no connection to https://git.example/rate limit/too-many-requests: ECONNRESET'
    expect(
      adviceForError({ code: 'connect', message: message.replace(' limit', '%20limit') }),
    ).toBeUndefined()
    expect(
      adviceForError({ code: 'local', message: '/srv/dubious ownership'.replace(' ', '-') }),
    ).toBeUndefined()
  })

  it('prefers the words of the error to the lines beside it, and exact words to general ones', () => {
    const o = {
      code: 'unpack',
      message: 'the destination could not take the pack: index-pack abnormal exit',
    } as const
    expect(adviceForError(o)).toBe('unpack-failed')
    expect(adviceForError({ ...o, lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] })).toBe(
      'pack-too-large',
    )
    const text = 'error: No space left on device'
    expect(adviceForError({ ...o, text, lines: ['fatal: pack exceeds maximum allowed size'] })).toBe(
      'no-room',
    )
  })

  it('lets the lines of a push explain no login', () => {
    expect(
      adviceForError({ code: 'auth', message: 'x', lines: ['fatal: fsck error in packed object'] }),
    ).toBeUndefined()
  })

  it('gives advice for the side that failed', () => {
    const text = 'ERROR: This repository was archived so it is read-only.'
    const advise = (side: 'source' | 'destination') =>
      adviseError(new MirrorError('x', { code: 'auth', side, serverText: text }), {
        serverLines: [],
        host: undefined,
      })?.id
    expect(advise('destination')).toBe('archived')
    expect(advise('source')).toBeUndefined()
  })
})
