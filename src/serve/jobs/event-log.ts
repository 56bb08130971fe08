/** One event of a stream, as server-sent events have it. */
export interface StreamEvent {
  /** undefined: it is not kept, and a reader that comes back does not get it again. */
  readonly id: number | undefined
  readonly kind: string
  readonly data: unknown
}

type Listener = (event: StreamEvent) => void

/** Events of a round, in order: those that matter are kept, so that a reader that comes back misses none. */
export class EventLog {
  readonly #kept: StreamEvent[] = []
  readonly #listeners = new Set<Listener>()
  #isClosed = false

  get isClosed(): boolean {
    return this.#isClosed
  }

  add(kind: string, data: unknown): void {
    const event = { id: this.#kept.length + 1, kind, data }
    this.#kept.push(event)
    this.#tell(event)
  }

  /** Tells who listens now, and keeps nothing. */
  mention(kind: string, data: unknown): void {
    this.#tell({ id: undefined, kind, data })
  }

  /** The last event: `done`. */
  close(data: unknown): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.add('done', data)
    this.#listeners.clear()
  }

  /** Gives what is kept behind `after`, then what comes; returns how to stop listening. */
  listen(after: number, listener: Listener): () => void {
    for (const event of this.#kept.slice(Math.max(0, after))) listener(event)
    if (this.#isClosed) return () => undefined
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(event: StreamEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
