import type { MirrorRecord } from './records.ts'

/** Names in the order in which they run: what failed last time first, then what has waited longest for a success, then by name. */
export function inTurn(
  names: readonly string[],
  recordOf: (name: string) => Pick<MirrorRecord, 'status' | 'lastSuccess'>,
): readonly string[] {
  const ranked = names.map((name) => {
    const { status, lastSuccess } = recordOf(name)
    const hasFailed = status === 'failed' || status === 'rejected'
    return { name, rank: hasFailed ? 0 : 1, since: lastSuccess ?? 0 }
  })
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.since - b.since || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}
