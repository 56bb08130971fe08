import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { forEachRef, git } from '../support/git.ts'
import { expectMirror } from '../support/hosts/run.ts'
import { LOGIN, startLfsSites } from '../support/lfs/lfs-sites.ts'
import { startCli } from '../support/runner.ts'

/** Times at which the process is killed. */
const KILLS = 8
const SIZES = Array.from({ length: 14 }, (_, index) => 400_000 + index * 150_000)

describe('a process that is killed while it carries LFS objects', () => {
  it(
    'leaves no wrong object and no ref behind, and the next one goes on where it stopped',
    { timeout: 240_000 },
    async () => {
      await using sites = await startLfsSites()
      const { from, to, source, destination } = sites
      const objects = await sites.add(SIZES)
      let stored = 0
      let began = 0
      for (let kill = 0; kill < KILLS; kill++) {
        to.lfs.objects.clear()
        for (const [name] of await forEachRef(destination)) await git(destination, 'update-ref', '-d', name)
        await using running = await startCli(
          [
            from.url('source.git'),
            to.url('destination.git'),
            '--destination-username',
            LOGIN.username,
            '--json',
          ],
          { env: { KALANDRA_DESTINATION_TOKEN: LOGIN.password } },
        )
        let puts = 0
        const killAt = 1 + Math.floor(((kill + 0.5) / KILLS) * (SIZES.length - 1))
        to.lfs.faults.put = () => {
          puts++
          if (puts === killAt) running.kill('SIGKILL')
          return undefined
        }
        const { signal, stderr } = await running.done
        expect(signal, stderr).toBe('SIGKILL')
        delete to.lfs.faults.put
        for (const [oid, bytes] of to.lfs.objects)
          expect(createHash('sha256').update(bytes).digest('hex')).toBe(oid)
        expect((await forEachRef(destination)).size).toBe(0)
        began += puts
        stored += to.lfs.objects.size

        const before = new Set(to.lfs.objects.keys())
        const sentBefore = to.lfs.log.length
        await expectMirror(await sites.run(), source, destination)
        expect([...to.lfs.objects.keys()].toSorted()).toEqual(objects.map(({ oid }) => oid).toSorted())
        const sent = to.lfs.log.slice(sentBefore).filter(({ method }) => method === 'PUT')
        // What had arrived is not sent again.
        expect(sent.length).toBe(objects.length - before.size)
      }
      // The kills were in the middle of objects.
      expect(stored).toBeLessThan(began)
    },
  )
})
