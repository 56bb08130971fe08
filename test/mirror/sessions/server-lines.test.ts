import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createServerText, unframe } from '../../../src/mirror/sessions/server-lines.ts'

function feed(...parts: readonly string[]) {
  const given: string[] = []
  const text = createServerText((line) => given.push(line))
  for (const part of parts) text.write(part)
  text.end()
  return { given, kept: text.lines }
}

describe('createServerText', () => {
  it('gives whole lines, wherever the text was cut', () => {
    expect(feed('remote: a\nb', 'c', '', '\n', '\nlast').given).toEqual(['remote: a', 'bc', 'last'])
  })

  it('gives a line when it is whole and not before', () => {
    const given: string[] = []
    const text = createServerText((line) => given.push(line))
    text.write('half')
    expect(given).toEqual([])
    text.write(' done\nnext')
    expect(given).toEqual(['half done'])
    text.end()
    text.end()
    expect(given).toEqual(['half done', 'next'])
  })

  it('drops the lines of one request when the next one begins, and what was known of its end', () => {
    const text = createServerText(() => undefined)
    text.write('first\nhalf')
    text.endedByUs()
    const before = [...text.lines]
    text.restart()
    text.write('fatal: early EOF\n')
    expect(before).toEqual(['first'])
    expect(text.lines).toEqual(['fatal: early EOF'])
  })

  it('leaves out what only tells of an end that we made, and nothing before it', () => {
    const given: string[] = []
    const text = createServerText((line) => given.push(line))
    text.write('fatal: early EOF\n')
    text.endedByUs()
    const follows = [
      'remote: fatal: the remote end hung up unexpectedly',
      'fatal: early EOF',
      'fatal: index-pack failed',
      'error: unpack-objects abnormal exit',
      'fatal: write error: Broken pipe',
      'error: git upload-pack: git-pack-objects died with error.',
      'error: pack-objects died of signal 13',
      'fatal: git upload-pack: aborting due to possible repository corruption on the remote side.',
    ]
    text.write(`${follows.join('\n')}\n`)
    text.write('error: No space left on device\nfatal: early E')
    text.write('OF\nlast words')
    text.end()
    const shown = ['fatal: early EOF', 'error: No space left on device', 'last words']
    expect(given).toEqual(shown)
    expect(text.lines).toEqual(shown)
  })

  it('takes CR for the end of a line, and CR LF for one end', () => {
    expect(feed('10%\r20%\r100%, done.\nGH006\r\nmore').given).toEqual([
      '10%',
      '20%',
      '100%, done.',
      'GH006',
      'more',
    ])
    expect(feed('a\r', '\nb\r', '\n').given).toEqual(['a', 'b'])
  })

  it('keeps of a progress line its last state only', () => {
    expect(feed('10%\r20%\r100%, done.\nGH006\r\nmore\r').kept).toEqual(['100%, done.', 'GH006', 'more'])
    const { kept } = feed('GH006: protected\n', ...Array.from({ length: 5000 }, (_, index) => `${index}\r`))
    expect(kept).toEqual(['GH006: protected', '4999'])
  })

  it('keeps the last 200 lines', () => {
    const { kept, given } = feed(...Array.from({ length: 300 }, (_, index) => `line ${index}\n`))
    expect(kept).toHaveLength(200)
    expect(kept[0]).toBe('line 100')
    expect(given).toHaveLength(300)
  })

  it('cuts a line after 1,000 characters and keeps no more of it in memory', () => {
    const { given } = feed('x'.repeat(999), 'y'.repeat(5000), '\nz'.repeat(1), '\n')
    expect(given).toEqual([`${'x'.repeat(999)}…`, 'z'])
    expect(feed('x'.repeat(1000)).given).toEqual(['x'.repeat(1000)])
  })

  it('stops giving lines to a server that has no end, and says so once', () => {
    const { given, kept } = feed(Array.from({ length: 12_000 }, (_, index) => `${index}\n`).join(''))
    expect(given).toHaveLength(10_001)
    expect(given.at(-1)).toContain('more than 10000 lines')
    expect(kept.at(-1)).toBe('11999')
  })

  it('[B14] gives the same lines however the text is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\r', '\n', ' ', '\u001b[0m', '::') })
    fc.assert(
      fc.property(text, fc.array(fc.nat(20)), (whole, cuts) => {
        const points = [
          0,
          ...cuts.filter((cut) => cut < whole.length).toSorted((one, other) => one - other),
          whole.length,
        ]
        const parts = points.slice(1).map((point, index) => whole.slice(points[index], point))
        expect(feed(...parts)).toEqual(feed(whole))
        expect(feed(whole).given.every((line) => line !== '' && !/[\r\n]/.test(line))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('unframe', () => {
  it.each([
    [
      'error: \nerror: Push to create is not enabled for users.\nerror: \n',
      'error: Push to create is not enabled for users.',
    ],
    ['remote: \nremote: ====\nremote: ERROR: It is not there.\r\nremote: ====\n', 'ERROR: It is not there.'],
    [
      "fatal: 'x' is no repository\nfatal: Could not read",
      "fatal: 'x' is no repository\nfatal: Could not read",
    ],
    ['error:\n', ''],
  ])('leaves of %j what it says', (words, said) => {
    expect(unframe(words)).toBe(said)
  })
})
