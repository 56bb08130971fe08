import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutText, escapeMarkdown, muteLine, printableLine } from '../../src/base/printable.ts'

describe('printableLine', () => {
  it.each([
    ['plain text', 'plain text'],
    ['  a \t b\r\n c  ', 'a b c'],
    ['refs/heads/a\n::set-output name=x::y', 'refs/heads/a ::set-output name=x::y'],
    ['a\u2028::error::b\u2029c\u0085d\u000be', 'a ::error::b c d e'],
    ['a\r::add-mask::b', 'a ::add-mask::b'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b[2J\u001b[1;1Hcleared', 'cleared'],
    ['\u001b[38;2;255;0;0mtrue\u001b[m', 'true'],
    ['\u009b31mc1\u009b0m', 'c1'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u009d0;title\u009ctext', 'text'],
    ['\u001bP1$r\u001b\\dcs', 'dcs'],
    ['\u001b]0;without an end', '0;without an end'],
    ['\u001bcreset', 'reset'],
    ['\u001b', ''],
    ['a\u0000b\u0007c\u007fd', 'a b c d'],
    ['user\u202eexe.doc\u202c \u2066x\u2069 \u200ey\u200f\u061c', 'userexe.doc x y'],
    ['zero\u200bwidth\u200d\ufeff\u2060', 'zerowidth'],
    ['tag\u{e0041}\u{e0042}', 'tag'],
    ['\u3164hidden\u115f', 'hidden'],
    ['half \ud83d, whole 😀', 'half \ufffd, whole 😀'],
    ['zwölf 日本 عربي', 'zwölf 日本 عربي'],
  ])('shows %j as %j', (text, shown) => {
    expect(printableLine(text)).toBe(shown)
  })

  it('joins no sign of the runner out of what it takes away', () => {
    // What is left may be a sign again: the caller that prints at the start of a line has to look at the result.
    expect(printableLine('#\u001b[0m#[group]x')).toBe('##[group]x')
    expect(printableLine('\u001b[1m::error::x')).toBe('::error::x')
    expect(printableLine('\u001b\u001b[31m[31mx')).toBe('[31mx')
  })

  it('cuts to the length asked for, between characters', () => {
    expect(printableLine('abcdef', 6)).toBe('abcdef')
    expect(printableLine('abcdefg', 6)).toBe('abcde…')
    expect(printableLine('ab😀cd', 4)).toBe('ab…')
    expect(printableLine('x'.repeat(5000))).toHaveLength(1000)
    expect(cutText('abc', 1)).toBe('…')
  })

  it('[B14] gives one line without control, escape, bidi or invisible characters, whatever comes', () => {
    const nasty = fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '31m',
      '\u0007',
      '\u009b',
      '\n',
      '\r',
      '\u202e',
      '\ud83d',
      '😀',
      '::',
      '\u2028',
      'a',
      ' ',
      '\u200b',
      '\\',
      '\u009c',
    )
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 40 }), fc.string({ unit: 'binary' }), (parts, more) => {
        const line = printableLine(parts.join('') + more + parts.join(''), 60)
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(line.length).toBeLessThanOrEqual(60)
        expect(line).toBe(line.trim())
      }),
      { numRuns: 2000 },
    )
  })

  it('reads hostile megabytes in a moment, since most of them are cut', () => {
    for (const part of ['\u001b]', '\u009d', '\u001b[', '\u001b[0;', '\u202e', ' \n']) {
      expect(printableLine(part.repeat(500_000), 100).length).toBeLessThanOrEqual(100)
    }
  })
})

describe('muteLine', () => {
  it.each([
    ['::error::x', '| ::error::x'],
    ['  ::error::x', '|   ::error::x'],
    ['a ::error::x', 'a ::error::x'],
    ['##[group]x', '## [group]x'],
    ['a ##[b] ##[c]', 'a ## [b] ## [c]'],
    ['####[x]', '#### [x]'],
    ['plain: text', 'plain: text'],
  ])('makes %j %j', (line, mute) => {
    expect(muteLine(line)).toBe(mute)
  })
})

/** Undoes entities, as a browser does. */
function decode(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

describe('escapeMarkdown', () => {
  it.each([
    ['a|b', 'a&#124;b'],
    ['<img src=x onerror=alert(1)>', '&#60;img src=x onerror=alert(1)&#62;'],
    ['</code></td><script>', '&#60;/code&#62;&#60;/td&#62;&#60;script&#62;'],
    ['`rm -rf`', '&#96;rm -rf&#96;'],
    ['[click](https://evil.example)', '&#91;click&#93;(https&#58;//evil.example)'],
    ['![x](y)', '!&#91;x&#93;(y)'],
    ['www.evil.example', 'ww&#119;.evil.example'],
    ['**bold** __x__ ~~y~~', '&#42;&#42;bold&#42;&#42; &#95;&#95;x&#95;&#95; &#126;&#126;y&#126;&#126;'],
    ['# title', '&#35; title'],
    ['- item', '&#45; item'],
    ['+ item', '&#43; item'],
    ['1. item', '1&#46; item'],
    ['12) item', '12&#41; item'],
    ['> quote', '&#62; quote'],
    ['===', '&#61;=='],
    [':smile: a:b', '&#58;smile: a:b'],
    ['$x$', '&#36;x&#36;'],
    ['&lt;', '&#38;lt;'],
    ['a\\|b', 'a&#92;&#124;b'],
    ['a\n\n| new | row |', 'a &#124; new &#124; row &#124;'],
    ['refs/heads/feature/a-b.c', 'refs/heads/feature/a-b.c'],
  ])('writes %j as %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped)
  })

  it('lets nothing begin markup, a cell, a line or a link, and loses no character but line breaks', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'|<>`*_~[]#\\$&:/w. a1-+=()!\n\r'), maxLength: 40 }),
        (text) => {
          const escaped = escapeMarkdown(text)
          const bare = escaped.replace(/&#\d+;/g, '§')
          expect(bare).not.toMatch(/[|<>`*_~[\]\\$&\r\n]|:\/\/|\bwww\.|^\s*[-+=]|^\s*\d+[.)]/i)
          expect(decode(escaped)).toBe(text.replace(/[\r\n]+/g, ' '))
        },
      ),
      { numRuns: 3000 },
    )
  })
})
