import { describe, expect, it } from 'vitest'
import { anchorName, isAnchor, latestCut } from '../../src/plan/anchors.ts'

const ID = 'a'.repeat(40)

describe('anchors', () => {
  it('[D6] live below one prefix of tags, which nothing else uses', () => {
    expect(anchorName(1_700_000_000, ID)).toBe(`refs/tags/kalandra-pieces/1700000000-${'a'.repeat(16)}`)
    expect(isAnchor(anchorName(5, ID))).toBe(true)
    expect(isAnchor('refs/tags/kalandra-pieces')).toBe(false)
    expect(isAnchor('refs/heads/kalandra-pieces/5-a')).toBe(false)
  })

  it('tell the latest cut that arrived', () => {
    const refs = [30, 7, 200].map((since) => ({ name: anchorName(since, ID), id: ID }))
    expect(latestCut([...refs, { name: 'refs/tags/v999', id: ID }])).toBe(200)
    expect(latestCut([{ name: 'refs/tags/v999', id: ID }])).toBeUndefined()
  })
})
