import { describe, expect, it } from 'vitest'
import {
  ANCHOR_PREFIX,
  ANCHOR_PROBE,
  ANCHOR_TAG_PREFIX,
  anchorName,
  isAnchor,
  isProbe,
  latestCut,
  shownPrefix,
} from '../../src/plan/anchors.ts'

const ID = 'a'.repeat(40)

const refsOf = (...names: readonly string[]): { name: string; id: string }[] =>
  names.map((name) => ({ name, id: ID }))

describe('anchors', () => {
  it.each([ANCHOR_PREFIX, ANCHOR_TAG_PREFIX])('[D6] live below %s, which nothing else uses', (prefix) => {
    const name = anchorName(prefix, 1_700_000_000, ID)
    expect(name).toBe(`${prefix}1700000000-${'a'.repeat(16)}`)
    expect(isAnchor(name)).toBe(true)
    expect(isAnchor(prefix.slice(0, -1))).toBe(false)
  })

  it('are not what is called alike', () => {
    expect(isAnchor('refs/heads/kalandra-pieces/5-a')).toBe(false)
    expect(isAnchor('refs/kalandra/pieces')).toBe(false)
    expect(isAnchor('refs/kalandra/other/5-a')).toBe(false)
  })

  it('tell the latest cut that arrived, of either namespace', () => {
    const names = [
      anchorName(ANCHOR_PREFIX, 30, ID),
      anchorName(ANCHOR_TAG_PREFIX, 200, ID),
      anchorName(ANCHOR_PREFIX, 7, ID),
    ]
    expect(latestCut(refsOf(...names, ANCHOR_PROBE, 'refs/tags/v999'))).toBe(200)
    expect(latestCut(refsOf('refs/tags/v999', ANCHOR_PROBE))).toBeUndefined()
  })

  it('show which namespace a server takes', () => {
    expect(shownPrefix(refsOf('refs/tags/v1'))).toBeUndefined()
    expect(shownPrefix(refsOf(ANCHOR_PROBE))).toBe(ANCHOR_PREFIX)
    expect(shownPrefix(refsOf(anchorName(ANCHOR_TAG_PREFIX, 5, ID)))).toBe(ANCHOR_TAG_PREFIX)
    expect(isProbe(ANCHOR_PROBE)).toBe(true)
    expect(isAnchor(ANCHOR_PROBE)).toBe(true)
  })
})
