/** Which of the two servers an error came from. */
export type Side = 'source' | 'destination'

/**
 * What kind of failure it is. The code decides what a run does next; the text is for people.
 *
 * - `usage`: wrong arguments or inputs; nothing was touched
 * - `auth`: the server refused the credential, or asked for one that is not there
 * - `not-found`: no repository at that address, or none that this credential may see
 * - `host-key`: the ssh host is unknown, changed or revoked
 * - `connect`: no connection (name, refused, TLS, proxy)
 * - `timeout`: a limit of time was reached
 * - `cut`: the connection ended before the answer was complete
 * - `protocol`: the answer is not Git's wire protocol
 * - `http`: an HTTP status that is none of the above
 * - `server`: the server said, in words, why it stopped (`ERR`, band 3, text before exit)
 * - `pack`: the pack is damaged: header, trailer or length
 * - `unpack`: the destination could not take the pack
 * - `too-large`: a limit of size was reached, the destination's or ours
 * - `limit`: a server sent more than any real repository needs
 * - `format`: one repository uses SHA-1, the other SHA-256
 * - `shallow`: the source is a shallow clone
 * - `guard`: a guard stopped the run before the first write
 * - `race`: refs moved between listing and push, more often than we try
 * - `unverified`: the report said done and the listing does not show it
 * - `cancelled`: a signal ended the run
 * - `local`: this machine: no git program, no such folder, no disk
 */
export type ErrorCode =
  | 'usage'
  | 'auth'
  | 'not-found'
  | 'host-key'
  | 'connect'
  | 'timeout'
  | 'cut'
  | 'protocol'
  | 'http'
  | 'server'
  | 'pack'
  | 'unpack'
  | 'too-large'
  | 'limit'
  | 'format'
  | 'shallow'
  | 'guard'
  | 'race'
  | 'unverified'
  | 'cancelled'
  | 'local'

/** Milliseconds that a server which asks us to wait is waited for, at most. */
export const LONGEST_RETRY_AFTER_MS = 300_000

export interface MirrorErrorDetails {
  readonly code: ErrorCode
  /** Whether the same request may succeed a moment later. Default: false. */
  readonly retryable?: boolean | undefined
  /** One sentence that says what to do. */
  readonly hint?: string | undefined
  readonly side?: Side | undefined
  /** HTTP status, where there was one. */
  readonly status?: number | undefined
  /** Milliseconds that the server asked us to wait (`Retry-After`). */
  readonly retryAfter?: number | undefined
  /** The server's own words, raw: escape before printing. */
  readonly serverText?: string | undefined
  /** The id of the row of the advice table that tells what it means, where the thrower knows it. */
  readonly advice?: string | undefined
  readonly cause?: unknown
}

/** The one error that leaves any room. Its message never holds a secret, and may hold a server's raw words. */
export class MirrorError extends Error {
  override readonly name = 'MirrorError'
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly hint: string | undefined
  readonly side: Side | undefined
  readonly status: number | undefined
  readonly retryAfter: number | undefined
  readonly serverText: string | undefined
  readonly advice: string | undefined

  constructor(message: string, details: MirrorErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = details.code
    this.retryable = details.retryable ?? false
    this.hint = details.hint
    this.side = details.side
    this.status = details.status
    this.retryAfter = details.retryAfter
    this.serverText = details.serverText
    this.advice = details.advice
  }
}

/** The same error with some details changed; the first `side` that was set stays. */
export function withDetails(
  error: MirrorError,
  details: Partial<MirrorErrorDetails>,
  message?: string,
): MirrorError {
  return new MirrorError(message ?? error.message, {
    code: details.code ?? error.code,
    retryable: details.retryable ?? error.retryable,
    hint: details.hint ?? error.hint,
    side: error.side ?? details.side,
    status: details.status ?? error.status,
    retryAfter: details.retryAfter ?? error.retryAfter,
    serverText: details.serverText ?? error.serverText,
    advice: details.advice ?? error.advice,
    cause: error.cause ?? details.cause,
  })
}

/** Any thrown value as a MirrorError; what was none becomes one of `fallback`. */
export function toMirrorError(thrown: unknown, fallback: MirrorErrorDetails): MirrorError {
  if (thrown instanceof MirrorError) return withDetails(thrown, { side: fallback.side })
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new MirrorError(message, { ...fallback, cause: thrown })
}
