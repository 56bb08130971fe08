import type { Go } from './cases.ts'
import { median } from './measure.ts'
import type { Over } from './servers.ts'

/** All runs of one contender in one case over one transport; undefined is what was not measured there. */
export interface Line {
  readonly case: string
  readonly over: Over
  readonly contender: string
  readonly runs: number
  /** Medians of wall time and of the processor's time of our process, in seconds. */
  readonly seconds: number | undefined
  readonly fastest: number | undefined
  readonly slowest: number | undefined
  readonly cpu: number | undefined
  /** The highest of all runs, in bytes. */
  readonly rss: number | undefined
  /** Bytes of packs by the program's own account. */
  readonly packBytes: number | undefined
  /** Bytes on the wire, both ways, on the source's and the destination's side. */
  readonly sourceBytes: number | undefined
  readonly destinationBytes: number | undefined
  /** Bytes of the bodies of pushes: commands and packs, without the envelope of http. */
  readonly pushed: number | undefined
  /** Far servers only. */
  readonly sourceRoundTrips: number | undefined
  readonly destinationRoundTrips: number | undefined
  readonly failure: string | undefined
}

/** One line for each case, transport and contender, in the order in which they came. */
export function summarize(gos: readonly Go[]): readonly Line[] {
  const groups = new Map<string, Go[]>()
  for (const go of gos) {
    const key = `${go.case} ${go.over} ${go.contender}`
    const group = groups.get(key)
    if (group) group.push(go)
    else groups.set(key, [go])
  }
  return [...groups.values()].map(summarizeGroup)
}

function summarizeGroup(group: readonly Go[]): Line {
  const { case: name, over, contender } = group[0]!
  const all = (pick: (go: Go) => number | undefined): readonly number[] =>
    group.map(pick).filter((value) => value !== undefined)
  const middle = (pick: (go: Go) => number | undefined): number | undefined => {
    const values = all(pick)
    return values.length === 0 ? undefined : median(values)
  }
  const seconds = all((go) => go.seconds)
  const far = over.includes('@')
  return {
    case: name,
    over,
    contender,
    runs: seconds.length,
    seconds: middle((go) => go.seconds),
    fastest: seconds.length === 0 ? undefined : Math.min(...seconds),
    slowest: most(seconds),
    cpu: middle((go) => go.cpu),
    rss: most(all((go) => go.rss)),
    packBytes: middle((go) => go.packBytes),
    sourceBytes: middle((go) => go.fromSource && go.fromSource.sent + go.fromSource.received),
    destinationBytes: middle((go) => go.toDestination && go.toDestination.sent + go.toDestination.received),
    pushed: middle((go) => go.toDestination?.body),
    sourceRoundTrips: far ? middle((go) => go.fromSource?.roundTrips) : undefined,
    destinationRoundTrips: far ? middle((go) => go.toDestination?.roundTrips) : undefined,
    failure: group.find((go) => go.failure !== undefined)?.failure,
  }
}

function most(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values)
}
