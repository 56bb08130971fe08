import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLifted, isLifted, LIFTED_PREFIXES, liftedName } from '../../../src/plan/ours/lifted.ts'
import { whyInvalidRefName } from '../../../src/protocol/ref-name.ts'

const ID = 'a'.repeat(40)

describe('notes of rules that are lifted', () => {
  it('are readable names', () => {
    expect(LIFTED_PREFIXES).toEqual(['refs/kalandra/lifted/', 'refs/tags/kalandra-lifted/'])
    expect(liftedName('refs/kalandra/lifted/', 'main')).toBe('refs/kalandra/lifted/main')
    expect(liftedName('refs/kalandra/lifted/', 'release/*')).toBe('refs/kalandra/lifted/release%2F%2A')
    expect(liftedName('', 'a..b.lock')).toBe('a%2E%2Eb%2Elock')
    expect(liftedName('', 'a\tb')).toBe('a%09b')
  })

  it('are refs that git takes, and give every rule back as it was, whatever a host calls it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (rule) => {
        fc.pre(rule.isWellFormed())
        for (const prefix of LIFTED_PREFIXES) {
          const name = liftedName(prefix, rule)
          expect(whyInvalidRefName(name)).toBeUndefined()
          expect(isLifted(name)).toBe(true)
          expect(findLifted([{ name, id: ID }])).toEqual([{ name, rule, id: ID }])
        }
      }),
    )
  })

  it('are told from what somebody else has put there', () => {
    const refs = [
      'refs/kalandra/lifted/',
      'refs/kalandra/lifted/a/b',
      'refs/kalandra/lifted/a%2',
      'refs/kalandra/lifted/a%61',
      'refs/heads/main',
    ]
    expect(findLifted(refs.map((name) => ({ name, id: ID })))).toEqual([])
  })
})
