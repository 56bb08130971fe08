import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GIT_ROWS } from '../../src/advice/git-rows.ts'
import { git, gitWith, makeBareRepository, runGit } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { makeTempFolder } from '../support/temp.ts'
import { adviceForRef, expectRow, HOOK, type RowCase } from './advice-cases.ts'
import { pushRaw, type RawReport } from '../mirror/sessions/raw-push.ts'

const OID = 'a'.repeat(40)

const CASES: readonly RowCase[] = [
  {
    id: 'checked-out-branch',
    is: [
      'branch is currently checked out',
      { reason: 'failed', lines: ['error: refusing to update checked out branch: refs/heads/main'] },
    ],
    isNot: ['deletion of the current branch prohibited'],
  },
  {
    id: 'non-fast-forward',
    is: [
      'non-fast-forward',
      { lines: ['error: denying non-fast-forward refs/heads/main (you should pull first)'] },
    ],
    isNot: [HOOK, { lines: ['error: denying non-fast-forward refs/heads/other (you should pull first)'] }],
  },
  {
    id: 'deletion-prohibited',
    is: [{ reason: 'deletion prohibited', action: 'delete' }],
    isNot: [{ reason: 'deletion of the current branch prohibited', action: 'delete' }],
  },
  { id: 'funny-refname', is: ['funny refname'], isNot: ['bad ref'] },
  {
    id: 'shallow-update',
    is: ['shallow update not allowed'],
    isNot: ['missing necessary objects', { code: 'shallow', message: 'the source is a shallow clone' }],
  },
  {
    id: 'missing-objects',
    is: [
      'missing necessary objects',
      `error Missing unknown ${OID}`,
      {
        code: 'unpack',
        lines: [
          `fatal: did not receive expected object ${OID}`,
          'error: remote did not send all necessary objects',
        ],
      },
    ],
    isNot: ['shallow update not allowed', 'LFS objects are missing'],
  },
  {
    id: 'fsck',
    is: [
      {
        reason: 'unpacker error',
        lines: [`error: object ${OID}: missingEmail: invalid author/committer line - missing email`],
      },
      {
        code: 'unpack',
        message: 'the destination could not take the pack: index-pack abnormal exit',
        lines: ['fatal: fsck error in packed object'],
      },
    ],
    isNot: [{ reason: 'unpacker error', lines: [`fatal: object ${OID}: not found`] }, 'unpacker error'],
  },
  {
    id: 'unresolved-deltas',
    is: [
      { reason: 'unpacker error', lines: ['fatal: unresolved deltas left after unpacking'] },
      { code: 'unpack', lines: ['fatal: pack has 3 unresolved deltas'] },
    ],
    isNot: [{ reason: 'unpacker error', lines: ['remote: Resolving deltas: 100% (3/3), done.'] }],
  },
  {
    id: 'non-commit-branch',
    is: [
      {
        reason: 'failed to update ref',
        lines: [
          `error: cannot update ref 'refs/heads/main': trying to write non-commit object ${OID} to branch 'refs/heads/main'`,
        ],
      },
    ],
    isNot: ['failed to update ref'],
  },
  { id: 'aliased-update', is: ['inconsistent aliased update'], isNot: ['failed to update ref'] },
  {
    id: 'folder-conflict',
    is: [
      {
        reason: 'failed to update ref',
        ref: 'refs/heads/a/b',
        lines: [
          "error: cannot lock ref 'refs/heads/a/b': 'refs/heads/a' exists; cannot create 'refs/heads/a/b'",
        ],
      },
      'refname conflict',
    ],
    isNot: [
      {
        reason: 'failed to update ref',
        lines: ["error: cannot lock ref 'refs/heads/main': is at b but expected a"],
      },
    ],
  },
  {
    id: 'case-conflict',
    is: ['reference conflict due to case-insensitive filesystem'],
    isNot: ['refname conflict'],
  },
  {
    id: 'pack-too-large',
    is: [
      { reason: 'unpacker error', lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] },
      {
        code: 'cut',
        side: 'destination',
        lines: ['remote: fatal: pack exceeds maximum allowed size (95.37 MiB)'],
      },
      { code: 'too-large', message: 'https://h/r takes no body of this size (HTTP 413)' },
      'TF402462: The push was rejected because its size is greater than the 5120 MB limit for pushes in this repository.',
    ],
    isNot: [{ lines: ["error: File a is 120 MB; this exceeds GitHub's file size limit of 100.00 MB"] }, HOOK],
  },
  {
    id: 'lost-race',
    is: [
      'failed to update ref',
      'incorrect old value provided',
      'reference already exists',
      'already exists',
      'invalid old id sent',
      'remote ref has changed',
      'fetch first',
    ],
    isNot: ['inconsistent aliased update', 'failed'],
  },
  {
    id: 'hook-declined',
    is: [
      HOOK,
      'hook declined',
      'update hook declined',
      { lines: ['remote: our policy: no pushes on Friday'] },
      { lines: ['remote: see the docs on protected branches'] },
    ],
    isNot: ['protected branch hook declined', 'declined'],
  },
  {
    id: 'unpack-failed',
    is: [
      'unpacker error',
      'error processing packfiles: index-pack failed',
      { code: 'unpack', message: 'the destination could not take the pack: unpack-objects abnormal exit' },
    ],
    isNot: [
      HOOK,
      { reason: 'unpacker error', lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] },
    ],
  },
  {
    id: 'server-fault',
    is: ['Internal Server Error', 'failure', 'internal error'],
    isNot: ['hook failure of mine', HOOK],
  },
]

describe('refusals of git', () => {
  it.each(CASES)('$id', (row) => expectRow(row))

  it('has a test for each row', () => {
    expect(CASES.map(({ id }) => id)).toEqual(GIT_ROWS.map(({ id }) => id))
  })
})

const NONE = '0'.repeat(40)

async function refuse(o: {
  readonly config?: Readonly<Record<string, string>>
  readonly hook?: readonly [name: string, script: string]
  readonly ref?: string
  readonly to?: 'older' | 'newer' | 'gone' | 'tag'
}): Promise<{ readonly report: RawReport; readonly advice: string | undefined }> {
  await using source = await makeBareRepository()
  await using destination = await makeBareRepository()
  const [older = '', old = '', newer = ''] = await addCommits(source.path, 3)
  await git(source.path, 'tag', '-m', 'x', 'annotated', newer)
  const tag = await git(source.path, 'rev-parse', 'refs/tags/annotated')
  const ref = o.ref ?? 'refs/heads/main'
  const there = ['refs/heads/main', 'refs/heads/other', 'refs/pull/1/head']
  await git(source.path, 'push', '-q', destination.path, ...there.map((name) => `${old}:${name}`))
  for (const [key, value] of Object.entries(o.config ?? {})) await git(destination.path, 'config', key, value)
  if (o.hook) {
    const path = join(destination.path, 'hooks', o.hook[0])
    await writeFile(path, `#!/bin/sh\n${o.hook[1]}\n`)
    await chmod(path, 0o755)
  }
  const id = { older, newer, gone: NONE, tag }[o.to ?? 'newer']
  const report = await pushRaw(destination.path, source.path, [
    { ref, old: there.includes(ref) ? old : NONE, new: id },
  ])
  const reason = report.refs.get(ref) ?? 'no answer'
  const action = id === NONE ? 'delete' : 'update'
  return { report, advice: adviceForRef({ reason, lines: report.lines, ref, action }) }
}

describe('what git really says', () => {
  it('[G14] tells the default branch apart from deletions in general', async () => {
    expect((await refuse({ to: 'gone' })).advice).toBe('default-branch-delete')
    const denied = await refuse({
      to: 'gone',
      ref: 'refs/heads/other',
      config: { 'receive.denyDeletes': 'true' },
    })
    expect(denied.advice).toBe('deletion-prohibited')
  })

  it('[G16] each refusal of receive-pack has its own advice', async () => {
    const found = {
      rewritten: await refuse({ to: 'older', config: { 'receive.denyNonFastForwards': 'true' } }),
      hidden: await refuse({ ref: 'refs/pull/1/head', config: { 'receive.hideRefs': 'refs/pull' } }),
      hiddenDelete: await refuse({
        ref: 'refs/pull/1/head',
        to: 'gone',
        config: { 'receive.hideRefs': 'refs/pull' },
      }),
      update: await refuse({ hook: ['update', 'echo "not on Fridays" >&2; exit 1'] }),
      preReceive: await refuse({
        hook: ['pre-receive', 'echo "ask the protected branch office" >&2; exit 1'],
      }),
      funny: await refuse({ ref: 'refs/stash' }),
      large: await refuse({ config: { 'receive.maxInputSize': '100' } }),
    }
    expect(Object.fromEntries(Object.entries(found).map(([name, { advice }]) => [name, advice]))).toEqual({
      rewritten: 'non-fast-forward',
      hidden: 'hidden-ref',
      hiddenDelete: 'hidden-ref',
      update: 'hook-declined',
      preReceive: 'hook-declined',
      funny: 'funny-refname',
      large: 'pack-too-large',
    })
  })

  it('advises for a tag object below refs/heads and for a folder in the way', async () => {
    expect((await refuse({ ref: 'refs/heads/new', to: 'tag' })).advice).toBe('non-commit-branch')
    expect((await refuse({ ref: 'refs/heads/main/below' })).advice).toBe('folder-conflict')
  })

  it('[G21] advises for objects that fsck does not like', async () => {
    await using source = await makeBareRepository()
    await using destination = await makeBareRepository({ config: { 'receive.fsckObjects': 'true' } })
    const tree = (await gitWith({ input: '' }, source.path, 'mktree')).trim()
    const body = `tree ${tree}\nauthor A 1 +0000\ncommitter A 1 +0000\n\nno email\n`
    const id = (
      await gitWith(
        { input: body },
        source.path,
        'hash-object',
        '-t',
        'commit',
        '-w',
        '--stdin',
        '--literally',
      )
    ).trim()
    await git(source.path, 'update-ref', 'refs/heads/main', id)
    const report = await pushRaw(destination.path, source.path, [
      { ref: 'refs/heads/main', old: NONE, new: id },
    ])
    expect(report.unpack).not.toBe('ok')
    expect(adviceForRef({ reason: report.refs.get('refs/heads/main') ?? '', lines: report.lines })).toBe(
      'fsck',
    )
  })

  it('[G15] advises for a branch that is checked out, and other branches go on', async () => {
    await using source = await makeBareRepository()
    await using folder = await makeTempFolder()
    const [id = ''] = await addCommits(source.path, 1)
    await git(folder.path, 'init', '-q', '--initial-branch=main', '.')
    const commands = ['main', 'other'].map((name) => ({ ref: `refs/heads/${name}`, old: NONE, new: id }))
    const report = await pushRaw(folder.path, source.path, commands)
    expect(adviceForRef({ reason: report.refs.get('refs/heads/main') ?? '', lines: report.lines })).toBe(
      'checked-out-branch',
    )
    expect(report.refs.get('refs/heads/other')).toBe('ok')
  })

  it('advises for a shallow pack and for one that lacks objects', async () => {
    await using source = await makeBareRepository()
    await using clone = await makeTempFolder()
    await using destination = await makeBareRepository()
    await addCommits(source.path, 3)
    await git(clone.path, 'clone', '-q', '--bare', '--depth=1', `file://${source.path}`, 'clone.git')
    const shallow = join(clone.path, 'clone.git')
    const id = await git(shallow, 'rev-parse', 'HEAD')
    const commands = [{ ref: 'refs/heads/main', old: NONE, new: id }]
    const told = await pushRaw(destination.path, shallow, commands, { shallow: [id] })
    expect(adviceForRef({ reason: told.refs.get('refs/heads/main') ?? '', lines: told.lines })).toBe(
      'shallow-update',
    )
    const silent = await pushRaw(destination.path, shallow, commands)
    expect(adviceForRef({ reason: silent.refs.get('refs/heads/main') ?? '', lines: silent.lines })).toBe(
      'missing-objects',
    )
    expect(
      (await runGit(destination.path, ['rev-parse', '-q', '--verify', 'refs/heads/main'])).exitCode,
    ).not.toBe(0)
  })
})
