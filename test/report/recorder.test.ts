import { expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { createRecorder, resultOfError } from '../../src/report/recorder.ts'
import { makeChanges, makeRejected } from '../support/results.ts'

const cancelled = new MirrorError('the run was cancelled', { code: 'cancelled' })

it('knows at any time what had moved at which destination', () => {
  const recorder = createRecorder({ source: 's', destinations: ['a', 'b'], dryRun: false, now: () => 0 })
  const [change] = makeChanges(1)
  const rejected = makeRejected()
  recorder.reporter({ kind: 'changed', destination: 'a', change: change!, dryRun: false })
  recorder.reporter({ kind: 'rejected', destination: 'b', rejected })
  recorder.reporter({ kind: 'progress', destination: 'b', bytes: 70, objects: 3 })
  recorder.reporter({ kind: 'lfs-progress', destination: 'b', bytes: 900, objects: 2, missing: 5 })
  recorder.reporter({ kind: 'notice', level: 'warning', destination: 'b', text: 'careful' })
  recorder.reporter({ kind: 'notice', level: 'info', destination: 'b', text: 'by the way' })
  recorder.reporter({ kind: 'changed', destination: 'unknown', change: change!, dryRun: false })

  const result = recorder.toResult(cancelled)
  expect(result).toMatchObject({ source: 's', ok: false, error: cancelled })
  expect(result.destinations.map(({ destination, status }) => [destination, status])).toEqual([
    ['a', 'failed'],
    ['b', 'failed'],
  ])
  expect(result.destinations[0]?.changed).toEqual([change])
  expect(result.destinations[1]).toMatchObject({ changed: [], rejected: [rejected], warnings: ['careful'] })
  expect(result.destinations[1]?.figures).toMatchObject({
    packBytes: 70,
    objects: 3,
    lfsBytes: 900,
    lfsObjects: 2,
  })
})

it('makes a result of a run that never began', () => {
  expect(resultOfError(cancelled)).toMatchObject({ ok: false, destinations: [], error: cancelled })
})
