/** A pkt-line's payload, or what its length stood for: 0 flush, 1 delim, 2 response-end. */
export type Packet = Buffer | 0 | 1 | 2

export interface Cut {
  readonly packets: readonly Packet[]
  /** Bytes behind the last whole packet. */
  readonly rest: Buffer
}

/** Cuts bytes into packets, up to the first flush where `toFlush` says so. @throws Error for a bad length. */
export function cutPackets(bytes: Buffer, options: { readonly toFlush?: boolean } = {}): Cut {
  const packets: Packet[] = []
  let at = 0
  while (at + 4 <= bytes.length) {
    const digits = bytes.toString('latin1', at, at + 4)
    if (!/^[0-9a-f]{4}$/i.test(digits)) throw new Error(`${JSON.stringify(digits)} is no length of a packet`)
    const length = Number.parseInt(digits, 16)
    if (length === 3) throw new Error('a packet of length 3')
    if (length < 3) {
      packets.push(length as 0 | 1 | 2)
      at += 4
      if (length === 0 && options.toFlush) break
      continue
    }
    if (at + length > bytes.length) break
    packets.push(bytes.subarray(at + 4, at + length))
    at += length
  }
  return { packets, rest: bytes.subarray(at) }
}

/** Packets as bytes again; texts become packets as they are. */
export function joinPackets(packets: readonly (Packet | string)[]): Buffer {
  return Buffer.concat(
    packets.flatMap((packet) => {
      if (typeof packet === 'number') return [Buffer.from(`000${packet}`)]
      const payload = Buffer.from(packet)
      return [Buffer.from((payload.length + 4).toString(16).padStart(4, '0')), payload]
    }),
  )
}

/** Text of a packet without its line end. */
export function lineOf(packet: Packet): string {
  return typeof packet === 'number' ? '' : packet.toString('utf8').replace(/\n$/, '')
}
