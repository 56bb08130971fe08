import type { MirrorLine } from '../report/round-lines.ts'
import { stateOf } from '../report/findings.ts'

/** What became of a run, in the words of the page and the metrics. */
export type RunStatus = 'mirrored' | 'unchanged' | 'rejected' | 'failed' | 'skipped'

export const RUN_STATUSES: readonly RunStatus[] = ['mirrored', 'unchanged', 'rejected', 'failed', 'skipped']

/** One run, as much of it as is kept. */
export interface RunRecord {
  /** When it ended, in milliseconds since 1970. */
  readonly ended: number
  readonly status: RunStatus
  readonly seconds: number
  readonly bytes: number
  /** Refs that changed. */
  readonly changed: number
}

/** What is known of a mirror, and kept over restarts. Nothing in it says that something runs. */
export interface MirrorRecord {
  readonly lastSuccess: number | undefined
  readonly lastRun: number | undefined
  readonly status: RunStatus | undefined
  readonly error: { readonly message: string; readonly hint: string | undefined } | undefined
  readonly fingerprint: string | undefined
  /** A mark of its options and of what the list of its owner said of its source, before the last success. */
  readonly pushed: string | undefined
  /** Oldest first. */
  readonly runs: readonly RunRecord[]
}

export const NO_RECORD: MirrorRecord = {
  lastSuccess: undefined,
  lastRun: undefined,
  status: undefined,
  error: undefined,
  fingerprint: undefined,
  pushed: undefined,
  runs: [],
}

/** Runs of a mirror that are kept. */
export const KEPT_RUNS = 20

export function statusOf(line: MirrorLine): RunStatus {
  const state = stateOf(line)
  if (state === 'changed') return 'mirrored'
  return state === 'paused' || state === 'unpushed' ? 'skipped' : state
}

/** The record after one more run that ended at `now`. `pushed`: its mark before it. */
export function withRun(record: MirrorRecord, line: MirrorLine, now: number, pushed?: string): MirrorRecord {
  if (line.unpushed === true) return record
  const status = statusOf(line)
  if (status === 'skipped') {
    // It was not tried: what was known before is still the last that is known.
    return { ...record, status, error: { message: line.skipped ?? 'it was not tried', hint: undefined } }
  }
  const run: RunRecord = {
    ended: now,
    status,
    seconds: line.result?.seconds ?? 0,
    bytes: bytesOf(line),
    changed: (line.result?.destinations ?? []).reduce((sum, { changed }) => sum + changed.length, 0),
  }
  return {
    lastSuccess: line.ok ? now : record.lastSuccess,
    lastRun: now,
    status,
    error: errorOf(line),
    fingerprint: line.fingerprint ?? record.fingerprint,
    pushed: line.ok ? pushed : undefined,
    runs: [...record.runs, run].slice(-KEPT_RUNS),
  }
}

export function bytesOf({ result }: MirrorLine): number {
  return (result?.destinations ?? []).reduce((sum, { figures }) => sum + figures.packBytes, 0)
}

/** What went wrong first, and what to do about it. */
function errorOf({ ok, result }: MirrorLine): MirrorRecord['error'] {
  if (ok || result === null) return undefined
  const error = result.error ?? result.destinations.find((one) => one.error !== null)?.error
  if (error) return { message: error.message, hint: error.hint ?? undefined }
  const rejected = result.destinations.flatMap((one) => one.rejected).find(({ warning }) => !warning)
  if (rejected === undefined) return { message: 'it failed without a reason', hint: undefined }
  return {
    message: `${rejected.ref} was rejected: ${rejected.reason}`,
    hint: rejected.advice ?? undefined,
  }
}
