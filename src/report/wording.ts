import type { MirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import type { DestinationResult, MirrorResult, RefAction, RefChange } from './result.ts'

export type ActionCounts = Readonly<Record<RefAction, number>>

/** `1,234`. */
export function formatCount(count: number): string {
  // Not Intl.NumberFormat: making one takes longer than most of what a run does before its first byte.
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 ref`, `1,234 refs`. */
export function formatPlural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`
}

/** Powers of 1000: `906 bytes`, `1.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${Math.round(bytes)} bytes`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** `40 ms`, `1.8 s`, `12 s`, `3 min 5 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** The first digits of an id; an empty text for the id of nothing. */
export function shortId(id: string): string {
  return /^0*$/.test(id) ? '' : id.slice(0, 10)
}

export function countActions(changes: readonly RefChange[]): ActionCounts {
  const counts: Record<RefAction, number> = { create: 0, update: 0, force: 0, delete: 0 }
  for (const change of changes) counts[change.action] += 1
  return counts
}

/** `2 created, 1 deleted`; `nothing changed` where nothing did. */
export function describeCounts(counts: ActionCounts): string {
  const words: readonly (readonly [RefAction, string])[] = [
    ['create', 'created'],
    ['update', 'updated'],
    ['force', 'forced'],
    ['delete', 'deleted'],
  ]
  const parts = words
    .filter(([action]) => counts[action] > 0)
    .map(([action, word]) => `${formatCount(counts[action])} ${word}`)
  return parts.length === 0 ? 'nothing changed' : parts.join(', ')
}

/** One line: what became of a destination. */
export function describeDestination(destination: DestinationResult): string {
  const counts = describeCounts(countActions(destination.changed))
  switch (destination.status) {
    case 'unchanged':
      return `up to date, ${formatPlural(destination.upToDate, 'ref')}`
    case 'mirrored':
      return counts
    case 'planned':
      return destination.changed.length === 0 ? 'nothing would change' : `would change: ${counts}`
    case 'rejected':
      return `${formatPlural(countHard(destination), 'ref')} rejected; ${counts}`
    case 'failed':
      return `failed${sideOf(destination.error)}: ${describeMessage(destination.error)}; ${counts}`
  }
}

/** The sentence that comes first: did it work, and what did it do. */
export function describeVerdict(result: MirrorResult): string {
  const all = result.destinations.flatMap((destination) => destination.changed)
  const counts = describeCounts(countActions(all))
  const places = formatPlural(result.destinations.length, 'destination')
  const time = formatSeconds(result.seconds)
  const failed = result.destinations.filter((destination) => destination.status === 'failed')
  const rejected = result.destinations.reduce((sum, destination) => sum + countHard(destination), 0)
  if (result.error?.code === 'cancelled') return `Cancelled after ${time}: ${counts}.`
  if (result.error) return `${describeFailure(result.error)}.`
  if (failed.length > 0) {
    const others = rejected > 0 ? `, ${formatPlural(rejected, 'ref')} rejected` : ''
    if (result.destinations.length === 1) return `${describeFailure(failed[0]?.error)}.`
    return `Failed at ${formatCount(failed.length)} of ${places}${others}; ${counts}.`
  }
  if (!result.ok) return `${formatPlural(rejected, 'ref')} rejected; ${counts} at ${places} in ${time}.`
  if (result.dryRun) {
    return all.length === 0 ? 'Dry run: nothing would change.' : `Dry run: this would change: ${counts}.`
  }
  if (all.length === 0) return `Up to date: ${places} had nothing to change.`
  return `Mirrored: ${counts} at ${places} in ${time}.`
}

function describeFailure(error: MirrorError | undefined): string {
  return `Failed${sideOf(error)}: ${describeMessage(error)}`
}

/** Both sides may be on one host: its name alone does not tell which one failed. */
function sideOf(error: MirrorError | undefined): string {
  return error?.side === undefined ? '' : ` at the ${error.side}`
}

/** An error's message as one printable line, without its full stop. */
export function describeMessage(error: MirrorError | undefined): string {
  return printableLine(error?.message ?? 'no reason was given', 1000).replace(/\.$/, '')
}

/** Refs whose rejection fails a run. */
export function countHard(destination: DestinationResult): number {
  return destination.rejected.filter((ref) => !ref.warning).length
}
