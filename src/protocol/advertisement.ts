import { MirrorError } from '../base/errors.ts'
import { type Capabilities, NO_CAPABILITIES, parseCapabilities } from './capabilities.ts'
import { LineBudget, type LineLimits } from './line-budget.ts'
import { isNullId, type ObjectFormat, type ObjectId } from './object-id.ts'
import { lineOf, type Packet, PacketReader } from './pkt-line.ts'
import {
  type AdvertisedRef,
  checkName,
  type DamagedRef,
  ListedRefs,
  parseId,
  takeId,
  takeRefsNow,
} from './ref-line.ts'
import { cutIn, unexpectedLine } from './wire-errors.ts'

export type { AdvertisedRef } from './ref-line.ts'

/** A server's greeting. v2 shows its refs when asked. */
export type Advertisement =
  | {
      readonly version: 0 | 1
      readonly capabilities: Capabilities
      readonly format: ObjectFormat
      /** HEAD included where the server shows it. */
      readonly refs: readonly AdvertisedRef[]
      /** Refs whose lines are not believed; none of them is among `refs`. */
      readonly damaged: readonly DamagedRef[]
      /** Ids of `.have` lines. */
      readonly haves: readonly ObjectId[]
      readonly shallow: readonly ObjectId[]
    }
  | { readonly version: 2; readonly capabilities: Capabilities; readonly format: ObjectFormat }

const HTTP_PRELUDE = '# service='

/** git has about ten, a greeting over http one line of prelude. */
const CAPABILITY_LIMITS: LineLimits = { lines: 1000 }

/**
 * Reads a greeting of v0, v1 or v2 (gitprotocol-pack "Reference Discovery", gitprotocol-v2 "Capability
 * Advertisement", gitprotocol-http "Smart Server Response"), with or without http's `# service=` prelude.
 * A lone flush is an empty repository. `limits`: of the refs of v0, by default 4 million lines and 1 GiB.
 * @throws MirrorError `cut` (also for a server that says nothing at all), `protocol`, `server`, `limit`,
 * `format`.
 */
export async function readAdvertisement(
  packets: PacketReader,
  limits: LineLimits = {},
): Promise<Advertisement> {
  let packet = await packets.next()
  if (packet === undefined) {
    throw new MirrorError('the server ended the connection without a word', { code: 'cut', retryable: true })
  }
  if (packet.kind === 'data' && lineOf(packet.payload).startsWith(HTTP_PRELUDE)) {
    const budget = new LineBudget('lines before its refs', CAPABILITY_LIMITS)
    for (; packet?.kind === 'data'; packet = await packets.next()) budget.take(packet.payload.length)
    packet = await packets.next()
    if (packet === undefined) throw cutIn('its greeting')
  }
  const first = packet.kind === 'data' ? lineOf(packet.payload) : ''
  if (first === 'version 2') return await readV2(packets)
  if (first === 'version 1') return await readRefs(packets, await packets.next(), { version: 1, limits })
  return await readRefs(packets, packet, { version: 0, limits })
}

async function readV2(packets: PacketReader): Promise<Advertisement> {
  const budget = new LineBudget('capabilities', CAPABILITY_LIMITS)
  const words: string[] = []
  for (;;) {
    const payload = payloadOf(await packets.next())
    if (payload === undefined) break
    budget.take(payload.length)
    words.push(lineOf(payload))
  }
  const capabilities = parseCapabilities(words)
  return { version: 2, capabilities, format: formatOf(capabilities) }
}

async function readRefs(
  packets: PacketReader,
  first: Packet | undefined,
  options: { readonly version: 0 | 1; readonly limits: LineLimits },
): Promise<Advertisement> {
  const budget = new LineBudget('refs', options.limits)
  const collector = new RefCollector()
  const take = (text: string, start: number, space: number, end: number): void =>
    collector.addRef(text.slice(start, space), text.slice(space + 1, end))
  for (let payload = payloadOf(first); payload !== undefined;) {
    const line = lineOf(payload)
    budget.take(line.length)
    collector.add(line)
    takeRefsNow(packets, { format: collector.format, budget, take })
    payload = payloadOf(packets.nextNow() ?? (await packets.next()))
  }
  return { version: options.version, ...collector.result() }
}

/** Undefined at the flush that ends a greeting. */
function payloadOf(packet: Packet | undefined): Uint8Array | undefined {
  if (packet === undefined) throw cutIn('its greeting')
  if (packet.kind === 'data') return packet.payload
  if (packet.kind === 'flush') return undefined
  throw unexpectedLine(packet.kind, 'the rest of the greeting')
}

/** Gathers the lines of a v0 advertisement. */
class RefCollector {
  #capabilities: Capabilities | undefined
  #format: ObjectFormat = 'sha1'
  readonly #refs = new ListedRefs()
  readonly #haves: ObjectId[] = []
  readonly #shallow: ObjectId[] = []

  get format(): ObjectFormat {
    return this.#format
  }

  /** Any line. @throws MirrorError `protocol`, `format`. */
  add(text: string): void {
    const line = this.#capabilities === undefined ? this.#takeCapabilities(text) : text
    if (line.startsWith('shallow ')) {
      this.#shallow.push(parseId(line.slice('shallow '.length), this.#format, line))
      return
    }
    const id = takeId(line, this.#format)
    this.addRef(id, line.slice(id.length + 1))
  }

  addRef(id: ObjectId, text: string): void {
    const name = checkName(text, id)
    if (name === '.have') {
      if (!isNullId(id)) this.#haves.push(id)
    } else if (name.endsWith('^{}')) this.#refs.addPeeled(name, id)
    else this.#refs.add({ name, id })
  }

  #takeCapabilities(line: string): string {
    const zero = line.indexOf('\0')
    this.#capabilities = zero < 0 ? NO_CAPABILITIES : parseCapabilities(line.slice(zero + 1).split(' '))
    this.#format = formatOf(this.#capabilities)
    return zero < 0 ? line : line.slice(0, zero)
  }

  result(): Omit<Extract<Advertisement, { refs: unknown }>, 'version'> {
    const capabilities = this.#capabilities ?? NO_CAPABILITIES
    this.#refs.link(parseSymrefs(capabilities))
    return {
      capabilities,
      format: this.#format,
      ...this.#refs.result(),
      haves: this.#haves,
      shallow: this.#shallow,
    }
  }
}

/** `symref=<name>:<target>`, as often as the server has them. */
function parseSymrefs(capabilities: Capabilities): ReadonlyMap<string, string> {
  const symrefs = new Map<string, string>()
  for (const value of capabilities.values('symref')) {
    const colon = value.indexOf(':')
    if (colon > 0) symrefs.set(value.slice(0, colon), value.slice(colon + 1))
  }
  return symrefs
}

/** `object-format`; a server that does not tell uses SHA-1. @throws MirrorError `format` for a third one. */
function formatOf(capabilities: Capabilities): ObjectFormat {
  const format = capabilities.value('object-format') ?? 'sha1'
  if (format === 'sha1' || format === 'sha256') return format
  throw new MirrorError(
    `the server uses the object format ${JSON.stringify(format)}, which is not known here`,
    {
      code: 'format',
      serverText: format,
    },
  )
}
