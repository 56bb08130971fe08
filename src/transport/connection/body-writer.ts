import type { Writable } from 'node:stream'
import { giveUp, listSlices, stopBody, type Slices, type TurnBody } from './connection.ts'

/** A longer buffer is written in slices of this size, so that a slow link shows that it moves. */
const LONGEST_WRITE_BYTES = 256 * 1024

/**
 * Writes bodies one after the other, at the pace of the stream. Errors of the stream end the writing and are
 * not reported: the other side's last words, or their absence, say more.
 */
export class BodyWriter {
  readonly #writable: Writable
  readonly #onWritten: (error?: Error | null) => void
  /** Bytes that were handed to the stream, and how many of them were told of as written. */
  #handed = 0
  #told = 0
  readonly #queue: TurnBody[] = []
  #body: AsyncIterator<Slices> | undefined
  #busy = false
  #over = false
  #endsWhenSent = false
  #wake: (() => void) | undefined

  constructor(writable: Writable, onActivity?: (bytes: number) => void) {
    this.#writable = writable
    this.#onWritten = (error) => {
      if (error || !onActivity) return
      const written = this.#handed - writable.writableLength
      onActivity(written - this.#told)
      this.#told = written
    }
    writable.on('drain', () => this.#wake?.())
    // The listener for errors is never taken off: one that comes after the end must not end the process.
    writable.on('error', () => this.stop())
    writable.on('close', () => this.stop())
  }

  /** Takes `body` and returns at once. A body that throws ends the input after what it gave. */
  send(body: TurnBody): void {
    if (this.#over) dropBody(body)
    else if (body instanceof Uint8Array && body.length > LONGEST_WRITE_BYTES) this.send(sliceBytes(body))
    else if (body instanceof Uint8Array && !this.#busy) this.#write(body)
    else {
      this.#queue.push(body)
      if (!this.#busy) void this.#work()
    }
  }

  /** End of input, after what was written so far; a body that is on its way is given up. */
  end(): void {
    if (this.#over) return
    this.stop()
    this.#writable.end()
  }

  /** End of input, as soon as all that was given to `send` is sent. */
  endWhenSent(): void {
    this.#endsWhenSent = true
    if (!this.#busy) this.end()
  }

  /** Gives up whatever is on its way. */
  stop(): void {
    if (this.#over) return
    this.#over = true
    if (this.#body) giveUp(this.#body)
    for (const body of this.#queue.splice(0)) dropBody(body)
    this.#wake?.()
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let body = this.#queue.shift(); body && !this.#over; body = this.#queue.shift()) {
      if (body instanceof Uint8Array) this.#write(body)
      else await this.#pump(body)
    }
    this.#busy = false
    if (this.#endsWhenSent) this.end()
  }

  async #pump(body: AsyncIterable<Slices>): Promise<void> {
    const slices = body[Symbol.asyncIterator]()
    this.#body = slices
    try {
      for (let next = await slices.next(); !next.done && !this.#over;) {
        this.#write(next.value)
        if (this.#writable.writableNeedDrain) await this.#drained()
        if (this.#over) return
        next = await slices.next(this.#writable.writableLength === 0)
      }
    } catch {
      // Whoever made the body knows why it failed; the server learns of it by the end of input (G1).
      this.#body = undefined
      this.end()
    } finally {
      this.#body = undefined
    }
  }

  #write(slices: Slices): void {
    if (this.#over) return
    // All of them in one call to the system.
    this.#writable.cork()
    for (const slice of listSlices(slices)) {
      if (slice.length === 0) continue
      this.#handed += slice.length
      this.#writable.write(slice, this.#onWritten)
    }
    this.#writable.uncork()
  }

  #drained(): Promise<void> | undefined {
    if (this.#over || this.#writable.destroyed) return undefined
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

async function* sliceBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += LONGEST_WRITE_BYTES)
    yield bytes.subarray(at, at + LONGEST_WRITE_BYTES)
}

function dropBody(body: TurnBody): void {
  if (!(body instanceof Uint8Array)) stopBody(body)
}
