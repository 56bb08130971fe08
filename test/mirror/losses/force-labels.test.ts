import { describe, expect, it } from 'vitest'
import { asksAfterwards, FEW_LABELS } from '../../../src/mirror/losses/force-labels.ts'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'

const [OLD, NEW, ZERO] = ['1', '2', '0'].map((digit) => digit.repeat(40)) as [string, string, string]

function updates(count: number, forced = false): readonly RefUpdate[] {
  return Array.from({ length: count }, (_, index) => ({
    ref: `refs/heads/${index}`,
    action: 'update',
    old: OLD,
    new: NEW,
    forced,
  })) as unknown as readonly RefUpdate[]
}

describe('asksAfterwards', () => {
  it('is so for a few branches that may have been forced', () => {
    expect(asksAfterwards(updates(1), true)).toBe(true)
    expect(asksAfterwards(updates(FEW_LABELS), true)).toBe(true)
  })

  it('is not so for many, which are asked about beside the push', () => {
    expect(asksAfterwards(updates(FEW_LABELS + 1), true)).toBe(false)
  })

  it('is not so where nothing can have been forced, unless a refspec says so', () => {
    expect(asksAfterwards(updates(2), false)).toBe(false)
    expect(asksAfterwards([...updates(2), ...updates(1, true)], false)).toBe(true)
  })

  it('is not so for new and for deleted refs', () => {
    const created = { ...updates(1)[0]!, action: 'create', old: ZERO } as RefUpdate
    const deleted = { ...updates(1)[0]!, action: 'delete', new: ZERO } as RefUpdate
    expect(asksAfterwards([created, deleted], true)).toBe(false)
    expect(asksAfterwards([], true)).toBe(false)
  })
})
