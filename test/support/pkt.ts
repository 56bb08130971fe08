import type { ByteReader } from '../../src/base/bytes.ts'

/** pkt-lines by hand, so that what reads and writes them is not tested with itself. */
export function pkt(...payloads: readonly string[]): Buffer {
  return Buffer.concat(
    payloads.map((payload) => {
      const bytes = Buffer.from(payload)
      return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes])
    }),
  )
}

export const FLUSH_PKT = Buffer.from('0000')

/** Payloads as Latin-1 text until a flush, or the end of the stream. */
export async function readToFlush(reader: ByteReader): Promise<readonly string[]> {
  const payloads: string[] = []
  for (let head = await reader.read(4); head; head = await reader.read(4)) {
    const length = Number.parseInt(Buffer.from(head).toString('latin1'), 16)
    if (length === 0) break
    if (length < 4) continue
    payloads.push(Buffer.from((await reader.read(length - 4)) ?? []).toString('latin1'))
  }
  return payloads
}
