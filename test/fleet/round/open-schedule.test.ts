import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Job } from '../../../src/fleet/round/job.ts'
import { REAL_CLOCK } from '../../../src/fleet/round/round.ts'
import { openSchedule } from '../../../src/fleet/round/scheduler.ts'
import type { MirrorOptions } from '../../../src/options/options.ts'

it('takes a job out that waits for another one, and those that wait for it go on', async () => {
  const ends: string[] = []
  const host = (name: string) => ({ host: name, credential: name, repository: name })
  const job = (name: string, after: readonly string[]): Job => ({
    name,
    after,
    pairs: [{ options: {} as MirrorOptions, source: host('a'), destinations: [host('b')] }],
  })
  const open = openSchedule<string>({
    clock: REAL_CLOCK,
    signal: new AbortController().signal,
    lanes: { check: 16, transfer: 4 },
    limitOf: () => ({ most: 4, besideThem: 1 }),
    async run({ name }) {
      await sleep(20)
      return { kind: 'done', result: name, verdicts: [] }
    },
    retriesOf: () => 0,
    onEnd: ({ name }) => void ends.push(name),
    onSkip: ({ name }) => void ends.push(`skipped ${name}`),
  })
  open.add(job('first', []), 1)
  open.add(job('second', ['first']), 2)
  open.add(job('third', ['first', 'second']), 3)
  expect(open.remove('second')).toBe(true)
  expect(open.remove('second')).toBe(false)
  await expect.poll(() => ends).toEqual(['first', 'third'])
})
