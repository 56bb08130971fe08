import type { MirrorError } from '../base/errors.ts'
import type { ObjectFormat, ObjectId } from '../protocol/object-id.ts'
import type { LfsStore } from './api/store.ts'
import type { OpenStoreOptions } from './stores/web-store.ts'
import { carryLfs } from './carry-lfs.ts'
import type { Carried, CarryOptions } from './carry-options.ts'
import { LfsSource, type ScanQuestion } from './lfs-source.ts'
import type { ScannedPack } from './pointers/find-pointers.ts'
import { createSharedRelay } from './relay/shared-relay.ts'

/** What git-lfs sends at once. */
const OBJECTS_AT_ONCE = 8

export interface CarrierOptions {
  readonly source: OpenStoreOptions['remote']
  readonly signal: AbortSignal
  readonly format: ObjectFormat
  /** The tip of the source's default branch, and whether it is among the tips that are looked at. */
  readonly head: { readonly commit: ObjectId; readonly isScanned: boolean } | undefined
  /** Asks the source on a connection of its own, never thin. @throws MirrorError */
  readonly fetch: (question: ScanQuestion) => Promise<ScannedPack>
  /** Whether the source filters at all. @throws MirrorError */
  readonly filters: () => Promise<boolean>
  /** Attempts after a passing failure of one object. */
  readonly retries: number
  /** Waits before attempt `attempt` of an object, which is 1 or more. @throws the signal's reason. */
  readonly wait: (attempt: number, error: MirrorError) => Promise<void>
  readonly notice: (level: 'info' | 'warning', text: string) => void
}

export interface CarryRequest extends Omit<CarryOptions, 'source' | 'openDestination' | 'member' | 'signal'> {
  readonly destination: OpenStoreOptions['remote']
  /** Full name of a ref that will be pushed. */
  readonly ref: string | undefined
}

/** The part of one destination. */
export interface CarrierMember {
  /** Carries what LFS keeps beside a push, before it. @throws as `carryLfs` */
  carry(request: CarryRequest): Promise<Carried>
  /** It carries nothing now, or no more: the others need not wait for it. */
  leave(): void
}

/** Carries LFS objects from one source to all destinations of a run. */
export interface Carrier {
  join(): CarrierMember
  /** Never throws. */
  dispose(): Promise<void>
}

export function createCarrier(options: CarrierOptions): Carrier {
  const { signal, format, head, notice } = options
  const source = new LfsSource({
    format,
    fetch: options.fetch,
    filters: options.filters,
    // What talks with LFS servers is loaded when there is something to say.
    open: async (mayHaveConfig) => {
      const { openSourceStore } = await import('./source-store.ts')
      return await openSourceStore({
        remote: options.source,
        side: 'source',
        signal,
        ref: undefined,
        format,
        commit: mayHaveConfig || head?.isScanned === false ? head?.commit : undefined,
        fetch: (filter) => options.fetch({ wants: [head!.commit], haves: [], deepen: 1, filter }),
        notice,
      })
    },
  })
  const relay = createSharedRelay({
    source: () => source.store(),
    atOnce: OBJECTS_AT_ONCE,
    retries: options.retries,
    signal,
    wait: options.wait,
  })
  const opened: Promise<LfsStore>[] = []
  return {
    join() {
      let member = relay.join()
      let isFirst = true
      let store: Promise<LfsStore> | undefined
      return {
        async carry({ destination, ref, ...request }) {
          if (!isFirst) member = relay.join()
          isFirst = false
          const openDestination = async (): Promise<LfsStore> => {
            const opening = (store ??= open({ remote: destination, side: 'destination', signal, ref }))
            try {
              const found = await opening
              if (!opened.includes(opening)) opened.push(opening)
              return found
            } catch (error) {
              store = undefined
              throw error
            }
          }
          return await carryLfs({ ...request, source, openDestination, member, signal })
        },
        leave: () => member.leave(),
      }
    },
    async dispose() {
      await Promise.all([source.dispose(), ...opened.map(async (opening) => (await opening).dispose())])
    },
  }
}

async function open(options: OpenStoreOptions): Promise<LfsStore> {
  const { openStore } = await import('./stores/open-store.ts')
  return await openStore(options)
}
