import { filterInSteps, forEachInSteps, type Steps } from '../../base/steps.ts'
import { runInTurns } from '../../base/turns.ts'
import type { AdvertisedRef } from '../../protocol/advertisement.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { isBackup, knownBackupPrefixes } from '../../plan/ours/backups.ts'
import { isAnchor } from '../../plan/anchors.ts'
import type { MirrorOptions } from '../../options/options.ts'
import { mayMakeBranches, sourcePrefixes } from '../../plan/refspec.ts'
import { describeRetry, withRetries } from './retry.ts'
import { quietServer } from './server.ts'
import { refuseShallow } from './upload-pack-session.ts'
import type { RefListing } from './fetching.ts'
import { UploadPackPool } from './upload-pack-pool.ts'

/** The source of a run: listed once for all destinations, and again when it moved. */
export class SourceRepository {
  readonly uploadPack: UploadPackPool
  /** A second view of the source for history questions; its progress text is dropped. */
  readonly questions: UploadPackPool
  readonly #options: MirrorOptions
  readonly #retries: number
  #listing: Promise<SourceListing> | undefined

  /** `retries`: attempts of a listing after the first. */
  constructor(uploadPack: UploadPackPool, options: MirrorOptions, retries: number = options.retries) {
    this.uploadPack = uploadPack
    this.questions = new UploadPackPool(quietServer(uploadPack.server), uploadPack)
    this.#options = options
    this.#retries = retries
  }

  /** @throws MirrorError with the source's side, after the retries. */
  async listing(): Promise<SourceListing> {
    this.#listing ??= this.#list()
    return await this.#listing
  }

  /** Lists again, once for all that saw `stale`. */
  async refresh(stale: SourceListing): Promise<SourceListing> {
    const now = await this.#listing
    if (now === stale) this.#listing = this.#list()
    return await this.listing()
  }

  async #list(): Promise<SourceListing> {
    const { server } = this.uploadPack
    const { refspecs } = this.#options
    server.reporter({ kind: 'phase', phase: 'list', text: `listing ${server.remote.label}` })
    const listing = await withRetries(
      () => this.uploadPack.list([...sourcePrefixes(refspecs), 'HEAD'], { peel: mayMakeBranches(refspecs) }),
      {
        retries: this.#retries,
        signal: server.signal,
        onRetry: (error, delay) =>
          server.reporter({
            kind: 'notice',
            level: 'info',
            text: describeRetry('listing the source again', error, delay),
          }),
      },
    )
    refuseShallow(listing.shallow)
    const { backup, restores } = this.#options
    const backups = restores === true ? [] : knownBackupPrefixes(backup)
    const { signal } = server
    const isTheirs = ({ name }: AdvertisedRef): boolean =>
      name.startsWith('refs/') && !isAnchor(name) && !isBackup(name, backups)
    const refs = await runInTurns(filterInSteps(listing.refs, isTheirs), signal)
    let ids: Promise<ReadonlySet<ObjectId>> | undefined
    const damaged = listing.damaged.filter((ref) => !isAnchor(ref.name))
    const headId = listing.refs.find((ref) => ref.name === 'HEAD')?.id
    return { ...listing, refs, headId, damaged, ids: () => (ids ??= runInTurns(idsOf(refs), signal)) }
  }
}

function* idsOf(refs: readonly AdvertisedRef[]): Steps<ReadonlySet<ObjectId>> {
  const ids = new Set<ObjectId>()
  yield* forEachInSteps(refs, (ref) => {
    ids.add(ref.id)
    if (ref.peeled !== undefined) ids.add(ref.peeled)
  })
  return ids
}

export interface SourceListing extends RefListing {
  /** What HEAD points to; undefined where it is not shown. */
  readonly headId: ObjectId | undefined
  /** Every id that the listing shows. */
  readonly ids: () => Promise<ReadonlySet<ObjectId>>
}
