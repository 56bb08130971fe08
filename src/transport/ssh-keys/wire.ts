import { loadCrypto } from '../../base/crypto.ts'

/** Reads the fields of RFC 4251, section 5; undefined where the bytes end early. */
export class WireReader {
  readonly #bytes: Buffer
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  uint32(): number | undefined {
    if (this.#offset + 4 > this.#bytes.length) return undefined
    const value = this.#bytes.readUInt32BE(this.#offset)
    this.#offset += 4
    return value
  }

  string(): Buffer | undefined {
    const length = this.uint32()
    if (length === undefined || this.#offset + length > this.#bytes.length) return undefined
    this.#offset += length
    return this.#bytes.subarray(this.#offset - length, this.#offset)
  }
}

/** A `string` of RFC 4251: its length, then its bytes. */
export function encodeString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as Uint8Array)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** An `mpint` of RFC 4251, of an unsigned number in big-endian order. */
export function encodeMpint(number: Uint8Array): Buffer {
  let start = 0
  while (start < number.length && number[start] === 0) start++
  const digits = Buffer.from(number.subarray(start))
  const signed = digits.length > 0 && digits[0]! >= 0x80
  return encodeString(signed ? Buffer.concat([Buffer.from([0]), digits]) : digits)
}

/** The type that a public key names itself: `ssh-ed25519`, `ssh-rsa`, … Empty for what is no key. */
export function publicKeyType(key: Uint8Array): string {
  return new WireReader(key).string()?.toString('latin1') ?? ''
}

/** As OpenSSH and the hosts print it: `SHA256:` and unpadded base64. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${loadCrypto().createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}
