import { describe, expect, it } from 'vitest'
import { cleanLines, linesAbout, readLimit } from '../../src/advice/words.ts'

describe('the lines of a text', () => {
  it('end at any newline, and lose what git puts before them', () => {
    expect(cleanLines(['a\r\n\nb\rc', undefined, 'd'])).toEqual(['a', 'b', 'c', '', 'd'])
    expect(cleanLines(['remote: a\nremote:b\nsee remote: c'])).toEqual(['a', 'b', 'see remote: c'])
  })

  it('are looked at up to 64 KiB of a text, and 2,000 characters of a line', () => {
    const text = `${'a\n'.repeat(32 * 1024)}b`
    expect(cleanLines([text.slice(2)])).toContain('b')
    expect(cleanLines([text])).not.toContain('b')
    expect(cleanLines(['a'.repeat(2001)])).toEqual([`${'a'.repeat(1999)}…`])
  })
})

describe('the lines about a ref', () => {
  const about = (...lines: readonly string[]) => linesAbout('refs/heads/a', lines)

  it.each(['error: one', 'Fatal: one', 'warning: one', 'hint: one', 'GitLab: one', 'Forgejo: one'])(
    'go on behind those of another at a message of its own: %s',
    (line) => {
      expect(about('refs/heads/b is bad', 'and worse', line)).toEqual([line])
    },
  )

  it.each(['an error: of it', 'says GitLab: no', 'GitLab:no', 'error of it'])(
    'do not go on at: %s',
    (line) => {
      expect(about('refs/heads/b is bad', line)).toEqual([])
    },
  )

  it.each(['refs/heads/a).', 'refs/heads/a:', "'refs/heads/a'", 'refs/heads/b, refs/heads/a!'])(
    'name it as %s',
    (name) => {
      expect(about('refs/heads/b is bad', `${name} is bad`)).toHaveLength(1)
    },
  )

  it('do not name it by a part of a name', () => {
    expect(linesAbout('refs/heads/a.b', ['refs/heads/a.b is bad'])).toHaveLength(1)
    expect(about('refs/heads/a.b is bad')).toEqual([])
  })

  it('may speak of what is no ref of a push', () => {
    const lines = ['by refs/meta/config', 'by refs/meta/refs/heads/b']
    expect(about(...lines)).toEqual(lines)
  })
})

describe('a limit', () => {
  it('is read from the first line that tells one, wherever its unit stands', () => {
    const says = /(?<unit>[kM]B) (?<limit>\d+)/
    expect(readLimit(says, ['nothing', 'MB 0', 'MB 5', 'kB 7'])).toBe(5_000_000)
    expect(readLimit(says, ['nothing'])).toBeUndefined()
  })
})
