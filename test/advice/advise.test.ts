import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { diagnose, withAdvice } from '../../src/advice/advise.ts'
import { adviceForError, adviceForRef, diagnosisOf, HOOK } from './advice-cases.ts'

describe('diagnose, for a ref', () => {
  it('gives the advice and what may be tried, and nothing of how the row was found', () => {
    const diagnosis = diagnosisOf({ reason: 'funny refname', ref: 'refs/x', action: 'create' })
    expect(Object.keys(diagnosis?.advice ?? {}).toSorted()).toEqual(['id', 'meaning', 'todo'])
    expect(diagnosis?.next).toEqual({ kind: 'nothing' })
  })

  it('blames no protected branch for a declined hook', () => {
    for (const reason of [HOOK, 'hook declined', 'update hook declined']) {
      const advice = diagnosisOf({ reason, lines: ['no'], host: 'github.com' })?.advice
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
    for (const said of [lines, lines.slice(0, 1)]) {
      expect(adviceForRef({ reason: 'protected branch hook declined', lines: said })).toBe(
        'github-protected-branch',
      )
    }
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
    expect(adviceForRef('see https://h.example/users/sign_in')).toBeUndefined()
  })
})

describe('diagnose, for an error', () => {
  it.each(['usage', 'guard', 'format', 'race', 'limit', 'cancelled'] as const)(
    'leaves %s errors their own words',
    (code) => {
      expect(
        adviceForError({ code, message: 'refs/heads/x: hook declined, HTTP 429, dubious ownership' }),
      ).toBeUndefined()
      expect(adviceForError({ code, text: 'error: No space left on device' })).toBeUndefined()
      // Unless they name a row.
      expect(adviceForError({ code, advice: 'rate-limit' })).toBe('rate-limit')
    },
  )

  it('does not read our own messages, which may name anything', () => {
    const message = 'https://git.example/rate limit/hook declined/dubious ownership: No space left on device'
    for (const code of ['connect', 'cut', 'server', 'http', 'unpack'] as const)
      expect(adviceForError({ code, message })).toBeUndefined()
  })

  it('prefers the words of the error to the lines beside it, and exact words to general ones', () => {
    const given = {
      code: 'unpack',
      text: 'index-pack abnormal exit',
    } as const
    expect(adviceForError(given)).toBe('unpack-failed')
    expect(adviceForError({ ...given, lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] })).toBe(
      'pack-too-large',
    )
    const text = 'error: No space left on device'
    expect(adviceForError({ ...given, text, lines: ['fatal: pack exceeds maximum allowed size'] })).toBe(
      'no-room',
    )
  })

  it.each(['unpack', 'server', 'cut', 'too-large', 'http'] as const)(
    'lets the lines of a push explain its end: %s',
    (code) => {
      expect(adviceForError({ code, lines: ['error: No space left on device'] })).toBe('no-room')
    },
  )

  it('lets the lines of a push explain no login', () => {
    expect(
      adviceForError({ code: 'auth', message: 'x', lines: ['fatal: fsck error in packed object'] }),
    ).toBeUndefined()
  })

  it('gives advice for the side that failed', () => {
    const text = 'ERROR: This repository was archived so it is read-only.'
    const advise = (side: 'source' | 'destination') => adviceForError({ code: 'auth', side, text })
    expect(advise('destination')).toBe('archived')
    expect(advise('source')).toBeUndefined()
  })

  it('prefers the words of the server to the row that the error names, and that to a status', () => {
    const error = { code: 'auth', status: 403, advice: 'no-write-permission', side: 'destination' } as const
    expect(adviceForError(error)).toBe('no-write-permission')
    expect(adviceForError({ ...error, text: 'organization has enforced SAML SSO' })).toBe('saml-sso')
    expect(adviceForError({ ...error, status: 429 })).toBe('no-write-permission')
    expect(adviceForError({ ...error, text: 'hook declined' })).toBe('no-write-permission')
  })

  it('does not believe an error that names a row of another kind', () => {
    expect(adviceForError({ code: 'connect', advice: 'no-read-permission' })).toBeUndefined()
    expect(adviceForError({ code: 'auth', advice: 'no-write-permission', side: 'source' })).toBeUndefined()
  })

  it('lets the words of a push explain that push, and no other phase', () => {
    const error = new MirrorError('cut', { code: 'cut', side: 'destination' })
    const words = ['error: No space left on device']
    const idIn = (phase: 'list' | 'negotiate' | 'transfer' | 'verify') =>
      diagnose({ phase, words, host: undefined, error })?.advice.id
    expect(idIn('transfer')).toBe('no-room')
    for (const phase of ['list', 'negotiate', 'verify'] as const) expect(idIn(phase)).toBeUndefined()
  })
})

describe('what may be tried', () => {
  it('tells the limit that the server told', () => {
    const next = (text: string) => diagnosisOf({ code: 'unpack', text })?.next
    expect(next('fatal: pack exceeds maximum allowed size (2.00 GiB)')).toEqual({
      kind: 'smaller',
      limit: 2 * 1024 ** 3,
    })
    expect(next('fatal: pack exceeds maximum allowed size')).toEqual({ kind: 'smaller' })
    expect(next('maximum ref updates exceeded: 20000 commands sent but max allowed is 10000')).toEqual({
      kind: 'fewer',
      limit: 10_000,
    })
    expect(next('Pushes can not update more than 5 branches or tags')).toEqual({ kind: 'fewer', limit: 5 })
  })

  it.each([
    ['512 bytes', 512],
    ['100 B', 100],
    ['1.50 KiB', 1536],
    ['3 KB', 3000],
    ['95.37 MiB', 100_002_693],
    ['100 MB', 100_000_000],
    ['2GiB', 2 * 1024 ** 3],
    ['2 gb', 2_000_000_000],
    ['1 TiB', 1024 ** 4],
    ['1 TB', 1_000_000_000_000],
  ])('reads a limit of %s', (size, limit) => {
    const text = `fatal: pack exceeds maximum allowed size (${size})`
    expect(diagnosisOf({ code: 'unpack', text })?.next).toEqual({ kind: 'smaller', limit })
  })

  it.each([
    ['error Pack exceeds the limit of 5000000 bytes, rejecting the pack', 5_000_000],
    ['TF402462: its size is greater than the 5120 MB limit for pushes in this repository.', 5_120_000_000],
    ['You cannot update more than 12 refs at once.', 12],
    ['maximum ref updates exceeded', undefined],
  ])('reads the limit of: %s', (text, limit) => {
    expect(diagnosisOf({ code: 'unpack', text })?.next.limit).toBe(limit)
  })

  it.each([
    'pack exceeds maximum allowed size (0 bytes)',
    'pack exceeds maximum allowed size (1.2.3 GiB)',
    `pack exceeds maximum allowed size (${'9'.repeat(400)} GiB)`,
    `can not update more than ${'9'.repeat(400)} refs`,
  ])('believes no limit that is none: %s', (text) => {
    expect(diagnosisOf({ code: 'unpack', text })?.next.limit).toBeUndefined()
  })

  it('tells a large file from a large push', () => {
    const large = [
      "error: File a is 120 MB; this exceeds GitHub's file size limit of 100.00 MB",
      'VS403713: too large',
      'error Object too large (2 bytes), rejecting the pack. Max object size limit is 1 bytes.',
    ]
    for (const line of large) expect(diagnosisOf({ lines: [line] })?.next).toEqual({ kind: 'apart' })
    expect(diagnosisOf({ lines: ['Commit title is too large'] })?.advice.id).toBe('hook-declined')
  })
})

describe('withAdvice', () => {
  const told = { phase: 'transfer', words: [], host: undefined } as const
  const refused = { code: 'auth', side: 'destination', advice: 'no-write-permission', status: 403 } as const

  it('puts the meaning before what the error says itself', () => {
    const { hint } = withAdvice(new MirrorError('x', { ...refused, hint: 'Ask Ann.' }), told)
    expect(hint).toBe('The token or key may read the destination and not write to it. Ask Ann.')
  })

  it('gives meaning and what to do where the error says nothing', () => {
    const { hint, advice } = withAdvice(new MirrorError('x', { code: 'http', status: 429 }), told)
    expect(hint).toMatch(/^The host has had too many requests .*\. Run less often/)
    expect(advice).toBe('rate-limit')
  })

  it("lets the server's words stand above a general hint, and nothing else", () => {
    const hint = 'Give a token.'
    const archived = withAdvice(
      new MirrorError('x', { ...refused, hint, serverText: 'Gitea: Repo: a/b is archived.' }),
      told,
    )
    expect(archived).toMatchObject({ advice: 'archived', hint: expect.stringContaining('Unarchive') })
    const words = ['error: No space left on device']
    const error = new MirrorError('x', { code: 'cut', hint })
    expect(withAdvice(error, { ...told, words })).toBe(error)
    const silent = new MirrorError('x', { code: 'http', status: 429, hint, serverText: ' \n' })
    expect(withAdvice(silent, told)).toBe(silent)
    const serverText = 'remote: Write access to repository not granted.'
    expect(withAdvice(new MirrorError('x', { ...refused, hint, serverText }), told).hint).toBe(
      'The token or key may read the destination and not write to it. Give a token.',
    )
  })

  it('leaves an error as it is that no row explains', () => {
    const error = new MirrorError('x', { code: 'connect' })
    expect(withAdvice(error, told)).toBe(error)
  })
})
