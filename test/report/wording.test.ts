import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import {
  describeCounts,
  describeDestination,
  describeVerdict,
  formatBytes,
  formatPlural,
  describeLeftovers,
  describeServerText,
  formatSeconds,
  hasEmptyScope,
  shortId,
} from '../../src/report/wording.ts'
import { makeChanges, makeDestination, makeRejected, makeResult, NO_ID } from '../support/results.ts'

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [906, '906 bytes'],
  [1000, '1.0 kB'],
  [1_447_258, '1.4 MB'],
  [301_721_616, '302 MB'],
  [999_999, '1.0 MB'],
  [5e12, '5.0 TB'],
])('formatBytes %d', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

it.each([
  [0, '0 ms'],
  [0.04, '40 ms'],
  [0.9996, '1.0 s'],
  [9.94, '9.9 s'],
  [59.4, '59 s'],
  [60, '1 min 0 s'],
  [185.2, '3 min 5 s'],
])('formatSeconds %d', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text)
})

it('counts in English', () => {
  expect([formatPlural(1, 'ref'), formatPlural(0, 'ref'), formatPlural(12_345, 'ref')]).toEqual([
    '1 ref',
    '0 refs',
    '12,345 refs',
  ])
})

it('shows nothing for the id of nothing', () => {
  expect(shortId(NO_ID)).toBe('')
  expect(shortId('0123456789abcdef')).toBe('0123456789')
})

it('names only what happened', () => {
  expect(describeCounts({ create: 2, update: 0, force: 1, delete: 0 })).toBe('2 created, 1 forced')
  expect(describeCounts({ create: 0, update: 0, force: 0, delete: 0 })).toBe('nothing changed')
})

describe('describeVerdict', () => {
  const failure = new MirrorError('no such repository.', { code: 'not-found', side: 'destination' })

  it('says what was mirrored', () => {
    const result = makeResult([makeDestination({ status: 'mirrored', changed: makeChanges(2) })])
    expect(describeVerdict(result)).toBe('Mirrored: 2 created at 1 destination in 1.3 s.')
  })

  it('says that there was nothing to do', () => {
    expect(describeVerdict(makeResult([makeDestination()]))).toBe(
      'Up to date: 1 destination had nothing to change.',
    )
  })

  it('does not call it up to date when the source has nothing in scope', () => {
    const result = makeResult([makeDestination({ upToDate: 0 })], { sourceRefs: 0 })
    expect(hasEmptyScope(result)).toBe(true)
    expect(describeVerdict(result)).toBe('Nothing was mirrored: the source has no ref that refs names.')
    expect(describeVerdict({ ...result, dryRun: true })).toMatch(/^Nothing was mirrored/)
    expect(hasEmptyScope(makeResult([makeDestination({ changed: makeChanges(1) })], { sourceRefs: 0 }))).toBe(
      false,
    )
  })

  it('says what a dry run would do', () => {
    const planned = makeDestination({ status: 'planned', changed: makeChanges(1) })
    expect(describeVerdict(makeResult([planned], { dryRun: true }))).toBe(
      'Dry run: this would change: 1 created.',
    )
  })

  it('counts rejected refs, warnings not', () => {
    const rejected = [makeRejected(), makeRejected({ ref: 'refs/heads/old', warning: true })]
    const result = makeResult([makeDestination({ status: 'rejected', rejected })])
    expect(describeVerdict(result)).toBe('1 ref rejected; nothing changed at 1 destination in 1.3 s.')
  })

  it('gives the reason of a failure', () => {
    const result = makeResult([makeDestination({ status: 'failed', error: failure })])
    expect(describeVerdict(result)).toBe('Failed at the destination: no such repository.')
  })

  it('counts failures among several', () => {
    const result = makeResult([makeDestination({ status: 'failed', error: failure }), makeDestination()])
    expect(describeVerdict(result)).toBe('Failed at 1 of 2 destinations; nothing changed.')
  })

  it('says that it was cancelled and what had changed', () => {
    const error = new MirrorError('the run was cancelled', { code: 'cancelled' })
    const result = makeResult([makeDestination({ status: 'failed', error, changed: makeChanges(1) })], {
      error,
    })
    expect(describeVerdict(result)).toBe('Cancelled after 1.3 s: 1 created.')
  })
})

it('keeps raw server text out of a line about a destination', () => {
  const error = new MirrorError('bad\n::error::x\u001b[31m', { code: 'server' })
  const text = describeDestination(makeDestination({ status: 'failed', error }))
  expect(text).not.toMatch(/[\n\u001b]/)
  expect(text).toMatch(/^failed: bad/)
})

describe('helper refs that stay', () => {
  const leftovers = ['refs/tags/kalandra-pieces/1-a', 'refs/tags/kalandra-pieces/2-b']
  const error = new MirrorError('cut', { code: 'cut' })

  it.each(['unchanged', 'mirrored', 'rejected', 'failed'] as const)('are no nothing: %s', (status) => {
    const destination = makeDestination({ status, leftovers, ...(status === 'failed' ? { error } : {}) })
    const single = makeResult([destination])
    const among = makeResult([destination, makeDestination({ status: 'failed', error })])
    for (const text of [describeDestination(destination), describeVerdict(single), describeVerdict(among)]) {
      expect(text).not.toMatch(/nothing changed|nothing to change|up to date/i)
    }
    expect(describeDestination(destination)).toContain('2 helper refs of ours left behind')
  })

  it('are named, with what becomes of them', () => {
    const destination = makeDestination({ destination: 'd', leftovers })
    expect(describeLeftovers(destination)).toBe(
      'our helper refs stay at the destination: refs/tags/kalandra-pieces/1-a, refs/tags/kalandra-pieces/2-b; ' +
        'the next run goes on from them, or remove them by: ' +
        'git push d --delete refs/tags/kalandra-pieces/1-a refs/tags/kalandra-pieces/2-b',
    )
    const many = Array.from({ length: 1000 }, (_, index) => `refs/tags/kalandra-pieces/${index}`)
    expect(describeLeftovers(makeDestination({ leftovers: many }))).toContain('/4 and 995 more; ')
    expect(describeLeftovers(makeDestination())).toBeUndefined()
  })
})

it('shows some lines of a server, and how many more there are', () => {
  const serverText = Array.from({ length: 23 }, (_, index) => `line ${index}\r\n\n`).join('')
  const lines = describeServerText(new MirrorError('no', { code: 'server', serverText }))
  expect(lines).toHaveLength(21)
  expect(lines[0]).toBe('remote: line 0')
  expect(lines.at(-1)).toBe('remote: … and 3 more lines')
  expect(describeServerText(new MirrorError('no', { code: 'server' }))).toEqual([])
})
