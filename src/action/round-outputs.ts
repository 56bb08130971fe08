import type { RoundReport } from '../fleet/report/round-lines.ts'
import type { OutputName } from './outputs.ts'

/** What a round is for the steps after it: counts over all mirrors. The refs themselves are in the report file. */
export function roundOutputs({
  mirrors,
  dryRun,
}: RoundReport): Readonly<Partial<Record<OutputName, string>>> {
  const destinations = mirrors.flatMap(({ result }) => result?.destinations ?? [])
  const changes = destinations.flatMap(({ changed }) => changed)
  const count = (...actions: readonly string[]): string =>
    String(changes.filter(({ action }) => actions.includes(action)).length)
  return {
    changed: String(changes.length > 0 && !dryRun),
    created: count('create'),
    updated: count('update', 'force'),
    deleted: count('delete'),
    rejected: String(destinations.reduce((sum, { rejected }) => sum + rejected.length, 0)),
    'pack-bytes': String(destinations.reduce((sum, { figures }) => sum + figures.packBytes, 0)),
  }
}
