import { concatBytes } from '../../src/base/bytes.ts'
import type { Random } from './random.ts'
import type { Target } from './target.ts'

/** Longer inputs say no more, and take longer. */
export const MOST_INPUT_BYTES = 4096

const EDGES = [0, 1, 9, 10, 13, 27, 32, 34, 47, 58, 92, 127, 128, 192, 224, 239, 255]

/** An input like `bytes`: a few changes, some of them with parts of `others`. The same for the same numbers. */
export function changeInput(
  target: Target,
  bytes: Uint8Array,
  others: readonly Uint8Array[],
  random: Random,
): Uint8Array {
  let changed = bytes
  for (let count = 1 + random.below(4); count > 0; count--) {
    const keepsFrames = target.change !== undefined && !random.oneIn(3)
    changed = keepsFrames
      ? target.change!(changed, random)
      : changeBytes(changed, { words: target.words, others, random })
  }
  return changed.subarray(0, target.mostBytes ?? MOST_INPUT_BYTES)
}

interface Material {
  readonly words: readonly string[]
  readonly others: readonly Uint8Array[]
  readonly random: Random
}

export function changeBytes(bytes: Uint8Array, { words, others, random }: Material): Uint8Array {
  const at = random.below(bytes.length + 1)
  const length = random.below(Math.min(bytes.length - at, random.pick([4, 16, 64, 1024])) + 1)
  switch (random.below(9)) {
    case 0:
      return splice(bytes, at, 1, Uint8Array.of(random.below(256)))
    case 1:
      return splice(bytes, at, 1, Uint8Array.of(random.pick(EDGES)))
    case 2:
      return splice(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random.below(8))))
    case 3:
      return splice(bytes, at, length, new Uint8Array(0))
    case 4:
      return splice(bytes, random.below(bytes.length + 1), 0, repeat(bytes.subarray(at, at + length), random))
    case 5:
      return words.length === 0 ? bytes : splice(bytes, at, 0, Buffer.from(random.pick(words)))
    case 6:
      return words.length === 0 ? bytes : splice(bytes, at, length, Buffer.from(random.pick(words)))
    case 7: {
      const other = random.pick(others)
      const from = random.below(other.length + 1)
      return splice(bytes, at, length, other.subarray(from, from + random.below(64)))
    }
    default:
      return bytes.subarray(0, at)
  }
}

function repeat(bytes: Uint8Array, random: Random): Uint8Array {
  if (!random.oneIn(8)) return bytes
  const times = Math.min(
    random.pick([10, 100, 1000]),
    Math.floor(MOST_INPUT_BYTES / Math.max(1, bytes.length)),
  )
  return concatBytes(Array.from({ length: Math.max(1, times) }, () => bytes))
}

function splice(bytes: Uint8Array, at: number, length: number, put: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + length)])
}
