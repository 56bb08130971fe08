import type { Endpoint, MirrorOptions } from '../../options/options.ts'
import type { Reporter } from '../../report/events.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'
import type { LfsMember } from '../lfs/lfs-run.ts'
import type { Participant } from '../pack/shared-fetch.ts'
import type { Server } from '../sessions/server.ts'
import type { SourceRepository } from '../sessions/source-repository.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'

/** What the run of one destination works with. Nothing of it changes while it runs. */
export interface DestinationContext {
  readonly options: MirrorOptions
  readonly reporter: Reporter
  readonly signal: AbortSignal
  readonly source: SourceRepository
  readonly url: RemoteUrl
  /** Where the destination is, and what opens it. */
  readonly endpoint: Endpoint
  /** The destination as receive-pack. */
  readonly server: Server
  /** The destination as upload-pack, asked for symbolic refs and for history. */
  readonly reader: UploadPackPool
  /** Where the pack comes from. */
  readonly pack: Participant
  /** Attempts of listings after the first. */
  readonly listingRetries: number
  /** Waited for before the first byte of a pack is asked for. @throws what ends the transfer before it begins */
  readonly admit: () => Promise<void>
  /** Carries LFS objects; undefined: none are wanted. */
  readonly lfs: LfsMember | undefined
}
