import { describe, expect, it } from 'vitest'
import { ADVICE_TABLE } from '../../src/advice/table.ts'

describe('the table of advice', () => {
  it('names each row once', () => {
    const ids = ADVICE_TABLE.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(60)
  })

  it.each(ADVICE_TABLE.map((row) => [row.id, row] as const))(
    '%s: one sentence of meaning, one of what to do',
    (_, row) => {
      for (const sentence of [row.meaning, row.todo]) {
        expect(sentence).toMatch(/^[A-Z][^\n]+\.$/)
        expect(sentence).not.toMatch(/[.!?] [A-Z]/)
      }
    },
  )

  it('remembers nothing between two questions', () => {
    expect(ADVICE_TABLE.filter(({ says }) => says.global || says.sticky)).toEqual([])
  })

  it('answers hostile lines at once', () => {
    const nasty = [
      'refusing to allow a ',
      'branch ',
      "'refs/",
      'default branch ',
      'file ',
      'permission to ',
      'unable to get',
      'object ',
      ' ',
    ]
    for (const part of nasty) {
      const line = part.repeat(Math.ceil(2000 / part.length)).slice(0, 2000)
      for (const { says } of ADVICE_TABLE) says.test(line)
    }
    const started = process.cpuUsage()
    const line = 'default branch '.repeat(140)
    for (let turn = 0; turn < 100; turn++) for (const { says } of ADVICE_TABLE) says.test(line)
    // Backtracking without bounds would take minutes.
    expect(process.cpuUsage(started).user).toBeLessThan(20_000_000)
  })
})
