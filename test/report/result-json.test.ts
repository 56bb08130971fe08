import { expect, it } from 'vitest'
import { computeOutputs } from '../../src/action/outputs.ts'
import { MirrorError } from '../../src/base/errors.ts'
import {
  renderJson,
  type RejectedRefEntry,
  toResultJson,
  type UpdatedRefEntry,
} from '../../src/report/result-json.ts'

import { expectSchema } from '../support/result-schema.ts'
import { makeChanges, makeDestination, makeRejected, makeResult } from '../support/results.ts'

const error = new MirrorError('no access', { code: 'auth', hint: 'Renew it.', side: 'source', status: 401 })
const result = makeResult(
  [
    makeDestination(),
    makeDestination({
      status: 'rejected',
      changed: makeChanges(2),
      rejected: [makeRejected(), makeRejected({ advice: undefined, warning: true })],
      warnings: ['careful'],
      leftovers: ['refs/tags/kalandra-pieces/1-a'],
    }),
    makeDestination({ status: 'failed', error: new MirrorError('cut', { code: 'cut', retryable: true }) }),
  ],
  { error },
)

it('is what its schema says, field by field, with its version', () => {
  const value = JSON.parse(renderJson(result)) as Record<string, unknown>
  expectSchema(value)
  expect(value['version']).toBe(1)
  expect(Object.keys(value)).toEqual([
    'version',
    'source',
    'ok',
    'dryRun',
    'destinations',
    'error',
    'seconds',
    'sourceRefs',
  ])
})

it('holds nothing that no type declares, whatever a result carries', () => {
  const [destination] = result.destinations
  const more = { ...result, inner: 1, destinations: [{ ...destination!, inner: { secret: 'x' } }] }
  expect(renderJson(more)).not.toContain('inner')
})

it('has a schema that finds what is missing, of another type, or more', () => {
  const value = JSON.parse(renderJson(result)) as Record<string, unknown>
  const { version: _, ...unversioned } = value
  expect(() => expectSchema(unversioned)).toThrow(/version/)
  expect(() => expectSchema({ ...value, version: 2 })).toThrow(/const/)
  expect(() => expectSchema({ ...value, seconds: '1' })).toThrow(/number/)
  expect(() => expectSchema({ ...value, more: 1 })).toThrow(/additional/)
})

it('declares the entries of the outputs, too', () => {
  const { values } = computeOutputs(result)
  const updated = JSON.parse(values['updated-refs']) as readonly UpdatedRefEntry[]
  const rejected = JSON.parse(values['rejected-refs']) as readonly RejectedRefEntry[]
  expect([updated.length, rejected.length]).toEqual([2, 2])
  for (const entry of updated) expectSchema(entry, 'UpdatedRefEntry')
  for (const entry of rejected) expectSchema(entry, 'RejectedRefEntry')
})

it.each([0, 1, 999, 1000, 1001, 2500])(
  'is the same text in parts as in one, with %i refs in a list',
  (count) => {
    const rejected = Array.from({ length: count }, (_, at) => makeRejected({ ref: `refs/heads/r${at}` }))
    const many = makeResult([
      makeDestination({ changed: makeChanges(count), rejected: [makeRejected()] }),
      makeDestination({ changed: makeChanges(1), rejected }),
    ])
    expect(renderJson(many)).toBe(JSON.stringify(toResultJson(many), undefined, 2))
  },
)
