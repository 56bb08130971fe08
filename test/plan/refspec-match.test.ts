import { describe, expect, it } from 'vitest'
import { matcherOf } from '../../src/plan/refspec-match.ts'
import { matchesPattern, parseNamePattern } from '../../src/plan/name-pattern.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

describe('matchesPattern', () => {
  it.each([
    ['refs/heads/*', 'refs/heads/a/b', true],
    ['refs/heads/a*', 'refs/heads/a', true],
    ['refs/heads/a*a', 'refs/heads/a', false],
    ['refs/heads/a*a', 'refs/heads/aa', true],
    ['refs/*/x', 'refs/heads/y/x', true],
    ['refs/heads/*', 'refs/headsx', false],
    ['refs/heads/a', 'refs/heads/a', true],
    ['refs/heads/a', 'refs/heads/ab', false],
    ['refs/heads/.*', 'refs/heads/a', false],
  ])('%s and %s: %s', (pattern, name, matches) => {
    expect(matchesPattern(parseNamePattern(pattern), name)).toBe(matches)
  })
})

describe('matcherOf', () => {
  it('gives every destination of a name, as git does', () => {
    const set = parseRefspecs(
      ['refs/heads/*', '+refs/heads/main:refs/heads/a', 'refs/heads/main:refs/heads/b'],
      'refs',
    )
    const seen: [string, boolean][] = []
    matcherOf(set).eachDestination('refs/heads/main', (name, force) => seen.push([name, force]))
    expect(seen.toSorted()).toEqual([
      ['refs/heads/a', true],
      ['refs/heads/b', false],
      ['refs/heads/main', false],
    ])
  })

  it('tells whether every name stays what it is', () => {
    const keepsNames = (...lines: readonly string[]): boolean =>
      matcherOf(parseRefspecs(lines, 'refs')).keepsNames
    expect(keepsNames('refs/heads/*', '+refs/tags/v1', '^refs/heads/x')).toBe(true)
    expect(keepsNames('refs/heads/*', 'refs/tags/v1:refs/tags/v2')).toBe(false)
  })

  it('is made once for a set', () => {
    const set = parseRefspecs(['refs/heads/*'], 'refs')
    expect(matcherOf(set)).toBe(matcherOf(set))
  })

  it('excludes by names and patterns, wherever they stand', () => {
    const matcher = matcherOf(parseRefspecs(['^refs/heads/x', '^refs/heads/y/*', 'refs/heads/*'], 'refs'))
    expect(['x', 'y', 'y/z', 'xx'].map((name) => matcher.isExcluded(`refs/heads/${name}`))).toEqual([
      true,
      false,
      true,
      false,
    ])
    expect(matcherOf(parseRefspecs(['refs/heads/*'], 'refs')).isExcluded('refs/heads/x')).toBe(false)
  })
})
