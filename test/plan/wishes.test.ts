import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import { collectWishes, isMirrorable, UNCLAIMED } from '../../src/plan/wishes.ts'
import { makeRefTable } from '../../src/plan/ref-table.ts'
import { matcherOf } from '../../src/plan/refspec-match.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

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
})
