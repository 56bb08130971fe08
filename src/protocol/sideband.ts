import { concatBytes, toText } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'
import { LineBudget, type LineLimits, tooMuch } from './line-budget.ts'
import { LAST_WORDS_BYTES, saidError } from './wire-errors.ts'
import { PACKET_HEADER_BYTES, PacketReader } from './pkt-line.ts'

const DATA = 1

const PROGRESS = 2

const FATAL = 3

const DELIM_LENGTH = 1

/** Packets without data that one stream may hold, and bytes of text in them. */
const ASIDE_LIMITS: LineLimits = { lines: 1_000_000, bytes: 64 * 1024 ** 2 }

const ASIDE = 'text beside its data'

/** Empty packets in a row: git sends one each five seconds while it counts, which makes 17,280 a day. */
const KEEPALIVES_IN_A_ROW = 20_000

/**
 * Takes apart what a server multiplexes on one stream (gitprotocol-pack, "side-band"): band 1 is handed out in
 * slices as they arrive, band 2 goes to `onProgress` raw, band 3 is thrown. Empty packets are keepalives.
 */
export class SidebandReader {
  readonly #packets: PacketReader
  readonly #onProgress: ((text: string) => void) | undefined
  /** Bytes of the current band-1 packet that are still to come. */
  #left = 0
  #ended = false
  readonly #aside = new LineBudget(ASIDE, ASIDE_LIMITS)
  #keepalives = 0

  constructor(
    packets: PacketReader,
    options: { readonly onProgress?: ((text: string) => void) | undefined } = {},
  ) {
    this.#packets = packets
    this.#onProgress = options.onProgress
  }

  /**
   * The next slice of band 1, never empty; undefined after the flush that ends the stream.
   * @throws MirrorError `server` for band 3 and `ERR`, `limit` for text without end, `cut` when the stream ends without a flush, `protocol`.
   */
  async next(): Promise<Uint8Array | undefined> {
    while (this.#left === 0) {
      if (this.#ended) return undefined
      await this.#beginPacket()
    }
    const slice = await this.#packets.readSome(this.#left)
    this.#left -= slice.length
    return slice
  }

  /** What `next` would give, if it is here already; undefined when it has to be waited for, and at the end. */
  nextNow(): Uint8Array | undefined {
    if (this.#left === 0) this.#left = (this.#ended ? undefined : this.#packets.beginNow(DATA)) ?? 0
    if (this.#left === 0) return undefined
    const slice = this.#packets.readSomeNow(this.#left)
    this.#left -= slice?.length ?? 0
    return slice
  }

  async #beginPacket(): Promise<void> {
    const length = await this.#packets.begin()
    if (length === undefined) {
      throw new MirrorError('the stream ended before its last packet', { code: 'cut', retryable: true })
    }
    if (length === DELIM_LENGTH) {
      throw new MirrorError('a delimiter came inside a sideband stream', { code: 'protocol' })
    }
    if (length < PACKET_HEADER_BYTES) {
      this.#ended = true
      return
    }
    if (length <= PACKET_HEADER_BYTES + 1) this.#countKeepalive()
    else this.#keepalives = 0
    if (length > PACKET_HEADER_BYTES) await this.#beginBand(length - PACKET_HEADER_BYTES - 1)
  }

  async #beginBand(size: number): Promise<void> {
    const head = await this.#packets.readSome(1)
    const band = head[0]!
    if (band === DATA) {
      this.#left = size
      return
    }
    this.#aside.take(size)
    const bytes = await this.#gather(size)
    if (band === PROGRESS) {
      if (size > 0) this.#onProgress?.(toText(bytes))
      return
    }
    const words = toText(bytes.subarray(0, LAST_WORDS_BYTES)).trimEnd()
    if (band === FATAL) {
      throw new MirrorError(`the server broke off: ${words}`, { code: 'server', serverText: words })
    }
    // An error may stand in a packet of its own, without a band.
    if (band === 'E'.charCodeAt(0) && words.startsWith('RR ')) throw saidError(bytes.subarray(3))
    throw new MirrorError(`a packet names band ${band}, which does not exist`, {
      code: 'protocol',
      serverText: toText(concatBytes([head, bytes.subarray(0, LAST_WORDS_BYTES)])),
    })
  }

  #countKeepalive(): void {
    this.#aside.take(0)
    if (++this.#keepalives > KEEPALIVES_IN_A_ROW) throw tooMuch(ASIDE)
  }

  async #gather(size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for (let left = size; left > 0;) {
      const part = await this.#packets.readSome(left)
      left -= part.length
      parts.push(part)
    }
    return concatBytes(parts)
  }
}
