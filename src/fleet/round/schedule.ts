import type { AtOnce, Lane } from './host-gate.ts'
import type { Job, JobEnding } from './job.ts'

export interface Clock {
  /** Milliseconds. */
  now(): number
  /** Calls back once the time is reached; returns how to give it up. */
  at(time: number, callback: () => void): () => void
}

export interface ScheduleInput<Result> {
  /** In the order in which they start. */
  readonly jobs: readonly Job[]
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly lanes: Readonly<Record<Lane, number>>
  readonly limitOf: (host: string) => AtOnce
  /** Runs a job, and never throws. `claim`: takes a place among the transfers, where there is one now. */
  readonly run: (job: Job, claim: () => boolean) => Promise<JobEnding<Result>>
  /** Times that a job may run again; waits that a host asked for are not counted. */
  readonly retriesOf: (job: Job) => number
  readonly onEnd: (job: Job, result: Result) => void
  /** It is not tried, and why. */
  readonly onSkip: (job: Job, reason: string) => void
}

/** How a host is treated at the moment. */
export interface HostLimit {
  /** Mirrors at once. */
  readonly allowed: number
  /** Times that it asked to slow down. */
  readonly slowdowns: number
}

/** A schedule that goes on: jobs come while others run. */
export interface OpenSchedule {
  /** `order`: a job with a lower one starts first. Its name must not be there already. */
  add(job: Job, order: number): void
  /** Takes a job out that has not begun. @returns false: it runs, or is not there */
  remove(name: string): boolean
  /** A person asks for it now: of its hosts that are not tried any more, each is tried once. */
  hope(job: Job): void
  /** The file was read anew: other limits, and perhaps other credentials behind the same names. */
  renew(): void
  /** Jobs that wait, by lane, and those that run. */
  count(): { readonly waiting: Readonly<Record<Lane, number>>; readonly running: number }
  /** By host. */
  limits(): ReadonlyMap<string, HostLimit>
}
