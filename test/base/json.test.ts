import { describe, expect, it } from 'vitest'
import { parseStrangersJson } from '../../src/base/json.ts'

describe('parseStrangersJson', () => {
  it.each([
    ['"\\ud800"', '\ufffd'],
    ['{"a":["x\\uDFFFy"]}', { a: ['x\ufffdy'] }],
    ['"\\ud83d\\ude00"', '\u{1f600}'],
    ['"\\\\ud800"', '\\ud800'],
    ['{"__proto__":"\\ud800"}', JSON.parse('{"__proto__":"\ufffd"}')],
    ['[1,null,true]', [1, null, true]],
  ])('reads %s', (text, value) => {
    expect(parseStrangersJson(text)).toEqual(value)
  })

  it('refuses what is no JSON', () => {
    expect(() => parseStrangersJson('{')).toThrow(SyntaxError)
    expect(() => parseStrangersJson('{"\\ud800"')).toThrow(SyntaxError)
  })
})
