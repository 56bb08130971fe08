import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, makeBareRepository, type Repository } from '../support/git.ts'
import { pairInputs, startPlace, TRANSPORTS } from '../support/places.ts'
import { addCommits } from '../support/repositories.ts'
import { runAction } from '../support/runner.ts'
import { makeTempFolder } from '../support/temp.ts'

/** A source of 60 commits, and a destination whose branch left it some commits back and went its own way. */
async function makeDiverged(parent: string): Promise<{ source: Repository; destination: Repository }> {
  const source = await makeBareRepository({ parent, name: 'source.git' })
  const destination = await makeBareRepository({ parent, name: 'destination.git' })
  await addCommits(source.path, 50, { size: 30_000 })
  await git(source.path, 'push', '-q', destination.path, 'refs/heads/main')
  await addCommits(source.path, 10, { size: 300 })
  await addCommits(destination.path, 7, { size: 300, path: 'own' })
  return { source, destination }
}

describe('a destination tip that the source does not know', () => {
  for (const transport of TRANSPORTS) {
    it(`[C2] costs what is missing and no more, over ${transport}`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makeDiverged(folder.path)
      await using from = await startPlace(transport, folder.path)
      await using to = await startPlace(transport, folder.path)
      const result = await runAction({
        inputs: pairInputs({ place: from, path: source.path }, { place: to, path: destination.path }),
      })
      expect(result.exitCode, result.log).toBe(0)
      expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
      await fsck(destination.path)
      // Ten commits of 300 bytes; the whole history is 1.5 MB.
      expect(Number(result.outputs['pack-bytes'])).toBeLessThan(60_000)
      expect(result.log).toContain('the histories meet')
      expect(JSON.parse(result.outputs['updated-refs']!)).toMatchObject([
        { ref: 'refs/heads/main', action: 'force' },
      ])
    })
  }

  for (const transport of TRANSPORTS) {
    it(`is related where it is ahead of a source that has its first commit alone, over ${transport}`, async () => {
      await using folder = await makeTempFolder()
      const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
      const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
      await addCommits(source.path, 1, { size: 100_000 })
      await git(source.path, 'push', '-q', destination.path, 'refs/heads/main')
      await addCommits(destination.path, 2)
      await using from = await startPlace(transport, folder.path)
      await using to = await startPlace(transport, folder.path)
      const result = await runAction({
        inputs: pairInputs({ place: from, path: source.path }, { place: to, path: destination.path }),
      })
      expect(result.exitCode, result.log).toBe(0)
      expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
      await fsck(destination.path)
      expect(Number(result.outputs['pack-bytes'])).toBeLessThan(1000)
    })
  }

  it.each([2, 3, 5, 30])(
    'is related where the first of its %i commits is all that is shared',
    async (count) => {
      await using folder = await makeTempFolder()
      const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
      const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
      await addCommits(source.path, 1, { size: 100_000 })
      await git(source.path, 'push', '-q', destination.path, 'refs/heads/main')
      await addCommits(source.path, 3)
      await addCommits(destination.path, count - 1, { path: 'own' })
      // A longer history that the source has nothing of, and that is to be deleted.
      await addCommits(destination.path, 40, { ref: 'refs/heads/strange', path: 'strange', from: '' })
      const result = await runAction({
        inputs: { source: source.path, destination: destination.path, 'source-token': '' },
      })
      expect(result.exitCode, result.log).toBe(0)
      expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
      expect(Number(result.outputs['pack-bytes'])).toBeLessThan(20_000)
    },
  )

  it('[C1] is not asked about when another ref shows the way', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeDiverged(folder.path)
    await git(source.path, 'branch', 'kept', 'main~10')
    await git(source.path, 'push', '-q', destination.path, 'kept')
    const result = await runAction({
      inputs: { source: source.path, destination: destination.path, 'source-token': '' },
    })
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
    expect(Number(result.outputs['pack-bytes'])).toBeLessThan(60_000)
  })

  it('[C8] goes on without it, and says what that costs, where the destination cannot be read', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makeDiverged(folder.path)
    await git(destination.path, 'config', 'uploadpack.hideRefs', 'refs/heads/main')
    await git(source.path, 'branch', 'shared', 'main~55')
    await git(source.path, 'push', '-q', destination.path, 'shared')
    await git(destination.path, 'config', 'daemon.uploadpack', 'false')
    const daemonless = await runAction({
      inputs: { source: source.path, destination: destination.path, 'source-token': '' },
    })
    expect(daemonless.exitCode, daemonless.log).toBe(0)
    expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
  })
})
