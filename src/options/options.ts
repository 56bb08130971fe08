import type { Credentials } from '../transport/address/credentials.ts'
import type { RemoteUrl } from '../transport/address/remote-url.ts'
import type { RefspecSet } from '../plan/refspec.ts'
import type { AppOptions, HostOptions } from './read-host.ts'
import type { BackupOptions } from './read-backup.ts'
import type { OptionValue } from './values.ts'

/** One server with what is needed to get in. */
export interface Endpoint {
  readonly url: RemoteUrl
  readonly credentials: Credentials
  /** A token that a host may not know yet for some seconds (GitHub Apps): 401, 403 and 404 are tried again. */
  readonly freshToken: boolean
  /** What opens the API of the host, where `credentials` cannot: the token beside an ssh key. */
  readonly api?: Pick<Credentials, 'username' | 'token'> | undefined
  /** A GitHub App of its host that gives the token, where it has none of its own. */
  readonly app?: AppOptions | undefined
  /** What errors of ssh call its secrets: the names of inputs, variables or options. */
  readonly inputNames?: {
    readonly sshKey: string
    readonly sshPassphrase: string
    readonly knownHosts: string
  }
}

export type Transfer = OptionValue<'transfer'>

export type Lfs = OptionValue<'lfs'>

/** Everything that a run needs to know, read once and never changed. */
export interface MirrorOptions {
  readonly source: Endpoint
  readonly destinations: readonly Endpoint[]
  readonly refspecs: RefspecSet
  readonly prune: boolean
  /** Infinity: unlimited. */
  readonly maxDeletions: number
  readonly force: boolean
  readonly atomic: boolean
  readonly dryRun: boolean
  readonly allowUnrelated: boolean
  /** For the hooks of a destination, one push option each. */
  readonly pushOptions: readonly string[]
  /** Where old values of overwritten and deleted refs are kept; undefined: nowhere. */
  readonly backup: BackupOptions | undefined
  /** What is mirrored are backups of the destination, back into the refs that had them. */
  readonly restores?: boolean | undefined
  /** What is done at the hosts of the destinations. */
  readonly host: HostOptions
  /** A GitHub App that gives the tokens. */
  readonly app: AppOptions | undefined
  /** Attempts after a passing failure, 0 or more. */
  readonly retries: number
  /** Milliseconds without a byte in either direction. */
  readonly idleTimeout: number
  /** Milliseconds that the whole run may take; undefined: any time. */
  readonly timeLimit?: number | undefined
  /** Bytes of one push; undefined: the known limit of the host, else none. */
  readonly maxPackSize: number | undefined
  /** Ref commands of one push; undefined: the known limit of the host, else 5,000. */
  readonly maxRefsPerPush: number | undefined
  readonly transfer: Transfer
  /** Whether LFS objects come along. */
  readonly lfs: Lfs
  /** known_hosts files to read beside the given lines; the action reads none. */
  readonly knownHostsFiles: readonly string[]
  /** Ask the servers for their progress texts. */
  readonly verbose: boolean
  readonly env: NodeJS.ProcessEnv
}
