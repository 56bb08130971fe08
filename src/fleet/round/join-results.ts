import type { DestinationResult, MirrorResult } from '../../report/result.ts'

/** One result of a mirror whose destinations have different options, each group with a run of its own. */
export function joinGroups(results: readonly MirrorResult[]): MirrorResult {
  const [first, ...others] = results
  if (first === undefined || others.length === 0) return first ?? NOTHING
  return {
    source: first.source,
    ok: results.every(({ ok }) => ok),
    dryRun: first.dryRun,
    destinations: results.flatMap(({ destinations }) => destinations),
    error: results.find(({ error }) => error !== undefined)?.error,
    seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
    sourceRefs: Math.max(...results.map(({ sourceRefs }) => sourceRefs)),
  }
}

const NOTHING: MirrorResult = {
  source: '',
  ok: true,
  dryRun: false,
  destinations: [],
  error: undefined,
  seconds: 0,
  sourceRefs: 0,
}

/** The result of a run after one that failed: what the first one changed stays told. */
export function joinRuns(before: MirrorResult | undefined, now: MirrorResult): MirrorResult {
  if (before === undefined) return now
  const destinations = now.destinations.map((destination) => {
    const earlier = before.destinations.find((other) => other.destination === destination.destination)
    return earlier === undefined ? destination : joinDestination(earlier, destination)
  })
  return { ...now, destinations, seconds: before.seconds + now.seconds }
}

function joinDestination(before: DestinationResult, now: DestinationResult): DestinationResult {
  const later = new Set(now.changed.map(({ ref }) => ref))
  const changed = [...before.changed.filter(({ ref }) => !later.has(ref)), ...now.changed]
  const status = now.status === 'unchanged' && changed.length > 0 ? 'mirrored' : now.status
  const figures = {
    packBytes: before.figures.packBytes + now.figures.packBytes,
    objects: before.figures.objects + now.figures.objects,
    pushes: before.figures.pushes + now.figures.pushes,
    lfsObjects: before.figures.lfsObjects + now.figures.lfsObjects,
    lfsBytes: before.figures.lfsBytes + now.figures.lfsBytes,
    seconds: now.figures.seconds,
  }
  return { ...now, changed, status, figures }
}
