import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { type ObjectFormat, type ObjectId, nullId } from '../protocol/object-id.ts'
import type { RefspecSet } from './refspec.ts'
import type { RefAction, RejectedRef } from '../report/result.ts'

export interface SourceRefs {
  readonly refs: readonly AdvertisedRef[]
  /** Full name of the branch that HEAD names. */
  readonly head: string | undefined
  readonly format: ObjectFormat
}

export interface DestinationRefs {
  readonly refs: readonly AdvertisedRef[]
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
  /** A refspec with `+` asks for it: `force: false` does not hold it back. */
  readonly forced?: boolean | undefined
}

export interface Plan {
  /** In the order of the push: deletions, the branch that the source's HEAD names, the others. */
  readonly updates: readonly RefUpdate[]
  /** Refs that cannot or must not be sent. */
  readonly heldBack: readonly RejectedRef[]
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

/** True for an update that removes its ref. */
export function isDelete(update: RefUpdate): boolean {
  return update.new === nullId(update.new.length === 64 ? 'sha256' : 'sha1')
}
