import type { Refspec, RefspecSet } from './refspec.ts'
import { type NamePattern, parseNamePattern, matchesPattern } from './name-pattern.ts'

/** Calls back with every destination name of a source name. */
export type VisitDestination = (name: string, force: boolean) => void

/** A set of refspecs made ready for many names. */
export interface RefspecMatcher {
  /** Every refspec that matches applies, as in Git; an excluded name has no destination. */
  eachDestination(sourceName: string, visit: VisitDestination): void
  /** Whether no name becomes another one. */
  readonly keepsNames: boolean
  /** Whether this name, and no other, is its destination: true is certain, false is not. */
  keeps(sourceName: string): boolean
  /** Names at the source that map to a destination name and are not excluded. */
  sourcesOf(destinationName: string): readonly string[]
  isExcluded(sourceName: string): boolean
}

interface PatternPair {
  readonly from: NamePattern
  readonly to: NamePattern
  readonly same: boolean
  readonly force: boolean
}

const matchers = new WeakMap<RefspecSet, RefspecMatcher>()

/** The matcher of a set, made once. */
export function matcherOf(set: RefspecSet): RefspecMatcher {
  let matcher = matchers.get(set)
  if (matcher === undefined) {
    matcher = makeMatcher(set)
    matchers.set(set, matcher)
  }
  return matcher
}

function makeMatcher(set: RefspecSet): RefspecMatcher {
  const exact = set.include.filter((spec) => !spec.pattern)
  const bySource = groupBy(exact, (spec) => spec.source)
  const byDestination = groupBy(exact, (spec) => spec.destination)
  const pairs = set.include.filter((spec) => spec.pattern).map(makePair)
  const isExcluded = makeExclusion(set.exclude)
  const kept = bySource.size === 0 && pairs.every((pair) => pair.same) ? pairs.map((pair) => pair.from) : []
  return {
    isExcluded,
    keepsNames: set.include.every((spec) => spec.source === spec.destination),
    keeps(name) {
      for (let at = 0; at < kept.length; at++) if (matchesPattern(kept[at]!, name)) return !isExcluded(name)
      return false
    },
    eachDestination(name, visit) {
      if (isExcluded(name)) return
      if (bySource.size > 0) {
        for (const spec of bySource.get(name) ?? []) visit(spec.destination, spec.force)
      }
      // Indexed loop: this runs once for each ref, and an iterator would be allocated each time.
      for (let at = 0; at < pairs.length; at++) {
        const pair = pairs[at]!
        const mapped = mapName(name, pair.from, pair.to, pair.same)
        if (mapped !== undefined) visit(mapped, pair.force)
      }
    },
    sourcesOf(name) {
      const sources = new Set<string>()
      for (const spec of byDestination.get(name) ?? []) sources.add(spec.source)
      for (const pair of pairs) {
        const mapped = mapName(name, pair.to, pair.from, pair.same)
        if (mapped !== undefined) sources.add(mapped)
      }
      return [...sources].filter((source) => !isExcluded(source))
    },
  }
}

function makePair(spec: Refspec): PatternPair {
  return {
    from: parseNamePattern(spec.source),
    to: parseNamePattern(spec.destination),
    same: spec.source === spec.destination,
    force: spec.force,
  }
}

function mapName(name: string, from: NamePattern, to: NamePattern, same: boolean): string | undefined {
  if (!matchesPattern(from, name)) return undefined
  if (same) return name
  const middle = name.slice(from.head.length, name.length - (from.tail?.length ?? 0))
  return `${to.head}${middle}${to.tail ?? ''}`
}

function makeExclusion(exclude: readonly string[]): (name: string) => boolean {
  if (exclude.length === 0) return () => false
  const names = new Set(exclude.filter((text) => !text.includes('*')))
  const patterns = exclude.filter((text) => text.includes('*')).map(parseNamePattern)
  return (name) => names.has(name) || patterns.some((pattern) => matchesPattern(pattern, name))
}

function groupBy(
  specs: readonly Refspec[],
  key: (spec: Refspec) => string,
): ReadonlyMap<string, readonly Refspec[]> {
  const groups = new Map<string, Refspec[]>()
  for (const spec of specs) {
    const group = groups.get(key(spec))
    if (group === undefined) groups.set(key(spec), [spec])
    else group.push(spec)
  }
  return groups
}

/** The destination name of a source ref, by the first refspec that matches; undefined: not in scope. */
export function mapToDestination(set: RefspecSet, sourceName: string): string | undefined {
  let first: string | undefined
  matcherOf(set).eachDestination(sourceName, (name) => {
    first ??= name
  })
  return first
}
