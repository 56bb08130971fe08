import { MirrorError } from '../base/errors.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { printableLine } from '../base/printable.ts'
import type { RefspecMatcher } from './refspec-match.ts'
import { STEP_ITEMS, type Steps } from '../base/steps.ts'
import type { RefTable } from './ref-table.ts'

/** A source ref that wants to be another value at the destination than it is, or to be there at all. */
export interface Wish {
  /** Name at the destination. */
  readonly name: string
  /** Position among the destination's refs; -1: it is not there. */
  readonly at: number
  readonly source: AdvertisedRef
  /** A refspec with `+` asks for it. */
  forced: boolean
}

export const UNCLAIMED = -1

/** What the source wants of the destination, before anything is weighed. */
export interface Wishes {
  readonly creates: readonly Wish[]
  readonly moves: readonly Wish[]
  readonly upToDate: number
  /** Source refs in scope. */
  readonly inScope: number
  /** For each of the destination's refs the position of the source ref that it takes its value from. */
  readonly claims: Int32Array
  /** Source names out of scope, as far as `isReserved` picks them. */
  readonly reserved: number
}

/** Whether a name can be mirrored at all: no HEAD, no `.have`, no peeled line (B4 to B6). */
export function isMirrorable(name: string): boolean {
  return name.startsWith('refs/') && !name.endsWith('^{}')
}

/**
 * How many refs, from `first` of the source and `at` of the destination on, are equal, in scope under their own name
 * and claimed by no other. The common case of a long list, in one loop without calls back.
 */
function countEqual(
  options: {
    source: readonly AdvertisedRef[]
    destination: readonly AdvertisedRef[]
    matcher: RefspecMatcher
  },
  claims: Int32Array,
  first: number,
  at: number,
): number {
  const { source, destination, matcher } = options
  const most = Math.min(source.length - first, destination.length - at, STEP_ITEMS)
  let count = 0
  for (; count < most; count++) {
    const one = source[first + count]!
    const other = destination[at + count]!
    if (one.name !== other.name || one.id !== other.id || claims[at + count] !== UNCLAIMED) break
    if (!matcher.keeps(one.name) || !isMirrorable(one.name)) break
    claims[at + count] = first + count
  }
  return count
}

/** @throws MirrorError `usage` when two source refs map to one name. */
export function* collectWishes(options: {
  readonly source: readonly AdvertisedRef[]
  readonly destination: readonly AdvertisedRef[]
  readonly table: RefTable
  readonly matcher: RefspecMatcher
  readonly isReserved: (name: string) => boolean
}): Steps<Wishes> {
  const { destination, table } = options
  const claims = new Int32Array(destination.length).fill(UNCLAIMED)
  const creates: Wish[] = []
  const moves: Wish[] = []
  // Where every name stays what it is, no two refs can want the same one.
  const createdBy = options.matcher.keepsNames ? undefined : new Map<string, Wish>()
  let upToDate = 0
  let inScope = 0
  let reserved = 0
  let position = 0
  let mapped = false

  // One function for all names: a closure for each would be the most expensive part of a run that changes nothing.
  const visit = (name: string, forced: boolean): void => {
    const source = options.source[position]!
    mapped = true
    const at = table.find(name)
    const before = at < 0 ? (createdBy?.get(name) ?? wishOf(creates, source, name)) : undefined
    const claimed = at < 0 ? before?.source : options.source[claims[at]!]
    if (claimed !== undefined) {
      if (claimed.name !== source.name) throw collision(claimed.name, source.name, name)
      const wish = before ?? wishOf(moves, source, name)
      if (wish !== undefined) wish.forced ||= forced
      return
    }
    const wish = { name, at, source, forced }
    if (at < 0) {
      creates.push(wish)
      createdBy?.set(name, wish)
      return
    }
    claims[at] = position
    if (destination[at]!.id === source.id) upToDate += 1
    else moves.push(wish)
  }

  for (; position < options.source.length; position++) {
    const equal = countEqual(options, claims, position, table.next)
    if (equal > 0) {
      upToDate += equal
      inScope += equal
      table.next += equal
      position += equal
      yield
      if (position === options.source.length) break
    } else if (position % STEP_ITEMS === 0) yield
    const { name } = options.source[position]!
    if (!isMirrorable(name)) continue
    mapped = false
    yield* table.prepareFor(name)
    options.matcher.eachDestination(name, visit)
    if (mapped) inScope += 1
    else if (options.isReserved(name)) reserved += 1
  }
  return { creates, moves, upToDate, inScope, claims, reserved }
}

/** What `source`, the last ref that was looked at, wants of `name`. */
function wishOf(wishes: readonly Wish[], source: AdvertisedRef, name: string): Wish | undefined {
  for (let at = wishes.length - 1; at >= 0 && wishes[at]!.source === source; at--) {
    if (wishes[at]!.name === name) return wishes[at]
  }
  return undefined
}

function collision(first: string, second: string, name: string): MirrorError {
  const [one, other, both] = [first, second, name].map((text) => printableLine(text, 200))
  return new MirrorError(`refs: ${one} and ${other} would both become ${both}`, {
    code: 'usage',
    hint: `Leave one of them out (^${other}), or give one of them another name at the destination.`,
  })
}
