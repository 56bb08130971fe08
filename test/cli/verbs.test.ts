import { expect, it } from 'vitest'
import { DEFAULT_VERB, splitVerb, VERBS } from '../../src/cli/verbs.ts'

it('takes what begins with an address for a mirror', () => {
  const args = ['https://a.example/x', 'https://b.example/y', '--dry-run']
  expect(splitVerb(args)).toEqual({ verb: VERBS[DEFAULT_VERB], rest: args })
  expect(splitVerb(['--help'])).toEqual({ verb: VERBS[DEFAULT_VERB], rest: ['--help'] })
  expect(splitVerb([]).rest).toEqual([])
})

it('takes a verb that is named, and nothing that every object has', () => {
  expect(splitVerb(['mirror', 'a', 'b'])).toEqual({ verb: VERBS['mirror'], rest: ['a', 'b'] })
  expect(splitVerb(['constructor', 'b']).rest).toEqual(['constructor', 'b'])
})
