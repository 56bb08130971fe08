import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../../src/base/steps.ts'
import { makeBatches } from '../../../src/mirror/push/batches.ts'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'

function update(index: number, action: RefUpdate['action']): RefUpdate {
  const none = '0'.repeat(40)
  return {
    ref: `refs/heads/b${index}`,
    sourceRef: undefined,
    action,
    old: action === 'create' ? none : 'a'.repeat(40),
    new: action === 'delete' ? none : 'b'.repeat(40),
    reason: '',
  }
}

const PLAIN = { maxRefs: 5000, byKind: false, atomic: false }

describe('makeBatches', () => {
  it('cuts in order, and the first batch brings the pack', () => {
    const updates = Array.from({ length: 12 }, (_, index) => update(index, 'create'))
    const batches = runToEnd(makeBatches(updates, { ...PLAIN, maxRefs: 5 }))
    expect(batches.map((batch) => [batch.updates.length, batch.carriesPack])).toEqual([
      [5, true],
      [5, false],
      [2, false],
    ])
    expect(batches.flatMap((batch) => batch.updates)).toEqual(updates)
  })

  it('[G10] a batch of deletions brings no pack', () => {
    const updates = [0, 1, 2].map((index) => update(index, 'delete'))
    expect(
      runToEnd(makeBatches(updates, { ...PLAIN, maxRefs: 2 })).map((batch) => batch.carriesPack),
    ).toEqual([false, false])
    expect(
      runToEnd(makeBatches([...updates, update(3, 'update')], { ...PLAIN, maxRefs: 2 })).map(
        (batch) => batch.carriesPack,
      ),
    ).toEqual([false, true])
  })

  it('sends what makes room for other refs in a push of its own', () => {
    const room = [0, 1, 2].map((index) => ({ ...update(index, 'delete'), makesRoom: true }))
    const others = [update(3, 'delete'), update(4, 'create'), update(5, 'update')]
    const sizes = (most: number): readonly number[] =>
      runToEnd(makeBatches([...room, ...others], { ...PLAIN, maxRefs: most })).map(
        (batch) => batch.updates.length,
      )
    expect(sizes(100)).toEqual([3, 3])
    expect(sizes(2)).toEqual([2, 1, 2, 1])
    const all = [...room, ...others]
    expect(runToEnd(makeBatches(all, PLAIN)).map((batch) => batch.carriesPack)).toEqual([false, true])
    expect(runToEnd(makeBatches(room, PLAIN))).toHaveLength(1)
    expect(runToEnd(makeBatches(all, { ...PLAIN, atomic: true }))).toHaveLength(1)
    const byKind = runToEnd(
      makeBatches([...room, { ...update(6, 'create'), ref: 'refs/tags/x' }, ...others], {
        ...PLAIN,
        byKind: true,
      }),
    )
    expect(byKind.map(({ updates }) => updates.length)).toEqual([3, 3, 1])
  })

  it('knows the null id of SHA-256', () => {
    const gone = { ...update(0, 'delete'), old: 'a'.repeat(64), new: '0'.repeat(64) }
    expect(runToEnd(makeBatches([gone], { ...PLAIN, maxRefs: 5 }))).toEqual([
      { updates: [gone], carriesPack: false },
    ])
  })

  it('makes nothing of nothing, and one of all without a limit', () => {
    expect(runToEnd(makeBatches([], { ...PLAIN, maxRefs: 5 }))).toEqual([])
    expect(
      runToEnd(makeBatches([update(0, 'create'), update(1, 'create')], { ...PLAIN, maxRefs: Infinity })),
    ).toHaveLength(1)
    expect(
      runToEnd(makeBatches([update(0, 'create'), update(1, 'create')], { ...PLAIN, maxRefs: 0 })),
    ).toHaveLength(2)
  })

  it('keeps every update, never exceeds the limit, and brings the pack once, before it is needed', () => {
    const actions = fc.array(fc.constantFrom('create', 'update', 'force', 'delete'), { maxLength: 30 })
    fc.assert(
      fc.property(actions, fc.integer({ min: 1, max: 12 }), (kinds, max) => {
        const updates = kinds.map((kind, index) => update(index, kind))
        const batches = runToEnd(makeBatches(updates, { ...PLAIN, maxRefs: max }))
        expect(batches.flatMap((batch) => batch.updates)).toEqual(updates)
        expect(batches.every((batch) => batch.updates.length > 0 && batch.updates.length <= max)).toBe(true)
        const first = batches.findIndex((batch) => batch.updates.some(({ action }) => action !== 'delete'))
        expect(batches.map((batch) => batch.carriesPack)).toEqual(batches.map((_, index) => index === first))
      }),
    )
  })

  it('pushes branches, tags and other refs apart, and brings the pack once', () => {
    const refs = ['refs/notes/a', 'refs/tags/b', 'refs/heads/c', 'refs/heads/d']
    const updates = refs.map((ref) => ({ ...update(0, 'create'), ref }))
    const batches = runToEnd(makeBatches(updates, { ...PLAIN, byKind: true }))
    expect(batches.map((batch) => batch.updates.map(({ ref }) => ref))).toEqual([
      ['refs/heads/c', 'refs/heads/d'],
      ['refs/tags/b'],
      ['refs/notes/a'],
    ])
    expect(batches.map((batch) => batch.carriesPack)).toEqual([true, false, false])
  })
})
