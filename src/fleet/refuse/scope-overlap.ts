import { type NamePattern, parseNamePattern } from '../../plan/name-pattern.ts'
import type { Refspec, RefspecSet } from '../../plan/refspec.ts'

/** On which side of a mirror's refspecs names are compared. */
export type ScopeSide = 'source' | 'destination'

/** A set of refspecs as seen by one of the two repositories. */
export interface Scope {
  readonly refspecs: RefspecSet
  readonly side: ScopeSide
}

/**
 * Whether there is a name that both scopes may hold. Patterns have one star: two overlap when one's head is the
 * beginning of the other's, and one's tail the end of the other's. What one scope leaves out is its own no longer.
 */
export function scopesOverlap(one: Scope, other: Scope): boolean {
  return one.refspecs.include.some((first) =>
    other.refspecs.include.some((second) => {
      const here = patternOf(first, one.side)
      const there = patternOf(second, other.side)
      if (!patternsOverlap(here, there)) return false
      return !isLeftOut(there, one, first) && !isLeftOut(here, other, second)
    }),
  )
}

function patternOf(refspec: Refspec, side: ScopeSide): NamePattern {
  return parseNamePattern(refspec[side])
}

function patternsOverlap(one: NamePattern, other: NamePattern): boolean {
  if (one.tail === undefined) return holds(other, one)
  if (other.tail === undefined) return holds(one, other)
  const heads = one.head.startsWith(other.head) || other.head.startsWith(one.head)
  const tails = one.tail.endsWith(other.tail) || other.tail.endsWith(one.tail)
  return heads && tails
}

/** Whether every name of `inner` is one of `outer`. */
function holds(outer: NamePattern, inner: NamePattern): boolean {
  if (outer.tail === undefined) return inner.tail === undefined && inner.head === outer.head
  const tail = inner.tail ?? inner.head
  const shortest = inner.head.length + (inner.tail?.length ?? 0)
  return (
    inner.head.startsWith(outer.head) &&
    tail.endsWith(outer.tail) &&
    shortest >= outer.head.length + outer.tail.length
  )
}

/** Whether all of `pattern` is what `scope` leaves out of this refspec. */
function isLeftOut(pattern: NamePattern, { refspecs, side }: Scope, refspec: Refspec): boolean {
  return refspecs.exclude.some((text) => {
    const excluded = parseNamePattern(text)
    const mapped = side === 'source' ? excluded : mapThrough(excluded, refspec)
    return mapped !== undefined && holds(mapped, pattern)
  })
}

/** Where a refspec would take the names of a pattern of its source; undefined where it takes not all of them. */
function mapThrough(pattern: NamePattern, { source, destination }: Refspec): NamePattern | undefined {
  const from = parseNamePattern(source)
  const to = parseNamePattern(destination)
  if (from.tail === undefined || to.tail === undefined) return holds(pattern, from) ? to : undefined
  if (!holds(from, pattern)) return holds(pattern, from) ? to : undefined
  const head = `${to.head}${pattern.head.slice(from.head.length)}`
  if (pattern.tail === undefined) {
    return { head: `${head.slice(0, head.length - from.tail.length)}${to.tail}`, tail: undefined }
  }
  return { head, tail: `${pattern.tail.slice(0, pattern.tail.length - from.tail.length)}${to.tail}` }
}
