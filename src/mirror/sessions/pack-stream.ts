import type { PackSlices } from '../../protocol/fetch-response.ts'

/**
 * Slices of a pack on their way, with control over the server that makes them. `next` throws a MirrorError with side.
 * A plain object, so that `tap` can make another one of it.
 */
export interface PackStream extends PackSlices {
  /** Ends the transfer before its end. Harmless after it. */
  cancel(reason?: unknown): void
  /** Stops and starts the clock of the idle limit. */
  pause(): void
  resume(): void
}

/** What is told of a stream while somebody else reads it. None of these may throw. */
export interface Tap {
  /** The reader waits for a slice (true), or has got its answer (false). */
  readonly onWait?: ((isWaiting: boolean) => void) | undefined
  readonly onSlice?: ((slice: Uint8Array) => void) | undefined
  /** The pack is complete. */
  readonly onEnd?: (() => void) | undefined
}

/** The same stream, with everything else that belongs to it, watched. */
export function tap<T extends PackStream>(stream: T, { onWait, onSlice, onEnd }: Tap): T {
  return {
    ...stream,
    next: async () => {
      onWait?.(true)
      let slice: Uint8Array | undefined
      try {
        slice = await stream.next()
      } finally {
        onWait?.(false)
      }
      if (slice === undefined) onEnd?.()
      else onSlice?.(slice)
      return slice
    },
    nextNow: () => {
      const slice = stream.nextNow()
      if (slice !== undefined) onSlice?.(slice)
      return slice
    },
  }
}

/** The same stream, with a slice that was taken from its beginning put back. */
export function putBack<T extends PackStream>(stream: T, first: Uint8Array): T {
  let isHere = true
  return {
    ...stream,
    next: async () => {
      if (!isHere) return await stream.next()
      isHere = false
      return first
    },
    // In order: the first slice is asked for with `next`.
    nextNow: () => (isHere ? undefined : stream.nextNow()),
  }
}
