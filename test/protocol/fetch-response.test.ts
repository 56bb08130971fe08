import { describe, expect, it } from 'vitest'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { type FetchAnswer, readAcksV0, readFetchV0, readFetchV2 } from '../../src/protocol/fetch-response.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { cut, failureOf, gather, onBand, packetsOf, readerOf, readerOfArrived } from './feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const PACK = Buffer.concat([onBand(2, 'text'), onBand(1, 'PACK'), onBand(1, 'data'), FLUSH_PKT])
const DELIM_PKT = Buffer.from('0001')

async function readV0(
  words: readonly string[],
  chunks: readonly (Uint8Array | string)[],
  options: { readonly deepened?: boolean; readonly onProgress?: (text: string) => void } = {},
): Promise<FetchAnswer> {
  const bytes = readerOf(...chunks)
  const { deepened = false, onProgress } = options
  const capabilities = parseCapabilities(words)
  return await readFetchV0(new PacketReader(bytes), bytes, {
    capabilities,
    deepened,
    ...(onProgress ? { onProgress } : {}),
  })
}

/** An answer with its pack as text. */
async function flat(reading: Promise<FetchAnswer>): Promise<object> {
  const { pack, ...rest } = await reading
  return { ...rest, pack: pack && (await gather(pack)).toString() }
}

const NOTHING = { acks: [], ready: false, shallow: [] }

describe('readFetchV2', () => {
  const full = Buffer.concat([
    pkt('acknowledgments\n', `ACK ${A}\n`, `ACK ${B}\n`, 'ready\n'),
    DELIM_PKT,
    pkt('shallow-info\n', `shallow ${A}\n`, `unshallow ${B}\n`),
    DELIM_PKT,
    pkt('packfile\n'),
    PACK,
  ])

  it('reads all sections, and leaves the pack to be read', async () => {
    const texts: string[] = []
    const answer = await readFetchV2(packetsOf(full), { onProgress: (text) => texts.push(text) })
    expect(texts).toEqual([])
    expect(answer).toMatchObject({ acks: [A, B], ready: true, shallow: [A] })
    expect((await gather(answer.pack!)).toString()).toBe('PACKdata')
    expect(texts).toEqual(['text'])
  })

  it('[B1] reads the same however the stream is cut', async () => {
    const whole = await flat(readFetchV2(packetsOf(full)))
    for (const size of [1, 3, 4, 5, 64]) {
      expect(await flat(readFetchV2(packetsOf(...cut(full, size))))).toEqual(whole)
    }
  })

  it('takes an answer without a pack for what it is', async () => {
    const acks = Buffer.concat([pkt('acknowledgments\n', 'NAK\n'), FLUSH_PKT])
    expect(await flat(readFetchV2(packetsOf(acks)))).toEqual({ ...NOTHING, pack: undefined })
    expect(await flat(readFetchV2(packetsOf(FLUSH_PKT)))).toEqual({ ...NOTHING, pack: undefined })
  })

  it('[D4] says in which section an answer was cut', async () => {
    const error = await failureOf(readFetchV2(packetsOf(pkt('shallow-info\n'))))
    expect([error.code, error.retryable]).toEqual(['cut', true])
    expect(error.message).toContain('shallow-info')
  })

  it('[F4] fails on an empty answer, and on a pack without its last flush', async () => {
    expect(await failureOf(readFetchV2(packetsOf()))).toMatchObject({ code: 'cut' })
    const pack = flat(readFetchV2(packetsOf(full.subarray(0, -4))))
    expect(await failureOf(pack)).toMatchObject({ code: 'cut' })
  })

  it('[B2] gives the words of an ERR packet in place of a section and within one', async () => {
    for (const before of [[], ['acknowledgments\n']]) {
      const bytes = pkt(...before, `ERR upload-pack: not our ref ${A}\n`)
      expect(await failureOf(readFetchV2(packetsOf(bytes)))).toMatchObject({
        code: 'server',
        serverText: `upload-pack: not our ref ${A}`,
      })
    }
  })

  it('[B21] refuses sections that were never asked for', async () => {
    for (const section of ['packfile-uris', 'wanted-refs', 'PACK']) {
      const error = await failureOf(readFetchV2(packetsOf(pkt(`${section}\n`), DELIM_PKT)))
      expect([error.code, error.serverText]).toEqual(['protocol', section])
    }
  })

  it.each([
    ['acknowledgments', 'ACK main'],
    ['acknowledgments', `have ${A}`],
    ['shallow-info', `shallow ${A}0`],
    ['shallow-info', `ACK ${A}`],
  ])('refuses in the section %s the line %j', async (section, line) => {
    const error = await failureOf(readFetchV2(packetsOf(pkt(`${section}\n`, `${line}\n`))))
    expect([error.code, error.serverText]).toEqual(['protocol', line])
  })
})

describe('readFetchV0', () => {
  const detailed = ['multi_ack_detailed', 'side-band-64k']

  it('[E3] reads states until the ACK without one', async () => {
    const acks = pkt(`ACK ${A} common\n`, `ACK ${B} common\n`, `ACK ${B} ready\n`, `ACK ${B}\n`)
    expect(await flat(readV0(detailed, [acks, PACK]))).toEqual({
      ...NOTHING,
      acks: [A, B, B],
      ready: true,
      pack: 'PACKdata',
    })
    const plain = pkt(`ACK ${A} continue\n`, `ACK ${A}\n`)
    expect(await flat(readV0(['multi_ack', 'side-band'], [plain, PACK]))).toMatchObject({ pack: 'PACKdata' })
  })

  it('[E3] takes the only ACK of a server without multi_ack', async () => {
    expect(await flat(readV0(['side-band-64k'], [pkt(`ACK ${A}\n`), PACK]))).toMatchObject({
      acks: [A],
      pack: 'PACKdata',
    })
  })

  it.each([
    ['one NAK', ['NAK\n']],
    ['a NAK for each flush', ['NAK\n', 'NAK\n']],
    ['a NAK before the ACK', ['NAK\n', `ACK ${A}\n`]],
    ['a NAK without LF', ['NAK']],
    ['an ACK for every have, as git says it of parents without multi_ack', [`ACK ${A}\n`, `ACK ${B}\n`]],
  ])('[E3] goes on to the pack after %s', async (_, lines) => {
    for (const size of [1, 5, 1000]) {
      const chunks = cut(Buffer.concat([pkt(...lines), PACK]), size)
      expect(await flat(readV0(detailed, chunks))).toMatchObject({ pack: 'PACKdata' })
      const bare = cut(Buffer.concat([pkt(...lines), Buffer.from('PACKraw')]), size)
      expect(await flat(readV0(['multi_ack'], bare))).toMatchObject({ pack: 'PACKraw' })
    }
  })

  it('[C2] reads shallow lines and their flush before the ACKs when it asked by depth', async () => {
    const bytes = [pkt(`shallow ${A}\n`, `unshallow ${B}\n`), FLUSH_PKT, pkt(`ACK ${A}\n`), PACK]
    expect(await flat(readV0(detailed, bytes, { deepened: true }))).toEqual({
      acks: [A],
      ready: false,
      shallow: [A],
      pack: 'PACKdata',
    })
    const none = [FLUSH_PKT, pkt('NAK\n'), PACK]
    expect(await flat(readV0(detailed, none, { deepened: true }))).toMatchObject({
      shallow: [],
      pack: 'PACKdata',
    })
  })

  it('[E5] reads a bare pack to the end of the stream', async () => {
    const bytes = Buffer.concat([pkt('NAK\n'), Buffer.from('PACK 0001 and whatever')])
    expect(await flat(readV0([], cut(bytes, 6)))).toEqual({ ...NOTHING, pack: 'PACK 0001 and whatever' })
  })

  it('[E5] gives at once what is here of a bare pack', async () => {
    const bytes = readerOfArrived([pkt('NAK\n'), Buffer.from('PACK'), Buffer.from('data')], 3)
    const options = { capabilities: parseCapabilities([]), deepened: false }
    const { pack } = await readFetchV0(new PacketReader(bytes), bytes, options)
    expect([await pack!.next(), pack!.nextNow(), pack!.nextNow()].map(String)).toEqual([
      'PACK',
      'data',
      'undefined',
    ])
  })

  it('[B14] passes on progress and fails on band 3', async () => {
    const texts: string[] = []
    const answer = await readV0(detailed, [pkt('NAK\n'), onBand(2, 'half'), onBand(3, 'no memory')], {
      onProgress: (text) => texts.push(text),
    })
    expect(await failureOf(gather(answer.pack!))).toMatchObject({ code: 'server', serverText: 'no memory' })
    expect(texts).toEqual(['half'])
  })

  it.each([
    ['nothing', []],
    ['some states', [`ACK ${A} common\n`]],
  ])('[F4] fails when the answer ends after %s', async (_, lines) => {
    expect(await failureOf(readV0(detailed, [pkt(...lines)]))).toMatchObject({ code: 'cut' })
    expect(await failureOf(readV0(detailed, [pkt(...lines)], { deepened: true }))).toBeDefined()
  })

  it.each([['FOO'], ['ACK'], ['ACK main'], [`ACK ${A.slice(1)} common`]])(
    'refuses the line %j',
    async (line) => {
      expect(await failureOf(readV0(detailed, [pkt(`${line}\n`)]))).toMatchObject({ code: 'protocol' })
    },
  )

  it('takes for one more line what begins with a capital letter, and for the pack all else', async () => {
    for (const line of ['Ax', 'Zx']) {
      const error = await failureOf(readV0(detailed, [pkt('NAK\n', `${line}\n`)]))
      expect([error.code, error.serverText]).toEqual(['protocol', line])
    }
    for (const [sign, band] of Object.entries({ '@': 64, '[': 91, a: 97 })) {
      const { pack } = await readV0(detailed, [pkt('NAK\n', `${sign}x\n`)])
      expect((await failureOf(gather(pack!))).message).toContain(`band ${band},`)
    }
  })

  it('refuses a flush in place of an ACK, and an ACK in place of a depth', async () => {
    expect(await failureOf(readV0(detailed, [FLUSH_PKT]))).toMatchObject({ code: 'protocol' })
    const early = readV0(detailed, [pkt('NAK\n')], { deepened: true })
    expect(await failureOf(early)).toMatchObject({ code: 'protocol' })
  })
})

describe('readAcksV0', () => {
  it('[E3] reads one round up to its NAK, and counts only what the server has', async () => {
    const lines = [`ACK ${A} common\n`, `ACK ${B} ready\n`, `ACK ${B} continue\n`, 'NAK\n']
    expect(await readAcksV0(packetsOf(pkt(...lines)))).toEqual({ acks: [A], ready: true })
    expect(await readAcksV0(packetsOf(pkt('NAK\n')))).toEqual({ acks: [], ready: false })
    const cutOff = readAcksV0(packetsOf(pkt(lines[0]!)))
    expect(await failureOf(cutOff)).toMatchObject({ code: 'cut' })
  })
})
