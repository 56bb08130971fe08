import type { Fetching } from '../sessions/fetching.ts'

/** Bytes that a fast destination may be ahead of the slowest one. */
const AHEAD = 8 * 1024 * 1024

interface View {
  readonly queue: Uint8Array[]
  bytes: number
  active: boolean
  wake: (() => void) | undefined
}

/**
 * One pack for several readers, at the pace of the slowest within a bounded buffer. A reader that cancels
 * leaves the others whole; when all have, the pack is cancelled.
 */
export function teeFetching(fetching: Fetching, count: number): readonly Fetching[] {
  const views: View[] = Array.from({ length: count }, () => ({
    queue: [],
    bytes: 0,
    active: true,
    wake: undefined,
  }))
  let wakePump: (() => void) | undefined
  let ended = false
  let failure: { readonly error: unknown } | undefined

  const wakeAll = (): void => {
    for (const view of views) {
      view.wake?.()
      view.wake = undefined
    }
  }
  const pump = async (): Promise<void> => {
    try {
      for (;;) {
        const active = views.filter((view) => view.active)
        if (active.length === 0) {
          fetching.cancel()
          return
        }
        if (active.some((view) => view.bytes >= AHEAD)) {
          fetching.pause()
          await new Promise<void>((resolve) => (wakePump = resolve))
          fetching.resume()
          continue
        }
        const slice = await fetching.next()
        if (slice === undefined) return
        for (const view of active) {
          view.queue.push(slice)
          view.bytes += slice.length
        }
        wakeAll()
      }
    } catch (error) {
      failure = { error }
    } finally {
      ended = true
      wakeAll()
    }
  }
  let started = false
  const start = (): void => {
    if (started) return
    started = true
    void pump()
  }
  const rouse = (): void => {
    wakePump?.()
    wakePump = undefined
  }

  return views.map((view) => ({
    answer: fetching.answer,
    shared: true,
    next: async () => {
      start()
      for (;;) {
        const slice = view.queue.shift()
        if (slice !== undefined) {
          view.bytes -= slice.length
          rouse()
          return slice
        }
        if (failure !== undefined) throw failure.error
        if (ended || !view.active) return undefined
        await new Promise<void>((resolve) => (view.wake = resolve))
      }
    },
    nextNow: () => {
      const slice = view.queue.shift()
      if (slice === undefined) return undefined
      view.bytes -= slice.length
      rouse()
      return slice
    },
    cancel: () => {
      if (!view.active) return
      view.active = false
      view.queue.length = 0
      view.bytes = 0
      view.wake?.()
      view.wake = undefined
      start()
      rouse()
    },
    // The pump keeps the clock of the source: one reader that waits says nothing about it.
    pause: () => undefined,
    resume: () => undefined,
  }))
}
