import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fsck, git } from '../support/git.ts'
import { keptOf, makeOverwritten, ownRefs, type Refs, refsOf } from '../support/overwritten.ts'
import { makePair } from '../support/pair.ts'
import { pairInputs, startPlace, TRANSPORTS } from '../support/places.ts'
import { addCommits } from '../support/repositories.ts'
import { runAction } from '../support/runner.ts'

/** Each old value once, by the ref that had it. */
function once(lost: Refs): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(lost).map(([name, id]) => [name, [id]]))
}

const ON = { backup: 'true' }

describe('backup', () => {
  for (const transport of TRANSPORTS) {
    it(`keeps what is overwritten or deleted, and nothing else, over ${transport}`, async () => {
      await using pair = await makeOverwritten()
      await using from = await startPlace('file', pair.folder)
      await using to = await startPlace(transport, pair.folder)
      const inputs = pairInputs({ place: from, path: pair.source }, { place: to, path: pair.destination })
      const result = await runAction({ inputs: { ...inputs, ...ON } })
      expect(result.exitCode, result.log).toBe(0)
      const after = await refsOf(pair.destination)
      expect(ownRefs(after)).toEqual(await refsOf(pair.source))
      expect(keptOf(after)).toEqual(once(pair.lost))
      expect(Object.keys(after).filter((name) => name.startsWith('refs/kalandra/backup/'))).toHaveLength(4)
      // Our own refs are no changes of the mirror.
      const changed = JSON.parse(result.outputs['updated-refs']!) as readonly {
        ref: string
        action: string
      }[]
      expect(changed.filter(({ ref }) => ref.includes('kalandra'))).toEqual([])
      expect(changed).toContainEqual(expect.objectContaining({ ref: 'refs/heads/main', action: 'force' }))
      expect(changed).toContainEqual(expect.objectContaining({ ref: 'refs/heads/ahead', action: 'update' }))
      expect(result.log).toMatch(/kept 4 old values below refs\/kalandra\/backup\/\d{8}T\d{6}Z\//)
      await fsck(pair.destination)
    })
  }

  it('keeps nothing unless it is asked to', async () => {
    await using pair = await makeOverwritten()
    expect((await pair.run()).exitCode).toBe(0)
    expect(await refsOf(pair.destination)).toEqual(await refsOf(pair.source))
  })

  it('is neither mirrored nor pruned nor counted by later runs, with or without the option', async () => {
    await using pair = await makeOverwritten()
    expect((await pair.run(ON)).exitCode).toBe(0)
    const kept = keptOf(await refsOf(pair.destination))
    // A source that is a mirror itself has refs of ours, too.
    await git(pair.source, 'update-ref', 'refs/kalandra/backup/20200101T000000Z/heads/x', 'refs/heads/main')
    const wide = { refs: 'refs/*', 'max-deletions': '0' }
    for (const inputs of [wide, { ...wide, ...ON }]) {
      const result = await pair.run(inputs)
      expect(result.exitCode, result.log).toBe(0)
      expect(result.outputs['changed']).toBe('false')
      expect(keptOf(await refsOf(pair.destination))).toEqual(kept)
    }
  })

  it('is removed by a later run when it was kept long enough, and by no run without the option', async () => {
    await using pair = await makeOverwritten()
    expect((await pair.run()).exitCode).toBe(0)
    const day = (days: number): string =>
      new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
    const old = `refs/kalandra/backup/${day(40)}T000000Z/heads/x`
    const oldTag = `refs/tags/kalandra-backup/${day(40)}T000000Z/heads/x`
    const young = `refs/kalandra/backup/${day(20)}T000000Z/heads/x`
    for (const name of [old, oldTag, young])
      await git(pair.destination, 'update-ref', name, 'refs/heads/main')
    await pair.run()
    expect(await refsOf(pair.destination)).toHaveProperty([old])
    await pair.run({ ...ON, 'backup-keep': 'unlimited' })
    expect(await refsOf(pair.destination)).toHaveProperty([old])
    const result = await pair.run(ON)
    expect(result.log).toContain('removed 2 old values')
    const after = await refsOf(pair.destination)
    expect(after).not.toHaveProperty([old])
    expect(after).not.toHaveProperty([oldTag])
    expect(after).toHaveProperty([young])
    await pair.run({ ...ON, 'backup-keep': '10' })
    expect(await refsOf(pair.destination)).not.toHaveProperty([young])
  })

  it('goes below refs/tags/ where the destination hides our namespace, which an atomic push would not notice', async () => {
    await using pair = await makeOverwritten({ 'receive.hideRefs': 'refs/kalandra' })
    const result = await pair.run(ON)
    expect(result.exitCode, result.log).toBe(0)
    const after = await refsOf(pair.destination)
    expect(keptOf(after)).toEqual(once(pair.lost))
    expect(Object.keys(after).filter((name) => name.startsWith('refs/tags/kalandra-backup/'))).toHaveLength(4)
    expect(ownRefs(after)).toEqual(await refsOf(pair.source))
  })

  it('holds back what it cannot keep, and moves the rest', async () => {
    await using pair = await makeOverwritten({ 'receive.hideRefs': 'refs/backup' })
    const result = await pair.run({ backup: 'refs/backup/' })
    expect(result.exitCode).toBe(1)
    const after = await refsOf(pair.destination)
    expect(after).toMatchObject(pair.lost)
    const now = await refsOf(pair.source)
    for (const name of ['refs/heads/ahead', 'refs/heads/new']) expect(after[name]).toBe(now[name])
    const rejected = JSON.parse(result.outputs['rejected-refs']!) as readonly {
      ref: string
      reason: string
    }[]
    expect(rejected.map(({ ref }) => ref).toSorted()).toEqual(Object.keys(pair.lost).toSorted())
    expect(rejected[0]!.reason).toContain('old value cannot be kept')
    expect(rejected[0]!.reason).toContain('hidden ref')
  })

  it('moves nothing at all where all or nothing was asked for and it cannot keep something', async () => {
    await using pair = await makeOverwritten({ 'receive.hideRefs': 'refs/backup' })
    const result = await pair.run({ backup: 'refs/backup/', atomic: 'true' })
    expect(result.exitCode).toBe(1)
    expect(await refsOf(pair.destination)).toEqual(pair.before)
    expect(result.errors.join('\n')).toContain('the old values of 4 refs cannot be kept')
  })

  it('works where nothing is atomic, and in pushes of one ref each', async () => {
    await using pair = await makeOverwritten({ 'receive.advertiseAtomic': 'false' })
    const result = await pair.run({ ...ON, 'max-refs-per-push': '1' })
    expect(result.exitCode, result.log).toBe(0)
    const after = await refsOf(pair.destination)
    expect(keptOf(after)).toEqual(once(pair.lost))
    expect(ownRefs(after)).toEqual(await refsOf(pair.source))
  })

  it('takes its own away again where the ref did not move after all', async () => {
    await using pair = await makeOverwritten()
    const hook = join(pair.destination, 'hooks', 'update')
    await writeFile(hook, '#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo no; exit 1; }\n')
    await chmod(hook, 0o755)
    const result = await pair.run(ON)
    expect(result.exitCode).toBe(1)
    const after = await refsOf(pair.destination)
    expect(after['refs/heads/main']).toBe(pair.before['refs/heads/main'])
    const { 'refs/heads/main': _, ...rest } = pair.lost
    expect(keptOf(after)).toEqual(once(rest))
  })

  it('touches nothing in a dry run, nor at a destination that has nothing to do with the source', async () => {
    await using pair = await makeOverwritten()
    expect((await pair.run({ ...ON, 'dry-run': 'true' })).exitCode).toBe(0)
    expect(await refsOf(pair.destination)).toEqual(pair.before)
    await using other = await makePair()
    await addCommits(other.destination, 3, { path: 'stranger' })
    const before = await refsOf(other.destination)
    const result = await other.run(ON)
    expect(result.exitCode).toBe(1)
    expect(result.errors.join('\n')).toContain('shares no history')
    expect(await refsOf(other.destination)).toEqual(before)
  })

  it('keeps a second old value beside the first', async () => {
    await using pair = await makeOverwritten()
    expect((await pair.run(ON)).exitCode).toBe(0)
    const second = (await refsOf(pair.destination))['refs/heads/main']!
    await git(pair.source, 'update-ref', 'refs/heads/main', `${second}~1`)
    expect((await pair.run(ON)).exitCode).toBe(0)
    const kept = keptOf(await refsOf(pair.destination))
    expect(kept['refs/heads/main']).toEqual([pair.before['refs/heads/main'], second])
  })
})
