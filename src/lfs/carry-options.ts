import type { ObjectId } from '../protocol/object-id.ts'
import type { LfsStore } from './api/store.ts'
import type { LfsSource } from './lfs-source.ts'
import type { FoundPointers } from './pointers/find-pointers.ts'
import type { RelayMember } from './relay/shared-relay.ts'

/**
 * - `auto`: carry where there are pointers and both ends speak LFS; warn where one does not
 * - `true`: as `auto`, and what cannot be carried is a failure
 * - `full`: as `true`, and every pointer of the source is looked at, whatever the destination has
 */
export type LfsMode = 'auto' | 'true' | 'full'

export interface CarryOptions {
  readonly mode: LfsMode
  readonly source: LfsSource
  /** Opens the destination's LFS store. @throws MirrorError */
  readonly openDestination: () => Promise<LfsStore>
  readonly member: RelayMember
  readonly signal: AbortSignal
  /** New values that the destination lacks. */
  readonly wants: readonly ObjectId[]
  /** Ids that the destination has. */
  readonly haves: readonly ObjectId[]
  /** Looks into the pack of the push itself, where it was asked for already. */
  readonly glance: PackGlance | undefined
  /** What a first glance has shown. */
  readonly shown: FoundPointers | undefined
  /** Tips of the source within the scope of the run, the default branch's first. */
  readonly tips: readonly ObjectId[]
  readonly notice: (level: 'info' | 'warning', text: string) => void
  /** Runs `act` again after failures that pass; `what` is for the log. @throws what `act` threw last. */
  readonly retry: <T>(what: string, act: () => Promise<T>) => Promise<T>
  /** More than one small question is to be asked: nothing else should wait for its answer. */
  readonly onDoubt: () => void
  /** Pointers were found: servers may be asked and objects may flow for long from now on. */
  readonly onFound: (count: number) => Promise<void>
  readonly onProgress: (progress: Progress) => void
}

export interface PackGlance {
  /**
   * What the pack shows, if it is here whole within so many bytes and milliseconds; undefined: it is larger or slower, or
   * leaves a doubt.
   * @throws the signal's reason.
   */
  read(limitBytes: number, limitMs: number): Promise<FoundPointers | undefined>
  /** Reads no further: the pack may be sent on. */
  stop(): void
}

export interface Progress {
  readonly bytes: number
  readonly objects: number
  /** Objects that are known to be missing so far. */
  readonly missing: number
}

export interface Carried {
  /** Objects that arrived and were listed by the destination afterwards. */
  readonly objects: number
  /** Bytes that were sent. */
  readonly bytes: number
}

export const NOTHING: Carried = { objects: 0, bytes: 0 }
