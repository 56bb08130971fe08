import { describe, expect, it } from 'vitest'
import { findNearest } from '../../../src/fleet/config/nearest.ts'
import { complaintsOf } from './complaints-of.ts'
import { BAD_FILES, GOOD_FILES } from './files.ts'

describe('a config file', () => {
  it.each(GOOD_FILES)('is taken: $what', async ({ text }) => {
    expect(await complaintsOf(text)).toEqual([])
  })

  it.each(BAD_FILES)('is refused with all its mistakes: $what', async ({ text, says }) => {
    const complaints = await complaintsOf(text)
    expect(complaints.map((line, index) => line.slice(0, says[index]?.length ?? 0))).toEqual(says)
    expect(complaints.join('\n')).not.toContain('hunter22')
  })

  it('says at most fifty mistakes, and how many more there are', async () => {
    const mirrors = Array.from(
      { length: 80 },
      (_, index) => `  - { name: m${index}, sorce: /a, destination: /b }\n`,
    )
    const complaints = await complaintsOf(`version: 1\nmirrors:\n${mirrors.join('')}`)
    expect(complaints).toHaveLength(51)
    expect(complaints[0]).toMatch(/^3:5 {2}mirror "m0": needs one of/)
    expect(complaints.at(-1)).toBe(' … and 110 more')
  })

  it('has a limit of mirrors', { timeout: 120_000 }, async () => {
    const mirrors = '- &a { source: /a, destination: /b }\n'.concat('- *a\n'.repeat(100_000))
    expect(await complaintsOf(`version: 1\nmirrors:\n${mirrors}`)).toEqual([
      '3:1  mirrors has more than 50000 mirrors',
    ])
  })
})

describe('findNearest', () => {
  const known = ['source', 'destination', 'destinations', 'prune', 'refs']

  it.each([
    ['sorce', 'source'],
    ['destinaton', 'destination'],
    ['Prune', 'prune'],
    ['rfes', 'refs'],
    ['destinations ', 'destinations'],
  ])('finds for %s: %s', (word, nearest) => {
    expect(findNearest(word, known)).toBe(nearest)
  })

  it('finds nothing for what is far from all', () => {
    expect(findNearest('unrelated', known)).toBeUndefined()
    expect(findNearest('x', known)).toBeUndefined()
    expect(findNearest('x'.repeat(100_000), known)).toBeUndefined()
  })
})
