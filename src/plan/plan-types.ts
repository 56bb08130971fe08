import type { AdvertisedRef } from '../protocol/advertisement.ts'
import type { DamagedRef } from '../protocol/ref-line.ts'
import type { ObjectFormat, ObjectId } from '../protocol/object-id.ts'
import type { RefspecSet } from './refspec.ts'
import type { RefAction, RejectedRef } from '../report/result.ts'

export interface SourceRefs {
  readonly refs: readonly AdvertisedRef[]
  /** Refs whose lines are not believed. */
  readonly damaged?: readonly DamagedRef[] | undefined
  /** Full name of the branch that HEAD names. */
  readonly head: string | undefined
  readonly format: ObjectFormat
}

export interface DestinationRefs {
  readonly refs: readonly AdvertisedRef[]
  readonly damaged?: readonly DamagedRef[] | undefined
  readonly format: ObjectFormat
  /** Symbolic refs by name, with the ref each names; undefined: the server did not tell. */
  readonly symrefs: ReadonlyMap<string, string> | undefined
  /** Full name of the default branch. */
  readonly head: string | undefined
}

/** One command of a push, with where it comes from. */
export interface RefUpdate {
  /** Name at the destination. */
  readonly ref: string
  /** Name at the source; undefined: the ref is deleted. */
  readonly sourceRef: string | undefined
  /** A branch is `update` until its history shows that it is `force`; a moved tag is `force` at once. */
  readonly action: RefAction
  readonly old: ObjectId
  readonly new: ObjectId
  readonly reason: string
  /** The ref whose old value this one is to keep: `new` is that value. */
  readonly keeps?: string | undefined
  /** A deletion that makes room for another ref of the plan: it goes into a push of its own, before the others. */
  readonly makesRoom?: boolean | undefined
  /** A refspec with `+` asks for it: `force: false` does not hold it back. */
  readonly forced?: boolean | undefined
}

export interface Plan {
  /** In the order of the push: deletions, the branch that the source's HEAD names, the others. */
  readonly updates: readonly RefUpdate[]
  /** Refs that cannot or must not be sent. */
  readonly heldBack: readonly RejectedRef[]
  /** Those of them that may be symbolic refs to the default branch: the listing after it has moved will tell. */
  readonly namingHead: ReadonlySet<string>
  readonly upToDate: number
  /** Source refs in scope. */
  readonly inScope: number
  readonly warnings: readonly string[]
  /** The deletion of the destination's default branch: to be tried last and alone. */
  readonly defaultBranchDelete: RefUpdate | undefined
}

export interface PlanOptions {
  readonly source: SourceRefs
  readonly destination: DestinationRefs
  readonly refspecs: RefspecSet
  readonly prune: boolean
  readonly force: boolean
}

/** An update that removes its ref. A null id as new value of any other is a fault, and no deletion. */
export function isDelete(update: RefUpdate): boolean {
  return update.action === 'delete'
}
