/** A request of a webhook, raw: signatures are over the very bytes. */
export interface HookRequest {
  /** By lower-case name; undefined: it is not there. */
  readonly header: (name: string) => string | undefined
  readonly body: Uint8Array
}

/** What a hook is about. */
export interface HookEvent {
  /**
   * `change`: refs of a repository may have moved; `notice`: the repository itself is another one now, or gone; `other`:
   * anything else, a test of the connection included.
   */
  readonly kind: 'change' | 'notice' | 'other'
  /** The host's name for it, for the log; of a notice, what was done to the repository. */
  readonly name: string
  /** What tells this delivery from others. */
  readonly delivery: string | undefined
  /** Addresses of the repository: read for their identity, and never asked. */
  readonly addresses: readonly string[]
}

/** A mapping of JSON, or none. */
export type Json = Readonly<Record<string, unknown>>

export function mappingAt(value: unknown, ...keys: readonly string[]): Json {
  let found: unknown = value
  for (const key of keys) found = isMapping(found) && Object.hasOwn(found, key) ? found[key] : undefined
  return isMapping(found) ? found : {}
}

const LONGEST_ADDRESS_LENGTH = 2048

/** The texts below some keys that may be addresses. */
export function textsAt(mapping: Json, ...keys: readonly string[]): readonly string[] {
  return keys
    .map((key) => (Object.hasOwn(mapping, key) ? mapping[key] : undefined))
    .filter((value) => typeof value === 'string')
    .filter((text) => text !== '' && text.length <= LONGEST_ADDRESS_LENGTH)
}

function isMapping(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
