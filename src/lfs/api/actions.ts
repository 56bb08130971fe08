import type { Action, BatchEntry } from './batch-messages.ts'

/** An action that ends so soon is asked for anew. */
const EXPIRY_MARGIN_MS = 5000

/** How to get in: where the API is and the headers that go with each request to it. */
export interface LfsAccess {
  readonly endpoint: URL
  readonly header: Readonly<Record<string, string>>
  /** A stranger named the endpoint: it must not be on this machine or in a private network. */
  readonly publicOnly: boolean
}

export function isExpired(action: Action | undefined): boolean {
  return action?.expires !== undefined && action.expires - Date.now() < EXPIRY_MARGIN_MS
}

/** Storage servers answer so to a signed address that has expired. */
export function isRefused(status: number): boolean {
  return status === 401 || status === 403
}

/**
 * The API's own credentials go with an action only where it brings none, does not say that it needs none, and stays
 * on the API's scheme, host and port.
 */
export function credentialsFor(
  url: URL,
  action: Action,
  { entry, base }: { readonly entry: BatchEntry; readonly base: LfsAccess },
): Readonly<Record<string, string>> {
  const isOwn = 'authorization' in action.header || url.searchParams.has('token')
  return isOwn || entry.authenticated || url.origin !== base.endpoint.origin ? {} : base.header
}
