/** One object of an LFS server. */
export interface LfsObject {
  /** SHA-256, 64 lower-case hex digits. */
  readonly oid: string
  /** Bytes. */
  readonly size: number
}

/** What a store says of one object that it was asked for. */
export type Standing =
  | { readonly kind: 'there'; readonly object: LfsObject }
  | { readonly kind: 'missing'; readonly object: LfsObject }
  /** It will not tell, or not take it: `code` is HTTP's. */
  | { readonly kind: 'refused'; readonly object: LfsObject; readonly code: number; readonly message: string }

/** A place that keeps LFS objects: a server behind the batch API, or the folder of a repository on this machine. */
export interface LfsStore {
  /** Printable, without a secret. */
  readonly label: string
  /**
   * Which of `objects` can be read here.
   * @throws MirrorError where the store as a whole refuses or is not there.
   */
  find(objects: readonly LfsObject[]): Promise<readonly Standing[]>
  /** Which of `objects` have to be written here: `missing` ones can be. @throws as `find` */
  prepare(objects: readonly LfsObject[]): Promise<readonly Standing[]>
  /**
   * The bytes of an object that was found. Whoever reads checks them.
   * @throws MirrorError, before the first byte or amid them.
   */
  read(object: LfsObject): AsyncIterable<Uint8Array>
  /**
   * Writes an object that `prepare` called missing. A body that throws leaves nothing behind.
   * @throws MirrorError; what the body threw.
   */
  write(object: LfsObject, body: AsyncIterable<Uint8Array>): Promise<void>
  /** Lets go of connections. Never throws. */
  dispose(): Promise<void>
}
