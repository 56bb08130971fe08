/** The limit is looked at so often: what moves bytes only has to set a flag and to add. */
const TICKS_PER_LIMIT = 4

/** Bytes a second below which a connection shows that it lives and no more: a keepalive has 5 to 9. */
export const LEAST_BYTES_PER_SECOND = 16

/** The idle limits, one after the other, in which a server may show no more than that. */
export const NO_PROGRESS_FACTOR = 8

/** `silent`: nothing came for the limit; `no-progress`: signs of life alone came for eight times the limit. */
export type IdleReason = 'silent' | 'no-progress'

/**
 * Fires once when nothing has touched it for `limit` milliseconds, or a quarter of that later; and when it was touched
 * for eight times as long without progress: interim answers without an end, empty packets, one byte now and then.
 * Progress is a quarter of the limit in which at least 16 bytes a second of Git's own moved, in either direction; a
 * server of that speed is slow beyond use, and one that sends less is not told from one that has stopped. While it is
 * paused no time passes: a server is not blamed for the silence of the other one.
 */
export class IdleWatch {
  readonly #limit: number
  readonly #onIdle: (reason: IdleReason) => void
  readonly #leastBytes: number
  #touched = false
  /** That moved since the last tick. */
  #bytes = 0
  #paused = true
  /** Ticks in a row in which nothing happened. */
  #quiet = 0
  /** Ticks in a row without progress; a pause does not end the row. */
  #slow = 0
  #timer: NodeJS.Timeout | undefined

  constructor(limit: number, onIdle: (reason: IdleReason) => void) {
    this.#limit = limit
    this.#onIdle = onIdle
    this.#leastBytes = (LEAST_BYTES_PER_SECOND * limit) / TICKS_PER_LIMIT / 1000
    this.resume()
  }

  /** It shows life: `bytes` of Git's own moved, or 0 for less than that. */
  touch(bytes: number): void {
    this.#touched = true
    this.#bytes += bytes
  }

  /** Called for each batch of a pack, so the timer runs on. */
  pause(): void {
    this.#paused = true
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#touched = true
    this.#timer ??= setInterval(() => this.#tick(), Math.max(1, this.#limit / TICKS_PER_LIMIT))
  }

  /** Pauses, and leaves nothing that keeps the process alive. */
  stop(): void {
    this.#paused = true
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #tick(): void {
    if (this.#bytes > 0 && this.#bytes >= this.#leastBytes) this.#slow = 0
    else if (!this.#paused) this.#slow++
    this.#bytes = 0
    if (this.#paused) return this.stop()
    this.#quiet = this.#touched ? 0 : this.#quiet + 1
    this.#touched = false
    if (this.#quiet >= TICKS_PER_LIMIT) this.#fire('silent')
    else if (this.#slow >= TICKS_PER_LIMIT * NO_PROGRESS_FACTOR) this.#fire('no-progress')
  }

  #fire(reason: IdleReason): void {
    this.stop()
    this.#onIdle(reason)
  }
}
