import { MirrorError } from '../../base/errors.ts'

export interface DeltaSizes {
  readonly base: number
  readonly result: number
  /** Where the instructions begin. */
  readonly start: number
}

/** The two sizes at the head of a delta (gitformat-pack, "Deltified representation"). @throws MirrorError `pack`. */
export function readDeltaSizes(delta: Uint8Array): DeltaSizes {
  const base = readVarint(delta, 0)
  const result = readVarint(delta, base.next)
  return { base: base.value, result: result.value, start: result.next }
}

/** Applies `delta` to `base`. @throws MirrorError `pack` for a delta that does not fit it. */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  const sizes = readDeltaSizes(delta)
  if (sizes.base !== base.length) throw damaged('it was made for another base')
  const result = new Uint8Array(sizes.result)
  let at = sizes.start
  let written = 0
  const put = (bytes: Uint8Array, length: number): void => {
    if (bytes.length !== length || written + length > result.length) throw damaged('it runs over')
    result.set(bytes, written)
    written += length
  }
  while (at < delta.length) {
    const op = delta[at++]!
    if (op === 0) throw damaged('it has an unknown instruction')
    if ((op & 0x80) === 0) {
      put(delta.subarray(at, at + op), op)
      at += op
      continue
    }
    const { offset, length, next } = readCopy(delta, at, op)
    at = next
    put(base.subarray(offset, offset + length), length)
  }
  if (written !== result.length) throw damaged('it ends early')
  return result
}

/** Bytes that a delta brings along itself: `at`, their place in the result. */
export interface Literal {
  readonly at: number
  readonly bytes: Uint8Array
}

/** What a delta adds to its base, in order. @throws MirrorError `pack` */
export function readLiterals(delta: Uint8Array): readonly Literal[] {
  const literals: Literal[] = []
  let written = 0
  for (let at = readDeltaSizes(delta).start; at < delta.length;) {
    const op = delta[at++]!
    if (op === 0) throw damaged('it has an unknown instruction')
    if ((op & 0x80) === 0) {
      literals.push({ at: written, bytes: delta.subarray(at, at + op) })
      at += op
      written += op
      continue
    }
    const copy = readCopy(delta, at, op)
    at = copy.next
    written += copy.length
  }
  return literals
}

/** An instruction to copy from the base, behind its first byte `op`. */
function readCopy(
  delta: Uint8Array,
  from: number,
  op: number,
): { readonly offset: number; readonly length: number; readonly next: number } {
  let next = from
  let offset = 0
  let length = 0
  for (let bit = 0; bit < 4; bit++) if (op & (1 << bit)) offset += (delta[next++] ?? 0) * 2 ** (8 * bit)
  for (let bit = 0; bit < 3; bit++) if (op & (0x10 << bit)) length += (delta[next++] ?? 0) * 2 ** (8 * bit)
  return { offset, length: length === 0 ? 0x10000 : length, next }
}

/** Seven bits a byte, the lowest first, while the highest bit is set. */
function readVarint(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0
  for (let at = from, scale = 1; at < bytes.length && scale <= 2 ** 49; at++, scale *= 128) {
    const byte = bytes[at]!
    value += (byte & 0x7f) * scale
    if ((byte & 0x80) === 0) return { value, next: at + 1 }
  }
  throw damaged('its head is cut')
}

function damaged(why: string): MirrorError {
  return new MirrorError(`the pack holds a damaged delta: ${why}`, {
    code: 'pack',
    side: 'source',
    retryable: true,
  })
}
