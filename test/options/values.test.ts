import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import type { OptionValues } from '../../src/options/names.ts'
import {
  readBoolean,
  readChoice,
  readInteger,
  readLines,
  readSize,
  readText,
  type ValueReader,
} from '../../src/options/values.ts'

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

describe('readText', () => {
  it('takes an absent, an empty and a blank text for the default', () => {
    expect(readText(readerOf({}), 'retries')).toBe('3')
    expect(readText(readerOf({ retries: '' }), 'retries')).toBe('3')
    expect(readText(readerOf({ retries: ' \n' }), 'retries')).toBe('3')
  })
})

describe('readLines', () => {
  it('splits at every kind of newline and drops empty lines and outer spaces', () => {
    expect(readLines(readerOf({ refs: '  a\r\n\r\nb  \n\tc\rd' }), 'refs')).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('readBoolean', () => {
  it('reads true and false in any case', () => {
    expect(readBoolean(readerOf({ prune: 'False' }), 'prune')).toBe(false)
    expect(readBoolean(readerOf({ atomic: 'TRUE' }), 'atomic')).toBe(true)
  })

  it.each(['yes', '1', 'on', 'truee'])('refuses %s and names the input', (text) => {
    const error = usageOf(() => readBoolean(readerOf({ prune: text }), 'prune'))
    expect(error.message).toContain('prune')
    expect(error.message).toContain(text)
    expect(error.hint).toContain('true or false')
  })
})

describe('readInteger', () => {
  const range = { min: 0, max: 100 }

  it('reads both ends of its range', () => {
    expect(readInteger(readerOf({ retries: '0' }), 'retries', range)).toBe(0)
    expect(readInteger(readerOf({ retries: '100' }), 'retries', range)).toBe(100)
  })

  it.each(['-1', '101', '1.5', '1e2', '0x10', 'three', '9'.repeat(30)])('refuses %s', (text) => {
    const error = usageOf(() => readInteger(readerOf({ retries: text }), 'retries', range))
    expect(error.message).toMatch(/^retries: .* from 0 to 100$/)
  })
})

describe('readSize', () => {
  it.each([
    ['1', 1],
    ['1k', 1024],
    ['500M', 500 * 1024 ** 2],
    ['2G', 2 * 1024 ** 3],
    ['1.5g', 1.5 * 1024 ** 3],
    ['10 MB', 10 * 1024 ** 2],
    ['3KiB', 3 * 1024],
  ])('reads %s', (text, bytes) => {
    expect(readSize(readerOf({ 'max-pack-size': text }), 'max-pack-size')).toBe(bytes)
  })

  it('gives nothing for an empty text', () => {
    expect(readSize(readerOf({}), 'max-pack-size')).toBeUndefined()
  })

  it.each(['0', '0.1', '-1M', '2T', 'M', '1,5G', '1k k'])('refuses %s', (text) => {
    const error = usageOf(() => readSize(readerOf({ 'max-pack-size': text }), 'max-pack-size'))
    expect(error.message).toContain('max-pack-size')
    expect(error.hint).toContain('500M')
  })
})

describe('readChoice', () => {
  it('names the choices when none was met', () => {
    const reader = readerOf({ transfer: 'fast' })
    const error = usageOf(() => readChoice(reader, 'transfer', ['auto', 'stream']))
    expect(error.message).toContain('transfer: "fast"')
    expect(error.hint).toContain('auto, stream')
  })

  it('shows a hostile value as one short line', () => {
    const reader = readerOf({ transfer: `a\n::error::b\u001b[31m${'c'.repeat(500)}` })
    const { message } = usageOf(() => readChoice(reader, 'transfer', ['auto']))
    expect(message).not.toMatch(/[\n\u001b]/)
    expect(message.length).toBeLessThan(200)
  })
})
