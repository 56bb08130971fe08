import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../src/base/bytes.ts'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { readAcksV0, readFetchV0, readFetchV2 } from '../../src/protocol/fetch-response.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'
import { readPushReport } from '../../src/protocol/report-status.ts'
import { SidebandReader } from '../../src/protocol/sideband.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { failureOf, gather, onBand, packetsOf } from './feed.ts'

const A = 'a'.repeat(40)
const MIB = 1024 ** 2

/** Each chunk as often as it says. */
async function* repeat(
  ...chunks: readonly (readonly [count: number, chunk: Uint8Array])[]
): AsyncGenerator<Uint8Array> {
  for (const [count, chunk] of chunks) for (let sent = 0; sent < count; sent++) yield chunk
}

function bytesOf(...chunks: readonly (readonly [count: number, chunk: Uint8Array])[]): ByteReader {
  return new ByteReader(repeat(...chunks))
}

/** Many packets in a chunk, so that they come quickly. */
function thousand(packet: Uint8Array): Uint8Array {
  return Buffer.concat(Array.from({ length: 1000 }, () => packet))
}

function fetchV0(bytes: ByteReader, deepened: boolean): Promise<unknown> {
  return readFetchV0(new PacketReader(bytes), bytes, { capabilities: parseCapabilities([]), deepened })
}

describe('an answer in lines', () => {
  /** 256 MiB are a little more than 4,120 such lines. */
  const long = 'x'.repeat(65_000)
  const continued = pkt(`ACK ${A} continue ${long}\n`)

  it.each<readonly [string, string, (count: number) => Promise<unknown>]>([
    ['readFetchV0', 'lines', (count) => fetchV0(bytesOf([count, continued], [1, pkt('NAK\n')]), false)],
    [
      'readAcksV0',
      'lines',
      (count) => readAcksV0(new PacketReader(bytesOf([count, continued], [1, pkt('NAK\n')]))),
    ],
    [
      'readPushReport',
      'lines about the push',
      (count) => {
        const chunks = [
          [1, pkt('unpack ok\n')],
          [count, pkt(`what ${long}\n`)],
          [1, FLUSH_PKT],
        ] as const
        return readPushReport(new PacketReader(bytesOf(...chunks)), { sideband: false })
      },
    ],
  ])('of %s has at most 256 MiB', async (_, what, read) => {
    expect(await read(4100)).toBeDefined()
    expect(await failureOf(read(4150))).toMatchObject({
      code: 'limit',
      message: `the server sent more ${what} than any real repository has`,
    })
  })

  it('of readFetchV2 has at most a million of them', async () => {
    const chunks = [
      [1, pkt('acknowledgments\n')],
      [1000, thousand(pkt('NAK\n'))],
      [1, FLUSH_PKT],
    ] as const
    expect(await failureOf(readFetchV2(new PacketReader(bytesOf(...chunks))))).toMatchObject({
      code: 'limit',
      message: 'the server sent more lines than any real repository has',
    })
  })
})

describe('beside its data', () => {
  const END = [1, FLUSH_PKT] as const
  const tooMuch = {
    code: 'limit',
    message: 'the server sent more text beside its data than any real repository has',
  }
  const read = (...chunks: readonly (readonly [count: number, chunk: Uint8Array])[]): Promise<Buffer> =>
    gather(new SidebandReader(new PacketReader(bytesOf(...chunks, END))))

  it('[B14] a stream has at most 64 MiB of text', async () => {
    const text = onBand(2, 'x'.repeat(MIB / 32))
    const data = onBand(1, 'data')
    expect((await read([1024, text], [1, data], [1024, text])).toString()).toBe('data')
    expect(await failureOf(read([1024, text], [1, data], [1024, text], [1, onBand(2, 'x')]))).toMatchObject(
      tooMuch,
    )
  })

  it('[B13] a stream has at most 20,000 keepalives in a row', async () => {
    const data = onBand(1, 'data')
    for (const empty of [pkt(''), onBand(1, '')]) {
      const row = [20, thousand(empty)] as const
      expect((await read(row, [1, data], row)).toString()).toBe('data')
      expect((await read(row, [1, onBand(2, 'text')], row)).toString()).toBe('')
      expect(await failureOf(read(row, [1, empty], [1, data]))).toMatchObject(tooMuch)
    }
  })
})

describe('behind a report', () => {
  it('[B16] a mebibyte of data is read on to the flush, and no more', async () => {
    const report = Buffer.concat([pkt('unpack ok\n', 'ok refs/heads/a\n'), FLUSH_PKT])
    const more = Array.from({ length: 32 }, () => onBand(1, 'x'.repeat(MIB / 32)))
    const left = async (...behind: readonly Uint8Array[]): Promise<unknown> => {
      const packets = packetsOf(onBand(1, report), ...behind, FLUSH_PKT, pkt('next'))
      expect((await readPushReport(packets, { sideband: true })).unpack).toBe('ok')
      return await packets.next()
    }
    expect(await left(...more)).toMatchObject({ kind: 'data' })
    expect(await left(...more, onBand(1, 'x'))).toMatchObject({ kind: 'flush' })
  })
})
