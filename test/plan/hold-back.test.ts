import { describe, expect, it } from 'vitest'
import type { DestinationRefs } from '../../src/plan/plan-types.ts'
import { holdBackSymref, weighCreate, weighDelete, weighMove } from '../../src/plan/hold-back.ts'

const A = 'a'.repeat(40)

function wish(name: string, forced = false) {
  return { name, at: 0, source: { name, id: A }, forced }
}

function destination(more: Partial<DestinationRefs>): DestinationRefs {
  return { refs: [], format: 'sha1', symrefs: new Map(), head: 'refs/heads/main', ...more }
}

describe('weighing', () => {
  const none = new Map<string, string>()
  const outOfScope = none

  it('finds nothing against ordinary refs', () => {
    expect(weighCreate(wish('refs/heads/a'))).toBeUndefined()
    expect(weighMove(wish('refs/heads/a'), { force: false })).toBeUndefined()
    expect(weighMove(wish('refs/tags/a'), { force: true })).toBeUndefined()
    expect(weighMove(wish('refs/tags/a', true), { force: false })).toBeUndefined()
    const ref = { name: 'refs/heads/a', id: A }
    expect(
      weighDelete(ref, { destination: destination({}), headId: A, namedBy: none, outOfScope }),
    ).toBeUndefined()
  })

  it('rejects what should be there and cannot', () => {
    expect(weighMove(wish('refs/x'), { force: true })).toMatchObject({
      ref: 'refs/x',
      action: 'update',
      warning: false,
    })
    expect(weighMove(wish('refs/tags/a'), { force: false })).toMatchObject({
      action: 'force',
      warning: false,
    })
    expect(weighCreate(wish('refs/heads/a b'))).toMatchObject({ action: 'create', warning: false })
    expect(holdBackSymref('refs/heads/a', 'refs/heads/b', 'refs/heads/c')).toMatchObject({ warning: false })
  })

  it('only warns of what should go and stays', () => {
    const symrefs = new Map([['refs/heads/a', 'refs/heads/main']])
    const given = {
      destination: destination({ symrefs }),
      headId: A,
      namedBy: new Map([['refs/heads/main', 'refs/heads/a']]),
      outOfScope,
    }
    const held = ['a', 'main', 'x y'].map((name) => weighDelete({ name: `refs/heads/${name}`, id: A }, given))
    expect(held.map((ref) => [ref?.action, ref?.warning])).toEqual(
      Array.from({ length: 3 }, () => ['delete', true]),
    )
    expect(held[1]?.reason).toContain('refs/heads/a names it')
    expect(weighDelete({ name: 'refs/x', id: A }, given)).toBeUndefined()
  })

  it('without knowledge of symbolic refs keeps branches that stand where the default branch stands', () => {
    const blind = destination({ symrefs: undefined })
    const held = (name: string, headId: string): boolean =>
      weighDelete({ name, id: A }, { destination: blind, headId, namedBy: none, outOfScope }) !== undefined
    expect(held('refs/heads/a', A)).toBe(true)
    expect(held('refs/heads/main', A)).toBe(false)
    expect(held('refs/heads/a', 'b'.repeat(40))).toBe(false)
    expect(held('refs/tags/a', A)).toBe(false)
  })

  it('shows names without control characters', () => {
    const { reason, advice } = holdBackSymref('refs/heads/a', 'refs/heads/\u001b[31m\nx', 'refs/heads/\r::y')
    expect(reason).toMatch(/would move refs\/heads\/ x$/)
    expect(advice).toContain('(^refs/heads/ ::y)')
  })
})
