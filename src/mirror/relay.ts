import { MirrorError, toMirrorError } from '../errors.ts'
import { concatBytes } from '../bytes.ts'
import type { ObjectFormat } from '../protocol/object-id.ts'
import { PACK_HEADER_LENGTH, PackChecker, parsePackHeader } from '../protocol/pack.ts'
import type { Fetching } from './upload-pack.ts'

/** Slices of a pack with control over the server that makes them. */
export interface PackSource {
  next(): Promise<Uint8Array | undefined>
  cancel(reason?: unknown): void
  pause(): void
  resume(): void
}

/** A pack whose header has arrived: the source has done its counting. */
export interface OpenedPack {
  readonly objects: number
  /** The slices, header included. */
  readonly source: PackSource
}

/** Waits for the pack's header. @throws MirrorError `pack` or the source's own. */
export async function openPack(fetching: Fetching): Promise<OpenedPack> {
  const held: Uint8Array[] = []
  let length = 0
  while (length < PACK_HEADER_LENGTH) {
    const slice = await fetching.next()
    if (slice === undefined) {
      throw new MirrorError('the source sent no pack', { code: 'pack', side: 'source', retryable: true })
    }
    held.push(slice)
    length += slice.length
  }
  const first = concatBytes(held)
  let header
  try {
    header = parsePackHeader(first)
  } catch (error) {
    fetching.cancel(error)
    throw toMirrorError(error, { code: 'pack', side: 'source' })
  }
  let handed = false
  return {
    objects: header.objects,
    source: {
      next: async () => {
        if (handed) return await fetching.next()
        handed = true
        return first
      },
      cancel: fetching.cancel,
      pause: fetching.pause,
      resume: fetching.resume,
    },
  }
}

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

/**
 * Hands the slices of a pack on, unchanged, as the destination pulls them. One slice is held back, so that
 * the last bytes leave only when the trailer was right: a pack that is damaged on its way never looks
 * complete to the destination (E7).
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

  async *body(): AsyncGenerator<Uint8Array> {
    const { pack, format, maxBytes, destination, onBytes } = this.#options
    const checker = new PackChecker(format)
    let held: Uint8Array | undefined
    try {
      for (;;) {
        destination.pause()
        const slice = await pack.source.next()
        destination.resume()
        if (slice === undefined) break
        checker.update(slice)
        if (maxBytes !== undefined && checker.bytes > maxBytes) throw tooLarge(maxBytes)
        if (held !== undefined) {
          pack.source.pause()
          this.bytes += held.length
          onBytes(this.bytes)
          yield held
          pack.source.resume()
        }
        held = slice
      }
      checker.finish()
      this.complete = true
      if (held !== undefined) {
        this.bytes += held.length
        onBytes(this.bytes)
        yield held
      }
    } catch (error) {
      this.error = toMirrorError(error, { code: 'cut', side: 'source', retryable: true })
      throw this.error
    } finally {
      destination.resume()
      if (!this.complete) pack.source.cancel(this.error)
    }
  }
}

/** Our own limit, reached. */
export function tooLarge(maxBytes: number): MirrorError {
  return new MirrorError(`the pack is larger than the ${maxBytes} bytes of one push`, {
    code: 'too-large',
    side: 'destination',
  })
}
