import { forEachInTurns } from '../../base/turns.ts'
import type { Carrier, CarrierMember, CarryRequest } from '../../lfs/carrier.ts'
import { type Carried, NOTHING } from '../../lfs/carry-options.ts'
import { glanceFirst, isPlain } from '../../lfs/first-glance.ts'
import type { ScanQuestion } from '../../lfs/lfs-source.ts'
import type { ScannedPack } from '../../lfs/pointers/find-pointers.ts'
import type { MirrorOptions } from '../../options/options.ts'
import { mapToDestination } from '../../plan/refspec-match.ts'
import { featuresOf } from '../../protocol/capabilities.ts'
import { demandsThin } from '../../protocol/fetch-request.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import type { openRemote } from '../../transport/open-remote.ts'
import { retryDelay, waitFor } from '../sessions/retry.ts'
import type { SourceListing, SourceRepository } from '../sessions/source-repository.ts'

type RemoteOptions = Parameters<typeof openRemote>[0]

/** What one destination asks for. */
export interface LfsRequest extends Omit<CarryRequest, 'destination' | 'mode' | 'shown'> {
  readonly listing: SourceListing
}

/** The part of one destination in carrying LFS objects. */
export interface LfsMember {
  /** These new values were looked at before: nothing new is to be carried. */
  isCarried(wants: readonly ObjectId[]): boolean
  /** Whether the source's upload-pack is asked for pointers; else its LFS server is asked whether there can be any. */
  asksGit(): Promise<boolean>
  /** @throws MirrorError; the signal's reason. */
  carry(request: LfsRequest): Promise<Carried>
  /** It carries nothing now, or no more: the others need not wait for it. */
  leave(): void
}

interface Member {
  isIn: boolean
  part: CarrierMember | undefined
}

/** Carries the LFS objects of one run. What it takes is loaded when the first destination has something to push. */
export class LfsRun {
  readonly #options: MirrorOptions
  readonly #mode: CarryRequest['mode']
  readonly #source: SourceRepository
  readonly #remote: RemoteOptions
  readonly #members: Member[] = []
  #carrier: Promise<Carrier> | undefined

  /** `remote`: how the source's server is reached. */
  constructor(options: MirrorOptions, source: SourceRepository, remote: RemoteOptions) {
    this.#options = options
    this.#mode = options.lfs === 'false' ? 'auto' : options.lfs
    this.#source = source
    this.#remote = remote
  }

  /** All join before the first carries. `remote`: how the destination's server is reached. */
  join(remote: RemoteOptions): LfsMember {
    const member: Member = { isIn: true, part: undefined }
    this.#members.push(member)
    const seen = new Set<ObjectId>()
    let hasCarried = false
    const leave = (): void => {
      member.isIn = false
      member.part?.leave()
    }
    return {
      isCarried: (wants) => hasCarried && wants.every((id) => seen.has(id)),
      asksGit: () => this.#filters(),
      carry: async ({ listing, ...request }) => {
        const shown = await glanceFirst(request.glance)
        let carried = NOTHING
        if (shown !== undefined && isPlain(shown)) leave()
        else {
          this.#carrier ??= this.#start(listing)
          const carrier = await this.#carrier
          member.part ??= carrier.join()
          carried = await member.part.carry({ ...request, shown, mode: this.#mode, destination: remote })
        }
        hasCarried = true
        const { signal } = this.#source.uploadPack.server
        await forEachInTurns(request.wants, (id) => seen.add(id), signal)
        return carried
      },
      leave,
    }
  }

  /** Never throws. */
  async dispose(): Promise<void> {
    const carrier = await this.#carrier?.catch(() => undefined)
    await carrier?.dispose()
  }

  async #start(listing: SourceListing): Promise<Carrier> {
    const { createCarrier } = await import(/* webpackChunkName: "carrier" */ '../../lfs/carrier.ts')
    const { signal, reporter } = this.#source.uploadPack.server
    const { headId, head = '' } = listing
    const isScanned = mapToDestination(this.#options.refspecs, head) !== undefined
    const carrier = createCarrier({
      source: this.#remote,
      signal,
      format: listing.format,
      head: headId === undefined ? undefined : { commit: headId, isScanned },
      fetch: (question) => this.#fetch(question),
      filters: () => this.#filters(),
      retries: this.#options.retries,
      wait: (attempt, error) => waitFor(retryDelay(attempt, error.retryAfter), signal),
      notice: (level, text) => reporter({ kind: 'notice', level, text }),
    })
    for (const member of this.#members) if (member.isIn) member.part = carrier.join()
    return carrier
  }

  async #fetch({ wants, haves, deepen, filter }: ScanQuestion): Promise<ScannedPack> {
    const { questions, uploadPack } = this.#source
    const thin = await this.#demandsThin()
    const fetching = questions.fetch({ wants, haves, thin, ofsDelta: true, deepen, filter })
    // It takes the greeted session, which the pack cannot wait for.
    setImmediate(() => uploadPack.openAhead())
    return await fetching
  }

  async #filters(): Promise<boolean> {
    const { version, capabilities } = await this.#source.questions.greeting()
    return version === 2 ? featuresOf('fetch', capabilities).has('filter') : capabilities.has('filter')
  }

  async #demandsThin(): Promise<boolean> {
    const { version, capabilities } = await this.#source.questions.greeting()
    return version !== 2 && demandsThin(capabilities)
  }
}
