import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scopesOverlap } from '../../../src/fleet/refuse/scope-overlap.ts'
import { matcherOf } from '../../../src/plan/refspec-match.ts'
import { parseRefspecs } from '../../../src/plan/refspec.ts'

function overlap(one: string, other: string): boolean {
  const scope = (lines: string) =>
    ({ refspecs: parseRefspecs(lines.split(' '), 'refs'), side: 'destination' }) as const
  const result = scopesOverlap(scope(one), scope(other))
  expect(scopesOverlap(scope(other), scope(one))).toBe(result)
  return result
}

describe('scopesOverlap', () => {
  it.each([
    ['refs/heads/*', 'refs/heads/*'],
    ['refs/heads/*', 'refs/heads/main'],
    ['refs/heads/*', 'refs/*'],
    ['refs/heads/a*', 'refs/heads/*b'],
    ['refs/heads/*', 'refs/heads/x:refs/heads/main'],
    ['refs/tags/* refs/heads/a', 'refs/heads/a'],
    ['refs/heads/* ^refs/heads/wip/*', 'refs/heads/*'],
    ['refs/heads/* ^refs/heads/wip', 'refs/heads/wip/*'],
  ])('is true of %s and %s', (one, other) => {
    expect(overlap(one, other)).toBe(true)
  })

  it.each([
    ['refs/heads/*', 'refs/tags/*'],
    ['refs/heads/*:refs/heads/a/*', 'refs/heads/*:refs/heads/b/*'],
    ['refs/heads/main', 'refs/heads/next'],
    ['refs/heads/*-a', 'refs/heads/*-b'],
    ['refs/heads/a', 'refs/heads/ab*'],
    ['refs/heads/* ^refs/heads/wip/*', 'refs/heads/wip/*'],
    ['refs/heads/*:refs/heads/a/* ^refs/heads/wip/*', 'refs/heads/a/wip/*'],
    ['refs/heads/* ^refs/heads/main', 'refs/heads/main'],
  ])('is false of %s and %s', (one, other) => {
    expect(overlap(one, other)).toBe(false)
  })

  it('is true wherever a name is of both', () => {
    const part = fc.constantFrom('', 'a', 'b', 'ab', 'a/b')
    const pattern = fc
      .tuple(part, part)
      .map(([head, tail]) => `refs/heads/${head}*${tail.replace(/\/$/, '')}`)
    const name = fc
      .constantFrom('a', 'b', 'ab', 'aab', 'abb', 'a/b', 'a/ab', 'ba')
      .map((text) => `refs/heads/${text}`)
    const line = fc.oneof(pattern, name)
    const set = fc
      .tuple(line, fc.option(line, { nil: undefined }))
      .map(([include, exclude]) => (exclude === undefined ? include : `${include} ^${exclude}`))
    fc.assert(
      fc.property(set, set, name, (one, other, name) => {
        const isOf = (text: string) =>
          matcherOf(parseRefspecs(text.split(' '), 'refs')).sourcesOf(name).length > 0
        if (isOf(one) && isOf(other)) expect(overlap(one, other)).toBe(true)
      }),
    )
  })
})
