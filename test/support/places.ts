import { startHttpBackend } from './http-backend.ts'
import { startNginx } from './servers/nginx.ts'
import { requireServer } from './servers/require-server.ts'
import { startSshd } from './sshd.ts'

export type Transport = 'file' | 'http' | 'ssh'

export const TRANSPORTS: readonly Transport[] = ['file', 'http', 'ssh']

/** A folder of repositories that a server shows over one transport. */
export interface Place extends AsyncDisposable {
  /** Address of the repository at an absolute path below the folder. */
  url(path: string): string
  /** Inputs of the action that let it in, for the side where the place stands. */
  inputs(side: 'source' | 'destination'): Readonly<Record<string, string>>
  /** Lines for `ssh-known-hosts`. */
  readonly knownHosts: string
}

/** Starts what serves `root` over `transport`: nginx with git http-backend, OpenSSH, or nothing. */
export async function startPlace(transport: Transport, root: string): Promise<Place> {
  if (transport === 'ssh') {
    const sshd = await startSshd()
    return {
      url: (path) => sshd.url(path),
      inputs: (side) => ({ [`${side}-ssh-key`]: sshd.clientKey.privateKey }),
      knownHosts: sshd.knownHosts,
      [Symbol.asyncDispose]: () => sshd[Symbol.asyncDispose](),
    }
  }
  if (transport === 'http') {
    const inside = (path: string): string => path.slice(root.length + 1)
    const nginx = requireServer('nginx') === undefined ? await startNginx(root) : undefined
    const node = nginx === undefined ? await startHttpBackend({ root }) : undefined
    return {
      url: (path) => nginx?.url('plain', inside(path)) ?? `${node!.url}/${inside(path)}`,
      inputs: () => ({}),
      knownHosts: '',
      [Symbol.asyncDispose]: async () => {
        await nginx?.[Symbol.asyncDispose]()
        await node?.[Symbol.asyncDispose]()
      },
    }
  }
  return {
    url: (path) => path,
    inputs: () => ({}),
    knownHosts: '',
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** The inputs for one source and one destination. */
export function pairInputs(
  source: { readonly place: Place; readonly path: string },
  destination: { readonly place: Place; readonly path: string },
): Readonly<Record<string, string>> {
  const known = `${source.place.knownHosts}${destination.place.knownHosts}`
  return {
    source: source.place.url(source.path),
    destination: destination.place.url(destination.path),
    'source-token': '',
    ...source.place.inputs('source'),
    ...destination.place.inputs('destination'),
    ...(known === '' ? {} : { 'ssh-known-hosts': known }),
  }
}
