import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, gitWith, makeBareRepository } from '../support/git.ts'
import { pairInputs, type Place, startPlace, TRANSPORTS } from '../support/places.ts'
import { addCommits, addRefs, fillRepository } from '../support/repositories.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

/** Every pair of transports, through the bundle, on a repository with one of everything. */
for (const from of TRANSPORTS) {
  for (const to of TRANSPORTS) {
    describe(`${from} to ${to}`, () => {
      const refs = 'refs/heads/*\nrefs/tags/*\nrefs/notes/*\nrefs/heads/main:refs/heads/copies/of-main'
      let folder: TempFolder
      let source: string
      let destination: string
      let places: readonly Place[]

      beforeAll(async () => {
        folder = await makeTempFolder()
        source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
        const config = { 'transfer.fsckObjects': 'true' }
        destination = (await makeBareRepository({ parent: folder.path, name: 'it’s a mirror.git', config }))
          .path
        await fillRepository(source)
        places = [await startPlace(from, folder.path), await startPlace(to, folder.path)]
      })

      afterAll(async () => {
        for (const place of places ?? []) await place[Symbol.asyncDispose]()
        await folder?.[Symbol.asyncDispose]()
      })

      const run = async (inputs: Record<string, string> = {}): Promise<ActionResult> =>
        await runAction({
          inputs: {
            ...pairInputs({ place: places[0]!, path: source }, { place: places[1]!, path: destination }),
            refs,
            'max-deletions': 'unlimited',
            ...inputs,
          },
        })

      /** The run did what it should, says so, and the destination is whole. */
      const expectMirror = async (result: ActionResult): Promise<void> => {
        expect(result.errors).toEqual([])
        expect(result.exitCode, result.log).toBe(0)
        const expected = await forEachRef(source)
        expected.set('refs/heads/copies/of-main', expected.get('refs/heads/main')!)
        const there = await forEachRef(destination)
        expect(Object.fromEntries(there)).toEqual(Object.fromEntries(expected))
        await fsck(destination)
      }

      it('makes the first mirror, with its outputs and its summary', async () => {
        const result = await run()
        await expectMirror(result)
        const there = await forEachRef(destination)
        expect(result.outputs).toMatchObject({
          changed: 'true',
          created: String(there.size),
          updated: '0',
          deleted: '0',
          rejected: '0',
          'rejected-refs': '[]',
        })
        expect(Number(result.outputs['pack-bytes'])).toBeGreaterThan(300_000)
        expect(JSON.parse(result.outputs['updated-refs']!)).toHaveLength(there.size)
        expect(result.summary).toContain('refs/heads/copies/of-main')
      })

      it('finds nothing to do the second time', async () => {
        const result = await run()
        await expectMirror(result)
        expect(result.outputs).toMatchObject({ changed: 'false', 'updated-refs': '[]', 'pack-bytes': '0' })
      })

      it('sends one commit in a thin pack', async () => {
        await addCommits(source, 1, { path: 'README.md' })
        const result = await run()
        await expectMirror(result)
        expect(result.outputs).toMatchObject({ changed: 'true', created: '0', updated: '2' })
        expect(Number(result.outputs['pack-bytes'])).toBeLessThan(1500)
      })

      it('forces a branch back and calls it forced', async () => {
        await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/main~2')
        const result = await run()
        await expectMirror(result)
        const changed = JSON.parse(result.outputs['updated-refs']!) as { ref: string; action: string }[]
        expect(changed.map(({ ref, action }) => `${action} ${ref}`).toSorted()).toEqual([
          'force refs/heads/copies/of-main',
          'force refs/heads/main',
        ])
      })

      it('[G11] renames a to a/b and back, deletions first', async () => {
        await git(source, 'update-ref', 'refs/heads/a', 'refs/heads/main')
        await expectMirror(await run())
        await gitWith({ input: 'delete refs/heads/a\n' }, source, 'update-ref', '--stdin')
        await git(source, 'update-ref', 'refs/heads/a/b', 'refs/heads/main')
        await expectMirror(await run())
        await gitWith({ input: 'delete refs/heads/a/b\n' }, source, 'update-ref', '--stdin')
        await git(source, 'update-ref', 'refs/heads/a', 'refs/heads/side')
        const result = await run()
        await expectMirror(result)
        expect(result.outputs).toMatchObject({ created: '1', deleted: '1', updated: '0' })
      })

      it('moves a tag, deletes a branch and keeps what is out of scope', async () => {
        await git(source, 'tag', '-f', 'light', 'refs/heads/side')
        await git(source, 'update-ref', '-d', 'refs/heads/unrelated')
        await git(destination, 'update-ref', 'refs/other/kept', 'refs/heads/main')
        const result = await run()
        expect(result.exitCode, result.log).toBe(0)
        const there = await forEachRef(destination)
        expect(there.has('refs/heads/unrelated')).toBe(false)
        expect(there.get('refs/tags/light')).toBe((await forEachRef(source)).get('refs/tags/light'))
        expect(there.has('refs/other/kept')).toBe(true)
        await git(destination, 'update-ref', '-d', 'refs/other/kept')
        expect(result.outputs).toMatchObject({ deleted: '1', updated: '1' })
      })

      it('mirrors 2,000 refs, and deletes them', async () => {
        await addRefs(source, 2000, await git(source, 'rev-parse', 'refs/heads/main'), 'refs/tags/count-')
        const result = await run()
        await expectMirror(result)
        expect(result.outputs['created']).toBe('2000')
        const gone = [...(await forEachRef(source, 'refs/tags/count-*')).keys()].map(
          (name) => `delete ${name}\n`,
        )
        await gitWith({ input: gone.join('') }, source, 'update-ref', '--stdin')
        const after = await run()
        await expectMirror(after)
        expect(after.outputs['deleted']).toBe('2000')
      })
    })
  }
}
