import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

describe('makeBatches', () => {
  it('cuts in order, and the first batch brings the pack', () => {
    const updates = Array.from({ length: 12 }, (_, index) => update(index, 'create'))
    const batches = makeBatches(updates, 5)
    expect(batches.map((batch) => [batch.updates.length, batch.carriesPack])).toEqual([
      [5, true],
      [5, false],
      [2, false],
    ])
    expect(batches.flatMap((batch) => batch.updates)).toEqual(updates)
  })

  it('[G10] a batch of deletions brings no pack', () => {
    const updates = [0, 1, 2].map((index) => update(index, 'delete'))
    expect(makeBatches(updates, 2).map((batch) => batch.carriesPack)).toEqual([false, false])
    expect(makeBatches([...updates, update(3, 'update')], 2).map((batch) => batch.carriesPack)).toEqual([
      false,
      true,
    ])
  })

  it('knows the null id of SHA-256', () => {
    const gone = { ...update(0, 'delete'), old: 'a'.repeat(64), new: '0'.repeat(64) }
    expect(makeBatches([gone], 5)).toEqual([{ updates: [gone], carriesPack: false }])
  })

  it('makes nothing of nothing, and one of all without a limit', () => {
    expect(makeBatches([], 5)).toEqual([])
    expect(makeBatches([update(0, 'create'), update(1, 'create')], Infinity)).toHaveLength(1)
    expect(makeBatches([update(0, 'create'), update(1, 'create')], 0)).toHaveLength(2)
  })

  it('keeps every update, never exceeds the limit, and brings the pack once, before it is needed', () => {
    const actions = fc.array(fc.constantFrom('create', 'update', 'force', 'delete'), { maxLength: 30 })
    fc.assert(
      fc.property(actions, fc.integer({ min: 1, max: 12 }), (kinds, max) => {
        const updates = kinds.map((kind, index) => update(index, kind))
        const batches = makeBatches(updates, max)
        expect(batches.flatMap((batch) => batch.updates)).toEqual(updates)
        expect(batches.every((batch) => batch.updates.length > 0 && batch.updates.length <= max)).toBe(true)
        const first = batches.findIndex((batch) => batch.updates.some(({ action }) => action !== 'delete'))
        expect(batches.map((batch) => batch.carriesPack)).toEqual(batches.map((_, index) => index === first))
      }),
    )
  })
})
