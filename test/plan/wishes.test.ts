import { describe, expect, it } from 'vitest'
import { runToEnd, STEP_ITEMS } from '../../src/base/steps.ts'
import type { AdvertisedRef } from '../../src/protocol/advertisement.ts'
import { collectWishes, isMirrorable, UNCLAIMED } from '../../src/plan/wishes.ts'
import { makeRefTable } from '../../src/plan/ref-table.ts'
import { matcherOf } from '../../src/plan/refspec-match.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { runAndCount } from '../protocol/feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)

describe('isMirrorable', () => {
  it('[B5] takes .have for no ref, as everything outside refs/ and every peeled line', () => {
    const names = ['.have', 'HEAD', 'refs/tags/v1^{}', 'capabilities^{}', 'refs', 'xrefs/heads/a']
    expect(names.filter(isMirrorable)).toEqual([])
    expect(['refs/heads/a', 'refs/heads/HEAD', 'refs/tags/^'].filter(isMirrorable)).toHaveLength(3)
  })
})

describe('collectWishes', () => {
  it('sorts the source into what is new, moved, equal and out of scope, and claims what it found', () => {
    const destination = [
      { name: 'refs/heads/equal', id: A },
      { name: 'refs/heads/moved', id: A },
      { name: 'refs/heads/gone', id: A },
    ]
    const source = [
      { name: 'refs/heads/moved', id: B },
      { name: 'refs/heads/equal', id: A },
      { name: 'refs/heads/new', id: B },
      { name: 'refs/tags/out', id: B },
    ]
    const wishes = runToEnd(
      collectWishes({
        source,
        destination,
        table: makeRefTable(destination),
        matcher: matcherOf(parseRefspecs(['refs/heads/*', '+refs/heads/new'], 'refs')),
        isReserved: (name) => name === 'refs/tags/out',
      }),
    )
    expect(wishes.creates).toEqual([{ name: 'refs/heads/new', at: -1, source: source[2], forced: true }])
    expect(wishes.moves).toEqual([{ name: 'refs/heads/moved', at: 1, source: source[0], forced: false }])
    expect([...wishes.claims]).toEqual([1, 0, UNCLAIMED])
    expect(wishes).toMatchObject({ upToDate: 1, inScope: 3, reserved: 1 })
  })

  const named = (names: string, id = A) => Array.from(names, (name) => ({ name: `refs/heads/${name}`, id }))

  /** Works in the scope `refs/heads/*`. `asked`: the names that were mapped one by one. */
  function collect(source: readonly AdvertisedRef[], destination: readonly AdvertisedRef[]) {
    const asked: string[] = []
    const matcher = matcherOf(parseRefspecs(['refs/heads/*'], 'refs'))
    const eachDestination: typeof matcher.eachDestination = (name, visit) => {
      asked.push(name)
      matcher.eachDestination(name, visit)
    }
    const table = makeRefTable(destination)
    const isReserved = () => false
    const steps = collectWishes({
      source,
      destination,
      table,
      matcher: { ...matcher, eachDestination },
      isReserved,
    })
    return { ...runAndCount(steps), asked }
  }

  it('passes over refs that are equal on both sides without asking about each', () => {
    const source = [...named('ab'), ...named('c', B), ...named('defg')]
    const { value, asked } = collect(source, named('abcdefgz'))
    expect(asked).toEqual(['refs/heads/c'])
    expect(value).toMatchObject({ upToDate: 6, inScope: 7, moves: [{ name: 'refs/heads/c' }] })
    expect([...value.claims]).toEqual([0, 1, 2, 3, 4, 5, 6, UNCLAIMED])
    const more = collect(named('abcdxyz'), named('abcd'))
    expect(more.asked).toEqual(['x', 'y', 'z'].map((name) => `refs/heads/${name}`))
    expect(more.value).toMatchObject({ upToDate: 4, inScope: 7 })
  })

  it('counts as up to date a ref once, however often a source lists it', () => {
    const { value } = collect(named('bab'), named('ab'))
    expect(value).toMatchObject({ upToDate: 2, creates: [], moves: [] })
    expect([...value.claims]).toEqual([1, 0])
  })

  it('stops now and then', () => {
    const many = Array.from({ length: 2 * STEP_ITEMS + 1 }, (_, index) => ({
      name: `refs/heads/${index}`,
      id: A,
    }))
    expect(collect(many, []).stops).toBe(3)
    expect(collect(many, many).stops).toBe(2)
    expect(collect(many.slice(0, 100), many).stops).toBe(1)
  })
})
