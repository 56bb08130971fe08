import { ByteReader } from '../../../src/base/bytes.ts'
import { encodePacket, FLUSH, DELIM, PacketReader } from '../../../src/protocol/pkt-line.ts'
import { concatBytes } from '../../../src/base/bytes.ts'
import { SidebandReader } from '../../../src/protocol/sideband.ts'
import { readAdvertisement } from '../../../src/protocol/advertisement.ts'
import { readLsRefs } from '../../../src/protocol/ls-refs.ts'
import { parseCapabilities } from '../../../src/protocol/capabilities.ts'
import {
  type FetchAnswer,
  readAcksV0,
  readFetchV0,
  readFetchV2,
} from '../../../src/protocol/fetch-response.ts'
import { readPushReport } from '../../../src/protocol/report-status.ts'
import { FLUSH_PKT, pkt } from '../../support/pkt.ts'
import { gather, onBand, readerOf } from '../../protocol/feed.ts'
import { changePackets } from '../frames.ts'
import type { Target } from '../target.ts'

type Chunks = readonly Uint8Array[]

const A = 'a'.repeat(40)
const B = '0123456789abcdef0123456789abcdef01234567'
const LONG = 'c'.repeat(64)
const NULL_ID = '0'.repeat(40)
const DELIM_PKT = Buffer.from('0001')
const NAMES = [
  'HEAD',
  'refs/heads/main',
  'refs/tags/v1',
  'refs/tags/v1^{}',
  '.have',
  'capabilities^{}',
  'refs/x\u00e9',
]

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(parts)
}

/** A target whose inputs are pkt-lines. */
function packets(
  name: string,
  details: Pick<Target, 'seeds' | 'words' | 'parse'> & Pick<Target, 'encode'>,
): Target {
  const words = [...details.words, A, B, LONG, NULL_ID, 'ERR no\n', '\n', '\0', ' ']
  return {
    ...details,
    name,
    words,
    isStream: true,
    // It may come one byte at a time.
    mostBytes: 1024,
    change: (bytes, random) => changePackets(bytes, words, random),
  }
}

type Seen = readonly ({ readonly data: string } | { readonly kind: string })[]

async function readPackets(chunks: Chunks): Promise<Seen> {
  const reader = new PacketReader(readerOf(...chunks))
  const seen: ({ readonly data: string } | { readonly kind: string })[] = []
  for (let packet = await reader.next(); packet; packet = await reader.next()) {
    if (packet.kind === 'data') seen.push({ data: Buffer.from(packet.payload).toString('latin1') })
    else seen.push({ kind: packet.kind })
  }
  return seen
}

function encodeSeen(seen: Seen): Uint8Array {
  const special = new Map([
    ['flush', FLUSH],
    ['delim', DELIM],
    ['response-end', Buffer.from('0002')],
  ])
  return join(
    new Uint8Array(0),
    ...seen.map((one) =>
      'data' in one ? encodePacket(Buffer.from(one.data, 'latin1')) : special.get(one.kind)!,
    ),
  )
}

async function bandsIn(chunks: Chunks): Promise<unknown> {
  let text = ''
  const reader = new SidebandReader(new PacketReader(readerOf(...chunks)), {
    onProgress: (part) => (text += `${part}|`),
  })
  return { data: (await gather(reader)).toString('latin1'), text }
}

async function greetingIn(chunks: Chunks): Promise<unknown> {
  const { capabilities, ...rest } = await readAdvertisement(new PacketReader(readerOf(...chunks)))
  return { ...rest, names: capabilities.names.map((name) => [name, capabilities.values(name)]) }
}

async function flat(reading: Promise<FetchAnswer>): Promise<unknown> {
  const { pack, ...rest } = await reading
  return { ...rest, pack: pack && (await gather(pack)).toString('latin1') }
}

function answerV0(words: readonly string[], deepened: boolean): (chunks: Chunks) => Promise<unknown> {
  const capabilities = parseCapabilities(words)
  return (chunks) => {
    const bytes: ByteReader = readerOf(...chunks)
    return flat(readFetchV0(new PacketReader(bytes), bytes, { capabilities, deepened }))
  }
}

async function reportIn(chunks: Chunks, sideband: boolean): Promise<unknown> {
  const { unpack, refs } = await readPushReport(new PacketReader(readerOf(...chunks)), { sideband })
  return [unpack, [...refs]]
}

const PACK = join(onBand(2, 'Counting\r'), onBand(1, 'PACK....'), onBand(1, 'rest'), FLUSH_PKT)
const FETCH_WORDS = [
  'ACK ',
  'NAK\n',
  'shallow ',
  'unshallow ',
  ' common',
  ' ready',
  ' continue',
  'ready\n',
  'packfile\n',
  'acknowledgments\n',
  'shallow-info\n',
  'wanted-refs\n',
]
const V0 = join(pkt(`ACK ${A} common\n`, `ACK ${B} ready\n`, `ACK ${B}\n`), PACK)
const DEEP = join(pkt(`shallow ${A}\n`, `unshallow ${B}\n`), FLUSH_PKT, pkt('NAK\n'), PACK)
const REPORT = join(
  pkt('unpack ok\n', 'ok refs/heads/main\n', 'option refname refs/x\n', 'ng refs/tags/v1 no way\n'),
  FLUSH_PKT,
)
const REPORT_WORDS = [
  'unpack ok\n',
  'unpack ',
  'ok ',
  'ng ',
  'option ',
  'refname ',
  'forced-update',
  ...NAMES,
]
const GREETING = join(
  pkt(`${A} HEAD\0multi_ack side-band-64k symref=HEAD:refs/heads/main object-format=sha1 agent=git/2\n`),
  pkt(`${A} refs/heads/main\n`, `${B} refs/tags/v1\n`, `${A} refs/tags/v1^{}\n`, `shallow ${B}\n`),
  FLUSH_PKT,
)

export const WIRE_TARGETS: readonly Target[] = [
  packets('pkt-line', {
    seeds: [join(pkt('hello\n', '', 'x'), FLUSH_PKT, DELIM_PKT, Buffer.from('0002')), Buffer.from('fff0')],
    words: ['0000', '0003', 'ffff', '000g', 'HTTP/1.1 200 OK\r\n'],
    parse: readPackets,
    encode: (found) => encodeSeen(found as Seen),
  }),
  packets('sideband', {
    seeds: [PACK, join(onBand(3, 'fatal: no'), FLUSH_PKT), pkt('ERR gone\n')],
    words: ['\u0001', '\u0002', '\u0003'],
    parse: bandsIn,
  }),
  packets('advertisement', {
    seeds: [
      GREETING,
      join(pkt('# service=git-upload-pack\n'), FLUSH_PKT, GREETING),
      join(pkt('version 1\n'), GREETING),
      join(
        pkt('version 2\n', 'ls-refs=unborn\n', 'fetch=shallow filter\n', 'object-format=sha256\n'),
        FLUSH_PKT,
      ),
      join(pkt(`${NULL_ID} capabilities^{}\0report-status\n`), FLUSH_PKT),
      join(pkt(`${LONG} refs/heads/x\0object-format=sha256\n`, `${LONG} .have\n`), FLUSH_PKT),
      FLUSH_PKT,
    ],
    words: ['version 2\n', '# service=', 'shallow ', 'object-format=', 'symref=', 'agent=', ...NAMES],
    parse: greetingIn,
  }),
  packets('ls-refs', {
    seeds: [
      join(
        pkt(
          `${A} HEAD symref-target:refs/heads/main\n`,
          `${A} refs/heads/main\n`,
          `${B} refs/tags/v1 peeled:${A}\n`,
        ),
        pkt('unborn HEAD symref-target:refs/heads/x\n'),
        FLUSH_PKT,
      ),
      join(pkt(`${LONG} refs/heads/main\n`), FLUSH_PKT),
    ],
    words: [' symref-target:', ' peeled:', 'unborn ', ...NAMES],
    parse: (chunks) => readLsRefs(new PacketReader(readerOf(...chunks))),
  }),
  packets('fetch-v2', {
    seeds: [
      join(pkt('acknowledgments\n', 'NAK\n'), FLUSH_PKT),
      join(
        pkt('acknowledgments\n', `ACK ${A}\n`, 'ready\n'),
        DELIM_PKT,
        pkt('shallow-info\n', `shallow ${B}\n`),
        DELIM_PKT,
        pkt('packfile\n'),
        PACK,
      ),
    ],
    words: FETCH_WORDS,
    parse: (chunks) => flat(readFetchV2(new PacketReader(readerOf(...chunks)))),
  }),
  packets('fetch-v0', {
    seeds: [V0],
    words: FETCH_WORDS,
    parse: answerV0(['multi_ack_detailed', 'side-band-64k'], false),
  }),
  packets('fetch-v0-depth', {
    seeds: [DEEP, V0],
    words: FETCH_WORDS,
    parse: answerV0(['multi_ack', 'side-band'], true),
  }),
  packets('fetch-v0-bare', {
    seeds: [join(pkt('NAK\n'), Buffer.from('PACKrest')), V0],
    words: FETCH_WORDS,
    parse: answerV0([], false),
  }),
  packets('acks-v0', {
    seeds: [pkt(`ACK ${A} common\n`, 'NAK\n')],
    words: FETCH_WORDS,
    parse: (chunks) => readAcksV0(new PacketReader(readerOf(...chunks))),
  }),
  packets('report-status', {
    seeds: [REPORT],
    words: REPORT_WORDS,
    parse: (chunks) => reportIn(chunks, false),
  }),
  packets('report-status-banded', {
    seeds: [
      join(onBand(1, REPORT.subarray(0, 30)), onBand(2, 'hook\n'), onBand(1, REPORT.subarray(30)), FLUSH_PKT),
    ],
    words: REPORT_WORDS,
    parse: (chunks) => reportIn(chunks, true),
  }),
]
