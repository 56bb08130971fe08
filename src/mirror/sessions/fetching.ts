import type { AdvertisedRef } from '../../protocol/advertisement.ts'
import type { FetchRequest } from '../../protocol/fetch-request.ts'
import type { FetchAnswer } from '../../protocol/fetch-response.ts'
import type { ObjectFormat, ObjectId } from '../../protocol/object-id.ts'

/** The refs of a server as its upload-pack shows them. */
export interface RefListing {
  readonly refs: readonly AdvertisedRef[]
  /** The branch that HEAD names, born or not. */
  readonly head: string | undefined
  /** Symbolic refs by name; undefined where the protocol does not tell (v0 tells HEAD alone). */
  readonly symrefs: ReadonlyMap<string, string> | undefined
  readonly format: ObjectFormat
  /** Not empty: the repository is a shallow clone. */
  readonly shallow: readonly ObjectId[]
}

/** What a fetch asks beside what the server is. */
export type FetchQuestion = Omit<FetchRequest, 'capabilities' | 'format' | 'agent' | 'progress'>

/** An answer whose pack, if there is one, is still to be read. */
export interface Fetching {
  readonly answer: FetchAnswer
  /** Several read it, at the pace of the slowest. */
  readonly shared?: boolean | undefined
  /** Next slice of the pack; undefined when it is complete. @throws MirrorError with side. */
  next(): Promise<Uint8Array | undefined>
  /** The next slice if it is here already. */
  nextNow(): Uint8Array | undefined
  /** Ends the transfer before its end. Harmless after it. */
  cancel(reason?: unknown): void
  /** Stops and starts the clock of the idle limit. */
  pause(): void
  resume(): void
}
