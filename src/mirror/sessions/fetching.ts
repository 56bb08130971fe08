import type { AdvertisedRef } from '../../protocol/advertisement.ts'
import type { FetchRequest } from '../../protocol/fetch-request.ts'
import type { FetchAnswer } from '../../protocol/fetch-response.ts'
import type { DamagedRef } from '../../protocol/ref-line.ts'
import type { ObjectFormat, ObjectId } from '../../protocol/object-id.ts'
import type { PackStream } from './pack-stream.ts'

/** The refs of a server as its upload-pack shows them. */
export interface RefListing {
  readonly refs: readonly AdvertisedRef[]
  /** Refs whose lines are not believed; none of them is among `refs`. */
  readonly damaged: readonly DamagedRef[]
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

/** An answer whose pack, if there is one, is still to be read. Without one the stream is at its end. */
export interface Fetching extends PackStream {
  readonly answer: FetchAnswer
  /** Several read it, at the pace of the slowest. */
  readonly shared?: boolean | undefined
}
