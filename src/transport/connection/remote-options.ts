import type { Credentials } from '../address/credentials.ts'
import type { RemoteUrl } from '../address/remote-url.ts'

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
