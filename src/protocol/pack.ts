import type { Hash } from 'node:crypto'
import { loadCrypto } from '../base/crypto.ts'
import { concatBytes } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'
import type { ObjectFormat } from './object-id.ts'

/** `PACK`, version, number of objects (gitformat-pack). */
export const PACK_HEADER_LENGTH = 12
const SIGNATURE = 0x5041434b

export interface PackHeader {
  readonly version: number
  readonly objects: number
}

/** @throws MirrorError `pack` for bytes that are no header of version 2 or 3. */
export function parsePackHeader(bytes: Uint8Array): PackHeader {
  if (bytes.length < PACK_HEADER_LENGTH) throw damaged('its header is cut')
  const view = new DataView(bytes.buffer, bytes.byteOffset, PACK_HEADER_LENGTH)
  if (view.getUint32(0) !== SIGNATURE) throw damaged('it does not begin with PACK')
  const version = view.getUint32(4)
  if (version !== 2 && version !== 3) throw damaged(`its version is ${version}`)
  return { version, objects: view.getUint32(8) }
}

/** A pack without objects: 32 bytes for SHA-1, 44 for SHA-256. */
export function emptyPack(format: ObjectFormat): Uint8Array {
  const header = new Uint8Array(PACK_HEADER_LENGTH)
  const view = new DataView(header.buffer)
  view.setUint32(0, SIGNATURE)
  view.setUint32(4, 2)
  return concatBytes([header, loadCrypto().createHash(format).update(header).digest()])
}

/** Bytes of the hash at the end of a pack. */
export function trailerLength(format: ObjectFormat): 20 | 32 {
  return format === 'sha1' ? 20 : 32
}

/**
 * Checks a pack while its slices pass: the trailer is the hash of all bytes before it. The last slice is kept, and
 * must stay as it is until the next one.
 */
export class PackChecker {
  /** Bytes seen so far. */
  bytes = 0
  readonly #hash: Hash
  readonly #length: number
  /** The last slices, not hashed yet: they end with the trailer, if nothing follows. */
  #held: Uint8Array = new Uint8Array(0)
  #header: Uint8Array = new Uint8Array(0)

  constructor(format: ObjectFormat) {
    this.#hash = loadCrypto().createHash(format)
    this.#length = trailerLength(format)
  }

  /** Objects by the header; undefined before its last byte. @throws MirrorError `pack` for what is no header. */
  get objects(): number | undefined {
    return this.#header.length < PACK_HEADER_LENGTH ? undefined : parsePackHeader(this.#header).objects
  }

  update(slice: Uint8Array): void {
    this.bytes += slice.length
    if (this.#header.length < PACK_HEADER_LENGTH) {
      const missing = PACK_HEADER_LENGTH - this.#header.length
      this.#header = concatBytes([this.#header, slice.subarray(0, missing)])
    }
    if (slice.length >= this.#length) {
      this.#hash.update(this.#held)
      this.#held = slice
    } else this.#held = this.#hashAllBut(this.#length, concatBytes([this.#held, slice]))
  }

  /** Hashes `bytes` without the last `length` of them, which are given back. */
  #hashAllBut(length: number, bytes: Uint8Array): Uint8Array {
    const end = Math.max(0, bytes.length - length)
    this.#hash.update(bytes.subarray(0, end))
    return bytes.subarray(end)
  }

  /** To be called once, after the last slice. @throws MirrorError `pack`. */
  finish(): void {
    if (this.bytes < PACK_HEADER_LENGTH + this.#length) throw damaged(`it ends after ${this.bytes} bytes`)
    parsePackHeader(this.#header)
    const trailer = this.#hashAllBut(this.#length, this.#held)
    if (!this.#hash.digest().equals(trailer)) {
      throw damaged(`after ${this.bytes} bytes its trailer is not the hash of what came before`)
    }
  }
}

function damaged(how: string): MirrorError {
  return new MirrorError(`the pack is damaged or was cut: ${how}`, {
    code: 'pack',
    side: 'source',
    retryable: true,
  })
}
