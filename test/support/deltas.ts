/** A part of what a delta makes: so many bytes of its base, or bytes of its own. */
export type Part = { readonly copied: number } | { readonly literal: Uint8Array }

/** What `parts` make one after the other (gitformat-pack, "Deltified representation"); copies are of the base's beginning. */
export function encodeDelta(parts: readonly Part[], baseLength = 5000): Buffer {
  const bytes: Buffer[] = []
  let size = 0
  for (const part of parts) {
    if ('copied' in part) {
      size += part.copied
      bytes.push(Buffer.from([0x80 | 0x30, part.copied & 0xff, part.copied >> 8]))
      continue
    }
    size += part.literal.length
    for (let at = 0; at < part.literal.length; at += 127) {
      const some = part.literal.subarray(at, at + 127)
      bytes.push(Buffer.from([some.length]), Buffer.from(some))
    }
  }
  return Buffer.concat([encodeVarint(baseLength), encodeVarint(size), ...bytes])
}

/** Seven bits a byte, the lowest first. */
export function encodeVarint(value: number): Buffer {
  const bytes = []
  for (let rest = value; ; rest >>= 7) {
    bytes.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest)
    if (rest <= 0x7f) return Buffer.from(bytes)
  }
}
