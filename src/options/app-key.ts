import type { KeyObject } from 'node:crypto'
import { loadCrypto } from '../base/crypto.ts'
import { MirrorError } from '../base/errors.ts'

/**
 * The private key of a GitHub App, from a text in any of the ways in which secrets hold one.
 * @throws MirrorError `usage`, in words that fit behind the name of the option
 */
export function readAppKey(text: string): KeyObject {
  try {
    const key = loadCrypto().createPrivateKey(readPem(text))
    if (key.asymmetricKeyType !== 'rsa') throw new Error('no RSA key')
    return key
  } catch (thrown) {
    throw new MirrorError('is no private key of a GitHub App', {
      code: 'usage',
      hint: 'Paste the whole .pem file, from -----BEGIN RSA PRIVATE KEY----- on.',
      cause: thrown,
    })
  }
}

/** Keys are stored with written-out line breaks, or in base64 as a whole. */
function readPem(text: string): string {
  const plain = text.trim().replaceAll('\\n', '\n')
  return plain.includes('-----BEGIN') ? plain : Buffer.from(plain, 'base64').toString()
}
