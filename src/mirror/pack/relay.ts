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

/** About so many bytes are handed on at once: a slow destination gets what piled up in few writes. */
const BATCH_BYTES = 256 * 1024

/** After a smaller batch the relay waits a moment for more: each write wakes other programs. */
const SMALL_BATCH_BYTES = 128 * 1024

const GATHER_MS = 1

/** So many bytes of a pack pass without any such wait: a small pack is not held up. */
const EAGER_BYTES = 1024 * 1024

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
        if (length < SMALL_BATCH_BYTES && this.bytes > EAGER_BYTES)
          await new Promise((resolve) => setTimeout(resolve, GATHER_MS))
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
      slice = length < BATCH_BYTES ? pack.source.nextNow() : undefined
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
