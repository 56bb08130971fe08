import { describe, expect, it } from 'vitest'
import { readPushOptions } from '../../src/options/read-push-options.ts'

function read(text: string): readonly string[] {
  return readPushOptions({ label: (name) => `--${name}`, values: { 'push-options': text } })
}

describe('readPushOptions', () => {
  it('takes a line for an option, with its spaces and equals signs', () => {
    expect(read(' ci.skip \n\nmerge_request.title=A title\r\n')).toEqual([
      'ci.skip',
      'merge_request.title=A title',
    ])
    expect(read('')).toEqual([])
  })

  it('refuses what no packet can hold, by the name of the option', () => {
    expect(read('x'.repeat(65_516))).toHaveLength(1)
    expect(() => read('x'.repeat(65_517))).toThrow(/^--push-options: "x+.*longer than a push option may be/)
    expect(() => read('x'.repeat(65_517))).toThrow(
      expect.objectContaining({ hint: 'Write at most 65516 bytes in a line.' }),
    )
    expect(() => read('a\0b')).toThrow(/^--push-options: .*null byte/)
  })
})
