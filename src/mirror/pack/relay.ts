import { setTimeout as sleep } from 'node:timers/promises'
import { MirrorError, toMirrorError } from '../../base/errors.ts'
import type { ObjectFormat } from '../../protocol/object-id.ts'
import { PackChecker } from '../../protocol/pack.ts'
import { GivenSlices } from './given-slices.ts'
import type { OpenedPack } from './opened-pack.ts'

/** The clock of the destination, which stands while the source is waited for. */
export interface Clock {
  pause(): void
  resume(): void
}

export interface RelayOptions {
  readonly pack: OpenedPack
  readonly format: ObjectFormat
  /** Bytes that the destination takes in one push. */
  readonly maxBytes: number | undefined
  readonly destination: Clock
  readonly onBytes: (bytes: number) => void
}

/** Bytes that are handed on at once, about: a destination that is slow gets what piled up in few writes. */
const BATCH = 256 * 1024

/** After a batch of less than this, more is let come together for a moment: each that is sent wakes other programs. */
const SMALL_BATCH = 128 * 1024

/** Milliseconds of that moment, and bytes of a pack that pass without any. */
const MOMENT = 1

const AT_ONCE = 1024 * 1024

/**
 * Hands the slices of a pack on, unchanged, as the destination pulls them: those that are here together, together.
 * The last slice is held back, so that the last bytes leave only when the trailer was right: a pack that is
 * damaged on its way never looks complete to the destination (E7).
 */
export class Relay {
  bytes = 0
  /** The pack was handed on to its last byte. */
  complete = false
  /** Why it was not: the source's failure, or the limit of size. */
  error: MirrorError | undefined
  readonly #options: RelayOptions

  constructor(options: RelayOptions) {
    this.#options = options
  }

  /** Memory of what was written is given back at once, unless others read it (`TurnBody` tells how that is known). */
  async *body(): AsyncGenerator<readonly Uint8Array[], void, boolean | undefined> {
    const { pack, format, destination } = this.#options
    const checker = new PackChecker(format)
    let held: Uint8Array[] = []
    const given = new GivenSlices()
    try {
      for (;;) {
        destination.pause()
        const first = await pack.source.next()
        destination.resume()
        if (first === undefined) break
        const batch = [...held, ...this.#gather(first, checker)]
        held = batch.splice(-1)
        if (batch.length === 0) continue
        pack.source.pause()
        const length = this.#count(batch)
        const written = yield batch
        if (!pack.shared) given.settle(batch, { written: written === true, next: held[0]! })
        if (length < SMALL_BATCH && this.bytes > AT_ONCE) await sleep(MOMENT)
        pack.source.resume()
      }
      checker.finish()
      this.complete = true
      this.#count(held)
      yield held
    } catch (error) {
      this.error = toMirrorError(error, { code: 'cut', side: 'source', retryable: true })
      throw this.error
    } finally {
      destination.resume()
      if (!this.complete) pack.source.cancel(this.error)
    }
  }

  /** `first` and what came with it. */
  #gather(first: Uint8Array, checker: PackChecker): readonly Uint8Array[] {
    const { pack, maxBytes } = this.#options
    const slices: Uint8Array[] = []
    let length = 0
    for (let slice: Uint8Array | undefined = first; slice;) {
      checker.update(slice)
      if (maxBytes !== undefined && checker.bytes > maxBytes) throw tooLarge(maxBytes)
      slices.push(slice)
      length += slice.length
      slice = length < BATCH ? pack.source.nextNow() : undefined
    }
    return slices
  }

  /** @returns their length. */
  #count(slices: readonly Uint8Array[]): number {
    let length = 0
    for (const slice of slices) length += slice.length
    this.bytes += length
    this.#options.onBytes(this.bytes)
    return length
  }
}

/** Our own limit, reached. */
export function tooLarge(maxBytes: number): MirrorError {
  return new MirrorError(`the pack is larger than the ${maxBytes} bytes of one push`, {
    code: 'too-large',
    side: 'destination',
  })
}
