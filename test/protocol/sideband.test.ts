import { describe, expect, it } from 'vitest'
import { SidebandReader } from '../../src/protocol/sideband.ts'
import { pkt } from '../support/pkt.ts'
import { toText } from '../../src/base/bytes.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'
import { cut, failureOf, gather, onBand, packetsOf, readerOfArrived } from './feed.ts'

/** Band 1 and the texts of band 2. */
async function readAll(
  ...chunks: readonly (Uint8Array | string)[]
): Promise<{ readonly data: string; readonly texts: readonly string[] }> {
  const texts: string[] = []
  const band = new SidebandReader(packetsOf(...chunks), { onProgress: (text) => texts.push(text) })
  return { data: (await gather(band)).toString(), texts }
}

describe('SidebandReader', () => {
  it('takes apart data and progress', async () => {
    const bytes = Buffer.concat([
      onBand(2, 'Counting'),
      onBand(1, 'PACK'),
      onBand(2, ' 1'),
      onBand(1, 'data'),
    ])
    expect(await readAll(bytes, '0000')).toEqual({ data: 'PACKdata', texts: ['Counting', ' 1'] })
  })

  it('[B1] gives the same data however the stream is cut', async () => {
    const bytes = Buffer.concat([onBand(1, 'one'), onBand(2, 'text'), onBand(1, 'two'), Buffer.from('0000')])
    for (const size of [1, 2, 3, 5, 6, 11]) {
      expect(await readAll(...cut(bytes, size))).toEqual({ data: 'onetwo', texts: ['text'] })
    }
  })

  it('[B1] gives the same data when what is here is taken without waiting, however it is cut', async () => {
    const long = 'x'.repeat(300)
    const bytes = Buffer.concat([
      onBand(1, 'one'),
      onBand(1, long),
      onBand(2, 'text'),
      onBand(1, ''),
      onBand(1, 'two'),
      Buffer.from('0000'),
    ])
    let taken = 0
    for (const size of [1, 2, 3, 5, 6, 11, 50, 1000]) {
      for (const here of [1, 2, 7, 1000]) {
        const texts: string[] = []
        const packets = new PacketReader(readerOfArrived(cut(bytes, size), here))
        const band = new SidebandReader(packets, { onProgress: (text) => texts.push(text) })
        let data = ''
        for (let slice = await band.next(); slice; slice = await band.next()) {
          data += toText(slice)
          for (let more = band.nextNow(); more; more = band.nextNow()) {
            data += toText(more)
            taken += 1
          }
        }
        expect(data).toBe(`one${long}two`)
        expect(texts).toEqual(['text'])
        expect(band.nextNow()).toBeUndefined()
      }
    }
    expect(taken).toBeGreaterThan(100)
  })

  it('[B13] takes empty packets of bands 1 and 2 for keepalives', async () => {
    const bytes = Buffer.concat([onBand(1, ''), onBand(1, 'a'), onBand(2, ''), onBand(1, ''), onBand(1, 'b')])
    expect(await readAll(bytes, '0004', '0000')).toEqual({ data: 'ab', texts: [] })
  })

  it('[B14] passes text on as it came: pieces of lines, carriage returns, escapes', async () => {
    const parts = ['Counting objects:  50%\rCount', 'ing objects: 100%\x1b[K\n', 'unpack ng ERR x']
    const { texts } = await readAll(...parts.map((part) => onBand(2, part)), '0000')
    expect(texts).toEqual(parts)
  })

  it('[B14] fails on band 3, even after data', async () => {
    const band = new SidebandReader(packetsOf(onBand(1, 'PACK'), onBand(3, 'fatal: größe\n'), '0000'))
    expect(Buffer.from((await band.next())!).toString()).toBe('PACK')
    const error = await failureOf(band.next())
    expect([error.code, error.serverText]).toEqual(['server', 'fatal: größe'])
  })

  it('[B2] throws the words of an ERR packet that comes without a band', async () => {
    const error = await failureOf(readAll(onBand(1, 'PACK'), pkt('ERR out of memory\n')))
    expect([error.code, error.serverText]).toEqual(['server', 'out of memory'])
  })

  it('[F14] does not take the end of the stream for the end of the data', async () => {
    for (const rest of ['', '00', '0009\x01da']) {
      const error = await failureOf(readAll(onBand(1, 'PACK'), rest))
      expect([error.code, error.retryable]).toEqual(['cut', true])
    }
  })

  it('ends with a flush or a response-end, and stays at the end', async () => {
    for (const end of ['0000', '0002']) {
      const packets = packetsOf(onBand(1, 'x'), end, '0005y')
      const band = new SidebandReader(packets)
      expect((await gather(band)).toString()).toBe('x')
      expect(await band.next()).toBeUndefined()
      expect(await packets.next()).toMatchObject({ kind: 'data' })
    }
  })

  it('[J5] gives what is here without waiting, and nothing behind the end', async () => {
    const bytes = Buffer.concat([
      onBand(1, 'one'),
      onBand(1, 'two'),
      Buffer.from('0000'),
      onBand(1, 'not ours'),
    ])
    const band = new SidebandReader(packetsOf(bytes))
    expect(toText((await band.next())!)).toBe('one')
    expect(toText(band.nextNow()!)).toBe('two')
    expect(band.nextNow()).toBeUndefined()
    expect(await band.next()).toBeUndefined()
    expect(band.nextNow()).toBeUndefined()
  })

  it('refuses bands that do not exist, and a delimiter', async () => {
    expect(await failureOf(readAll(onBand(4, 'x'), '0000'))).toMatchObject({ code: 'protocol' })
    expect(await failureOf(readAll('0006ok0000'))).toMatchObject({ code: 'protocol', serverText: 'ok' })
    expect(await failureOf(readAll('0001'))).toMatchObject({ code: 'protocol' })
    const likeErr = await failureOf(readAll(onBand(4, 'RR no'), '0000'))
    expect([likeErr.code, likeErr.serverText]).toEqual(['protocol', '\x04RR no'])
  })

  it('[J5] hands out slices of a large packet as they arrive, without a copy', async () => {
    const bytes = Buffer.concat([onBand(1, Buffer.alloc(65_000, 'x')), Buffer.from('0000')])
    const chunks = cut(bytes, 16_384)
    const band = new SidebandReader(packetsOf(...chunks))
    const sizes: number[] = []
    for (let slice = await band.next(); slice; slice = await band.next()) {
      expect(slice.buffer).toBe(bytes.buffer)
      sizes.push(slice.length)
    }
    expect(sizes).toEqual([16_379, 16_384, 16_384, 15_853])
  })
})
