import { within } from '../../base/deadline.ts'
import { MirrorError } from '../../base/errors.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'

/** Milliseconds that a server which turned us away is given until our other connections to it have ended. */
const OTHERS_LIMIT = 12_000

/** Milliseconds after which who waits to come in makes what rests there leave: the server may serve one at a time. */
const LONG_WAIT_MS = 1000

/** A greeted connection that nobody uses at the moment. */
export interface Resting {
  /** Ends it politely; it is not used again. Never throws. */
  close(): Promise<void>
}

/** A connection that came in by the door. */
export interface Guest {
  /** To be called when it has ended; more than once does no harm. */
  leave(): void
}

/**
 * Who of ours is at one server. Some servers serve one connection at a time, some have two threads for all their users: at
 * most one connection rests there, and it leaves when another one comes. A server that turns us away all the same is
 * entered by one after the other from then on.
 */
export class Door {
  #resting: Resting | undefined
  readonly #inside = new Set<Promise<void>>()
  #isNarrow = false
  /** The last that waits to come in where one comes after the other. */
  #queue: Promise<unknown> = Promise.resolve()

  /** `session` waits for its next question; the one that rested before leaves. */
  rest(session: Resting): void {
    if (this.#resting === session) return
    this.#dismiss()
    this.#resting = session
  }

  /** `session` is used, or has ended. */
  take(session: Resting): void {
    if (this.#resting === session) this.#resting = undefined
  }

  /**
   * Opens a connection; what rests there leaves meanwhile.
   * @throws MirrorError what `open` throws; the reason of `signal`.
   */
  async enter<T>(open: () => Promise<T>, signal: AbortSignal): Promise<T> {
    this.#dismiss()
    if (this.#isNarrow) return await this.#enterAlone(open, signal)
    const isAlone = this.#inside.size === 0
    // What came to rest since then is in the way of one that still waits.
    const timer = setInterval(() => this.#dismiss(), LONG_WAIT_MS)
    try {
      return await open()
    } catch (error) {
      if (isAlone || !isTurnedAway(error)) throw error
      this.#isNarrow = true
      return await this.#enterAlone(open, signal)
    } finally {
      clearInterval(timer)
    }
  }

  /** A connection stands open. */
  admit(): Guest {
    let leave: () => void = () => undefined
    const left = new Promise<void>((resolve) => (leave = resolve))
    this.#inside.add(left)
    void left.then(() => this.#inside.delete(left))
    return { leave }
  }

  async #enterAlone<T>(open: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turn = this.#queue.then(async () => {
      await unlessAborted(within(Promise.all(this.#inside), OTHERS_LIMIT), signal)
      signal.throwIfAborted()
      this.#dismiss()
      return await open()
    })
    this.#queue = turn.catch(() => undefined)
    return await turn
  }

  #dismiss(): void {
    const resting = this.#resting
    this.#resting = undefined
    void resting?.close()
  }
}

/** The server hung up before it said anything: what `git daemon` does with a connection too many. */
function isTurnedAway(error: unknown): boolean {
  return error instanceof MirrorError && error.code === 'cut' && !error.serverText
}

/** Waits for `waited`, or for the end of the run. A run has many such waits: none leaves a listener on its signal. */
async function unlessAborted(waited: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  let onAbort: () => void = () => undefined
  const aborted = new Promise<void>((resolve) => (onAbort = resolve))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([waited, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** The doors of one run: the same one for all that go to one server, source and destination alike. */
export function makeDoors(): (url: RemoteUrl) => Door | undefined {
  const doors = new Map<string, Door>()
  return (url) => {
    if (url.scheme !== 'ssh' && url.scheme !== 'git') return undefined
    const address = `${url.scheme}://${url.host.toLowerCase()}:${url.port}`
    const door = doors.get(address) ?? new Door()
    doors.set(address, door)
    return door
  }
}
