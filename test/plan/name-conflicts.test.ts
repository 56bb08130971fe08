import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findConflicts } from '../../src/plan/name-conflicts.ts'
import { runToEnd } from '../../src/base/steps.ts'

function find(staying: readonly string[], creates: readonly string[]): ReadonlyMap<string, string> {
  const names = new Set(staying)
  return runToEnd(findConflicts({ staying, stays: (name) => names.has(name), creates }))
}

function isBelow(one: string, other: string): boolean {
  return one.startsWith(`${other}/`)
}

function collide(one: string, other: string): boolean {
  return isBelow(one, other) || isBelow(other, one)
}

describe('findConflicts', () => {
  it('finds a ref above, below, far above and far below', () => {
    expect(find(['refs/heads/a'], ['refs/heads/a/b/c/d'])).toEqual(
      new Map([['refs/heads/a/b/c/d', 'refs/heads/a']]),
    )
    expect(find(['refs/heads/a/b/c/d'], ['refs/heads/a'])).toEqual(
      new Map([['refs/heads/a', 'refs/heads/a/b/c/d']]),
    )
  })

  it('minds whole parts and the case of letters', () => {
    expect(
      find(['refs/heads/ab', 'refs/heads/A'], ['refs/heads/a', 'refs/heads/a-b', 'refs/heads/abc']),
    ).toEqual(new Map())
  })

  it('lets the upper of two new refs live, and none that is in the way of a staying one', () => {
    const creates = ['refs/heads/a/b/c', 'refs/heads/a/b', 'refs/heads/a']
    expect([...find([], creates).keys()].toSorted()).toEqual(['refs/heads/a/b', 'refs/heads/a/b/c'])
    expect([...find(['refs/heads/a/x'], creates).keys()].toSorted()).toEqual([
      'refs/heads/a',
      'refs/heads/a/b/c',
    ])
  })

  it('names the first of the refs in a folder that stay there', () => {
    const staying = ['refs/heads/a/x', 'refs/heads/a/y', 'refs/heads/a/z']
    expect([...find(staying, ['refs/heads/a']).values()]).toEqual(['refs/heads/a/x'])
  })

  it('names the ref below where a server lists one above and one below', () => {
    const staying = ['refs/heads/x', 'refs/heads/x/y/z']
    expect([...find(staying, ['refs/heads/x/y'])]).toEqual([['refs/heads/x/y', 'refs/heads/x/y/z']])
    expect([...find(staying, ['refs/heads/x/a'])]).toEqual([['refs/heads/x/a', 'refs/heads/x']])
  })

  it('asks about each folder once, and looks at nothing where nothing is created', () => {
    const asked: string[] = []
    const stays = (name: string): boolean => {
      asked.push(name)
      return false
    }
    const creates = ['refs/heads/a/b/x', 'refs/heads/a/b/y', 'refs/heads/a/z']
    runToEnd(findConflicts({ staying: [], stays, creates }))
    expect(asked).toEqual(['refs/heads', 'refs/heads/a', 'refs/heads/a/b'])
    const staying = {
      [Symbol.iterator]: (): never => {
        throw new Error('nobody has to know')
      },
    }
    expect(runToEnd(findConflicts({ staying, stays, creates: [] })).size).toBe(0)
  })

  it('leaves no two refs of which one is the folder of the other, and holds back none without need', () => {
    const name = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
      .map((parts) => `refs/heads/${parts.join('/')}`)
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 12 }),
        fc.uniqueArray(name, { maxLength: 12 }),
        (some, more) => {
          const staying: string[] = []
          for (const one of some) if (!staying.some((other) => collide(one, other))) staying.push(one)
          const creates = more.filter((one) => !staying.includes(one))
          const conflicts = find(staying, creates)
          const all = [...staying, ...creates.filter((one) => !conflicts.has(one))]
          expect(all.filter((one) => all.some((other) => collide(one, other)))).toEqual([])
          for (const [held, other] of conflicts) {
            expect(collide(held, other)).toBe(true)
            expect(all).toContain(other)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
