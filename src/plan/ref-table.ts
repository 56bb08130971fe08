import { STEP_ITEMS, runToEnd, type Steps } from '../base/steps.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'

/** The refs of a listing by name. */
export interface RefTable {
  /** Position in the listing, or -1. Asking in the order of the listing is quickest. */
  find(name: string): number
  /** Makes ready for names that are not near the last one that was found; nothing is to do for one that is. */
  prepareFor(name: string): Steps<void>
  /** Position behind the last one that was found; whoever went on by itself moves it. */
  next: number
}

/** Names that lie so far ahead in the listing are found without a look at all others. */
const LOOK_AHEAD_REFS = 8

/** How a name is found that is not near: in a sorted listing by halves, which takes no memory; else by a map of all names. */
type FindFar = (name: string) => number

/**
 * Servers list refs in the order of their names: two listings that differ little are walked in step, and only
 * a name that is out of step makes the table look at the listing as a whole.
 */
export function makeRefTable(refs: readonly AdvertisedRef[]): RefTable {
  let findFar: FindFar | undefined
  const table: RefTable = {
    next: 0,
    find(name) {
      let found = findNear(name)
      if (found < 0) {
        findFar ??= runToEnd(makeFindFar(refs))
        found = findFar(name)
      }
      if (found >= 0) table.next = found + 1
      return found
    },
    *prepareFor(name) {
      if (findFar === undefined && findNear(name) < 0) findFar = yield* makeFindFar(refs)
    },
  }

  function findNear(name: string): number {
    const { next } = table
    const end = Math.min(next + LOOK_AHEAD_REFS, refs.length)
    for (let at = next; at < end; at++) if (refs[at]!.name === name) return at
    return -1
  }
  return table
}

function* makeFindFar(refs: readonly AdvertisedRef[]): Steps<FindFar> {
  for (let at = 1; at < refs.length; at++) {
    if (at % STEP_ITEMS === 0) yield
    if (refs[at - 1]!.name >= refs[at]!.name) return yield* makeFindByMap(refs)
  }
  return (name) => findByHalves(refs, name)
}

function* makeFindByMap(refs: readonly AdvertisedRef[]): Steps<FindFar> {
  const positions = new Map<string, number>()
  for (let at = 0; at < refs.length; at++) {
    if (at % STEP_ITEMS === STEP_ITEMS - 1) yield
    positions.set(refs[at]!.name, at)
  }
  return (name) => positions.get(name) ?? -1
}

function findByHalves(refs: readonly AdvertisedRef[], name: string): number {
  let low = 0
  let high = refs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (refs[middle]!.name < name) low = middle + 1
    else high = middle
  }
  return low < refs.length && refs[low]!.name === name ? low : -1
}
