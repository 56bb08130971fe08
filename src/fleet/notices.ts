import type { Notice } from '../options/read-options.ts'
import { formatPlural } from '../report/wording.ts'
import type { Discovered } from './discover/discover.ts'
import type { Member } from './refuse/members.ts'

/** Sources that are named one by one. */
const MOST_SOURCES = 3
const MOST_NAMES = 3

/** How many mirrors each discovery gave, by its name; several entries of one name count together. Without those that failed. */
export function countFound(discovered: readonly Discovered[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { name, drafts } of discovered) counts.set(name, (counts.get(name) ?? 0) + drafts.length)
  for (const { name, error } of discovered) if (error !== undefined) counts.delete(name)
  return counts
}

/** A list that is far shorter than the last time: what is gone from it keeps what it has, and somebody should know. */
export function noticesOfFewer(
  discovered: readonly Discovered[],
  lastFound: ReadonlyMap<string, number> = new Map(),
): readonly Notice[] {
  return [...countFound(discovered)].flatMap(([name, count]) => {
    const last = lastFound.get(name) ?? 0
    if (count * 2 >= last) return []
    const text =
      `discover ${name}: found ${formatPlural(count, 'mirror')}, and ${last} the last time. ` +
      'Nothing is deleted for that: what is not found stays as it is'
    return [{ level: 'warning', text }]
  })
}

/** One source of several mirrors is read once for each; of one mirror with several destinations, once. */
export function noticesOfSharing(members: readonly Member[]): readonly Notice[] {
  const readers = new Map<string, Member[]>()
  for (const member of members) {
    const list = readers.get(member.source.identity)
    if (list === undefined) readers.set(member.source.identity, [member])
    else list.push(member)
  }
  const shared = [...readers.values()].filter((list) => list.length > 1)
  const told = shared.slice(0, MOST_SOURCES).map((list) => {
    const names = list.slice(0, MOST_NAMES).map(({ name }) => name)
    const rest = list.length > MOST_NAMES ? ` and ${list.length - MOST_NAMES} more` : ''
    return (
      `${list[0]!.source.label} is the source of ${names.join(', ')}${rest}: ` +
      'one mirror with several destinations reads it once'
    )
  })
  const left = shared.length - told.length
  const more = left === 0 ? [] : [`so it is with ${formatPlural(left, 'more source')}`]
  return [...told, ...more].map((text) => ({ level: 'info', text }))
}
