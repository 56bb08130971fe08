import type { Credentials } from '../address/credentials.ts'
import type { Connections } from './connections.ts'
import type { RemoteUrl } from '../address/remote-url.ts'

/** What the inputs with the ssh secrets are called. */
export interface SshInputNames {
  readonly sshKey: string
  readonly sshPassphrase: string
  readonly knownHosts: string
}

export interface RemoteOptions {
  readonly url: RemoteUrl
  readonly credentials: Credentials
  /** Proxies, certificates and the ssh agent are named there. */
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
  /** Kept beyond this remote, and shared with others. Default: its own, which end with it. */
  readonly connections?: Connections | undefined
  /** What errors call the ssh secrets: the names of the inputs. */
  readonly inputNames?: SshInputNames | undefined
  /** known_hosts files to read beside the given lines and the built-in keys, when ssh connects; one that is not there is passed over. */
  readonly knownHostsFiles?: readonly string[] | undefined
}
