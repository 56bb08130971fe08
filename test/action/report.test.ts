import { expect, it } from 'vitest'
import { createLog } from '../../src/action/log.ts'
import { reportResult } from '../../src/action/report.ts'
import { MirrorError } from '../../src/base/errors.ts'
import type { MirrorResult } from '../../src/report/result.ts'
import { makeChanges, makeDestination, makeRejected, makeResult } from '../support/results.ts'

function report(result: MirrorResult): {
  readonly lines: readonly string[]
  readonly failed: string | undefined
} {
  const lines: string[] = []
  let failed: string | undefined
  const log = createLog({
    destinations: result.destinations.map(({ destination }) => destination),
    sink: {
      info: (text) => void lines.push(text),
      warning: (text) => void lines.push(`WARNING ${String(text)}`),
      error: (text) => void lines.push(`ERROR ${String(text)}`),
      startGroup: () => undefined,
      endGroup: () => undefined,
    },
  })
  reportResult(log, { error: (text) => (failed = String(text)) }, result)
  log.close()
  return { lines, failed }
}

it('ends with the verdict and fails nothing when all is well', () => {
  const { lines, failed } = report(
    makeResult([makeDestination({ status: 'mirrored', changed: makeChanges(1) })]),
  )
  expect(lines.at(-1)).toMatch(/^Mirrored: 1 created/)
  expect(failed).toBeUndefined()
})

it('makes rejected refs errors with what to do, and fails the step', () => {
  const rejected = [makeRejected(), makeRejected({ ref: 'refs/heads/old', warning: true })]
  const { lines, failed } = report(makeResult([makeDestination({ status: 'rejected', rejected })]))
  expect(lines[0]).toMatch(/^ERROR .*refs\/heads\/main.*protected branch hook declined.*Allow force pushes/)
  expect(lines[1]).toMatch(/^WARNING .*refs\/heads\/old/)
  expect(failed).toMatch(/^1 ref rejected/)
})

it('says the same advice once', () => {
  const rejected = ['a', 'b', 'c'].map((name) => makeRejected({ ref: `refs/heads/${name}` }))
  const { lines } = report(makeResult([makeDestination({ status: 'rejected', rejected })]))
  expect(lines.filter((line) => line.startsWith('ERROR'))).toHaveLength(3)
  expect(lines.filter((line) => line.includes('Allow force pushes'))).toHaveLength(1)
})

it('fails with the reason, the hint, and what the server said', () => {
  const error = new MirrorError('the server refused the token', {
    code: 'auth',
    hint: 'Renew it.',
    serverText: 'go away\n::error::x',
  })
  const { lines, failed } = report(makeResult([makeDestination({ status: 'failed', error })]))
  expect(failed).toBe('Failed: the server refused the token. Renew it.')
  expect(lines).toContain('remote: go away')
  expect(lines.some((line) => /^\s*::/.test(line))).toBe(false)
})

it('warns where the source has nothing in scope, and of helper refs that stay', () => {
  const leftovers = ['refs/tags/kalandra-pieces/1-a']
  expect(report(makeResult([makeDestination()], { sourceRefs: 0 })).lines.at(-1)).toBe(
    'WARNING Nothing was mirrored: the source has no ref that refs names.',
  )
  const { lines } = report(makeResult([makeDestination({ destination: 'd', leftovers })]))
  expect(lines.join('\n')).toMatch(
    /^WARNING d: our helper refs stay at the destination: refs\/tags\/kalandra/,
  )
  expect(lines.join('\n')).not.toMatch(/nothing changed|had nothing to change/i)
})

it('names each failed destination among several', () => {
  const error = new MirrorError('no route', { code: 'connect' })
  const { lines, failed } = report(
    makeResult([
      makeDestination({ destination: 'd1', status: 'failed', error }),
      makeDestination({ destination: 'd2' }),
    ]),
  )
  expect(lines).toContain('ERROR d1: no route')
  expect(lines.join()).toContain('d2: up to date')
  expect(failed).toBe('Failed at 1 of 2 destinations; nothing changed.')
})
