import { describe, expect, it } from 'vitest'
import { toText } from '../../src/base/bytes.ts'
import { readerOfArrived } from '../protocol/feed.ts'

const chunks = ['abc', 'de', 'fghij'].map((text) => Buffer.from(text))

describe('ByteReader, of what is here already', () => {
  it('gives nothing before something has arrived', () => {
    const reader = readerOfArrived(chunks, 3)
    expect(reader.readNow(1)).toBeUndefined()
    expect(reader.readSomeNow(10)).toBeUndefined()
    expect(reader.peekNow(1)).toBeUndefined()
  })

  it('reads across chunks that are here, and not past them', async () => {
    const reader = readerOfArrived(chunks, 2)
    expect(toText((await reader.read(1))!)).toBe('a')
    expect(toText(reader.peekNow(4)!)).toBe('bcde')
    expect(toText(reader.readNow(3)!)).toBe('bcd')
    expect(reader.readNow(2)).toBeUndefined()
    expect(toText(reader.readSomeNow(9)!)).toBe('e')
    expect(reader.readSomeNow(9)).toBeUndefined()
    expect(toText((await reader.readAll(9))!)).toBe('fghij')
    expect(reader.readSomeNow(9)).toBeUndefined()
  })

  it('loses nothing that it looked at and found too short', async () => {
    const reader = readerOfArrived(chunks, 3)
    await reader.peek(1)
    expect(reader.readNow(11)).toBeUndefined()
    expect(toText((await reader.read(10))!)).toBe('abcdefghij')
    expect(reader.consumed).toBe(10)
  })
})
