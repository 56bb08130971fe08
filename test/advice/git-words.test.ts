import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git, gitWith, makeBareRepository, runGit } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { makeTempFolder } from '../support/temp.ts'
import { adviceForError, adviceForRef, diagnosisOf } from './advice-cases.ts'
import { pushRaw, type RawReport } from '../mirror/sessions/raw-push.ts'

const NONE = '0'.repeat(40)

async function refuse(given: {
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
  const ref = given.ref ?? 'refs/heads/main'
  const there = ['refs/heads/main', 'refs/heads/other', 'refs/pull/1/head']
  await git(source.path, 'push', '-q', destination.path, ...there.map((name) => `${old}:${name}`))
  for (const [key, value] of Object.entries(given.config ?? {}))
    await git(destination.path, 'config', key, value)
  if (given.hook) {
    const path = join(destination.path, 'hooks', given.hook[0])
    await writeFile(path, `#!/bin/sh\n${given.hook[1]}\n`)
    await chmod(path, 0o755)
  }
  const id = { older, newer, gone: NONE, tag }[given.to ?? 'newer']
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

  it('tells at once that an annotated tag is no branch: trying again helps nobody', async () => {
    const { report } = await refuse({ ref: 'refs/heads/new', to: 'tag' })
    const reason = report.refs.get('refs/heads/new') ?? ''
    const told = { reason, lines: report.lines, ref: 'refs/heads/new' }
    expect(diagnosisOf(told)).toMatchObject({
      advice: { id: 'non-commit-branch' },
      next: { kind: 'nothing' },
    })
  })

  it('tells a lock that stays from a lost race', async () => {
    await using source = await makeBareRepository()
    await using destination = await makeBareRepository()
    const [id = ''] = await addCommits(source.path, 1)
    const commands = [{ ref: 'refs/heads/main', old: NONE, new: id }]
    await mkdir(join(destination.path, 'refs', 'heads'), { recursive: true })
    await writeFile(join(destination.path, 'refs', 'heads', 'main.lock'), '')
    const locked = await pushRaw(destination.path, source.path, commands)
    expect(
      diagnosisOf({ reason: locked.refs.get('refs/heads/main') ?? '', lines: locked.lines }),
    ).toMatchObject({
      advice: { id: 'stale-lock' },
      next: { kind: 'again' },
    })
    await rm(join(destination.path, 'refs', 'heads', 'main.lock'))
    await pushRaw(destination.path, source.path, commands)
    const raced = await pushRaw(destination.path, source.path, [{ ...commands[0]!, old: 'a'.repeat(40) }])
    expect(
      diagnosisOf({ reason: raced.refs.get('refs/heads/main') ?? '', lines: raced.lines }),
    ).toMatchObject({
      advice: { id: 'lost-race' },
      next: { kind: 'again' },
    })
  })

  it('says where to look for the objects of a damaged source', async () => {
    for (const damage of ['gone', 'empty', 'torn'] as const) {
      await using source = await makeBareRepository()
      const [, next = ''] = await addCommits(source.path, 2)
      const tree = await git(source.path, 'rev-parse', `${next}^{tree}`)
      const path = join(source.path, 'objects', tree.slice(0, 2), tree.slice(2))
      const bytes = await readFile(path)
      await rm(path)
      if (damage !== 'gone') await writeFile(path, damage === 'empty' ? '' : bytes.subarray(0, 20))
      const { stderr } = await runGit(source.path, ['pack-objects', '--all', '--stdout', '-q'])
      const text = stderr.toString()
      const advice = adviceForError({ code: 'server', side: 'source', text })
      expect([text, advice]).toEqual([text, 'damaged-source'])
    }
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
