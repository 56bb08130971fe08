import type { MirrorView } from '../run/mirror-view.ts'

/** What a mirror's row says first, by urgency. */
export type RowStatus =
  | 'failed'
  | 'rejected'
  | 'skipped'
  | 'running'
  | 'waiting'
  | 'unknown'
  | 'paused'
  | 'well'

/** Each has a sign of its own: colour alone says nothing to many. */
export const SIGNS: Readonly<Record<RowStatus, string>> = {
  failed: '✕',
  rejected: '!',
  skipped: '–',
  running: '▶',
  waiting: '…',
  unknown: '?',
  paused: '‖',
  well: '✓',
}

export const WORDS: Readonly<Record<RowStatus, string>> = {
  failed: 'failed',
  rejected: 'refs rejected',
  skipped: 'not tried',
  running: 'running',
  waiting: 'waiting',
  unknown: 'not run yet',
  paused: 'paused',
  well: 'up to date',
}

export const ROW_STATUSES = Object.keys(WORDS) as readonly RowStatus[]

/** How the last run ended, whatever goes on now. */
export function outcomeOf({ record, paused }: MirrorView): RowStatus {
  if (paused !== undefined) return 'paused'
  switch (record.status) {
    case 'failed':
    case 'rejected':
    case 'skipped':
      return record.status
    case 'mirrored':
    case 'unchanged':
      return 'well'
    default:
      return 'unknown'
  }
}

/** What goes on now, else how the last run ended. */
export function rowStatusOf(view: MirrorView): RowStatus {
  if (view.state === 'running' || view.state === 'dirty') return 'running'
  const outcome = outcomeOf(view)
  return view.state === 'waiting' && outcome !== 'failed' && outcome !== 'rejected' ? 'waiting' : outcome
}

const STEPS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
]

/** `3 h`, `5 min`, `now`. */
export function describeAge(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  const step = STEPS.find(([size]) => seconds >= size)
  return step === undefined ? 'now' : `${Math.floor(seconds / step[0])} ${step[1]}`
}

/** `2026-11-30 17:20:05 UTC`. */
export function exactTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Addresses with a scheme that a browser follows; others are text. */
export function linkOf(address: string): string | undefined {
  return /^https?:\/\/[^\s"'<>]+$/.test(address) ? address : undefined
}

/** An address without what all have. */
export function shortAddress(address: string): string {
  return address.replace(/^(?:https?|ssh|git):\/\/(?:git@)?/, '').replace(/\.git$/, '')
}
