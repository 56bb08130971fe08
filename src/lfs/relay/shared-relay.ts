import type { MirrorError } from '../../base/errors.ts'
import type { LfsObject, LfsStore } from '../api/store.ts'
import type { Relayed, RelayOptions } from './relay-objects.ts'

/** A destination that has not said by then what it lacks is not waited for, in milliseconds. */
const LONGEST_WAIT_MS = 30_000

/** One destination's part in the relay of a run. */
export interface RelayMember {
  /** Sends what `store` lacks; objects that other destinations lack, too, are read once for all of them. */
  send(store: LfsStore, objects: readonly LfsObject[], hooks: RelayHooks): Promise<Relayed>
  /** It sends nothing now, or no more: the others need not wait for it. */
  leave(): void
}

export interface RelayHooks {
  readonly onBytes: (bytes: number) => void
  readonly onSent: (object: LfsObject) => void
  readonly onRetry: (object: LfsObject, error: MirrorError) => void
}

interface Waiting {
  readonly store: LfsStore
  readonly objects: readonly LfsObject[]
  readonly hooks: RelayHooks
  readonly resolve: (relayed: Relayed) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets the destinations of one run share the reading of the source's objects: each window of objects starts when all
 * that are left have said what they lack, or after half a minute. All join before the first sends.
 */
export function createSharedRelay(
  options: Pick<RelayOptions, 'atOnce' | 'retries' | 'signal' | 'wait'> & {
    /** Opened by the first that has something to send. @throws MirrorError */
    readonly source: () => Promise<LfsStore>
  },
): { join(): RelayMember } {
  let members = 0
  let waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined

  const start = (): void => {
    clearTimeout(timer)
    timer = undefined
    const together = waiting
    waiting = []
    const hooksOf = new Map(together.map(({ store, hooks }) => [store, hooks]))
    const relay = async (): Promise<readonly Relayed[]> => {
      const { relayObjects } = await import('./relay-objects.ts')
      return await relayObjects({
        ...options,
        source: await options.source(),
        targets: together,
        onBytes: (store, bytes) => hooksOf.get(store)?.onBytes(bytes),
        onSent: (store, object) => hooksOf.get(store)?.onSent(object),
        onRetry: (stores, object, error) => {
          for (const store of stores) hooksOf.get(store)?.onRetry(object, error)
        },
      })
    }
    relay().then(
      (results) => {
        for (const [index, one] of together.entries()) one.resolve(results[index]!)
      },
      (error: unknown) => {
        for (const one of together) one.reject(error)
      },
    )
  }
  const startWhenAll = (): void => {
    if (waiting.length === 0) return
    if (waiting.length >= members) start()
    else timer ??= setTimeout(start, LONGEST_WAIT_MS)
  }

  return {
    join() {
      members++
      let isIn = true
      return {
        send: (store, objects, hooks) =>
          new Promise<Relayed>((resolve, reject) => {
            waiting.push({ store, objects, hooks, resolve, reject })
            startWhenAll()
          }),
        leave() {
          if (isIn) members--
          isIn = false
          startWhenAll()
        },
      }
    },
  }
}
