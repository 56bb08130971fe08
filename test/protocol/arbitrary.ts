import fc from 'fast-check'
import { MirrorError } from '../../src/base/errors.ts'
import { readAdvertisement } from '../../src/protocol/advertisement.ts'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { type FetchAnswer, readAcksV0, readFetchV0, readFetchV2 } from '../../src/protocol/fetch-response.ts'
import { readLsRefs } from '../../src/protocol/ls-refs.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'
import { readPushReport } from '../../src/protocol/report-status.ts'
import { SidebandReader } from '../../src/protocol/sideband.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { cut, gather, onBand, readerOf } from './feed.ts'

type Chunks = readonly Uint8Array[]

async function packetsIn(chunks: Chunks): Promise<unknown> {
  const packets = new PacketReader(readerOf(...chunks))
  const seen: unknown[] = []
  for (let packet = await packets.next(); packet; packet = await packets.next()) {
    seen.push(packet.kind === 'data' ? Buffer.from(packet.payload).toString('hex') : packet.kind)
  }
  return seen
}

async function bandsIn(chunks: Chunks): Promise<unknown> {
  const texts: Buffer[] = []
  const band = new SidebandReader(new PacketReader(readerOf(...chunks)), {
    onProgress: (text) => texts.push(Buffer.from(text)),
  })
  return [(await gather(band)).toString('hex'), Buffer.concat(texts).toString()]
}

async function greetingIn(chunks: Chunks): Promise<unknown> {
  const { capabilities, ...rest } = await readAdvertisement(new PacketReader(readerOf(...chunks)))
  return { ...rest, names: capabilities.names.map((name) => [name, capabilities.values(name)]) }
}

async function flat(reading: Promise<FetchAnswer>): Promise<unknown> {
  const { pack, ...rest } = await reading
  return { ...rest, pack: pack && (await gather(pack)).toString('hex') }
}

function answerV0(words: readonly string[], deepened: boolean): (chunks: Chunks) => Promise<unknown> {
  const capabilities = parseCapabilities(words)
  return (chunks) => {
    const bytes = readerOf(...chunks)
    return flat(readFetchV0(new PacketReader(bytes), bytes, { capabilities, deepened }))
  }
}

/** Every parser of the room, each giving all that it finds in the bytes. */
export const PARSERS: readonly (readonly [name: string, parse: (chunks: Chunks) => Promise<unknown>])[] = [
  ['PacketReader', packetsIn],
  ['SidebandReader', bandsIn],
  ['readAdvertisement', greetingIn],
  ['readLsRefs', (chunks) => readLsRefs(new PacketReader(readerOf(...chunks)))],
  ['readFetchV2', (chunks) => flat(readFetchV2(new PacketReader(readerOf(...chunks))))],
  ['readFetchV0', answerV0(['multi_ack_detailed', 'side-band-64k'], false)],
  ['readFetchV0 by depth', answerV0(['multi_ack', 'side-band'], true)],
  ['readFetchV0 without side-band', answerV0([], false)],
  ['readAcksV0', (chunks) => readAcksV0(new PacketReader(readerOf(...chunks)))],
  ['readPushReport', (chunks) => readReport(chunks, false)],
  ['readPushReport in band 1', (chunks) => readReport(chunks, true)],
]

async function readReport(chunks: Chunks, sideband: boolean): Promise<unknown> {
  const { unpack, refs } = await readPushReport(new PacketReader(readerOf(...chunks)), { sideband })
  return [unpack, [...refs]]
}

/** What a parser says of the bytes: a value, or the code of its MirrorError. @throws what is none. */
export async function outcomeOf(parsing: Promise<unknown>): Promise<unknown> {
  try {
    return { value: await parsing }
  } catch (error) {
    if (error instanceof MirrorError) return { code: error.code }
    throw error
  }
}

const id = fc
  .constantFrom('0', 'a', '9', 'f')
  .chain((digit) => fc.constantFrom(40, 64, 39).map((length) => digit.repeat(length)))
const name = fc.oneof(
  fc.constantFrom(
    'HEAD',
    'refs/heads/main',
    'refs/tags/v1',
    'refs/tags/v1^{}',
    '.have',
    'capabilities^{}',
    '',
  ),
  fc.string({ maxLength: 12 }),
)
const word = fc.constantFrom(
  'multi_ack',
  'side-band-64k',
  'symref=HEAD:refs/heads/main',
  'object-format=sha256',
  'object-format=sha1',
  'agent=git/2',
)

/** Lines as servers write them, and nearly so. */
const line = fc.oneof(
  fc.tuple(id, name).map(([id, name]) => `${id} ${name}`),
  fc.tuple(id, name, fc.array(word)).map(([id, name, words]) => `${id} ${name}\0${words.join(' ')}`),
  fc.tuple(id, name, id).map(([id, name, other]) => `${id} ${name} symref-target:refs/x peeled:${other}`),
  fc.tuple(fc.constantFrom('shallow', 'unshallow', 'ACK'), id).map((parts) => parts.join(' ')),
  fc.tuple(id, fc.constantFrom('common', 'ready', 'continue')).map(([id, state]) => `ACK ${id} ${state}`),
  fc
    .tuple(fc.constantFrom('ok', 'ng', 'unpack', 'option'), name, fc.string({ maxLength: 8 }))
    .map((parts) => {
      return parts.join(' ')
    }),
  fc.constantFrom(
    'version 1',
    'version 2',
    '# service=git-upload-pack',
    'NAK',
    'ready',
    'unpack ok',
    'ERR no',
  ),
  fc.constantFrom(
    'acknowledgments',
    'shallow-info',
    'packfile',
    'fetch=shallow',
    'unborn HEAD symref-target:refs/x',
  ),
  fc.string({ maxLength: 20 }),
)

const special = fc.constantFrom('0000', '0001', '0002', '0004').map((text) => Buffer.from(text))
const plain = fc.tuple(line, fc.constantFrom('', '\n')).map(([text, end]) => pkt(text + end))
const banded = fc
  .tuple(
    fc.constantFrom(1, 1, 1, 2, 3, 9),
    fc.oneof(
      line.map((text) => pkt(text)),
      fc.uint8Array({ maxLength: 40 }),
    ),
  )
  .map(([band, payload]) => onBand(band, payload))
const noise = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes))

function weighed(most: fc.Arbitrary<Buffer>): fc.Arbitrary<Uint8Array> {
  const part = fc.oneof(
    { weight: 12, arbitrary: most },
    { weight: 3, arbitrary: special },
    { weight: 1, arbitrary: noise },
  )
  const ended = fc.constantFrom(FLUSH_PKT, Buffer.alloc(0))
  return fc
    .tuple(fc.array(part, { maxLength: 12 }), ended)
    .map(([parts, end]) => Buffer.concat([...parts, end]))
}

const full = fc.constantFrom('a', '0', 'f').map((digit) => digit.repeat(40))
const pack = fc
  .array(
    banded.filter((bytes) => (bytes[4] ?? 9) < 3),
    { maxLength: 3 },
  )
  .map((parts) => {
    return Buffer.concat([...parts, FLUSH_PKT])
  })
const shallow = fc.array(full, { maxLength: 2 }).map((ids) => pkt(...ids.map((id) => `shallow ${id}\n`)))
const acks = fc
  .array(full, { maxLength: 3 })
  .map((ids) => pkt(...ids.map((id) => `ACK ${id} common\n`), 'NAK\n'))
const report = fc
  .array(fc.tuple(fc.constantFrom('ok', 'ng', 'option'), name), { maxLength: 6 })
  .map((lines) => {
    return Buffer.concat([pkt('unpack ok\n', ...lines.map((parts) => `${parts.join(' ')}\n`)), FLUSH_PKT])
  })

/** Answers that are right but for what they say. */
const answers: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.tuple(acks, pack).map((parts) => Buffer.concat(parts)),
  fc.tuple(shallow, acks, pack).map(([depth, ...parts]) => Buffer.concat([depth, FLUSH_PKT, ...parts])),
  report,
  fc.tuple(report, fc.integer({ min: 1, max: 30 })).map(([bytes, size]) => {
    return Buffer.concat([...cut(bytes, size).map((piece) => onBand(1, piece)), FLUSH_PKT])
  }),
)

/** Bytes like those of a server: lines and bands, special packets, a little noise. */
export const streams: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 1, arbitrary: weighed(plain) },
  { weight: 1, arbitrary: weighed(banded) },
  { weight: 1, arbitrary: weighed(fc.oneof(plain, banded)) },
  { weight: 2, arbitrary: answers },
)
