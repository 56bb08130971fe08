import { describe, expect, it } from 'vitest'
import { findDoubts } from '../../src/plan/doubts.ts'
import type { DestinationRefs, SourceRefs } from '../../src/plan/plan-types.ts'
import { matcherOf } from '../../src/plan/refspec-match.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

const A = 'a'.repeat(40)
const MEND_SOURCE =
  'Mend it at the source: git for-each-ref warns of broken refs there; give the ref its value again, or delete it.'
const MEND_DESTINATION =
  'Mend it at the destination: git for-each-ref warns of broken refs there; delete it, and the next run makes it anew.'

function doubts(
  source: Partial<SourceRefs>,
  destination: Partial<DestinationRefs> = {},
  lines: readonly string[] = ['refs/heads/*:refs/heads/m/*'],
) {
  const refspecs = parseRefspecs(lines, 'refs')
  const options = {
    source: { refs: [], head: undefined, format: 'sha1', ...source },
    destination: { refs: [], head: undefined, format: 'sha1', symrefs: new Map(), ...destination },
    refspecs,
    prune: true,
    force: true,
  } as const
  return findDoubts(options, matcherOf(refspecs))
}

describe('a line without a value', () => {
  it('of the destination holds back the ref that it names, if that is in scope', () => {
    const reason = 'it is listed twice'
    const { held } = doubts(
      {},
      { damaged: ['refs/heads/m/a', 'refs/heads/a'].map((name) => ({ name, reason })) },
    )
    expect([...held.values()]).toEqual([
      {
        ref: 'refs/heads/m/a',
        action: 'update',
        reason: 'the destination lists it without a value: it is listed twice',
        advice: MEND_DESTINATION,
        warning: true,
      },
    ])
  })

  it('of the source holds back what its ref becomes at the destination', () => {
    const { held } = doubts({ damaged: [{ name: 'refs/heads/a', reason: 'it is listed with the null id' }] })
    expect([...held]).toEqual([
      [
        'refs/heads/m/a',
        {
          ref: 'refs/heads/m/a',
          action: 'update',
          reason: 'the source lists refs/heads/a without a value: it is listed with the null id',
          advice: MEND_SOURCE,
          warning: true,
        },
      ],
    ])
  })
})

describe('a name of the source that is none', () => {
  const listed = (...names: readonly string[]) => ({ refs: names.map((name) => ({ name, id: A })) })
  const isKept = (found: ReturnType<typeof doubts>, name: string): boolean =>
    found.weighAbsence({ name, id: A }) !== undefined

  it('may stand for each ref that begins like it, so that none of those is deleted', () => {
    const found = doubts(listed('refs/heads/fea ture'))
    expect(found.weighAbsence({ name: 'refs/heads/m/feature', id: A })).toEqual({
      ref: 'refs/heads/m/feature',
      action: 'delete',
      reason:
        'the source lists a name that is none and begins with “refs/heads/fea”: it may stand for this ref',
      advice: MEND_SOURCE,
      warning: true,
    })
    expect(isKept(found, 'refs/heads/m/main')).toBe(false)
  })

  it('counts as well where its line has no value', () => {
    const found = doubts({ damaged: [{ name: 'refs/heads/x..y', reason: 'it is listed twice' }] })
    expect(isKept(found, 'refs/heads/m/x-ray')).toBe(true)
    expect(isKept(found, 'refs/heads/m/a')).toBe(false)
  })

  it('is looked for through every refspec that leads to the ref', () => {
    const lines = ['refs/heads/*:refs/heads/m/*', 'refs/tags/*:refs/heads/m/*']
    const found = doubts(listed('refs/tags/v~1'), {}, lines)
    expect(isKept(found, 'refs/heads/m/v1')).toBe(true)
  })

  it('is none of the lines outside of refs/, and no peeled one', () => {
    expect(
      isKept(doubts(listed('capa bilities', 'refs/tags/v1^{}', 'refs/heads/ok')), 'refs/heads/m/a'),
    ).toBe(false)
    const peeled = doubts(listed('refs/tags/v1^{}'), {}, ['refs/tags/*'])
    expect(isKept(peeled, 'refs/tags/v1x')).toBe(false)
  })

  it('is compared with its shortest beginning, and all of them beside longer ones', () => {
    const found = doubts(listed('refs/heads/ab c', 'refs/heads/a b', 'refs/heads/z z', 'refs/heads/ab d'))
    expect(['a1', 'abc', 'z1', 'b'].map((name) => isKept(found, `refs/heads/m/${name}`))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('keeps everything where there are more than 200 of them, and only its own where there are 200', () => {
    const many = (count: number) =>
      doubts(listed(...Array.from({ length: count }, (_, at) => `refs/heads/${1000 + at} x`)))
    expect(isKept(many(201), 'refs/heads/m/main')).toBe(true)
    expect(isKept(many(200), 'refs/heads/m/main')).toBe(false)
    expect(isKept(many(200), 'refs/heads/m/1199b')).toBe(true)
  })

  it('counts for one with all that begin like it', () => {
    const longer = Array.from({ length: 300 }, (_, at) => `refs/heads/a${1000 + at} x`)
    const found = doubts(listed(...longer, 'refs/heads/a b'))
    expect(isKept(found, 'refs/heads/m/main')).toBe(false)
    expect(found.weighAbsence({ name: 'refs/heads/m/a1000', id: A })?.reason).toContain('“refs/heads/a”')
  })
})
