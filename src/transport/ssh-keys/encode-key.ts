import type { KeyObject } from 'node:crypto'
import { loadCrypto } from '../../base/crypto.ts'
import { encodeMpint, encodeString } from './wire.ts'

export interface EncodedKey {
  readonly text: string
  /** The public half as it goes over the wire (RFC 4253, section 6.6). */
  readonly publicKey: Buffer
}

/** Curves of RFC 5656 by the names of RFC 7518. */
const CURVES: Readonly<Record<string, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
}

/** A private key as an unencrypted OpenSSH file (PROTOCOL.key), or the name of what ssh has no form for. */
export function encodeOpenSshKey(key: KeyObject): EncodedKey | string {
  const fields = encodeFields(key)
  return typeof fields === 'string' ? fields : encodeFile(fields)
}

interface KeyFields {
  readonly publicKey: Buffer
  readonly privateKey: Buffer
}

function encodeFields(key: KeyObject): KeyFields | string {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return encodeRsa(key)
    case 'ec':
      return encodeEc(key)
    case 'ed25519':
      return encodeEd25519(key)
    case 'dsa':
      return 'a DSA key'
    default:
      return `a key of type ${key.asymmetricKeyType ?? 'unknown'}`
  }
}

function encodeRsa(key: KeyObject): KeyFields {
  const { n, e, d, p, q, qi } = readNumbers(key)
  const type = encodeString('ssh-rsa')
  const [modulus, exponent] = [encodeMpint(n!), encodeMpint(e!)]
  const secrets = [d!, qi!, p!, q!].map(encodeMpint)
  return {
    publicKey: Buffer.concat([type, exponent, modulus]),
    privateKey: Buffer.concat([type, modulus, exponent, ...secrets]),
  }
}

function encodeEc(key: KeyObject): KeyFields | string {
  const curve = CURVES[key.export({ format: 'jwk' }).crv ?? '']
  if (curve === undefined) return 'a key on a curve that ssh does not know'
  const { x, y, d } = readNumbers(key)
  const point = encodeString(Buffer.concat([Buffer.from([4]), x!, y!]))
  const publicKey = Buffer.concat([encodeString(`ecdsa-sha2-${curve}`), encodeString(curve), point])
  return { publicKey, privateKey: Buffer.concat([publicKey, encodeMpint(d!)]) }
}

function encodeEd25519(key: KeyObject): KeyFields {
  const { x, d } = readNumbers(key)
  const publicKey = Buffer.concat([encodeString('ssh-ed25519'), encodeString(x!)])
  return { publicKey, privateKey: Buffer.concat([publicKey, encodeString(Buffer.concat([d!, x!]))]) }
}

function readNumbers(key: KeyObject): Readonly<Record<string, Buffer | undefined>> {
  const fields = Object.entries(key.export({ format: 'jwk' }))
  return Object.fromEntries(fields.map(([name, value]) => [name, Buffer.from(String(value), 'base64url')]))
}

function encodeFile({ publicKey, privateKey }: KeyFields): EncodedKey {
  const check = loadCrypto().randomBytes(4)
  const secret = Buffer.concat([check, check, privateKey, encodeString('')])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1))
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    encodeString('none'),
    encodeString('none'),
    encodeString(''),
    Buffer.from([0, 0, 0, 1]),
    encodeString(publicKey),
    encodeString(Buffer.concat([secret, padding])),
  ])
  const lines = file.toString('base64').replace(/.{70}/g, '$&\n')
  return {
    text: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicKey,
  }
}
