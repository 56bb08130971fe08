import { ByteReader } from '../base/bytes.ts'
import type { Capabilities } from './capabilities.ts'
import { ANSWER_LIMITS, LineBudget } from './line-budget.ts'
import { isObjectId, type ObjectId } from './object-id.ts'
import { lineOf, type Packet, PacketReader } from './pkt-line.ts'
import { cutIn, unexpectedLine } from './wire-errors.ts'
import { SidebandReader } from './sideband.ts'

/** Slices of a pack. */
export interface PackSlices {
  /** Undefined: complete, by the protocol's own framing. */
  next(): Promise<Uint8Array | undefined>
  /** The next slice if it is here already: what arrived together can be handed on together. */
  nextNow(): Uint8Array | undefined
}

export interface FetchAnswer {
  /** Ids that the server says it has. One that is not among them may be known all the same. */
  readonly acks: readonly ObjectId[]
  /** The server sees a way from every want to a have. */
  readonly ready: boolean
  /** The commits at which the asked-for depth ends; where none was asked for, the server is shallow. */
  readonly shallow: readonly ObjectId[]
  /** Undefined where the answer has no pack. */
  readonly pack: PackSlices | undefined
}

interface Draft {
  readonly acks: ObjectId[]
  ready: boolean
  readonly shallow: ObjectId[]
}

const EXPECTED = 'an answer to the fetch'

type OnProgress = ((text: string) => void) | undefined

/**
 * Reads the sections of a v2 answer (gitprotocol-v2, "fetch") up to the pack, which stays in the stream.
 * @throws MirrorError `cut` when the answer ends early: after `shallow-info` that is git's way to say that a
 * `deepen-since` lies after the newest commit. `server`, `protocol`, `limit`.
 */
export async function readFetchV2(
  packets: PacketReader,
  options: { readonly onProgress?: OnProgress } = {},
): Promise<FetchAnswer> {
  const draft = makeDraft()
  const budget = new LineBudget('lines', ANSWER_LIMITS)
  for (;;) {
    const section = await nextLine(packets, 'its answer')
    if (section === undefined) return { ...draft, pack: undefined }
    budget.take(section.length)
    if (section === 'packfile') {
      return { ...draft, pack: new SidebandReader(packets, { onProgress: options.onProgress }) }
    }
    const more = await readSection(packets, section, { draft, budget })
    if (!more) return { ...draft, pack: undefined }
  }
}

/** @returns whether another section follows. */
async function readSection(
  packets: PacketReader,
  section: string,
  into: { readonly draft: Draft; readonly budget: LineBudget },
): Promise<boolean> {
  const readLine = SECTIONS.get(section)
  if (readLine === undefined) throw unexpectedLine(section, EXPECTED)
  for (;;) {
    const packet = packets.nextNow() ?? (await packets.next())
    if (packet === undefined) throw cutIn(`the section ${section} of its answer`)
    if (packet.kind !== 'data') return packet.kind === 'delim'
    into.budget.take(packet.payload.length)
    const line = lineOf(packet.payload)
    if (!readLine(line, into.draft)) throw unexpectedLine(line, EXPECTED)
  }
}

/** Others (`wanted-refs`, `packfile-uris`) are never asked for, and would change what the pack means. */
const SECTIONS: ReadonlyMap<string, (line: string, draft: Draft) => boolean> = new Map([
  ['acknowledgments', readAckLine],
  ['shallow-info', readShallowLine],
])

function readAckLine(line: string, draft: Draft): boolean {
  if (line === 'NAK') return true
  if (line === 'ready') draft.ready = true
  else if (line.startsWith('ACK ')) draft.acks.push(parseId(line.slice(4), line))
  else return false
  return true
}

/** Whether `line` was one of a shallow answer. */
function readShallowLine(line: string, draft: Draft): boolean {
  if (line.startsWith('shallow ')) draft.shallow.push(parseId(line.slice('shallow '.length), line))
  else if (line.startsWith('unshallow ')) parseId(line.slice('unshallow '.length), line)
  else return false
  return true
}

/**
 * Reads a v0 or v1 answer to a request with `done` (gitprotocol-pack, "Packfile Negotiation") up to the pack:
 * shallow lines and a flush when the request deepened, then ACK and NAK lines, then the pack, multiplexed or bare.
 * `bytes` is the stream below `packets`. A bare pack ends with the stream: only its trailer tells whether it is
 * complete.
 * @throws MirrorError `cut`, `server`, `protocol`, `limit`.
 */
export async function readFetchV0(
  packets: PacketReader,
  bytes: ByteReader,
  options: {
    readonly capabilities: Capabilities
    readonly deepened: boolean
    readonly onProgress?: OnProgress
  },
): Promise<FetchAnswer> {
  const { capabilities, onProgress } = options
  const draft = makeDraft()
  const budget = new LineBudget('lines', ANSWER_LIMITS)
  if (options.deepened) await readDeepened(packets, draft, budget)
  while (!(await readAckV0(packets, draft, budget)));
  // More than one last line: NAK twice (go-git), or an ACK for each parent of a have (git without multi_ack). No
  // band begins with a letter, and no pack is a packet.
  while (isLetter(await packets.peekByte())) await readAckV0(packets, draft, budget)
  const multiplexed = capabilities.has('side-band-64k') || capabilities.has('side-band')
  return {
    ...draft,
    pack: multiplexed ? new SidebandReader(packets, { onProgress }) : rawSlices(bytes),
  }
}

function rawSlices(bytes: ByteReader): PackSlices {
  return { next: () => bytes.readSome(), nextNow: () => bytes.readSomeNow(Number.MAX_SAFE_INTEGER) }
}

async function readDeepened(packets: PacketReader, draft: Draft, budget: LineBudget): Promise<void> {
  for (;;) {
    const line = await nextLine(packets, 'its answer about the depth')
    if (line === undefined) return
    budget.take(line.length)
    if (!readShallowLine(line, draft)) throw unexpectedLine(line, EXPECTED)
  }
}

/**
 * Reads one line. The last of them is `NAK`, or `ACK <id>` without a state; with states (`common`, `ready`,
 * `continue`) more follows. A server without multi_ack has no states.
 * @returns whether it was the last.
 */
async function readAckV0(packets: PacketReader, draft: Draft, budget: LineBudget): Promise<boolean> {
  const line = await nextLine(packets, 'its acknowledgments')
  if (line === undefined) throw unexpectedLine('flush', EXPECTED)
  budget.take(line.length)
  if (line === 'NAK') return true
  if (readShallowLine(line, draft)) return false
  const [word, text, state] = line.split(' ')
  if (word !== 'ACK' || text === undefined) throw unexpectedLine(line, EXPECTED)
  const id = parseId(text, line)
  // git says `ready` and `continue` about ids, too, that it does not have.
  if (state === undefined || state === 'common') draft.acks.push(id)
  if (state === 'ready') draft.ready = true
  return state === undefined
}

/**
 * Reads what v0 or v1 answers to haves that end with a flush in place of `done`: ACK lines, then NAK. Nothing
 * follows until more is sent; a server that forgets ends its answer.
 * @throws MirrorError `cut`, `server`, `protocol`, `limit`.
 */
export async function readAcksV0(packets: PacketReader): Promise<Pick<FetchAnswer, 'acks' | 'ready'>> {
  const draft = makeDraft()
  const budget = new LineBudget('lines', ANSWER_LIMITS)
  while (!(await readAckV0(packets, draft, budget)));
  return { acks: draft.acks, ready: draft.ready }
}

function makeDraft(): Draft {
  return { acks: [], ready: false, shallow: [] }
}

/** The next line; undefined for a flush and its like. */
async function nextLine(packets: PacketReader, where: string): Promise<string | undefined> {
  const packet: Packet | undefined = packets.nextNow() ?? (await packets.next())
  if (packet === undefined) throw cutIn(where)
  return packet.kind === 'data' ? lineOf(packet.payload) : undefined
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a
}

function parseId(text: string, line: string): ObjectId {
  if (isObjectId(text)) return text
  throw unexpectedLine(line, EXPECTED)
}

/** The id of a want that the server refused (`upload-pack: not our ref <id>`), else undefined. */
export function parseNotOurRef(serverText: string): ObjectId | undefined {
  return /not our ref ([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])/.exec(serverText)?.[1]
}
