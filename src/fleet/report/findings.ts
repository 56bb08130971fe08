import type { DestinationJson, ErrorJson } from '../../report/result-json.ts'
import type { DiscoveryLine, MirrorLine, RoundReport } from './round-lines.ts'

/** Why something failed, what to do, and all to which it happened. */
export interface Trouble {
  readonly cause: string
  readonly remedy: string | undefined
  /** Names of mirrors, in order. */
  readonly names: readonly string[]
}

export interface RoundCounts {
  readonly mirrors: number
  readonly changed: number
  readonly unchanged: number
  readonly failed: number
  readonly rejected: number
  /** Not tried, and that is a failure. */
  readonly skipped: number
  readonly paused: number
  readonly unpushed: number
  readonly refs: number
  readonly bytes: number
}

export type MirrorState = 'changed' | 'unchanged' | 'failed' | 'rejected' | 'skipped' | 'paused' | 'unpushed'

export function stateOf({ ok, skipped, unpushed, result }: MirrorLine): MirrorState {
  if (unpushed === true) return 'unpushed'
  if (skipped !== null) return ok ? 'paused' : 'skipped'
  const statuses = new Set((result?.destinations ?? []).map(({ status }) => status))
  if (!ok) {
    const isRejected = result?.error === null && !statuses.has('failed') && statuses.has('rejected')
    return isRejected ? 'rejected' : 'failed'
  }
  return changesOf(result?.destinations ?? []) > 0 ? 'changed' : 'unchanged'
}

export function countRound({ mirrors }: RoundReport): RoundCounts {
  const counts = {
    changed: 0,
    unchanged: 0,
    failed: 0,
    rejected: 0,
    skipped: 0,
    paused: 0,
    unpushed: 0,
    refs: 0,
    bytes: 0,
  }
  for (const mirror of mirrors) {
    counts[stateOf(mirror)]++
    const destinations = mirror.result?.destinations ?? []
    counts.refs += changesOf(destinations)
    for (const { figures } of destinations) counts.bytes += figures.packBytes
  }
  return { mirrors: mirrors.length, ...counts }
}

export function changesOf(destinations: readonly DestinationJson[]): number {
  return destinations.reduce((sum, { changed }) => sum + changed.length, 0)
}

/** What failed, by cause: the cause that hit most comes first. A thousand mirrors of a dead host are one trouble. */
export function findTroubles({ mirrors, discoveries }: RoundReport): readonly Trouble[] {
  const troubles = new Map<string, { cause: string; remedy: string | undefined; names: string[] }>()
  const add = (name: string, cause: string, remedy: string | undefined): void => {
    const key = `${cause}\n${remedy}`
    const found = troubles.get(key) ?? { cause, remedy, names: [] }
    if (!found.names.includes(name)) found.names.push(name)
    troubles.set(key, found)
  }
  for (const discovery of discoveries) addDiscovery(discovery, add)
  for (const mirror of mirrors) if (!mirror.ok) addMirror(mirror, add)
  return [...troubles.values()].toSorted((a, b) => b.names.length - a.names.length)
}

type Add = (name: string, cause: string, remedy: string | undefined) => void

function addDiscovery({ discovery, error, refused }: DiscoveryLine, add: Add): void {
  const name = `discover ${discovery}`
  if (error !== null) add(name, error.message, error.hint ?? undefined)
  for (const reason of refused) add(name, reason, 'Leave it out with exclude, or rename it.')
}

function addMirror({ name, skipped, result }: MirrorLine, add: Add): void {
  if (skipped !== null) return add(name, `not tried: ${skipped}`, undefined)
  const errors: ErrorJson[] = []
  for (const error of [result?.error ?? null, ...(result?.destinations ?? []).map(({ error }) => error)]) {
    if (error !== null && !errors.some(({ message }) => message === error.message)) errors.push(error)
  }
  for (const { message, hint, side } of errors) {
    add(name, side === null ? message : `${side}: ${message}`, hint ?? undefined)
  }
  for (const { rejected } of result?.destinations ?? []) {
    const hard = rejected.filter(({ warning }) => !warning)
    for (const reason of new Set(hard.map(({ reason }) => reason))) {
      const { advice } = hard.find((ref) => ref.reason === reason)!
      add(name, `refs rejected: ${reason}`, advice ?? undefined)
    }
  }
}
