import { MirrorError } from '../../base/errors.ts'

/** What opens one server. Nothing of it is ever printed. */
export interface Credentials {
  readonly username?: string
  /** Sent as the password of HTTP Basic. */
  readonly token?: string
  readonly sshKey?: string
  readonly sshPassphrase?: string
  readonly knownHosts?: string
}

/** The user name that hosts expect beside a token when none is given. */
export const DEFAULT_USERNAME = 'x-access-token'

export interface Login {
  readonly username: string
  readonly password: string
}

/**
 * The login for an HTTP server: the token, else the password that stood in the address, which is empty where a token
 * stands in place of the user (`https://TOKEN:@host`). A user name alone is none, because the clone addresses that some
 * hosts print carry one and are readable without a login.
 */
export function chooseLogin(
  credentials: Credentials,
  address: { readonly username?: string; readonly password?: string },
): Login | undefined {
  const password = credentials.token || address.password
  if (password === undefined || (password === '' && !address.username)) return undefined
  const username =
    (password === '' ? address.username : undefined) ||
    credentials.username ||
    address.username ||
    DEFAULT_USERNAME
  return { username, password }
}

/** The `Authorization` value of RFC 7617. @throws MirrorError `usage` for a user name with a colon. */
export function encodeBasic(login: Login): string {
  if (login.username.includes(':')) {
    throw new MirrorError('the user name holds a colon, which HTTP Basic cannot carry', {
      code: 'usage',
      hint: 'Give the user name alone, and the token or password separately.',
    })
  }
  return `Basic ${Buffer.from(`${login.username}:${login.password}`, 'utf8').toString('base64')}`
}

/**
 * Whether a login for `home` may be sent to `target`: the same scheme, host and port, or the same host after
 * a step up from http to https on the usual ports. Any other place may belong to someone else.
 */
export function mayCarryLogin(home: URL, target: URL): boolean {
  if (home.hostname !== target.hostname) return false
  if (home.protocol === target.protocol) return home.port === target.port
  return home.protocol === 'http:' && target.protocol === 'https:' && home.port === '' && target.port === ''
}
