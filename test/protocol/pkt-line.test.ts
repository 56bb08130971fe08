import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../src/base/bytes.ts'
import {
  DELIM,
  encodePacket,
  encodePackets,
  FLUSH,
  LARGEST_PAYLOAD_BYTES,
  lineOf,
  type Packet,
  PacketReader,
} from '../../src/protocol/pkt-line.ts'
import { pkt } from '../support/pkt.ts'
import { cut, failureOf, packetsOf, readerOf, readerOfArrived } from './feed.ts'

/** Packets as text: special ones by name. */
async function readAll(packets: PacketReader): Promise<readonly string[]> {
  const seen: string[] = []
  for (let packet = await packets.next(); packet; packet = await packets.next()) seen.push(show(packet))
  return seen
}

async function* arriveAndStayOpen(...chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk)
  yield await new Promise<never>(() => {})
}

function show(packet: Packet): string {
  return packet.kind === 'data' ? `“${Buffer.from(packet.payload).toString('latin1')}”` : packet.kind
}

describe('encoding', () => {
  it('writes the length before the payload, itself included', () => {
    expect(Buffer.from(encodePacket('hello\n')).toString()).toBe('000ahello\n')
    expect(Buffer.from(encodePacket(Uint8Array.of(0, 255))).toString('latin1')).toBe('0006\0\xff')
    expect(Buffer.from(encodePackets(['a', 'größe'])).toString()).toBe('0005a000bgröße')
    expect(Buffer.from(FLUSH).toString() + Buffer.from(DELIM).toString()).toBe('00000001')
  })

  it('[B1] takes payloads of up to 65,516 bytes', () => {
    expect(
      Buffer.from(encodePacket('x'.repeat(LARGEST_PAYLOAD_BYTES)))
        .subarray(0, 4)
        .toString(),
    ).toBe('fff0')
    expect(() => encodePacket('x'.repeat(LARGEST_PAYLOAD_BYTES + 1))).toThrow(/longer than Git allows/)
    expect(() => encodePackets(['ü'.repeat(LARGEST_PAYLOAD_BYTES / 2 + 1)])).toThrow(/longer than Git allows/)
  })
})

describe('PacketReader', () => {
  it('[B1] tells flush, delim and response-end from data, and takes an empty payload', async () => {
    const packets = packetsOf('0000', '0001', '0002', '0004', '0006a\n')
    expect(await readAll(packets)).toEqual(['flush', 'delim', 'response-end', '“”', '“a\n”'])
  })

  it('[B1] reads the same packets however the stream is cut', async () => {
    const bytes = Buffer.concat([pkt('one', 'two\n', ''), Buffer.from('0000'), pkt('x'.repeat(300)), FLUSH])
    const whole = await readAll(packetsOf(bytes))
    expect(whole).toHaveLength(6)
    for (const size of [1, 2, 3, 4, 5, 7, 100]) {
      expect(await readAll(packetsOf(...cut(bytes, size)))).toEqual(whole)
    }
  })

  it('[B1] accepts payloads of up to 65,531 bytes and digits of either case', async () => {
    const bytes = Buffer.concat([Buffer.from('ffff'), Buffer.alloc(65_531, 'x'), Buffer.from('000Aabcdef')])
    const [large, small] = await readAll(packetsOf(...cut(bytes, 30_000)))
    expect(large).toHaveLength(65_533)
    expect(small).toBe('“abcdef”')
  })

  it.each(['0003', '-001', '0x04', ' 004', '00g0', '1g00', '000@', '000`', '00/4', '\0\0\0\0'])(
    '[B1] refuses the length %j',
    async (head) => {
      const error = await failureOf(packetsOf(`${head}data`).next())
      expect(error.code).toBe('protocol')
      expect(error.retryable).toBe(false)
    },
  )

  it('[B1] shows what a login shell printed before git did, and says so', async () => {
    const error = await failureOf(packetsOf('Welcome to example\n', '0000').next())
    expect(error.serverText).toBe('Welcome to example\n')
    expect(error.message).toContain('"Welcome to example\\n"')
    expect(error.hint).toContain('login shell')
  })

  it('does not blame a login shell for noise in the middle', async () => {
    const packets = packetsOf('0006ok', 'Segmentation fault')
    await packets.next()
    const error = await failureOf(packets.next())
    expect(error.code).toBe('protocol')
    expect(error.hint).toBeUndefined()
  })

  it('[B2] throws the words of an ERR packet, wherever it comes', async () => {
    const packets = packetsOf(pkt('first\n', 'ERR access denied: größe\n'))
    await packets.next()
    const error = await failureOf(packets.next())
    expect(error.code).toBe('server')
    expect(error.serverText).toBe('access denied: größe')
  })

  it('[B2] leaves alone what only looks like ERR', async () => {
    expect(await readAll(packetsOf(pkt('ERRor', 'ERR', 'err no')))).toEqual(['“ERRor”', '“ERR”', '“err no”'])
  })

  it.each([
    ['inside the length', '00'],
    ['after the length', '0008'],
    ['inside the payload', '0008ab'],
  ])('tells a stream that ends %s from one that ends between packets', async (_, rest) => {
    const packets = packetsOf('0005a', rest)
    expect(await packets.next()).toBeDefined()
    const error = await failureOf(packets.next())
    expect([error.code, error.retryable]).toEqual(['cut', true])
    expect(await readAll(packetsOf('0005a'))).toEqual(['“a”'])
  })

  it('reads at once what is here, and nothing else', async () => {
    const packets = packetsOf('0005a0006bc00', '07', 'def')
    expect(packets.nextNow()).toBeUndefined()
    expect(show((await packets.next())!)).toBe('“a”')
    expect(show(packets.nextNow()!)).toBe('“bc”')
    expect(packets.nextNow()).toBeUndefined()
    expect(show((await packets.next())!)).toBe('“def”')
    expect(packets.nextNow()).toBeUndefined()
    expect(await packets.next()).toBeUndefined()
  })

  it('hands out payloads without a copy', async () => {
    const chunk = Buffer.from('0008data')
    const packet = await packetsOf(chunk).next()
    expect(packet?.kind === 'data' && packet.payload.buffer === chunk.buffer).toBe(true)
  })
})

describe('PacketReader as text', () => {
  it('shows what is here from the next packet on, and consumes what is skipped', async () => {
    const packets = packetsOf(Buffer.from([pkt('first'), pkt('second'), pkt('third'), '00'].join('')))
    expect(packets.textNow()).toBeUndefined()
    await packets.next()
    const seen = packets.textNow()!
    expect(seen.text.slice(seen.at)).toBe(`${pkt('second')}${pkt('third')}00`)
    expect(Buffer.from(seen.view).toString()).toBe(seen.text)
    packets.skipNow(pkt('second').length)
    expect(show((await packets.next())!)).toBe('“third”')
    const after = packets.textNow()!
    expect(after.text).toBe(seen.text)
    expect(after.text.slice(after.at)).toBe('00')
  })

  it('shows a new chunk when the last one is used up, and what a packet across two of them left', async () => {
    const packets = packetsOf(Buffer.from(`${pkt('a')}${pkt('b')}00`), Buffer.from(`05c${pkt('d')}`))
    await packets.next()
    expect(packets.textNow()).toMatchObject({ text: `${pkt('b')}00`, at: 0 })
    await packets.next()
    expect(packets.textNow()).toMatchObject({ at: 5 })
    expect(show((await packets.next())!)).toBe('“c”')
    const { text, at } = packets.textNow()!
    expect(text.slice(at)).toBe('0005d')
  })

  it('shows a chunk that has arrived behind the last one', async () => {
    const packets = new PacketReader(readerOfArrived([pkt('a'), pkt('b')], 2))
    await packets.next()
    expect(packets.textNow()).toMatchObject({ text: '0005b', at: 0 })
  })

  it('shows none inside a packet', async () => {
    const packets = packetsOf(Buffer.from(`${pkt('a')}0008bc`), 'de')
    await packets.next()
    expect(packets.nextNow()).toBeUndefined()
    expect(packets.textNow()).toBeUndefined()
    expect(show((await packets.next())!)).toBe('“bcde”')
  })

  it('shows nothing of a chunk with a letter that is not ASCII, nor behind that letter', async () => {
    const chunks = [Buffer.from([pkt('a'), pkt('ä'), pkt('b')].join('')), pkt('c')]
    const packets = new PacketReader(readerOfArrived(chunks, 2))
    for (const text of ['“a”', '“Ã¤”', '“b”']) {
      expect(packets.textNow()).toBeUndefined()
      expect(show((await packets.next())!)).toBe(text)
    }
    expect(packets.textNow()).toMatchObject({ text: '0005c', at: 0 })
  })

  it('shows nothing that is not ASCII, until that was read', async () => {
    const packets = packetsOf(Buffer.from([pkt('first'), pkt('ä')].join('')), Buffer.from(pkt('b')))
    await packets.next()
    expect(packets.textNow()).toBeUndefined()
    await packets.next()
    expect(packets.textNow()).toBeUndefined()
    expect(show((await packets.next())!)).toBe('“b”')
  })
})

describe('noise in place of a packet', () => {
  const BEGUN = pkt('\x01ab')

  it.each<readonly [string, Uint8Array | string, (packets: PacketReader) => void]>([
    ['nothing', '', () => {}],
    ['no skipped bytes', '', (packets) => packets.skipNow(0)],
    ['a skipped packet', BEGUN, (packets) => packets.skipNow(BEGUN.length)],
    ['a packet in slices', BEGUN, (packets) => packets.readSomeNow(packets.beginNow(1)!)],
  ])('is a login shell where it comes first: behind %s', async (_, before, act) => {
    const packets = packetsOf(Buffer.from(`${before}noise`))
    await packets.peekByte()
    act(packets)
    const { message, hint } = await failureOf(packets.next())
    expect(message).toBe('expected a packet of Git\'s protocol, found "noise"')
    if (before === '') expect(hint).toContain('login shell')
    else expect(hint).toBeUndefined()
  })
})

describe('PacketReader in slices', () => {
  it.each([
    ['0008\x01abc', 3],
    ['0006\x01a', 1],
    ['0005\x01', undefined],
    ['0004\x01', undefined],
    ['0008\x02abc', undefined],
    ['0008', undefined],
    ['00g8\x01abc', undefined],
  ])('begins at once what is here of band 1, of %j %s bytes', async (text, size) => {
    const packets = packetsOf(text)
    await packets.peekByte()
    expect(packets.beginNow(1)).toBe(size)
    expect(Buffer.from(packets.readSomeNow(9)!).toString()).toBe(text.slice(size === undefined ? 0 : 5))
  })

  it('begins a packet whose length was read before, and no other one inside of it', async () => {
    const packets = packetsOf('000a0006\x01', 'b')
    await packets.peekByte()
    expect(packets.nextNow()).toBeUndefined()
    expect(packets.beginNow(1)).toBeUndefined()
    expect(await packets.begin()).toBe(10)
  })

  it('[J5] begins a packet and gives its payload as it arrives', async () => {
    const packets = packetsOf('000aab', 'cd', 'ef0000')
    expect(await packets.begin()).toBe(10)
    const parts: string[] = []
    for (let left = 6; left > 0;) {
      const slice = await packets.readSome(left)
      left -= slice.length
      parts.push(Buffer.from(slice).toString())
    }
    expect(parts).toEqual(['ab', 'cd', 'ef'])
    expect(await packets.begin()).toBe(0)
    expect(await packets.begin()).toBeUndefined()
  })

  it('shows the first byte of a payload without waiting for the rest', async () => {
    const packets = new PacketReader(new ByteReader(arriveAndStayOpen('00', '08N')))
    expect(await packets.peekByte()).toBe('N'.charCodeAt(0))
    expect(packets.nextNow()).toBeUndefined()
    expect(await packets.peekByte()).toBe('N'.charCodeAt(0))
    expect(await new PacketReader(new ByteReader(arriveAndStayOpen('0000'))).peekByte()).toBeUndefined()
  })

  it.each([
    ['a flush', '0000'],
    ['an empty packet', '0004'],
    ['an empty packet before another', '00040006ok'],
    ['a pack', 'PACK\0\0\0'],
    ['the end', ''],
    ['a cut', '00'],
  ])('shows no first byte of %s', async (_, text) => {
    expect(await packetsOf(text).peekByte()).toBeUndefined()
  })
})

describe('lineOf', () => {
  it('drops one line break and keeps the rest as it is', () => {
    expect(lineOf(Buffer.from('größe \n'))).toBe('größe ')
    expect(lineOf(Buffer.from('a\n\n'))).toBe('a\n')
    expect(lineOf(Buffer.from('a\r'))).toBe('a\r')
    expect(lineOf(new Uint8Array(0))).toBe('')
    expect(lineOf(Buffer.from('caf\xe9\n', 'latin1'))).toBe('caf\ufffd')
  })

  it('decodes a view of a larger chunk', async () => {
    const slice = await readerOf('0123name\nrest').read(9)
    expect(lineOf(slice!.subarray(4))).toBe('name')
  })
})
