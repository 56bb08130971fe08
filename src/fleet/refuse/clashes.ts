import type { Complaints } from '../config/complaints.ts'
import { namePlace, type Place } from '../config/config-error.ts'
import type { Path } from '../config/read-yaml.ts'
import type { Member } from './members.ts'
import { scopesOverlap } from './scope-overlap.ts'

/** Where something stands. */
export type PlaceOf = (path: Path) => Place

/** Two mirrors of one name. */
export function findSameNames(
  named: readonly { readonly name: string; readonly path: Path }[],
  complaints: Complaints,
  placeOf: PlaceOf,
): void {
  const first = new Map<string, Path>()
  for (const { name, path } of named) {
    const other = first.get(name)
    if (other === undefined) first.set(name, path)
    else {
      complaints.add(
        [...path, 'name'],
        `the name "${name}" is taken by ${namePlace(placeOf([...other, 'name']))}`,
        'Give each mirror its own name',
      )
    }
  }
}

/**
 * One destination that two mirrors write to where their refs may be the same ones: each would delete what the other
 * brings. Disjoint scopes may share a destination. Also a mirror into its own source.
 */
export function findClashes(members: readonly Member[], complaints: Complaints, placeOf: PlaceOf): void {
  const writers = new Map<string, { readonly member: Member; readonly index: number }[]>()
  for (const member of members) {
    for (const [index, destination] of member.destinations.entries()) {
      if (destination.identity === member.source.identity) {
        complaints.add(
          destination.path,
          `mirror "${member.name}": ${destination.label} is its own source`,
          'Give the address of another repository',
        )
      }
      const others = writers.get(destination.identity) ?? []
      for (const other of others) reportClash({ member, index }, other, complaints, placeOf)
      others.push({ member, index })
      writers.set(destination.identity, others)
    }
  }
}

interface Writer {
  readonly member: Member
  readonly index: number
}

function reportClash(one: Writer, other: Writer, complaints: Complaints, placeOf: PlaceOf): void {
  const here = one.member.destinations[one.index]!
  const there = other.member.destinations[other.index]!
  const overlap = scopesOverlap(
    { refspecs: here.refspecs, side: 'destination' },
    { refspecs: there.refspecs, side: 'destination' },
  )
  if (!overlap) return
  const whose = one.member === other.member ? 'it' : `mirror "${other.member.name}"`
  complaints.add(
    here.path,
    `mirror "${one.member.name}": ${here.label} is written to by ${whose} in ${namePlace(placeOf(there.path))}, too, and their refs overlap`,
    'Let one mirror write there, or give each refs of its own: refs/heads/*:refs/heads/a/*',
  )
}
