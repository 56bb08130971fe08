import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { makeBareRepository } from '../support/git.ts'
import { startAction } from '../support/runner.ts'
import { startManyRefsServer } from '../support/servers/many-refs-server.ts'
import { makeTempFolder } from '../support/temp.ts'

const REFS = 1_000_000

/** Five seconds are promised; the rest is for a machine with other things to do. */
const LIMIT = 7_000

/** Moments, by the refs that were sent and milliseconds after that. */
const MOMENTS = [
  { name: 'it reads them', sent: REFS / 2, after: 0 },
  { name: 'it plans', sent: REFS, after: 300 },
  { name: 'it has planned', sent: REFS, after: 1800 },
]

describe('a run over a million refs that is cancelled', () => {
  for (const { name, sent, after } of MOMENTS) {
    it(`ends within five seconds while ${name}`, async () => {
      await using folder = await makeTempFolder()
      const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
      await using source = await startManyRefsServer(REFS)
      await using running = await startAction({
        inputs: { source: source.url, destination: join(destination.path), 'source-token': '' },
      })
      await source.sent(sent)
      await sleep(after)
      const start = performance.now()
      running.kill('SIGINT')
      const result = await running.done
      expect(performance.now() - start, result.log.slice(-2000)).toBeLessThan(LIMIT)
      expect(result.exitCode).toBe(1)
      expect(result.errors.join()).toContain('ancelled')
    })
  }
})
