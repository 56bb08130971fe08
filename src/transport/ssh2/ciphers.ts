import { createCipheriv, createSecretKey, KeyObject, randomFillSync } from 'node:crypto'
import type { Socket } from 'node:net'
import { releaseMemory } from '../../base/memory.ts'

/** SSH_MSG_CHANNEL_DATA (RFC 4254, section 5.2). */
const CHANNEL_DATA = 94
/** Lengths of packet and padding, the message's number, the channel, the length of the data. */
const HEAD_LENGTH = 4 + 1 + 1 + 4 + 4
/** Bytes of randomness that are fetched at once; a packet's padding takes 4 to 19 of them (RFC 4253, section 6). */
const PADDING_POOL_BYTES = 16 * 1024

interface Outgoing {
  readonly _encSSLName: 'aes-128-gcm' | 'aes-256-gcm'
  _encKey: Uint8Array | KeyObject
  readonly _encIV: Uint8Array
  readonly _dead: boolean
  outSeqno: number
  _onWrite(bytes: Uint8Array): void
}

interface Incoming {
  /** Of the native binding, which decrypts in the memory that it was given. */
  readonly _instance?: unknown
  readonly _decipherSSLName?: string
  /** Of the modes whose MAC is apart. */
  readonly _decipherInstance?: { update(bytes: Uint8Array): Uint8Array }
  _decipherKey: Uint8Array | KeyObject
}

/** What is used of the ssh library's protocol. */
interface Protocol {
  readonly _cipher: unknown
  readonly _decipher: unknown
  /** Not undefined while keys are exchanged: what is sent then waits in a queue. */
  readonly _kexinit: unknown
  /** `allocStart` is 5 where packets are not compressed. */
  readonly _packetRW: { readonly write: { readonly allocStart: number } }
  channelData(channel: number, data: Uint8Array): void
}

/**
 * Makes the AES-GCM of the ssh library (RFC 5647) cheaper, without a change to what is sent. To be called after
 * each exchange of keys.
 * - It makes a cipher for each packet, and Node spends more time on finding out that a key of bytes is no key
 *   object than OpenSSL spends on the packet.
 * - It copies what it sends into a packet before it encrypts it, and asks the system for each packet's padding.
 *   The copies are memory outside of the heap, and each 64 MiB of those start a collection of all garbage. What is
 *   encrypted is given back as soon as it is written to `socket`, which is the client's.
 *
 * A version of the library without the fields that are used here stays as it is.
 */
export function speedUpCiphers(client: unknown, socket: Socket): void {
  const protocol = (client as { readonly _protocol?: unknown } | undefined)?._protocol
  if (!isProtocol(protocol)) return
  const { _cipher: outgoing, _decipher: incoming } = protocol
  if (isIncoming(incoming)) incoming._decipherKey = createSecretKey(incoming._decipherKey as Uint8Array)
  if (!isOutgoing(outgoing)) return
  outgoing._encKey = createSecretKey(outgoing._encKey as Uint8Array)
  if (Object.hasOwn(protocol, 'channelData')) return
  const write = (bytes: Uint8Array): void => {
    if (isWritable(socket)) socket.write(bytes, () => releaseMemory([bytes]))
  }
  protocol.channelData = (channel, data) => sendData(protocol, { channel, data, write })
}

/** As the library asks before it writes: a packet goes as a whole, or not at all. */
function isWritable(socket: Socket): boolean {
  const { _readableState: state } = socket as { readonly _readableState?: { readonly ended?: boolean } }
  return socket.writable && state?.ended === false
}

interface Sending {
  readonly channel: number
  readonly data: Uint8Array
  readonly write: (bytes: Uint8Array) => void
}

/**
 * Whether what was read is copied when it is decrypted: its memory may then be read into again. AES does, in every
 * mode; chacha20-poly1305 keeps a packet where it lies until the bytes of its MAC are there, perhaps with the next read.
 */
export function decryptsToCopies(client: unknown): boolean {
  const { _protocol: protocol } = (client ?? {}) as { readonly _protocol?: { readonly _decipher?: Incoming } }
  const { _instance, _decipherSSLName, _decipherInstance } = protocol?._decipher ?? {}
  if (_instance !== undefined) return false
  return isGcm(_decipherSSLName) || typeof _decipherInstance?.update === 'function'
}

/** Takes the place of the library's method, and leaves to it what it alone can do. */
function sendData(protocol: Protocol, sending: Sending): void {
  const { _cipher: outgoing } = protocol
  const { channel, data } = sending
  const plain = protocol._kexinit === undefined && protocol._packetRW.write.allocStart === 5
  if (plain && data instanceof Uint8Array && isOutgoing(outgoing) && outgoing._encKey instanceof KeyObject) {
    if (!outgoing._dead) encryptData(outgoing, outgoing._encKey, sending)
  } else {
    const { channelData } = Object.getPrototypeOf(protocol) as Protocol
    channelData.call(protocol, channel, data)
  }
}

function encryptData(outgoing: Outgoing, key: KeyObject, { channel, data, write }: Sending): void {
  const unpadded = HEAD_LENGTH - 4 + data.length
  let padding = 16 - (unpadded & 15)
  if (padding < 4) padding += 16
  const head = Buffer.allocUnsafe(HEAD_LENGTH)
  head.writeUInt32BE(unpadded + padding, 0)
  head[4] = padding
  head[5] = CHANNEL_DATA
  head.writeUInt32BE(channel, 6)
  head.writeUInt32BE(data.length, 10)
  const length = head.subarray(0, 4)
  const cipher = createCipheriv(outgoing._encSSLName, key, outgoing._encIV)
  cipher.setAAD(length)
  outgoing._onWrite(length)
  outgoing._onWrite(cipher.update(head.subarray(4)))
  write(cipher.update(data))
  outgoing._onWrite(cipher.update(takeRandom(padding)))
  cipher.final()
  outgoing._onWrite(cipher.getAuthTag())
  incrementCounter(outgoing._encIV)
  outgoing.outSeqno = (outgoing.outSeqno + 1) >>> 0
}

/** The last eight bytes of the nonce count the packets (RFC 5647, section 7.1). */
function incrementCounter(nonce: Uint8Array): void {
  for (let at = nonce.length - 1; at >= nonce.length - 8; at--) {
    nonce[at] = (nonce[at]! + 1) & 0xff
    if (nonce[at] !== 0) return
  }
}

const pool = Buffer.allocUnsafe(PADDING_POOL_BYTES)
let used = PADDING_POOL_BYTES

function takeRandom(length: number): Uint8Array {
  if (used + length > PADDING_POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  used += length
  return pool.subarray(used - length, used)
}

function isProtocol(protocol: unknown): protocol is Protocol {
  const { channelData, _packetRW } = (protocol ?? {}) as Partial<Protocol>
  return typeof channelData === 'function' && typeof _packetRW?.write?.allocStart === 'number'
}

// The native binding of the library, where somebody built it, keeps its key elsewhere and needs none of this.
function isOutgoing(cipher: unknown): cipher is Outgoing {
  const { _encSSLName, _encKey, _encIV, _dead, _onWrite, outSeqno } = (cipher ?? {}) as Partial<Outgoing>
  return (
    isGcm(_encSSLName) &&
    (_encKey instanceof Uint8Array || _encKey instanceof KeyObject) &&
    _encIV instanceof Uint8Array &&
    _encIV.length === 12 &&
    typeof _dead === 'boolean' &&
    typeof _onWrite === 'function' &&
    typeof outSeqno === 'number'
  )
}

function isIncoming(decipher: unknown): decipher is Incoming {
  const { _decipherSSLName, _decipherKey } = (decipher ?? {}) as Partial<Incoming>
  return isGcm(_decipherSSLName) && _decipherKey instanceof Uint8Array
}

function isGcm(name: unknown): boolean {
  return name === 'aes-128-gcm' || name === 'aes-256-gcm'
}
