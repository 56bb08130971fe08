import type { AdvertisedRef } from '../protocol/advertisement.ts'

/** The refs of a listing by name. */
export interface RefTable {
  /** Position in the listing, or -1. Asking in the order of the listing is quickest. */
  find(name: string): number
  /** Position behind the last one that was found; whoever went on by itself moves it. */
  next: number
}

/** Names that lie so far ahead in the listing are found without a map of all names. */
const LOOK_AHEAD_REFS = 8

/**
 * Servers list refs in the order of their names: two listings that differ little are walked in step, and only
 * a name that is out of step makes the map of all names.
 */
export function makeRefTable(refs: readonly AdvertisedRef[]): RefTable {
  let positions: Map<string, number> | undefined
  const table: RefTable = {
    next: 0,
    find(name) {
      const { next } = table
      const end = Math.min(next + (positions === undefined ? LOOK_AHEAD_REFS : 1), refs.length)
      for (let at = next; at < end; at++) {
        if (refs[at]!.name !== name) continue
        table.next = at + 1
        return at
      }
      positions ??= new Map(refs.map((ref, index) => [ref.name, index]))
      const found = positions.get(name)
      if (found === undefined) return -1
      table.next = found + 1
      return found
    },
  }
  return table
}
