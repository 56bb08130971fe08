import { forEachInSteps, someInSteps, type Steps } from '../base/steps.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import type { DestinationRefs, PlanOptions, RefUpdate } from './plan-types.ts'
import { UNCLAIMED, type Wishes } from './wishes.ts'
import { holdBackSymref } from './hold-back.ts'
import type { RefTable } from './ref-table.ts'
import type { RejectedRef } from '../report/result.ts'

/** What becomes of the destination's symbolic refs that the source has a value for; none is ever written (G17). */
export interface SymrefVerdicts {
  readonly names: ReadonlySet<string>
  /** Those that will show another value than the source wants, once the plan is done. */
  readonly heldBack: readonly RejectedRef[]
  /** To be added to the count of refs that are up to date. */
  readonly upToDate: number
}

const SYMREF_HOPS = 5

/** A symbolic ref is right when the plan gives the ref that it names the value that the source wants of it. */
export function judgeSymrefs(
  options: PlanOptions,
  at: {
    readonly wishes: Wishes
    readonly table: RefTable
    /** Whether a ref that should move is held back. */
    readonly isHeld: (name: string) => boolean
  },
): SymrefVerdicts {
  const { wishes, table } = at
  const names = new Set<string>()
  const heldBack: RejectedRef[] = []
  let upToDate = 0
  for (const [name, target] of linksOf(options.destination)) {
    const index = table.find(name)
    const source = index < 0 ? undefined : options.source.refs[wishes.claims[index]!]
    if (source === undefined) continue
    names.add(name)
    const isEqual = options.destination.refs[index]!.id === source.id
    const willBeEqual = idAfter(options, { ...at, target }) === source.id
    if (!willBeEqual) heldBack.push(holdBackSymref(name, target, source.name))
    upToDate += Number(willBeEqual) - Number(isEqual)
  }
  return { names, heldBack, upToDate }
}

/**
 * Whether a symbolic ref may be among `updates`, or name one of them. It shows the id of the ref that it names: a ref
 * whose id no other shows is none, and is named by none, but for refs that the server hides from who pushes.
 *
 * @param shown what the destination shows: refs and ids of `.have` lines
 */
export function* mayMeetSymref(
  updates: readonly RefUpdate[],
  shown: { readonly refs: readonly AdvertisedRef[]; readonly haves: readonly ObjectId[] },
): Steps<boolean> {
  const moved = new Set<ObjectId>()
  yield* forEachInSteps(updates, ({ action, old }) => {
    if (action !== 'create') moved.add(old)
  })
  if (moved.size === 0) return false
  if (yield* someInSteps(shown.haves, (id) => moved.has(id))) return true
  const seen = new Set<ObjectId>()
  return yield* someInSteps(shown.refs, ({ id }) => moved.has(id) && seen.size === seen.add(id).size)
}

/** Targets of symbolic refs, each with one that names it; HEAD's apart. */
export function namedTargets(destination: DestinationRefs): ReadonlyMap<string, string> {
  return new Map(linksOf(destination).map(([name, target]) => [target, name]))
}

function linksOf({ symrefs }: DestinationRefs): readonly (readonly [name: string, target: string])[] {
  return [...(symrefs ?? [])].filter(([name]) => name !== 'HEAD')
}

function idAfter(
  options: PlanOptions,
  {
    target,
    wishes,
    table,
    isHeld,
  }: {
    readonly target: string
    readonly wishes: Wishes
    readonly table: RefTable
    readonly isHeld: (name: string) => boolean
  },
): ObjectId | undefined {
  let name = target
  for (let hop = 0; hop < SYMREF_HOPS; hop++) name = options.destination.symrefs?.get(name) ?? name
  const at = table.find(name)
  if (at < 0) return undefined
  const claim = wishes.claims[at]!
  return (claim === UNCLAIMED || isHeld(name) ? options.destination.refs[at] : options.source.refs[claim])!.id
}
