import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { OPTION_SPECS, type OptionValues } from '../../src/options/names.ts'
import { readText, readValue, splitLines, type ValueReader } from '../../src/options/values.ts'

function readerOf(values: OptionValues): ValueReader {
  return { values, label: (name) => name }
}

function usageOf(action: () => unknown): MirrorError {
  try {
    action()
  } catch (error) {
    if (error instanceof MirrorError && error.code === 'usage') return error
    throw error
  }
  throw new Error('nothing was thrown')
}

it('reads every option that is not given as its default', () => {
  for (const { name, default: text } of OPTION_SPECS) {
    const read = readValue(readerOf({}), name)
    expect(read, name).toEqual(readValue(readerOf({ [name]: text }), name))
  }
})

describe('readText', () => {
  it('takes an absent, an empty and a blank text for the default', () => {
    expect(readText(readerOf({}), 'retries')).toBe('3')
    expect(readText(readerOf({ retries: '' }), 'retries')).toBe('3')
    expect(readText(readerOf({ retries: ' \n' }), 'retries')).toBe('3')
  })
})

describe('a text and a secret', () => {
  it('are themselves, without outer spaces', () => {
    expect(readValue(readerOf({ 'source-username': ' me ' }), 'source-username')).toBe('me')
    expect(readValue(readerOf({ 'source-token': ' t0ken\n' }), 'source-token')).toBe('t0ken')
  })
})

describe('lines', () => {
  it('end at every kind of newline; empty ones and outer spaces are dropped', () => {
    expect(readValue(readerOf({ refs: '  a\r\n\r\nb  \n\tc\rd' }), 'refs')).toEqual(['a', 'b', 'c', 'd'])
  })

  it('keep their numbers', () => {
    expect(splitLines('a\n\n b')).toEqual([
      { line: 'a', number: 1 },
      { line: 'b', number: 3 },
    ])
  })
})

describe('a switch', () => {
  it('is true or false in any case', () => {
    expect(readValue(readerOf({ prune: 'False' }), 'prune')).toBe(false)
    expect(readValue(readerOf({ atomic: 'TRUE' }), 'atomic')).toBe(true)
  })

  it.each(['yes', '1', 'on', 'truee'])('is not %s, and the error names the option', (text) => {
    const error = usageOf(() => readValue(readerOf({ prune: text }), 'prune'))
    expect(error.message).toContain('prune')
    expect(error.message).toContain(text)
    expect(error.hint).toContain('true or false')
  })
})

describe('a number', () => {
  it('is one from both ends of its range', () => {
    expect(readValue(readerOf({ retries: '0' }), 'retries')).toBe(0)
    expect(readValue(readerOf({ retries: '100' }), 'retries')).toBe(100)
    expect(readValue(readerOf({}), 'max-refs-per-push')).toBeUndefined()
  })

  it.each(['-1', '101', '1.5', '1e2', '0x10', 'three', '9'.repeat(30), 'unlimited'])('is not %s', (text) => {
    const error = usageOf(() => readValue(readerOf({ retries: text }), 'retries'))
    expect(error.message).toMatch(/^retries: .* from 0 to 100$/)
  })

  it('may be unlimited where that means something', () => {
    expect(readValue(readerOf({ 'max-deletions': 'Unlimited' }), 'max-deletions')).toBe(Infinity)
    const error = usageOf(() => readValue(readerOf({ 'max-deletions': 'all' }), 'max-deletions'))
    expect(error.message).toBe('max-deletions: "all" is neither a whole number nor unlimited')
  })
})

describe('a size', () => {
  it.each([
    ['1', 1],
    ['1k', 1024],
    ['500M', 500 * 1024 ** 2],
    ['2G', 2 * 1024 ** 3],
    ['1.5g', 1.5 * 1024 ** 3],
    ['1.25k', 1280],
    ['10 MB', 10 * 1024 ** 2],
    ['3KiB', 3 * 1024],
  ])('is %s', (text, bytes) => {
    expect(readValue(readerOf({ 'max-pack-size': text }), 'max-pack-size')).toBe(bytes)
  })

  it('is nothing where nothing was given', () => {
    expect(readValue(readerOf({}), 'max-pack-size')).toBeUndefined()
  })

  it.each(['0', '0.1', '-1M', '2T', 'M', '1,5G', '1k k'])('is not %s', (text) => {
    const error = usageOf(() => readValue(readerOf({ 'max-pack-size': text }), 'max-pack-size'))
    expect(error.message).toContain('max-pack-size')
    expect(error.hint).toContain('500M')
  })
})

describe('a time', () => {
  it.each([
    ['1', 1000],
    ['90s', 90_000],
    ['90m', 5_400_000],
    ['6h', 21_600_000],
    ['6 H', 21_600_000],
    ['1000000', 1_000_000_000],
  ])('is %s, as milliseconds', (text, milliseconds) => {
    expect(readValue(readerOf({ 'time-limit': text }), 'time-limit')).toBe(milliseconds)
  })

  it('is nothing where nothing was given and none is the default', () => {
    expect(readValue(readerOf({}), 'time-limit')).toBeUndefined()
    expect(readValue(readerOf({}), 'idle-timeout')).toBe(900_000)
  })

  it.each(['0', '-5', '1.5h', '1d', '1h30m', 'h', '1000001', '300h'])('is not %s', (text) => {
    const error = usageOf(() => readValue(readerOf({ 'time-limit': text }), 'time-limit'))
    expect(error.message).toMatch(/^time-limit: .* is neither a whole number from 1 to 1000000 nor a time/)
    expect(error.hint).toContain('90m')
  })

  it('is seconds alone where units are not taken', () => {
    expect(readValue(readerOf({ 'idle-timeout': '15' }), 'idle-timeout')).toBe(15_000)
    const error = usageOf(() => readValue(readerOf({ 'idle-timeout': '15m' }), 'idle-timeout'))
    expect(error.message).toBe('idle-timeout: "15m" is not a whole number from 1 to 1000000')
    const none = usageOf(() => readValue(readerOf({ 'idle-timeout': 'long' }), 'idle-timeout'))
    expect(none.message).toBe('idle-timeout: "long" is not a whole number from 1 to 1000000')
    expect(none.hint).toBe('Write seconds, digits only, such as 900.')
  })
})

describe('a choice', () => {
  it('is one of its words', () => {
    expect(readValue(readerOf({ transfer: 'Spool' }), 'transfer')).toBe('spool')
  })

  it('is nothing else, and the error names the words', () => {
    const error = usageOf(() => readValue(readerOf({ transfer: 'fast' }), 'transfer'))
    expect(error.message).toContain('transfer: "fast"')
    expect(error.hint).toContain('auto, stream, spool')
  })

  it('is shown as one short line where it is hostile', () => {
    const reader = readerOf({ transfer: `a\n::error::b\u001b[31m${'c'.repeat(500)}` })
    const { message } = usageOf(() => readValue(reader, 'transfer'))
    expect(message).not.toMatch(/[\n\u001b]/)
    expect(message.length).toBeLessThan(200)
  })
})
