import { describe, expect, it } from 'vitest'
import { planUpdates } from '../../src/plan/plan.ts'
import { listNames } from '../../src/plan/list-names.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

const A = 'a'.repeat(40)

function warnings(
  lines: readonly string[],
  names: readonly string[],
  o: { known?: boolean; gone?: boolean } = {},
) {
  return planUpdates({
    source: { refs: names.map((name) => ({ name, id: A })), head: undefined, format: 'sha1' },
    destination: {
      refs: o.gone ? [{ name: 'refs/heads/gone', id: A }] : [],
      format: 'sha1',
      symrefs: o.known === false ? undefined : new Map(),
      head: undefined,
    },
    refspecs: parseRefspecs(lines, 'refs'),
    prune: true,
    force: true,
  }).warnings
}

describe('warnings of a plan', () => {
  it('names refspecs that match nothing, patterns and excluded names apart', () => {
    const lines = ['refs/heads/mian', 'refs/heads/main', 'refs/tags/*', 'refs/heads/x', '^refs/heads/x']
    expect(warnings(lines, ['refs/heads/main'])).toEqual([
      'refs names what the source does not have: refs/heads/mian',
    ])
  })

  it('counts what refs/* leaves out', () => {
    const [text, ...others] = warnings(
      ['refs/*'],
      ['refs/heads/main', 'refs/pull/1/head', 'refs/pull/1/merge'],
    )
    expect(text).toMatch(/^left out 2 refs .*refs\/pull\//)
    expect(others).toEqual([])
    expect(warnings(['refs/heads/*'], ['refs/heads/main', 'refs/pull/1/head'])).toEqual([])
  })

  it('says that symbolic refs are not known, where something is deleted', () => {
    expect(warnings(['refs/heads/*'], [], { known: false, gone: true })).toEqual([
      expect.stringContaining('symbolic'),
    ])
    expect(warnings(['refs/heads/*'], [], { known: false })).toEqual([])
    expect(warnings(['refs/heads/*'], [], { gone: true })).toEqual([])
  })
})

describe('listNames', () => {
  it('names some and counts the rest', () => {
    expect(listNames(['a', 'b'], 2)).toBe('a, b')
    expect(listNames(['a', 'b\n::x', 'c', 'd'], 2)).toBe('a, b ::x and 2 more')
  })
})
