import { describe, expect, it } from 'vitest'
import { planUpdates } from '../../src/plan/plan.ts'
import { listNames } from '../../src/plan/list-names.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

const A = 'a'.repeat(40)

function warnings(
  lines: readonly string[],
  names: readonly string[],
  given: { known?: boolean; gone?: boolean } = {},
) {
  return planUpdates({
    source: { refs: names.map((name) => ({ name, id: A })), head: undefined, format: 'sha1' },
    destination: {
      refs: given.gone ? [{ name: 'refs/heads/gone', id: A }] : [],
      format: 'sha1',
      symrefs: given.known === false ? undefined : new Map(),
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

  it('says when nothing of the source is in scope, and not twice', () => {
    expect(warnings(['refs/heads/rel/*', 'refs/tags/*'], ['refs/heads/main', 'refs/heads/x'])).toEqual([
      'the source shows 2 refs, and none in scope (refs/heads/rel/*, refs/tags/*): check its address, its token, and refs',
    ])
    expect(warnings(['refs/heads/*'], [])).toEqual([expect.stringContaining('shows no refs in scope')])
    expect(warnings(['refs/heads/mian'], ['refs/heads/main'])).toHaveLength(1)
    expect(warnings(['refs/heads/*'], ['refs/heads/main'])).toEqual([])
  })

  it('names the namespaces that were left out, and no others', () => {
    const [text] = warnings(['refs/*'], ['refs/heads/main', 'refs/meta/config', 'refs/users/01/1000001'])
    expect(text).toContain('(refs/meta/, refs/users/)')
  })

  it('says that symbolic refs are not known, where something is deleted', () => {
    expect(warnings(['refs/heads/*'], ['refs/heads/main'], { known: false, gone: true })).toEqual([
      expect.stringContaining('symbolic'),
    ])
    expect(warnings(['refs/heads/*'], ['refs/heads/main'], { known: false })).toEqual([])
    expect(warnings(['refs/heads/*'], ['refs/heads/main'], { gone: true })).toEqual([])
  })
})

describe('listNames', () => {
  it('names some and counts the rest', () => {
    expect(listNames(['a', 'b'], 2)).toBe('a, b')
    expect(listNames(['a', 'b\n::x', 'c', 'd'], 2)).toBe('a, b ::x and 2 more')
  })
})
