import type { MirrorOptions } from '../../options/options.ts'
import type { PairVerdicts } from './verdict.ts'

/** One end of a pair, as far as places and circuits go. */
export interface JobEnd {
  /** undefined: this machine, which has no limit of its own. */
  readonly host: string | undefined
  /** What opens it: equal for equal credentials, and says nothing about them. */
  readonly credential: string
  /** What it is, for counting refusals on different repositories. */
  readonly repository: string
}

/** A mirror's pair of one source and the destinations with the same options. */
export interface JobPair {
  readonly options: MirrorOptions
  readonly source: JobEnd
  readonly destinations: readonly JobEnd[]
}

/** A mirror that waits for its turn. */
export interface Job {
  readonly name: string
  readonly pairs: readonly JobPair[]
  /** Names of jobs that have to end before, however they end. */
  readonly after: readonly string[]
}

/**
 * What became of a job's run: `deferred` has something to send and no place for it yet; `again` failed and may succeed
 * later; `done` for good.
 */
export interface JobEnding<Result> {
  readonly kind: 'done' | 'again' | 'deferred'
  readonly result: Result
  readonly verdicts: readonly PairVerdicts[]
}

/** All ends of a job. */
export function endsOf({ pairs }: Job): readonly JobEnd[] {
  return pairs.flatMap(({ source, destinations }) => [source, ...destinations])
}

/** The hosts of a job, each once, sorted. */
export function hostsOf(job: Job): readonly string[] {
  return [...new Set(endsOf(job).flatMap(({ host }) => host ?? []))].toSorted()
}
