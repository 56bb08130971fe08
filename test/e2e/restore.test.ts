import { describe, expect, it } from 'vitest'
import { fsck, git } from '../support/git.ts'
import { keptOf, makeOverwritten, ownRefs, type Overwritten, refsOf } from '../support/overwritten.ts'
import { type Place, startPlace, TRANSPORTS } from '../support/places.ts'
import type { Finished } from '../support/running.ts'
import { runCli } from '../support/runner.ts'

/** `kalandra restore` of the destination, with what lets it in. */
async function restore(pair: Overwritten, args: readonly string[] = [], place?: Place): Promise<Finished> {
  const inputs = place?.inputs('destination') ?? {}
  const env = Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => [
      `KALANDRA_${name.toUpperCase().replaceAll('-', '_')}`,
      text,
    ]),
  )
  const url = place?.url(pair.destination) ?? pair.destination
  const known: string[] = []
  if (place !== undefined && place.knownHosts !== '') {
    const { writeFile } = await import('node:fs/promises')
    const path = `${pair.folder}/known_hosts`
    await writeFile(path, place.knownHosts)
    known.push('--ssh-known-hosts-file', path)
  }
  return await runCli(['restore', url, ...known, ...args], { env })
}

describe('restore', () => {
  for (const transport of TRANSPORTS) {
    it(`brings every ref back to its old id after a forced, pruned mirror, over ${transport}`, async () => {
      await using pair = await makeOverwritten()
      expect((await pair.run({ backup: 'true' })).exitCode).toBe(0)
      const mirrored = ownRefs(await refsOf(pair.destination))
      await using place = await startPlace(transport, pair.folder)
      const result = await restore(pair, ['--all'], place)
      expect(result.exitCode, result.stderr + result.stdout).toBe(0)
      const after = await refsOf(pair.destination)
      expect(after).toMatchObject(pair.lost)
      // What the mirror has added stays, and what the restoring overwrites is kept in turn.
      expect(ownRefs(after)).toEqual({ ...mirrored, ...pair.lost })
      expect(keptOf(after)['refs/heads/main']).toEqual([
        pair.lost['refs/heads/main'],
        mirrored['refs/heads/main'],
      ])
      expect(result.stdout).toContain('refs/heads/gone')
      await fsck(pair.destination)
    })
  }

  it('lists time, ref and old value, one a line, and changes nothing', async () => {
    await using pair = await makeOverwritten()
    await pair.run({ backup: 'true' })
    const before = await refsOf(pair.destination)
    const { exitCode, stdout } = await restore(pair)
    expect(exitCode).toBe(0)
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '))
    expect(Object.fromEntries(lines.map(([, ref, id]) => [ref, id]))).toEqual(pair.lost)
    for (const [time] of lines) expect(time).toMatch(/^\d{8}T\d{6}Z$/)
    const json = JSON.parse((await restore(pair, ['--json'])).stdout) as {
      backups: readonly { ref: string; id: string }[]
    }
    expect(Object.fromEntries(json.backups.map(({ ref, id }) => [ref, id]))).toEqual(pair.lost)
    expect(await refsOf(pair.destination)).toEqual(before)
  })

  it('brings back some refs, those of one time, and one under another name', async () => {
    await using pair = await makeOverwritten()
    await pair.run({ backup: 'true' })
    const first = (await restore(pair)).stdout.slice(0, 16)
    const { 'refs/heads/main': second } = await refsOf(pair.source)
    await git(pair.source, 'update-ref', 'refs/heads/main', `${second!}~1`)
    await pair.run({ backup: 'true' })
    const old = pair.lost['refs/heads/main']
    expect(
      (await restore(pair, ['--refs', 'refs/heads/main:refs/heads/main-old', '--at', first])).exitCode,
    ).toBe(0)
    expect(await refsOf(pair.destination)).toMatchObject({ 'refs/heads/main-old': old })
    expect((await restore(pair, ['--refs', 'refs/heads/main'])).exitCode).toBe(0)
    expect((await refsOf(pair.destination))['refs/heads/main']).toBe(second)
    expect(await refsOf(pair.destination)).not.toHaveProperty(['refs/heads/gone'])
    const iso = `${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6, 11)}:${first.slice(11, 13)}:${first.slice(13)}`
    const result = await restore(pair, ['--at', iso])
    expect(result.exitCode, result.stderr).toBe(0)
    expect(await refsOf(pair.destination)).toMatchObject(pair.lost)
  })

  it('goes through the guards of every mirror: a dry run changes nothing, a folder in the way is told', async () => {
    await using pair = await makeOverwritten()
    await pair.run({ backup: 'true' })
    await git(pair.destination, 'update-ref', 'refs/heads/gone/deeper', 'refs/heads/main')
    const before = await refsOf(pair.destination)
    const dry = await restore(pair, ['--all', '--dry-run'])
    expect(dry.exitCode).toBe(1)
    expect(await refsOf(pair.destination)).toEqual(before)
    const result = await restore(pair, ['--all'])
    expect(result.exitCode).toBe(1)
    expect(result.stdout).toContain('refs/heads/gone/deeper is in the way')
    const { 'refs/heads/gone': _, ...rest } = pair.lost
    expect(await refsOf(pair.destination)).toMatchObject(rest)
  })

  it('says what is wrong with its arguments, and touches nothing', async () => {
    await using pair = await makeOverwritten()
    await pair.run({ backup: 'true' })
    const before = await refsOf(pair.destination)
    for (const [args, words] of [
      [['--at', 'yesterday'], '--at: "yesterday" is not a time'],
      [['--at', '20200101T000000Z'], 'nothing that was kept'],
      [['--refs', 'refs/heads/nobody'], 'nothing that was kept'],
      [['--all', pair.source], 'one DESTINATION'],
    ] as const) {
      const result = await restore(pair, args)
      expect(result.exitCode, args.join(' ')).toBe(2)
      expect(result.stderr).toContain(words)
    }
    const { exitCode, stderr } = await runCli(['restore'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('DESTINATION is missing')
    expect(await refsOf(pair.destination)).toEqual(before)
  })

  it('says that nothing was kept where nothing was', async () => {
    await using pair = await makeOverwritten()
    const { exitCode, stdout, stderr } = await restore(pair)
    expect(exitCode).toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain('nothing was kept')
  })
})
