import type { AppOptions } from '../../options/read-host.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'
import { type FleetFile, findHost } from '../config/fleet-file.ts'
import type { FillIn } from '../config/fill-in.ts'

/** How to ask a host's API, by what `hosts` says of it. */
export interface Login {
  readonly token: string | undefined
  readonly username: string | undefined
  /** Base address of the API, where the file has one. */
  readonly api: URL | undefined
  /** What gives the token, where there is none. */
  readonly app: Pick<AppOptions, 'id' | 'privateKey'> | undefined
}

/** The login for the API of a host; undefined: complained about. */
export function findLogin(file: FleetFile, fill: FillIn, url: RemoteUrl): Login | undefined {
  const host = findHost(file.hosts, url)
  const read = (key: string): string | undefined => {
    const value = host?.tree[key]
    return value === undefined ? undefined : fill.place([...host!.path, key], value)
  }
  const token = read('token')?.trim()
  const username = read('username')
  const api = read('api')
  if (host?.tree['token'] !== undefined && token === undefined) return undefined
  const id = token === undefined ? read('app-id')?.trim() : undefined
  const privateKey = id === undefined ? undefined : read('app-private-key')
  const app = id === undefined || privateKey === undefined ? undefined : { id, privateKey }
  return { token, username, api: api === undefined ? undefined : new URL(api), app }
}
