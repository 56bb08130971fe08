import type { Fetching } from '../sessions/fetching.ts'

/** A pack that is collected as far as it is looked at, and then handed on from its first byte. */
export class HeldPack {
  /** The pack, what was collected first. */
  readonly fetching: Fetching
  readonly #source: Fetching
  readonly #held: Uint8Array[] = []
  #bytes = 0
  #limit = 0
  #collecting: Promise<void> | undefined
  /** Its reader has begun: what is held is no longer all of it. */
  #isHandedOn = false
  #end: 'whole' | 'cancelled' | { readonly failure: unknown } | undefined

  constructor(source: Fetching) {
    this.#source = source
    this.fetching = {
      ...source,
      next: async () => {
        // What is here is not held up by a source that is slow.
        if (!this.#wantsMore() && this.#held.length > 0) return this.#takeHeld()
        await this.#collecting
        return this.#takeHeld() ?? (await this.#next())
      },
      nextNow: () => {
        if (this.#collecting !== undefined) return undefined
        return this.#takeHeld() ?? (this.#isOpen() ? source.nextNow() : undefined)
      },
      cancel: (reason) => {
        if (this.#isOpen()) this.#end = 'cancelled'
        this.#held.length = 0
        source.cancel(reason)
      },
    }
  }

  /** Nothing more has to come from the source. */
  get isWhole(): boolean {
    return this.#end === 'whole'
  }

  /**
   * All of it, if it is whole within `limit` bytes; else what came is kept, and a later call goes on. Undefined, too, where
   * the source fails, which whoever reads it on meets, and where it is being read on. Never throws.
   */
  async collect(limit: number): Promise<readonly Uint8Array[] | undefined> {
    if (this.#isHandedOn) return undefined
    this.#limit = limit
    if (this.#collecting === undefined && this.#wantsMore()) this.#collecting = this.#collect()
    await this.#collecting
    // Copies: what is sent on meanwhile gives its memory back.
    return this.isWhole && this.#bytes <= this.#limit && !this.#isHandedOn
      ? this.#held.map((slice) => new Uint8Array(slice))
      : undefined
  }

  /** No more is collected than the slice that is waited for. */
  stop(): void {
    this.#limit = 0
  }

  async #collect(): Promise<void> {
    while (this.#wantsMore()) {
      try {
        const slice = await this.#source.next()
        // One that is given up ends like one that is complete.
        if (!this.#isOpen()) break
        if (slice === undefined) this.#end = 'whole'
        else {
          // Memory of its own: whoever has sent a slice gives its memory back, which others may share.
          this.#held.push(Buffer.from(new Uint8Array(slice).buffer))
          this.#bytes += slice.length
        }
      } catch (failure) {
        this.#end = { failure }
      }
    }
    this.#collecting = undefined
  }

  #takeHeld(): Uint8Array | undefined {
    this.#isHandedOn = true
    return this.#held.shift()
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (typeof this.#end === 'object') throw this.#end.failure
    return this.#isOpen() ? await this.#source.next() : undefined
  }

  #wantsMore(): boolean {
    return this.#isOpen() && this.#bytes <= this.#limit
  }

  #isOpen(): boolean {
    return this.#end === undefined
  }
}
