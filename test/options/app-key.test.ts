import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readAppKey } from '../../src/options/app-key.ts'

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs1',
  format: 'pem',
}) as string

const OTHER = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

describe('the private key of a GitHub App', () => {
  it.each([
    ['as the .pem file', PEM],
    ['between blank lines', `\n  ${PEM}\n`],
    ['with written-out line breaks', PEM.replaceAll('\n', '\\n')],
    ['with the line breaks of Windows', PEM.replaceAll('\n', '\r\n')],
    ['with both written out', PEM.replaceAll('\n', '\r\\n')],
    ['in base64 as a whole', Buffer.from(PEM).toString('base64')],
  ])('is read %s', (_, text) => {
    expect(readAppKey(text).export({ type: 'pkcs1', format: 'pem' })).toBe(PEM)
  })

  it.each([
    ['a key of another kind', OTHER, /^no RSA key$/],
    ['no key', '-----BEGIN!', /./],
    ['no base64 of one', 'aGVsbG8=', /./],
    ['nothing', '', /./],
  ])('is not %s', (_, text, cause) => {
    expect(() => readAppKey(text)).toThrow(
      expect.objectContaining({
        message: 'is no private key of a GitHub App',
        code: 'usage',
        hint: 'Paste the whole .pem file, from -----BEGIN RSA PRIVATE KEY----- on.',
        cause: expect.objectContaining({ message: expect.stringMatching(cause) }),
      }),
    )
  })
})
