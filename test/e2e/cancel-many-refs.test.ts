import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { makeBareRepository } from '../support/git.ts'
import { leaveProcessorTime, leftSeconds, processorSecondsOf } from '../support/processor-time.ts'
import { startAction } from '../support/runner.ts'
import { startManyRefsServer } from '../support/servers/many-refs-server.ts'
import { makeTempFolder } from '../support/temp.ts'

const REFS = 1_000_000

/**
 * Seconds. Five are promised on a machine that has nothing else to do: there, the processor time of the run is all that
 * passes.
 */
const LIMIT_S = 5

/** Seconds that pass meanwhile, on a machine that has: whatever waits for an end in vain would wait for longer. */
const PATIENCE_S = 60

/** Moments, by the refs that were sent and seconds of work after that. */
const MOMENTS = [
  { name: 'it reads them', sent: REFS / 2, after: 0 },
  { name: 'it plans', sent: REFS, after: 1 },
  { name: 'it knows what is missing', sent: REFS, after: 2.5 },
  { name: 'it writes down what would change', sent: REFS, after: 4, more: { 'dry-run': 'true' } },
]

describe('a run over a million refs that is cancelled', () => {
  for (const { name, sent, after, more } of MOMENTS) {
    it.runIf(process.platform === 'linux')(`ends within five seconds while ${name}`, async () => {
      await using folder = await makeTempFolder()
      const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
      await using source = await startManyRefsServer(REFS)
      const file = join(folder.path, 'processor-time')
      await using running = await startAction({
        inputs: { source: source.url, destination: destination.path, 'source-token': '', ...more },
        env: { NODE_OPTIONS: leaveProcessorTime(file) },
      })
      await source.sent(sent)
      const worked = processorSecondsOf(running.pid) + after
      while (processorSecondsOf(running.pid) < worked) await sleep(20)
      const before = processorSecondsOf(running.pid)
      const start = performance.now()
      running.kill('SIGINT')
      const result = await running.done
      expect(leftSeconds(file) - before, result.log.slice(-2000)).toBeLessThan(LIMIT_S)
      expect((performance.now() - start) / 1000).toBeLessThan(PATIENCE_S)
      expect(result.exitCode).toBe(1)
      expect(result.errors.join()).toContain('ancelled')
    })
  }
})
