import type { Writable } from 'node:stream'
import { concatBytes } from '../bytes.ts'
import type { TurnBody } from './transport.ts'

/** Slices up to this size are put together; larger ones pass without a copy. */
const SMALL = 8 * 1024
const GATHERED = 64 * 1024
/** A longer buffer is written in slices of this size, so that a slow link shows that it moves. */
const LARGE = 256 * 1024

/**
 * Writes bodies one after the other, at the pace of the stream. Errors of the stream end the writing and are
 * not reported: the other side's last words, or their absence, say more.
 */
export class BodyWriter {
  readonly #writable: Writable
  readonly #onWritten: (error?: Error | null) => void
  readonly #queue: TurnBody[] = []
  #body: AsyncIterator<Uint8Array> | undefined
  #busy = false
  #over = false
  #wake: (() => void) | undefined
  #small: Uint8Array[] = []
  #smallLength = 0
  #flushSoon: NodeJS.Immediate | undefined

  constructor(writable: Writable, onActivity?: () => void) {
    this.#writable = writable
    this.#onWritten = (error) => {
      if (!error) onActivity?.()
    }
    writable.on('drain', () => this.#wake?.())
    // The listener for errors is never taken off: one that comes after the end must not end the process.
    writable.on('error', () => this.stop())
    writable.on('close', () => this.stop())
  }

  /** Takes `body` and returns at once. A body that throws ends the input after what it gave. */
  send(body: TurnBody): void {
    if (this.#over) dropBody(body)
    else if (body instanceof Uint8Array && body.length > LARGE) this.send(sliceBytes(body))
    else if (body instanceof Uint8Array && !this.#busy) this.#write(body, true)
    else {
      this.#queue.push(body)
      if (!this.#busy) void this.#work()
    }
  }

  /** End of input, after what was written so far; a body that is on its way is given up. */
  end(): void {
    if (this.#over) return
    this.#flush()
    this.stop()
    this.#writable.end()
  }

  /** Gives up whatever is on its way. */
  stop(): void {
    if (this.#over) return
    this.#over = true
    clearImmediate(this.#flushSoon)
    this.#small = []
    if (this.#body) giveUp(this.#body)
    for (const body of this.#queue.splice(0)) dropBody(body)
    this.#wake?.()
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let body = this.#queue.shift(); body && !this.#over; body = this.#queue.shift()) {
      if (body instanceof Uint8Array) this.#write(body, true)
      else await this.#pump(body)
    }
    this.#busy = false
  }

  async #pump(body: AsyncIterable<Uint8Array>): Promise<void> {
    const slices = body[Symbol.asyncIterator]()
    this.#body = slices
    try {
      for (let next = await slices.next(); !next.done && !this.#over; next = await slices.next()) {
        this.#write(next.value, false)
        if (this.#writable.writableNeedDrain) await this.#drained()
        if (this.#over) return
      }
      this.#flush()
    } catch {
      // Whoever made the body knows why it failed; the server learns of it by the end of input (G1).
      this.#body = undefined
      this.end()
    } finally {
      this.#body = undefined
    }
  }

  #write(slice: Uint8Array, now: boolean): void {
    if (this.#over || slice.length === 0) return
    if (slice.length <= SMALL && !now) {
      this.#small.push(slice)
      this.#smallLength += slice.length
      this.#flushSoon ??= setImmediate(() => this.#flush())
      if (this.#smallLength >= GATHERED) this.#flush()
      return
    }
    this.#flush()
    this.#writable.write(slice, this.#onWritten)
  }

  #flush(): void {
    clearImmediate(this.#flushSoon)
    this.#flushSoon = undefined
    if (this.#smallLength === 0 || this.#over) return
    const gathered = concatBytes(this.#small)
    this.#small = []
    this.#smallLength = 0
    this.#writable.write(gathered, this.#onWritten)
  }

  #drained(): Promise<void> | undefined {
    if (this.#over || this.#writable.destroyed) return undefined
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

async function* sliceBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += LARGE) yield bytes.subarray(at, at + LARGE)
}

function dropBody(body: TurnBody): void {
  if (!(body instanceof Uint8Array)) giveUp(body[Symbol.asyncIterator]())
}

function giveUp(slices: AsyncIterator<Uint8Array>): void {
  // Not awaited: a generator that waits for its own source returns when that source does.
  void Promise.resolve(slices.return?.()).catch(() => undefined)
}
