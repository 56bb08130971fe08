import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePointer } from '../../../src/lfs/pointers/pointer.ts'
import { mayMakePointer } from '../../../src/lfs/pointers/suspect-delta.ts'
import { encodeDelta, type Part } from '../../support/deltas.ts'

const HEX = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
const BLANK = fc.constantFrom('', '\n', ' ', '\r\n', '\t\n', '\u00a0', '\u2003\n', '\u0085')

/** Texts that Git's client takes for a pointer. */
const POINTERS = fc
  .record({
    version: fc.constantFrom(
      'https://git-lfs.github.com/spec/v1',
      'https://hawser.github.com/spec/v1',
      'http://git-media.io/v/2',
    ),
    extensions: fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 9 }), hex: HEX }), {
      maxLength: 3,
      selector: ({ at }) => at,
    }),
    oid: HEX,
    size: fc.integer({ min: 1, max: 2 ** 40 }),
    end: fc.constantFrom('\n', '\r\n', '\n\n'),
    before: BLANK,
    after: BLANK,
  })
  .map(({ version, extensions, oid, size, end, before, after }) =>
    Buffer.from(
      [
        `${before}version ${version}`,
        ...extensions.map(({ at, hex }) => `ext-${at}-my_name sha256:${hex}`),
        `oid sha256:${oid}`,
        `size ${size}`,
        after,
      ].join(end),
    ),
  )

/** Any way to cut bytes into what is copied and what a delta brings along. */
function cutAnyhow(bytes: Uint8Array): fc.Arbitrary<readonly Part[]> {
  return fc
    .array(fc.record({ length: fc.integer({ min: 1, max: 90 }), isCopy: fc.boolean() }), {
      minLength: 1,
      maxLength: 40,
    })
    .map((cuts) => {
      const parts: Part[] = []
      let at = 0
      for (const { length, isCopy } of cuts) {
        if (at >= bytes.length) break
        const some = bytes.subarray(at, at + length)
        parts.push(isCopy ? { copied: some.length } : { literal: some })
        at += some.length
      }
      if (at < bytes.length) parts.push({ copied: bytes.length - at })
      return parts
    })
}

function deltaOf(before: string, literal: string, after: string): Uint8Array {
  return encodeDelta([
    ...(before === '' ? [] : [{ copied: before.length }]),
    { literal: Buffer.from(literal, 'latin1') },
    ...(after === '' ? [] : [{ copied: after.length }]),
  ])
}

const COPIED = 'x'.repeat(200)

describe('a delta upon what is not here', () => {
  it('may make a pointer whenever it does, however it was cut', () => {
    fc.assert(
      fc.property(
        POINTERS.chain((pointer) => fc.tuple(fc.constant(pointer), cutAnyhow(pointer))),
        ([pointer, parts]) => {
          expect(parsePointer(pointer), pointer.toString()).toBeDefined()
          expect(mayMakePointer(encodeDelta(parts))).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['adds an id to a tree', COPIED, '\x00\xb2\x1f\xe9\x03\x88\xd0\x11\x7f\x9a\x40\x55\x00', COPIED],
    ['adds a folder of that name to a tree', COPIED, '40000 lfs\x00\xb2\x1f\xe9\x41', COPIED],
    ['changes a line of code', COPIED, '  return a * (b + 1)', COPIED],
    ['adds a line that no pointer has', COPIED, 'a\nall in all a line of words\n', COPIED],
    ['ends a line with a word', COPIED, 'and one word\n', COPIED],
    ['ends the last line with a word', COPIED, 'more\n', ''],
    ['begins with other words', '', 'other words', COPIED],
    ['ends with other words', COPIED, '\nother words', ''],
    ['makes less than a pointer', '1.2.', '4', '\n'],
    ['makes more than a pointer', 'x'.repeat(1000), '12345', 'x'.repeat(30)],
  ])('makes none where it %s', (_, before, literal, after) => {
    expect(mayMakePointer(deltaOf(before, literal, after))).toBe(false)
  })

  it.each([
    ['changes a number', COPIED, '5', COPIED],
    ['ends a line as a hash does', COPIED, 'ab12\n', COPIED],
    ['ends a line as a version does', COPIED, '.com/spec/v1\r\n', COPIED],
    ['ends a text with white space in UTF-8', COPIED, '12\n\xc2\xa0', ''],
    ['adds nothing', COPIED, '', ''],
    ['tracks another kind of file', COPIED, '\n*.psd', COPIED],
    ['tracks a file', COPIED, 'filter=lfs diff=lfs', COPIED],
  ])('leaves a doubt where it %s', (_, before, literal, after) => {
    const delta = literal === '' ? encodeDelta([{ copied: before.length }]) : deltaOf(before, literal, after)
    expect(mayMakePointer(delta)).toBe(true)
  })
})
