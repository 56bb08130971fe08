import { describe, expect, it } from 'vitest'
import { ADVICE_TABLE } from '../../src/advice/table.ts'
import { type ErrorCase, expectRow, type RefCase } from './advice-cases.ts'
import { ROW_CASES } from './cases/row-cases.ts'

/** The same refusal, of another ref. */
function asRefCase(given: RefCase | ErrorCase, ref: string): RefCase {
  if (typeof given === 'string') return { reason: given, ref }
  if ('code' in given) throw new Error('rows of one kind of ref have no cases of errors')
  return { ...given, ref }
}

describe('a row of the table of advice', () => {
  it.each(ROW_CASES)('$id', (row) => expectRow(row))

  it.each(ADVICE_TABLE.flatMap(({ id, only }) => (only === 'branch' || only === 'tag' ? [[id, only]] : [])))(
    '%s explains nothing but a %s',
    (id, only) => {
      const ref = only === 'tag' ? 'refs/heads/v1' : 'refs/tags/main'
      const { is } = ROW_CASES.find((row) => row.id === id)!
      expectRow({ id, is: [], isNot: is.map((given) => asRefCase(given, ref)) })
    },
  )

  it('has a case, at its place', () => {
    expect(ROW_CASES.map(({ id }) => id)).toEqual(ADVICE_TABLE.map(({ id }) => id))
  })
})
