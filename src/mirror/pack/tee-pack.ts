import type { Fetching } from '../sessions/fetching.ts'
import type { PackStream } from '../sessions/pack-stream.ts'

/** Bytes that a fast destination may be ahead of the slowest one. */
const MOST_AHEAD_BYTES = 8 * 1024 * 1024

/**
 * One pack for several readers, at the pace of the slowest within a bounded buffer. A reader that cancels
 * leaves the others whole; when all have, the pack is cancelled.
 */
export function teeFetching(fetching: Fetching, count: number): readonly Fetching[] {
  const pump = new Pump(fetching, count)
  return pump.views.map((view) => ({
    answer: fetching.answer,
    shared: true,
    next: () => pump.next(view),
    nextNow: () => pump.take(view),
    cancel: () => pump.drop(view),
    // The pump keeps the clock of the source: one reader that waits says nothing about it.
    pause: () => undefined,
    resume: () => undefined,
  }))
}

/** What one reader has still to read. */
class View {
  isActive = true
  bytes = 0
  #queue: Uint8Array[] = []
  #wake: (() => void) | undefined

  add(slice: Uint8Array): void {
    this.#queue.push(slice)
    this.bytes += slice.length
  }

  take(): Uint8Array | undefined {
    const slice = this.#queue.shift()
    this.bytes -= slice?.length ?? 0
    return slice
  }

  leave(): void {
    this.isActive = false
    this.#queue = []
    this.bytes = 0
    this.wake()
  }

  /** Until `wake`. */
  async wait(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  wake(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}

/** Reads the pack for all views; it starts with the first of them that reads or leaves. */
class Pump {
  readonly views: readonly View[]
  readonly #stream: PackStream
  #hasStarted = false
  #hasEnded = false
  #failure: { readonly error: unknown } | undefined
  #rouse: (() => void) | undefined

  constructor(stream: PackStream, count: number) {
    this.#stream = stream
    this.views = Array.from({ length: count }, () => new View())
  }

  async next(view: View): Promise<Uint8Array | undefined> {
    this.#start()
    for (;;) {
      const slice = this.take(view)
      if (slice !== undefined) return slice
      if (this.#failure !== undefined) throw this.#failure.error
      if (this.#hasEnded || !view.isActive) return undefined
      await view.wait()
    }
  }

  take(view: View): Uint8Array | undefined {
    const slice = view.take()
    if (slice !== undefined) this.#goOn()
    return slice
  }

  drop(view: View): void {
    if (!view.isActive) return
    view.leave()
    this.#start()
    this.#goOn()
  }

  #start(): void {
    if (this.#hasStarted) return
    this.#hasStarted = true
    void this.#run()
  }

  async #run(): Promise<void> {
    try {
      await this.#pass()
    } catch (error) {
      this.#failure = { error }
    } finally {
      this.#hasEnded = true
      for (const view of this.views) view.wake()
    }
  }

  async #pass(): Promise<void> {
    for (;;) {
      const active = this.views.filter((view) => view.isActive)
      if (active.length === 0) return this.#stream.cancel()
      if (active.some((view) => view.bytes >= MOST_AHEAD_BYTES)) {
        await this.#waitForReaders()
        continue
      }
      const slice = await this.#stream.next()
      if (slice === undefined) return
      for (const view of active) {
        view.add(slice)
        view.wake()
      }
    }
  }

  async #waitForReaders(): Promise<void> {
    this.#stream.pause()
    await new Promise<void>((resolve) => (this.#rouse = resolve))
    this.#stream.resume()
  }

  #goOn(): void {
    this.#rouse?.()
    this.#rouse = undefined
  }
}
