import type { Complaints } from '../config/complaints.ts'
import { comparePlaces, namePlace, type Place } from '../config/config-error.ts'
import type { PlaceOf } from './clashes.ts'
import type { Member } from './members.ts'
import { scopesOverlap } from './scope-overlap.ts'

/** Which mirrors read what others write. */
export interface Chains {
  /** Mirrors that have to end before a mirror starts, by name. */
  readonly before: ReadonlyMap<string, readonly string[]>
  /** The name by which a mirror is put into a shard: with all that it is chained to, by the first one's. */
  readonly first: (name: string) => string
}

/** Joins mirrors where one reads refs that another writes, and complains about rings. */
export function findChains(members: readonly Member[], complaints: Complaints, placeOf: PlaceOf): Chains {
  const readers = new Map<string, Member[]>()
  for (const member of members) {
    const list = readers.get(member.source.identity)
    if (list === undefined) readers.set(member.source.identity, [member])
    else list.push(member)
  }
  const after = new Map<Member, Member[]>()
  const before = new Map<string, string[]>()
  for (const writer of members) {
    for (const { identity, refspecs } of writer.destinations) {
      for (const reader of readers.get(identity) ?? []) {
        // A mirror into its own source is another mistake, and has its own words.
        if (reader === writer || !reads(reader, refspecs)) continue
        after.set(writer, [...(after.get(writer) ?? []), reader])
        before.set(reader.name, [...(before.get(reader.name) ?? []), writer.name])
      }
    }
  }
  for (const ring of findRings(members, after)) reportRing(ring, complaints, placeOf)
  return { before, first: findFirsts(members, after, before) }
}

function reads(reader: Member, written: Member['destinations'][number]['refspecs']): boolean {
  return reader.destinations.some(({ refspecs }) =>
    scopesOverlap({ refspecs, side: 'source' }, { refspecs: written, side: 'destination' }),
  )
}

/** Each ring once, as the mirrors that it goes through. Without recursion: a chain may be long. */
function findRings(
  members: readonly Member[],
  after: ReadonlyMap<Member, readonly Member[]>,
): readonly (readonly Member[])[] {
  const rings: (readonly Member[])[] = []
  const done = new Set<Member>()
  for (const start of members) {
    if (done.has(start) || !after.has(start)) continue
    const path: { readonly member: Member; next: number }[] = [{ member: start, next: 0 }]
    const onPath = new Map<Member, number>([[start, 0]])
    while (path.length > 0) {
      const top = path.at(-1)!
      const next = after.get(top.member)?.[top.next++]
      if (next === undefined) {
        done.add(top.member)
        onPath.delete(top.member)
        path.pop()
      } else if (onPath.has(next)) rings.push(path.slice(onPath.get(next)).map(({ member }) => member))
      else if (!done.has(next)) {
        onPath.set(next, path.length)
        path.push({ member: next, next: 0 })
      }
    }
  }
  return rings
}

function reportRing(ring: readonly Member[], complaints: Complaints, placeOf: PlaceOf): void {
  const [first] = ring
  if (first === undefined) return
  const stops = [...ring, first].map(({ source }) => source.label)
  const places = ring.map(({ path }) => placeOf(path)).toSorted(comparePlaces)
  complaints.add(
    first.path,
    `a ring: ${stops.join(' → ')} (${namePlaces(places)})`,
    'Take one of these mirrors out, or give them refs that do not overlap',
  )
}

/** `lines 3, 5`, or `a.yml:3, b.yml:5`. */
function namePlaces(places: readonly Place[]): string {
  if (places.some(({ file }) => file !== undefined)) return places.map(namePlace).join(', ')
  return `lines ${places.map(({ line }) => line).join(', ')}`
}

/** The first mirror of each group that hangs together: of those that nobody writes for, the one whose name sorts first. */
function findFirsts(
  members: readonly Member[],
  after: ReadonlyMap<Member, readonly Member[]>,
  before: ReadonlyMap<string, readonly string[]>,
): (name: string) => string {
  if (after.size === 0) return (name) => name
  const parents = new Map<string, string>()
  const rootOf = (name: string): string => {
    let root = name
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent
    return root
  }
  for (const [writer, readers] of after) {
    for (const reader of readers) {
      const [one, other] = [rootOf(writer.name), rootOf(reader.name)]
      if (one !== other) parents.set(other, one)
    }
  }
  const firsts = new Map<string, string>()
  for (const { name } of members) {
    if (before.has(name)) continue
    const root = rootOf(name)
    const first = firsts.get(root)
    if (first === undefined || name < first) firsts.set(root, name)
  }
  return (name) => firsts.get(rootOf(name)) ?? name
}
