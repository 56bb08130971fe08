import { describe, expect, it } from 'vitest'
import { ADVICE_TABLE } from '../../src/advice/table.ts'
import { expectRow } from './advice-cases.ts'
import { ROW_CASES } from './cases/row-cases.ts'

describe('a row of the table of advice', () => {
  it.each(ROW_CASES)('$id', (row) => expectRow(row))

  it('has a case, at its place', () => {
    expect(ROW_CASES.map(({ id }) => id)).toEqual(ADVICE_TABLE.map(({ id }) => id))
  })
})
