import { printableLine } from '../base/printable.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { validPartOf } from '../protocol/ref-name.ts'
import type { RejectedRef } from '../report/result.ts'
import { holdBack } from './hold-back.ts'
import type { PlanOptions } from './plan-types.ts'
import type { RefspecMatcher } from './refspec-match.ts'

/** With more names that are none, each destination ref may be one of them. */
const BEGINNINGS_COMPARED = 200

/** What the damaged lines of the listings forbid: a line is believed, or it says nothing at all. */
export interface Doubts {
  /** By the name at the destination: refs that are neither updated nor deleted. */
  readonly held: ReadonlyMap<string, RejectedRef>
  /** Why the source may still have a ref that it does not list under this destination name. */
  weighAbsence(ref: AdvertisedRef): RejectedRef | undefined
}

export function findDoubts(options: PlanOptions, matcher: RefspecMatcher): Doubts {
  const held = new Map<string, RejectedRef>()
  const { source, destination } = options
  const hold = (name: string, reason: string, advice: string): void => {
    held.set(name, { ...holdBack(name, 'update', reason), advice, warning: true })
  }
  for (const { name, reason } of destination.damaged ?? []) {
    if (matcher.sourcesOf(name).length > 0)
      hold(name, `the destination lists it without a value: ${reason}`, MEND_DESTINATION)
  }
  for (const damaged of source.damaged ?? []) {
    const reason = `the source lists ${shown(damaged.name)} without a value: ${damaged.reason}`
    matcher.eachDestination(damaged.name, (name) => hold(name, reason, MEND_SOURCE))
  }
  let beginnings: readonly string[] | undefined
  return {
    held,
    weighAbsence(ref) {
      beginnings ??= findBeginnings(options)
      if (beginnings.length === 0) return undefined
      const names = matcher.sourcesOf(ref.name)
      const beginning = beginnings.find((text) => names.some((name) => name.startsWith(text)))
      if (beginning === undefined) return undefined
      const reason = `the source lists a name that is none and begins with “${shown(beginning)}”: it may stand for this ref`
      return { ...holdBack(ref.name, 'delete', reason), advice: MEND_SOURCE, warning: true }
    },
  }
}

const MEND_SOURCE =
  'Mend it at the source: git for-each-ref warns of broken refs there; give the ref its value again, or delete it.'

const MEND_DESTINATION =
  'Mend it at the destination: git for-each-ref warns of broken refs there; delete it, and the next run makes it anew.'

/** How the names begin that the source lists and that are none: each stands for a ref that is not known. */
function findBeginnings({ source }: PlanOptions): readonly string[] {
  const found = new Set<string>()
  const look = (name: string): void => {
    const valid = validPartOf(name)
    if (valid.length < name.length) found.add(valid)
  }
  for (const { name } of source.damaged ?? []) look(name)
  for (const { name } of source.refs) if (name.startsWith('refs/') && !name.endsWith('^{}')) look(name)
  const kept: string[] = []
  for (const text of [...found].toSorted()) {
    const last = kept.at(-1)
    if (last === undefined || !text.startsWith(last)) kept.push(text)
  }
  return kept.length > BEGINNINGS_COMPARED ? [''] : kept
}

function shown(name: string): string {
  return printableLine(name, 200)
}
