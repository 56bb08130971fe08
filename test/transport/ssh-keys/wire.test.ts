import { expect, it } from 'vitest'
import {
  encodeMpint,
  encodeString,
  fingerprint,
  publicKeyType,
  WireReader,
} from '../../../src/transport/ssh-keys/wire.ts'
import { makeKey, readFingerprint } from '../../support/sshd-keys.ts'
import { makeTempFolder } from '../../support/temp.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

// RFC 4251, section 5.
it.each([
  ['', '00 00 00 00'],
  ['09 a3 78 f9 b2 e3 32 a7', '00 00 00 08 09 a3 78 f9 b2 e3 32 a7'],
  ['80', '00 00 00 02 00 80'],
  ['00 00 7f', '00 00 00 01 7f'],
])('encodes the number %s as RFC 4251 does', (number, wire) => {
  expect(encodeMpint(hex(number))).toEqual(hex(wire))
})

it('reads what it wrote, and nothing past the end', () => {
  const reader = new WireReader(Buffer.concat([encodeString('testing'), encodeString(hex('00 01'))]))
  expect(reader.string()?.toString()).toBe('testing')
  expect(reader.string()).toEqual(hex('00 01'))
  expect(reader.string()).toBeUndefined()
})

it('refuses a length that goes past the end', () => {
  expect(new WireReader(hex('00 00 00 05 61 62')).string()).toBeUndefined()
  expect(new WireReader(hex('ff ff ff ff 61 62')).string()).toBeUndefined()
  expect(new WireReader(hex('00 00')).uint32()).toBeUndefined()
})

it('prints the fingerprint that ssh-keygen prints', async () => {
  await using folder = await makeTempFolder()
  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
    const key = await makeKey(folder.path, type, { type })
    const [name, base64] = key.publicKey.split(' ')
    const blob = Buffer.from(base64!, 'base64')
    expect(fingerprint(blob)).toBe(await readFingerprint(key))
    expect(publicKeyType(blob)).toBe(name)
  }
})

it('names no type for what is no key', () => {
  expect(publicKeyType(Buffer.alloc(0))).toBe('')
  expect(publicKeyType(Buffer.from('hello'))).toBe('')
})
