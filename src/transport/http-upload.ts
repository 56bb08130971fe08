import { concatBytes } from '../bytes.ts'
import { listSlices, type Slices } from './transport.ts'

/**
 * A request body that can be stopped from outside while its own source still waits: a server that has
 * answered shall not have to wait for a source that has stalled.
 */
export class Upload implements AsyncIterableIterator<Slices> {
  readonly #slices: AsyncIterator<Slices>
  readonly #onPulled: (() => void) | undefined
  #stopped = false
  #reject: ((reason: unknown) => void) | undefined

  constructor(body: AsyncIterable<Slices>, onPulled?: () => void) {
    this.#slices = body[Symbol.asyncIterator]()
    this.#onPulled = onPulled
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** `written`: as for a body (`TurnBody`). */
  next(written?: boolean): Promise<IteratorResult<Slices>> {
    this.#onPulled?.()
    return new Promise((resolve, reject) => {
      // Whoever pulls a stopped body waits for `fail`: an end would make a cut body look whole.
      this.#reject = reject
      if (this.#stopped) return
      this.#slices.next(written).then(
        (result) => {
          if (this.#stopped) return
          if (result.done) this.#stopped = true
          resolve(result)
        },
        (reason: unknown) => {
          if (this.#stopped) return
          this.#stopped = true
          reject(reason)
        },
      )
    })
  }

  return(): Promise<IteratorResult<Slices>> {
    this.stop()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Pulls no more and tells the source so. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    giveUp(this.#slices)
  }

  /** Stops, and makes whoever waits for the next slice throw `reason`. */
  fail(reason: unknown): void {
    this.stop()
    this.#reject?.(reason)
  }
}

/** Tells a body, started or not, that nobody wants it. */
export function stopBody(body: AsyncIterable<Slices>): void {
  giveUp(body[Symbol.asyncIterator]())
}

function giveUp(slices: AsyncIterator<Slices>): void {
  // Not awaited: a generator that waits for its own source returns when that source does.
  void Promise.resolve(slices.return?.()).catch(() => undefined)
}

/** A body that ended within the limit, or its first slices and the rest. */
export type Gathered = { readonly whole: Uint8Array } | { readonly rest: AsyncIterable<Slices> }

/**
 * Pulls up to `limit` bytes to see whether that is all.
 * @throws what the body throws; the signal's reason.
 */
export async function gatherBody(
  body: AsyncIterable<Slices>,
  limit: number,
  signal: AbortSignal,
): Promise<Gathered> {
  const upload = new Upload(body)
  const abort = (): void => upload.fail(signal.reason)
  signal.throwIfAborted()
  signal.addEventListener('abort', abort, { once: true })
  try {
    const parts: Slices[] = []
    for (let length = 0; length <= limit;) {
      const next = await upload.next()
      if (next.done) return { whole: concatBytes(parts.flatMap(listSlices)) }
      parts.push(next.value)
      for (const slice of listSlices(next.value)) length += slice.length
    }
    return { rest: startWith(parts, upload) }
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** No generator: its `return` would wait for a slice that is under way. */
function startWith(parts: Slices[], rest: AsyncIterator<Slices>): AsyncIterable<Slices> {
  const slices: AsyncIterator<Slices, unknown, boolean | undefined> = {
    next(written) {
      const part = parts.shift()
      return part ? Promise.resolve({ done: false, value: part }) : rest.next(written)
    },
    return() {
      parts.length = 0
      return rest.return!()
    },
  }
  return { [Symbol.asyncIterator]: () => slices }
}
