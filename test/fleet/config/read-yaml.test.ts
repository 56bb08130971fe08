import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/fleet/config/config-error.ts'
import { MOST_CONFIG_BYTES, readYaml, type YamlFile } from '../../../src/fleet/config/read-yaml.ts'

/** Of processor time. */
const MOST_MICROSECONDS = 5_000_000

async function refusal(text: string): Promise<readonly string[]> {
  try {
    await readYaml(text, 'm.yml')
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.complaints.map(({ line, column, text }) => `${line}:${column} ${text}`)
    }
    throw error
  }
  return []
}

function read(text: string): Promise<YamlFile> {
  return readYaml(text, 'm.yml')
}

describe('readYaml', () => {
  it('takes scalars for what they look like', async () => {
    const { value } = await read('a: yes\nb: NO\nc: 010\nd: 2020-01-01\ne: ~\nf: true\ng: "7"\n')
    expect(value).toEqual({ a: 'yes', b: 'NO', c: 10, d: '2020-01-01', e: null, f: true, g: '7' })
  })

  it('reads CRLF, a byte order mark, and an empty file', async () => {
    expect((await read('\ufeffa:\r\n  b: 1\r\n')).value).toEqual({ a: { b: 1 } })
    expect((await read('')).value).toBeNull()
    expect((await read('# nothing\n')).value).toBeNull()
  })

  it('unfolds anchors, thousands of times', async () => {
    const items = Array.from({ length: 5000 }, () => '  - *it').join('\n')
    const { value } = await read(`it: &it { refs: [a, b] }\nall:\n${items}\n`)
    expect((value as { all: readonly unknown[] }).all).toHaveLength(5000)
  })

  it.each([
    ['a: 1\na: 2\n', '2:1 this key stands twice in one mapping'],
    ['a:\n\tb: 1\n', '2:1 a tab indents this line: YAML takes spaces only'],
    ['a: !!js/function "x"\n', '1:4 a tag (!…) has no meaning here'],
    ['a: !!binary aGVsbG8=\n', '1:4 a tag (!…) has no meaning here'],
    ['a: !own x\n', '1:4 a tag (!…) has no meaning here'],
    ['a: *hunter22\n', '1:4 an alias (*…) names no anchor (&…) that stands before it'],
    ['a: &b [*b]\n', '1:8 an alias (*…) names no anchor (&…) that stands before it'],
    ['a: &x { b: 1 }\nc:\n  <<: *x\n', '3:3 merge keys (<<) are not read'],
    ['a: 1\n---\nb: 2\n', '2:1 a second document begins here: a config is one document'],
    ['a: "x\\ud800"\n', '1:4 this text has half a character in it, by an escape such as \\ud800'],
    ['a:\n  "\\udc00": 1\n', '2:3 this text has half a character in it, by an escape such as \\ud800'],
    ['%YAML 1.1\n---\na: yes\n', '1:1 the file asks for an older YAML: it is read as YAML 1.2'],
  ])('refuses %j', async (text, complaint) => {
    expect(await refusal(text)).toEqual([complaint])
  })

  it.each(['a: [', 'a: "x', 'a: {b', 'a: b: c', '- a\nb: 1', '? [a]\n: b', '@x', 'a: `x`'])(
    'refuses %j with a position and none of its text',
    async (text) => {
      const complaints = await refusal(text.replaceAll('x', 'hunter22'))
      expect(complaints.length).toBeGreaterThan(0)
      expect(complaints.join('\n')).toMatch(/^\d+:\d+ /)
      expect(complaints.join('\n')).not.toContain('hunter22')
    },
  )

  it('refuses an anchor bomb, in no time', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    )
    const started = process.cpuUsage()
    expect(await refusal(`a0: &a0 [x]\n${levels.join('\n')}\n`)).toEqual([
      '1:1 anchors unfold to more values than a fleet needs',
    ])
    expect(process.cpuUsage(started).user).toBeLessThan(MOST_MICROSECONDS)
  })

  it.each([
    ['['.repeat(60) + ']'.repeat(60)],
    ['['.repeat(1_000_000)],
    ['{a: '.repeat(100_000)],
    ['- '.repeat(100_000)],
    ['? '.repeat(100_000)],
    [Array.from({ length: 1000 }, (_, depth) => `\n${' '.repeat(depth + 1)}a:`).join('')],
  ])('refuses what is nested too deep, in no time', async (text) => {
    const started = process.cpuUsage()
    expect((await refusal(`a:\n ${text}`))[0]).toContain('nested too deep')
    expect(process.cpuUsage(started).user).toBeLessThan(MOST_MICROSECONDS)
  })

  it('reads a mapping of 20,000 keys in no time', async () => {
    const started = process.cpuUsage()
    const { value } = await read(Array.from({ length: 20_000 }, (_, index) => `k${index}: 1\n`).join(''))
    expect(Object.keys(value as object)).toHaveLength(20_000)
    expect(process.cpuUsage(started).user).toBeLessThan(MOST_MICROSECONDS)
  })

  it('refuses a file of 5 MiB before it reads it', async () => {
    const text = `a: ${'x'.repeat(MOST_CONFIG_BYTES)}`
    await expect(read(text)).rejects.toMatchObject({
      code: 'usage',
      complaints: [{ line: 1, column: 1, text: 'a config file has at most 4 MiB' }],
    })
  })

  it('never throws anything but its own errors', async () => {
    const pieces = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a ',
      '*a',
      '!!x ',
      '|\n',
      '# ',
      '\t',
      '%',
      '? ',
      '---\n',
      '\ufeff',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (parts) => {
        const found = await refusal(parts.join(''))
        for (const line of found) expect(line).toMatch(/^\d+:\d+ \S/)
      }),
    )
  })
})

describe('place', () => {
  it('finds keys, values and items, through anchors too', async () => {
    const file = await read('one: &one\n  a: 1\nall:\n  - *one\n  - { b: 2,\n      c: [x, y] }\n')
    expect(file.place(['one', 'a'])).toEqual({ line: 2, column: 6 })
    expect(file.place(['one', 'a'], 'key')).toEqual({ line: 2, column: 3 })
    expect(file.place(['all', 0])).toEqual({ line: 4, column: 5 })
    expect(file.place(['all', 0, 'a'])).toEqual({ line: 2, column: 6 })
    expect(file.place(['all', 1, 'c', 1])).toEqual({ line: 6, column: 14 })
    expect(file.place(['all', 1, 'nowhere'])).toEqual({ line: 5, column: 5 })
    expect(file.place([])).toEqual({ line: 1, column: 1 })
  })
})
