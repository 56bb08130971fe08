import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupAdvice } from '../../src/report/group-advice.ts'
import type { RejectedRef } from '../../src/report/result.ts'

function rejected(ref: string, advice?: string, adviceId?: string): RejectedRef {
  return { ref: `refs/heads/${ref}`, action: 'update', reason: ref, advice, adviceId, warning: false }
}

describe('groupAdvice', () => {
  it('puts refs with the same advice together, in the order of the first of them', () => {
    const refs = [
      rejected('a', 'Free space.', 'no-room'),
      rejected('b'),
      rejected('c', 'Unprotect it.', 'protected'),
      rejected('d', 'Free space.', 'no-room'),
      rejected('e'),
    ]
    const names = groupAdvice(refs).map((group) => [group.advice, group.refs.map(({ reason }) => reason)])
    expect(names).toEqual([
      ['Free space.', ['a', 'd']],
      [undefined, ['b', 'e']],
      ['Unprotect it.', ['c']],
    ])
  })

  it('tells advice without a name apart by its text', () => {
    expect(groupAdvice([rejected('a', 'One.'), rejected('b', 'Two.'), rejected('c', 'One.')])).toHaveLength(2)
    expect(groupAdvice([])).toEqual([])
  })

  it('loses and doubles no ref', () => {
    const some = fc.record({
      ref: fc.string(),
      advice: fc.option(fc.string()),
      id: fc.option(fc.constantFrom('a', 'b')),
    })
    fc.assert(
      fc.property(fc.array(some), (given) => {
        const refs = given.map(({ ref, advice, id }) => rejected(ref, advice ?? undefined, id ?? undefined))
        const grouped = groupAdvice(refs)
        expect(new Set(grouped.flatMap((group) => group.refs))).toEqual(new Set(refs))
        expect(grouped.flatMap((group) => group.refs)).toHaveLength(refs.length)
      }),
    )
  })
})
