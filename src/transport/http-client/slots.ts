import { within } from '../../base/deadline.ts'

/**
 * Milliseconds after which a request that waits goes out beyond the limit: what holds the others back may be waiting
 * for this very one, as a pack that flows from a server waits for the push to it.
 */
const SLOT_WAIT_MS = 2_000

/** How many requests to one place may run at once. */
export class Slots {
  readonly #limit: number
  readonly #wait: number
  readonly #taken = new Map<string, number>()
  readonly #queues = new Map<string, Set<() => void>>()

  constructor(limit: number, wait: number = SLOT_WAIT_MS) {
    this.#limit = limit
    this.#wait = wait
  }

  /** Waits for a turn at `place`. Returns how to give it back, once. @throws the signal's reason. */
  async take(place: string, signal: AbortSignal): Promise<() => void> {
    if ((this.#taken.get(place) ?? 0) >= this.#limit) await this.#await(place, signal)
    this.#taken.set(place, (this.#taken.get(place) ?? 0) + 1)
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#release(place)
    }
  }

  async #await(place: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const queue = this.#queues.get(place) ?? new Set()
    this.#queues.set(place, queue)
    let wake: () => void = () => undefined
    const turn = new Promise<void>((resolve) => {
      wake = resolve
    })
    queue.add(wake)
    signal.addEventListener('abort', wake, { once: true })
    try {
      await within(turn, this.#wait)
    } finally {
      signal.removeEventListener('abort', wake)
      // Nobody wakes it any more, or the turn that it was woken with goes to the next.
      if (!queue.delete(wake) && signal.aborted) this.#wakeNext(place)
    }
    signal.throwIfAborted()
  }

  #release(place: string): void {
    const left = (this.#taken.get(place) ?? 1) - 1
    if (left > 0) this.#taken.set(place, left)
    else this.#taken.delete(place)
    if (left < this.#limit) this.#wakeNext(place)
  }

  #wakeNext(place: string): void {
    const queue = this.#queues.get(place)
    const next = queue?.values().next().value
    if (queue && next) {
      queue.delete(next)
      next()
    } else this.#queues.delete(place)
  }
}
