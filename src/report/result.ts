import type { MirrorError } from '../base/errors.ts'
import type { ObjectId } from '../protocol/object-id.ts'

/** `force`: a branch that moved to where its old tip is no ancestor, or a tag that moved. */
export type RefAction = 'create' | 'update' | 'force' | 'delete'

/** A ref of a destination that changed, as its listing after the push shows. */
export interface RefChange {
  /** Name at the destination. */
  readonly ref: string
  readonly action: RefAction
  /** All zeros for `create`. */
  readonly old: ObjectId
  /** All zeros for `delete`. */
  readonly new: ObjectId
}

/** A ref that should have changed and did not. */
export interface RejectedRef {
  readonly ref: string
  readonly action: RefAction
  /** Why, in one line; may quote a server: escape before printing. */
  readonly reason: string
  /** What it means and what to do about it, in our words. */
  readonly advice: string | undefined
  /** Names that advice: several refs may have the same. */
  readonly adviceId?: string | undefined
  /** A warning does not fail the run (the refused deletion of a default branch). */
  readonly warning: boolean
}

/**
 * - `mirrored`: refs changed, and all that should have did
 * - `unchanged`: nothing was to do
 * - `planned`: a dry run; `changed` holds what would be done
 * - `rejected`: at least one ref did not move, the others did
 * - `failed`: an error ended it; `changed` holds what had moved by then
 */
export type DestinationStatus = 'mirrored' | 'unchanged' | 'planned' | 'rejected' | 'failed'

export interface DestinationFigures {
  /** Bytes of packs sent to this destination, over all attempts. */
  readonly packBytes: number
  /** Objects of those packs by their headers. */
  readonly objects: number
  /** Pushes that sent ref commands. */
  readonly pushes: number
  /** LFS objects that arrived and were listed by the destination's LFS server afterwards. */
  readonly lfsObjects: number
  /** Bytes of LFS objects that were sent, over all attempts. */
  readonly lfsBytes: number
  /** Seconds by phase, in order: list, lfs, negotiate, transfer, verify. */
  readonly seconds: Readonly<Record<Phase, number>>
}

export type Phase = 'list' | 'lfs' | 'negotiate' | 'transfer' | 'verify'

export interface DestinationResult {
  /** Printable address. */
  readonly destination: string
  readonly status: DestinationStatus
  readonly changed: readonly RefChange[]
  readonly rejected: readonly RejectedRef[]
  /** Refs in scope that were equal already. */
  readonly upToDate: number
  readonly warnings: readonly string[]
  /** Refs of our own that hold parts of a history and stay at the destination, full names; absent: none. */
  readonly leftovers?: readonly string[] | undefined
  readonly error: MirrorError | undefined
  readonly figures: DestinationFigures
}

export interface MirrorResult {
  /** Printable address. */
  readonly source: string
  /** True when every destination is `mirrored`, `unchanged` or `planned`. */
  readonly ok: boolean
  readonly dryRun: boolean
  readonly destinations: readonly DestinationResult[]
  /** The failure of the source, or of the run as a whole. */
  readonly error: MirrorError | undefined
  readonly seconds: number
  /** Refs that the source has in scope. */
  readonly sourceRefs: number
}
