import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git } from '../support/git.ts'
import { say, writeHook } from '../support/hosts/hooks.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { pairInputs, startPlace, TRANSPORTS } from '../support/places.ts'
import { addRefs } from '../support/repositories.ts'

interface Push {
  readonly commands: number
  /** Files of the quarantine: a push that brings no object has none. */
  readonly files: number
}

/** Has the destination write down each push; `rules` are lines for sh that may refuse it, by `$commands`. */
async function recordPushes(
  pair: Pair,
  rules: readonly string[] = [],
): Promise<() => Promise<readonly Push[]>> {
  const log = join(pair.folder, 'pushes')
  await writeFile(log, '')
  await writeHook(pair.destination, 'pre-receive', [
    'refs=$(cat)',
    'commands=$(echo "$refs" | wc -l)',
    'files=$(find "$GIT_QUARANTINE_PATH" -type f 2>/dev/null | wc -l)',
    `echo $commands $files >> ${log}`,
    ...rules,
    'exit 0',
  ])
  return async () =>
    (await readFile(log, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => ({ commands: Number(line.split(' ')[0]), files: Number(line.split(' ')[1]) }))
}

async function expectMirrored(pair: Pair): Promise<void> {
  expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
  await fsck(pair.destination)
}

const counts = (pushes: readonly Push[]): readonly number[] => pushes.map(({ commands }) => commands)

describe('more refs than one push takes', () => {
  it.each(TRANSPORTS)(
    'go in pushes of max-refs-per-push, the objects in the first, over %s',
    async (name) => {
      await using pair = await makePair({ commits: 5 })
      await addRefs(pair.source, 104, 'refs/heads/main')
      await using place = await startPlace(name, pair.folder)
      const pushes = await recordPushes(pair)
      const ends = pairInputs({ place, path: pair.source }, { place, path: pair.destination })
      const result = await pair.run({ ...ends, 'max-refs-per-push': '20' })
      expect(result.exitCode, result.log).toBe(0)
      expect(result.outputs['created']).toBe('105')
      expect(counts(await pushes())).toEqual([20, 20, 20, 20, 20, 5])
      expect((await pushes()).map(({ files }) => files > 0)).toEqual([
        true,
        false,
        false,
        false,
        false,
        false,
      ])
      await expectMirrored(pair)
    },
  )

  it.each([
    ['file', [5106]],
    ['http', [5000, 106]],
  ] as const)('go as they are to a path, and in pushes of 5,000 to a server: %s', async (name, expected) => {
    await using pair = await makePair({ commits: 5 })
    await addRefs(pair.source, 5105, 'refs/heads/main')
    await using place = await startPlace(name, pair.folder)
    const pushes = await recordPushes(pair)
    const ends = pairInputs({ place, path: pair.source }, { place, path: pair.destination })
    const result = await pair.run(ends)
    expect(result.exitCode, result.log).toBe(0)
    expect(counts(await pushes())).toEqual(expected)
    await expectMirrored(pair)
  })

  it('are halved for a server that refuses the number, and no push is made that it would refuse', async () => {
    await using pair = await makePair({ commits: 5 })
    await addRefs(pair.source, 239, 'refs/heads/main')
    const pushes = await recordPushes(pair, [
      `if [ $commands -gt 70 ]; then ${say('error: maximum ref updates exceeded')}; exit 1; fi`,
    ])
    const result = await pair.run({ 'max-refs-per-push': '240' })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('refused a push of 240 refs: trying at most 120 at once')
    expect(counts(await pushes())).toEqual([240, 120, 60, 60, 60, 60])
    expect((await pushes()).filter(({ files }) => files > 0)).toHaveLength(3)
    await expectMirrored(pair)
  })

  it('are as many as the server says that it takes', async () => {
    await using pair = await makePair({ commits: 2 })
    await addRefs(pair.source, 11, 'refs/heads/main')
    const words = 'Pushes can not update more than 5 branches or tags.'
    const pushes = await recordPushes(pair, [`if [ $commands -gt 5 ]; then ${say(words)}; exit 1; fi`])
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(counts(await pushes())).toEqual([12, 5, 5, 2])
    await expectMirrored(pair)
  })

  it('bring their objects again when every ref of the push that brought them was declined', async () => {
    await using pair = await makePair({ commits: 5 })
    await addRefs(pair.source, 6, 'refs/heads/main', 'refs/heads/a')
    await addRefs(pair.source, 6, 'refs/heads/main~1', 'refs/heads/b')
    await addRefs(pair.source, 6, 'refs/heads/main~2', 'refs/tags/c')
    const declines = 'case "$refs" in *refs/heads/main*|*refs/heads/a*)'
    await recordPushes(pair, [`${declines} ${say('no such branches here')}; exit 1;; esac`])
    const result = await pair.run({ 'max-refs-per-push': '3' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.outputs, result.log).toMatchObject({ created: '12', rejected: '7' })
    const names = [...(await forEachRef(pair.destination)).keys()]
    expect(names.filter((name) => !/^refs\/(heads\/b|tags\/c)\d$/.test(name))).toEqual([])
    await fsck(pair.destination)
  })

  it('use no connection that was opened ahead and has ended meanwhile', async () => {
    await using pair = await makePair({ commits: 5 })
    await addRefs(pair.source, 39, 'refs/heads/main')
    const pushes = await recordPushes(pair, ['[ $commands -eq 10 ] && sleep 1'])
    // A `git` on the path whose receive-packs live for 0.6 s, unless they have work by then.
    const calls = join(pair.folder, 'calls')
    const real = `${await git(pair.folder, '--exec-path')}/git`
    const script = [
      '#!/bin/sh',
      `[ "$1" = receive-pack ] || exec ${real} "$@"`,
      `echo call >> ${calls}`,
      `[ $(wc -l < ${calls}) -eq 3 ] && exec timeout 0.6 ${real} "$@"`,
      `exec ${real} "$@"`,
    ]
    await writeFile(join(pair.folder, 'git'), `${script.join('\n')}\n`)
    await chmod(join(pair.folder, 'git'), 0o755)
    const PATH = `${pair.folder}:${process.env['PATH']}`
    const result = await pair.run({ 'max-refs-per-push': '10', retries: '0' }, { env: { PATH } })
    expect(result.exitCode, result.log).toBe(0)
    expect(counts(await pushes())).toEqual([10, 10, 10, 10])
    // A listing that is used for the first push, three more, the one that ended, and the verification.
    expect((await readFile(calls, 'utf8')).trim().split('\n')).toHaveLength(6)
    await expectMirrored(pair)
  })

  it('are deleted in pushes of the same size', async () => {
    await using pair = await makePair({ commits: 2 })
    await pair.mirror()
    await addRefs(pair.destination, 46, 'refs/heads/main')
    const pushes = await recordPushes(pair)
    const result = await pair.run({ 'max-refs-per-push': '20', 'max-deletions': 'unlimited' })
    expect(result.exitCode, result.log).toBe(0)
    expect(counts(await pushes())).toEqual([20, 20, 6])
    await expectMirrored(pair)
  })
})
