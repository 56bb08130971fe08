import { describe, expect, it } from 'vitest'
import { releaseBytes, toText } from '../src/bytes.ts'
import { readerOfArrived } from './protocol/feed.ts'

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

describe('releaseBytes', () => {
  const canRelease = 'transfer' in ArrayBuffer.prototype

  it('empties every view of the memory, and is not troubled by a second one', () => {
    const whole = new Uint8Array(1000).fill(7)
    const views = [whole.subarray(0, 10), whole.subarray(500)]
    releaseBytes(views)
    releaseBytes(views)
    expect(views.map(({ length }) => length)).toEqual(canRelease ? [0, 0] : [10, 500])
  })

  it('leaves alone what Node shares among small buffers', () => {
    const [one, other] = [Buffer.from('one of them'), Buffer.from('another one')]
    expect(one.buffer).toBe(other.buffer)
    releaseBytes([one])
    expect([one, other].map(String)).toEqual(['one of them', 'another one'])
  })
})
