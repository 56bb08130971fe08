import type { MirrorError, Side } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import type { MirrorEvent } from './events.ts'
import type { DestinationResult, MirrorResult, Phase, RefAction, RefChange } from './result.ts'

/** In the order in which a run goes through them. */
export const PHASES: readonly Phase[] = ['list', 'lfs', 'negotiate', 'transfer', 'verify']

/** One character for each change of a ref. */
export const ACTION_SIGNS: Readonly<Record<RefAction, string>> = {
  create: '+',
  update: '*',
  force: '!',
  delete: '-',
}

/** Lines of a server's text that a report shows. */
const SERVER_LINES = 20

/** Refs of our own that a sentence names. */
const LEFTOVER_NAMES = 5

type ActionCounts = Readonly<Record<RefAction, number>>

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

/** `aaaaaaaaaa..bbbbbbbbbb`, or the one id that there is. */
export function describeIds(change: RefChange): string {
  return [shortId(change.old), shortId(change.new)].filter((id) => id !== '').join('..')
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

/** As `describeCounts`; what stays of ours is no "nothing". */
function describeChanges(destinations: readonly DestinationResult[]): string {
  const changes = destinations.flatMap(({ changed }) => changed)
  const leftovers = destinations.reduce((sum, destination) => sum + leftoversOf(destination).length, 0)
  if (leftovers === 0) return describeCounts(countActions(changes))
  const moved = changes.length === 0 ? 'no ref in scope changed' : describeCounts(countActions(changes))
  return `${moved}, ${formatPlural(leftovers, 'helper ref')} of ours left behind`
}

function leftoversOf(destination: DestinationResult): readonly string[] {
  return destination.leftovers ?? []
}

/** Which refs of ours stay at a destination, what for, and how to remove them; undefined: none. */
export function describeLeftovers(destination: DestinationResult): string | undefined {
  const names = leftoversOf(destination)
  if (names.length === 0) return undefined
  const shown = names.slice(0, LEFTOVER_NAMES)
  const more = names.length > shown.length ? ` and ${formatCount(names.length - shown.length)} more` : ''
  const removal =
    more === ''
      ? `git push ${destination.destination} --delete ${shown.join(' ')}`
      : 'git push --delete with the name of each'
  return (
    `our helper refs stay at the destination: ${shown.join(', ')}${more}; ` +
    `the next run goes on from them, or remove them by: ${removal}`
  )
}

/** What was carried of LFS: `12 LFS objects, 24 MB`; undefined: nothing. */
export function describeLfs({ figures }: DestinationResult): string | undefined {
  const { lfsObjects, lfsBytes } = figures
  if (lfsObjects === 0 && lfsBytes === 0) return undefined
  return `${formatPlural(lfsObjects, 'LFS object')}, ${formatBytes(lfsBytes)}`
}

/** What a server said about an error, as lines of a report; raw but for their beginning. */
export function describeServerText(error: MirrorError): readonly string[] {
  const lines = (error.serverText ?? '').split(/[\r\n]/).filter((line) => line.trim() !== '')
  const shown = lines.slice(0, SERVER_LINES).map((line) => `remote: ${line}`)
  const left = lines.length - shown.length
  return left > 0 ? [...shown, `remote: … and ${formatPlural(left, 'more line')}`] : shown
}

/** A line that a server said while it worked, as git would show it; raw but for its beginning. */
export function describeServerLine(event: { readonly side: Side; readonly text: string }): string {
  return `${event.side === 'source' ? 'source' : 'remote'}: ${event.text}`
}

/** A phase that begins, as a line: with `prefix`, which says whose it is, unless its own words do. */
export function describePhase(event: MirrorEvent & { kind: 'phase' }, prefix: string): string {
  const names = event.destination !== undefined && event.text.includes(event.destination)
  return `${names ? '' : prefix}${event.text}`
}

/** One line: what became of a destination. */
export function describeDestination(destination: DestinationResult): string {
  const changes = describeChanges([destination])
  switch (destination.status) {
    case 'unchanged':
      return leftoversOf(destination).length > 0
        ? changes
        : `up to date, ${formatPlural(destination.upToDate, 'ref')}`
    case 'mirrored':
      return changes
    case 'planned':
      return destination.changed.length === 0 ? 'nothing would change' : `would change: ${changes}`
    case 'rejected':
      return `${formatPlural(countFailingRejections(destination), 'ref')} rejected; ${changes}`
    case 'failed':
      return `failed${sideOf(destination.error)}: ${describeMessage(destination.error)}; ${changes}`
  }
}

/** The sentence that comes first: did it work, and what did it do. */
export function describeVerdict(result: MirrorResult): string {
  const { destinations } = result
  const changes = describeChanges(destinations)
  const places = formatPlural(destinations.length, 'destination')
  const time = formatSeconds(result.seconds)
  const failed = destinations.filter(({ status }) => status === 'failed')
  const rejected = destinations.reduce((sum, destination) => sum + countFailingRejections(destination), 0)
  if (result.error?.code === 'cancelled') return `Cancelled after ${time}: ${changes}.`
  if (result.error) return `${describeFailure(result.error)}.`
  if (failed.length > 0) {
    const others = rejected > 0 ? `, ${formatPlural(rejected, 'ref')} rejected` : ''
    if (destinations.length === 1) return `${describeFailure(failed[0]?.error)}.`
    return `Failed at ${formatCount(failed.length)} of ${places}${others}; ${changes}.`
  }
  if (!result.ok) return `${formatPlural(rejected, 'ref')} rejected; ${changes} at ${places} in ${time}.`
  if (isUntouched(result)) return describeUntouched(result, places)
  return result.dryRun
    ? `Dry run: this would change: ${changes}.`
    : `Mirrored: ${changes} at ${places} in ${time}.`
}

/** Whether the source has no ref that `refs` names: nothing was mirrored, which is not the same as up to date. */
export function hasEmptyScope(result: MirrorResult): boolean {
  return result.ok && result.sourceRefs === 0 && isUntouched(result)
}

function isUntouched({ destinations }: MirrorResult): boolean {
  return destinations.every(
    (destination) => destination.changed.length === 0 && leftoversOf(destination).length === 0,
  )
}

function describeUntouched(result: MirrorResult, places: string): string {
  if (hasEmptyScope(result)) return 'Nothing was mirrored: the source has no ref that refs names.'
  return result.dryRun ? 'Dry run: nothing would change.' : `Up to date: ${places} had nothing to change.`
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
function countFailingRejections(destination: DestinationResult): number {
  return destination.rejected.filter((ref) => !ref.warning).length
}
