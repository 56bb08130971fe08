/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** 0 to `below` - 1. */
  below(limit: number): number
  /** Whether one of `times` happens. */
  oneIn(times: number): boolean
  pick<T>(list: readonly T[]): T
}

export function makeRandom(seed: number | string): Random {
  let state = typeof seed === 'number' ? seed >>> 0 : hashText(seed)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit)
  return { below, oneIn: (times) => below(times) === 0, pick: (list) => list[below(list.length)]! }
}

/** FNV-1a. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
