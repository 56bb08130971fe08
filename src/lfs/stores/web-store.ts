import { MirrorError, type Side } from '../../base/errors.ts'
import { decodePercentOrKeep } from '../../transport/address/authority.ts'
import { chooseLogin, encodeBasic, mayCarryLogin } from '../../transport/address/credentials.ts'
import { isLoopback } from '../../transport/address/loopback.ts'
import { printUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'
import { HttpClient } from '../../transport/http-client/http-client.ts'
import { shareHttpConnections } from '../../transport/http-client/http-connections.ts'
import { refuseUnverified } from '../../transport/http/site.ts'
import type { openRemote } from '../../transport/open-remote.ts'
import { guessEndpoint } from '../api/endpoint.ts'
import type { LfsAccess } from '../api/actions.ts'
import { openHttpStore } from '../api/http-store.ts'
import type { LfsHttp } from '../api/lfs-request.ts'
import { isPrivateHost } from '../api/href.ts'
import type { LfsStore } from '../api/store.ts'

export interface OpenStoreOptions {
  /** The repository whose objects are there, and how its server is reached. */
  readonly remote: Parameters<typeof openRemote>[0]
  readonly side: Side
  readonly signal: AbortSignal
  /** Full name of a ref at that server: some judge rights by it. */
  readonly ref: string | undefined
}

/** The store at a guessed address, with the login of the repository. */
export function openWebStore(options: OpenStoreOptions, endpoint: URL): LfsStore {
  const header = headerOf(options, endpoint)
  const { url } = options.remote
  const store = openStoreBehind(options, {
    label: printUrl(url),
    access: { endpoint, header, publicOnly: false },
  })
  return url.scheme === 'https' || url.scheme === 'http' ? store : asGuess(store)
}

/** Nobody has said that there is a web server: one that cannot be reached is none, and does not come back. */
function asGuess(store: LfsStore): LfsStore {
  const judge = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      const isSilent = error instanceof MirrorError && /^(connect|timeout|cut)$/.test(error.code)
      if (!isSilent) throw error
      throw new MirrorError(`${store.label} has no LFS over ssh, and none over https: ${error.message}`, {
        code: 'connect',
        side: error.side,
        hint: 'Where its objects are kept over https, give that address. With lfs: false they are left alone.',
      })
    }
  }
  return {
    label: store.label,
    // A question to a port that a firewall guards may take as long as the limit for connections.
    isThere: () => Promise.resolve(false),
    find: (objects) => judge(() => store.find(objects)),
    prepare: (objects) => judge(() => store.prepare(objects)),
    read: (object) => store.read(object),
    write: (object, body) => store.write(object, body),
    dispose: () => store.dispose(),
  }
}

/**
 * The store that a `.lfsconfig` of the source names. The login of the repository goes there only if it is the same
 * server, and a public source cannot send us to this machine or into a private network.
 * @throws MirrorError `protocol` for an address that is not of the web
 */
export async function openConfiguredStore(options: OpenStoreOptions, address: string): Promise<LfsStore> {
  const endpoint = URL.parse(address)
  if (endpoint === null || (endpoint.protocol !== 'https:' && endpoint.protocol !== 'http:')) {
    throw new MirrorError('the .lfsconfig of the source names an LFS server that is no https address', {
      code: 'protocol',
      side: options.side,
      hint: 'Only servers over https or http are followed from there.',
    })
  }
  const { username, password } = endpoint
  endpoint.username = ''
  endpoint.password = ''
  const { url } = options.remote
  const home = guessEndpoint(url)
  const isOwn = home !== undefined && mayCarryLogin(home, endpoint)
  const written = username === '' ? {} : { authorization: encodeBasic(decodeLogin(username, password)) }
  const header = isOwn ? headerOf(options, endpoint) : written
  const publicOnly = isOwn ? false : !(await mayBePrivate(url, endpoint))
  return openStoreBehind(options, {
    label: printEndpoint(endpoint),
    access: { endpoint, header, publicOnly },
  })
}

/** A store behind a way in that does not change. */
function openStoreBehind(
  options: OpenStoreOptions,
  { label, access }: { readonly label: string; readonly access: LfsAccess },
): LfsStore {
  return openHttpStore({
    http: makeHttp(options),
    label,
    access: () => Promise.resolve(access),
    ref: options.ref,
  })
}

export function makeHttp({ remote, side, signal }: OpenStoreOptions): LfsHttp {
  const { env, limits, userAgent, connections } = remote
  const opening = { env, limit: limits.connect }
  const client = new HttpClient(opening, connections && shareHttpConnections(connections, opening))
  return { client, userAgent, side, signal, idleTimeout: limits.idle }
}

export function printEndpoint(endpoint: URL): string {
  return `${endpoint.origin}${endpoint.pathname}`
}

function headerOf({ remote }: OpenStoreOptions, endpoint: URL): Readonly<Record<string, string>> {
  const { credentials, url, env } = remote
  const login = chooseLogin(credentials, url.scheme === 'https' || url.scheme === 'http' ? url : {})
  if (login === undefined) return {}
  if (endpoint.protocol === 'https:') refuseUnverified(env)
  return { authorization: encodeBasic(login) }
}

function decodeLogin(username: string, password: string): { username: string; password: string } {
  return { username: decodePercentOrKeep(username), password: decodePercentOrKeep(password) }
}

/** A repository may name what is near itself. */
async function mayBePrivate(url: RemoteUrl, endpoint: URL): Promise<boolean> {
  return url.scheme === 'file' ? isLoopback(endpoint.hostname) : await isPrivateHost(url.host)
}
