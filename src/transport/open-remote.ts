import type { Credentials } from './credentials.ts'
import { printUrl, type RemoteUrl } from './remote-url.ts'
import type { Remote } from './transport.ts'

export interface RemoteOptions {
  readonly url: RemoteUrl
  readonly credentials: Credentials
  readonly env: NodeJS.ProcessEnv
  /** For http; begins with `git/` (F9). */
  readonly userAgent: string
  /** Milliseconds. */
  readonly limits: {
    readonly connect: number
    readonly handshake: number
    readonly idle: number
  }
  /** A line for the log: a redirect that was followed, a body that was sent again. May hold raw server text. */
  readonly onNotice?: ((text: string) => void) | undefined
  /** The token may be so new that the host does not know it yet: 401, 403 and 404 are tried again (http only). */
  readonly retryFreshToken?: boolean | undefined
  /** What errors call the ssh secrets: the names of the inputs. */
  readonly inputNames?:
    | { readonly sshKey: string; readonly sshPassphrase: string; readonly knownHosts: string }
    | undefined
  /** known_hosts files to read beside the given lines, when ssh connects. */
  readonly knownHostsFiles?: readonly string[] | undefined
}

/**
 * The remote for an address. Its transport is loaded when it is first opened: a run over https never loads
 * what ssh needs.
 */
export function openRemote(options: RemoteOptions): Remote {
  let loaded: Promise<Remote> | undefined
  return {
    label: printUrl(options.url),
    async open(open) {
      loaded ??= loadRemote(options)
      const remote = await loaded
      return await remote.open(open)
    },
    async dispose() {
      const remote = await loaded?.catch(() => undefined)
      await remote?.dispose()
    },
  }
}

async function loadRemote(options: RemoteOptions): Promise<Remote> {
  const { url } = options
  switch (url.scheme) {
    case 'https':
    case 'http':
      return (await import('./http.ts')).createHttpRemote(url, options)
    case 'ssh':
      return (await import('./ssh.ts')).createSshRemote(url, options)
    case 'git':
      return (await import('./daemon.ts')).createDaemonRemote(url, options)
    case 'file':
      return (await import('./local.ts')).createLocalRemote(url, options)
  }
}
