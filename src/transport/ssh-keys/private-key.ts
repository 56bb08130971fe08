import type { KeyObject } from 'node:crypto'
import { loadCrypto } from '../../base/crypto.ts'
import { MirrorError } from '../../base/errors.ts'
import { encodeOpenSshKey } from './encode-key.ts'
import { findArmor, type Armor } from './key-text.ts'
import { fingerprint, publicKeyType, WireReader } from './wire.ts'

/** A private key in OpenSSH's own format (PROTOCOL.key), which is what the ssh library reads best. */
export interface SshKey {
  readonly text: string
  /** Set when `text` is still encrypted; whether it is the right one shows when the key is first used. */
  readonly passphrase?: string
  readonly type: string
  /** Of the public half. */
  readonly fingerprint: string
}

export interface SshKeyInput {
  readonly text: string
  readonly passphrase?: string | undefined
  /** Names of the inputs, for errors. */
  readonly inputName: string
  readonly passphraseName: string
}

const MAGIC = Buffer.from('openssh-key-v1\0')
/** What OpenSSH encrypts keys with, as far as Node opens it. chacha20-poly1305@openssh.com is not among them. */
const CIPHERS = new Set([
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
])

const TYPES = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
])

/** Whether a type of key is that of a certificate (PROTOCOL.certkeys). */
export function isCertificate(type: string): boolean {
  return /-cert-v\d+@openssh\.com$/.test(type)
}

/**
 * Reads a private key in any of the forms in which keys are pasted: OpenSSH, PKCS#1, PKCS#8, SEC1, with or
 * without passphrase; CRLF, no last newline, literal `\n`, spaces for newlines, base64 of the whole.
 * @throws MirrorError `usage` that names the input and holds nothing of its value.
 */
export function readSshKey(input: SshKeyInput): SshKey {
  const armor = findArmor(input.text, input.inputName)
  const passphrase = input.passphrase?.replace(/\r?\n$/, '') || undefined
  const found = { ...input, passphrase }
  return armor.label === 'OPENSSH PRIVATE KEY' ? readOpenSsh(armor, found) : readPem(armor, found)
}

/** The error for a passphrase that does not open the key. */
export function wrongPassphrase(input: SshKeyInput): MirrorError {
  return new MirrorError(`${input.passphraseName} does not open the key in ${input.inputName}`, {
    code: 'usage',
    hint: `Give the passphrase of that key in ${input.passphraseName}.`,
  })
}

/** The error for a key that is damaged, whatever the reader of the key called it. */
export function damagedKey(input: SshKeyInput, cause?: unknown): MirrorError {
  return new MirrorError(`${input.inputName} holds a private key that is cut or damaged`, {
    code: 'usage',
    hint: 'Paste the whole file again, from the BEGIN line to the END line.',
    cause,
  })
}

function missingPassphrase(input: SshKeyInput): MirrorError {
  return new MirrorError(
    `${input.inputName} holds a key with a passphrase, and ${input.passphraseName} is not set`,
    {
      code: 'usage',
      hint: `Set ${input.passphraseName}, or use a key without passphrase (ssh-keygen -p removes it).`,
    },
  )
}

function unsupportedKey(input: SshKeyInput, what: string): MirrorError {
  return new MirrorError(`${input.inputName} holds ${what}, which is not supported`, {
    code: 'usage',
    hint: 'Make a new key with: ssh-keygen -t ed25519 -N "" -f mirror-key',
  })
}

function unreadableCipher(input: SshKeyInput, cipher: string): MirrorError {
  const name = cipher.replace(/[^\w@.-]/g, '').slice(0, 64)
  return new MirrorError(
    `${input.inputName} holds a key that is encrypted with ${name}, which cannot be opened`,
    {
      code: 'usage',
      hint: 'Encrypt it with AES instead, under the same passphrase or another: ssh-keygen -p -Z aes256-ctr -f KEY_FILE',
    },
  )
}

function readOpenSsh(armor: Armor, input: SshKeyInput): SshKey {
  const bytes = Buffer.from(armor.base64, 'base64')
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw damagedKey(input)
  const reader = new WireReader(bytes.subarray(MAGIC.length))
  const cipher = reader.string()?.toString('latin1')
  reader.string()
  reader.string()
  reader.uint32()
  const publicKey = reader.string()
  if (cipher === undefined || publicKey === undefined || reader.string() === undefined)
    throw damagedKey(input)
  const type = publicKeyType(publicKey)
  if (type.startsWith('sk-')) throw unsupportedKey(input, 'a key that lives on a security device')
  if (!TYPES.has(type))
    throw unsupportedKey(input, type === 'ssh-dss' ? 'a DSA key' : 'a key of an unknown type')
  if (cipher !== 'none' && !CIPHERS.has(cipher)) throw unreadableCipher(input, cipher)
  if (cipher !== 'none' && input.passphrase === undefined) throw missingPassphrase(input)
  return {
    text: armor.text,
    ...(cipher === 'none' ? {} : { passphrase: input.passphrase! }),
    type,
    fingerprint: fingerprint(publicKey),
  }
}

function readPem(armor: Armor, input: SshKeyInput): SshKey {
  const encoded = encodeOpenSshKey(openPem(armor, input))
  if (typeof encoded === 'string') throw unsupportedKey(input, encoded)
  const { text, publicKey } = encoded
  return { text, type: publicKeyType(publicKey), fingerprint: fingerprint(publicKey) }
}

function openPem(armor: Armor, input: SshKeyInput): KeyObject {
  const encrypted = armor.label === 'ENCRYPTED PRIVATE KEY' || armor.encrypted
  if (encrypted && input.passphrase === undefined) throw missingPassphrase(input)
  try {
    return loadCrypto().createPrivateKey(
      encrypted ? { key: armor.text, passphrase: input.passphrase! } : armor.text,
    )
  } catch (cause) {
    throw encrypted ? wrongPassphrase(input) : damagedKey(input, cause)
  }
}
