import { execFile } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { readSshKey, type SshKey } from '../../../src/transport/ssh-keys/private-key.ts'
import { type KeyOptions, makeKey, readFingerprint } from '../../support/sshd-keys.ts'
import { makeTempFolder, type TempFolder } from '../../support/temp.ts'

const run = promisify(execFile)
let folder: TempFolder
let count = 0
beforeAll(async () => {
  folder = await makeTempFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

const make = (options: KeyOptions) => makeKey(folder.path, `key-${count++}`, options)

function read(text: string, passphrase?: string): SshKey {
  return readSshKey({
    text,
    passphrase,
    inputName: 'destination-ssh-key',
    passphraseName: 'destination-ssh-passphrase',
  })
}

function refusal(text: string, passphrase?: string): MirrorError {
  try {
    read(text, passphrase)
  } catch (error) {
    if (error instanceof MirrorError) return error
    throw error
  }
  throw new Error('the key was taken')
}

/** The public half of what was read, by OpenSSH itself. */
async function publicHalf(key: SshKey): Promise<string> {
  const path = join(folder.path, `read-${count++}`)
  await writeFile(path, key.text, { mode: 0o600 })
  const { stdout } = await run('ssh-keygen', ['-y', '-P', key.passphrase ?? '', '-f', path])
  return stdout.trim().split(' ').slice(0, 2).join(' ')
}

const KINDS: readonly KeyOptions[] = [
  { type: 'ed25519' },
  { type: 'ecdsa', bits: 256 },
  { type: 'ecdsa', bits: 384 },
  { type: 'ecdsa', bits: 521 },
  { type: 'rsa' },
  { type: 'rsa', format: 'PEM' },
  { type: 'rsa', format: 'PKCS8' },
  { type: 'ecdsa', format: 'PEM' },
  { type: 'ecdsa', bits: 521, format: 'PEM' },
  { type: 'ecdsa', bits: 384, format: 'PKCS8' },
]

describe.each(KINDS)('a key of %o', (options) => {
  it('is read without a passphrase', async () => {
    const pair = await make(options)
    const key = read(pair.privateKey)
    expect(key).toMatchObject({
      fingerprint: await readFingerprint(pair),
      type: pair.publicKey.split(' ')[0],
    })
    expect(await publicHalf(key)).toBe(pair.publicKey)
  })

  it('is read with its passphrase', async () => {
    const pair = await make({ ...options, passphrase: 'correct horse' })
    const key = read(pair.privateKey, 'correct horse')
    expect(key.fingerprint).toBe(await readFingerprint(pair))
    expect(await publicHalf(key)).toBe(pair.publicKey)
  })
})

it('reads an Ed25519 key in PKCS#8, plain and encrypted', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const plain = read(privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)
  const locked = read(encrypted(privateKey, 'secret'), 'secret\n')
  expect(plain.type).toBe('ssh-ed25519')
  expect(plain.passphrase).toBeUndefined()
  expect(await publicHalf(plain)).toBe(await publicHalf(locked))
})

it('reads many Ed25519 keys, whatever their bytes begin with', async () => {
  for (let index = 0; index < 40; index++) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' })
    const key = read(privateKey.export({ format: 'pem', type: 'sec1' }) as string)
    if (index % 8 === 0) expect(await publicHalf(key)).toContain('ecdsa-sha2-nistp521 ')
  }
})

it('asks for the passphrase of a locked key, by the name of the input', async () => {
  for (const options of [{}, { type: 'rsa', format: 'PEM' }, { type: 'rsa', format: 'PKCS8' }] as const) {
    const { privateKey } = await make({ ...options, passphrase: 'secret' })
    const error = refusal(privateKey)
    expect(error.code).toBe('usage')
    expect(error.message).toBe(
      'destination-ssh-key holds a key with a passphrase, and destination-ssh-passphrase is not set',
    )
    expect(refusal(privateKey, '').message).toBe(error.message)
  }
})

it('says that the passphrase is wrong', async () => {
  for (const format of ['PEM', 'PKCS8'] as const) {
    const { privateKey } = await make({ type: 'rsa', format, passphrase: 'secret' })
    const error = refusal(privateKey, 'other')
    expect(error.code).toBe('usage')
    expect(error.message).toBe('destination-ssh-passphrase does not open the key in destination-ssh-key')
  }
})

it('ignores a passphrase that the key does not need', async () => {
  const pair = await make({})
  expect(read(pair.privateKey, 'not needed')).toEqual(read(pair.privateKey))
})

it('names kinds of keys that are not supported', () => {
  const { privateKey: ed448 } = generateKeyPairSync('ed448')
  const { privateKey: dsa } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
  const { privateKey: curve } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  expect(refusal(pem(ed448)).message).toBe(
    'destination-ssh-key holds a key of type ed448, which is not supported',
  )
  expect(refusal(pem(dsa)).message).toBe('destination-ssh-key holds a DSA key, which is not supported')
  expect(refusal(pem(curve)).message).toContain('a key on a curve that ssh does not know')
  expect(refusal(pem(curve)).hint).toContain('ssh-keygen -t ed25519')
})

it('names a key that lives on a security device', async () => {
  const { privateKey } = await make({})
  const type = 'sk-ssh-ed25519@openssh.com'
  const file = Buffer.from(privateKey.split('\n').slice(1, -2).join(''), 'base64')
  const start = 15 + 8 + 8 + 4 + 4
  const blob = Buffer.concat([Buffer.from([0, 0, 0, type.length]), Buffer.from(type)])
  const bytes = Buffer.concat([
    file.subarray(0, start),
    Buffer.from([0, 0, 0, blob.length]),
    blob,
    Buffer.alloc(8),
  ])
  const text = `-----BEGIN OPENSSH PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`
  expect(refusal(text).message).toContain('a key that lives on a security device')
})

it('says that a key is cut, for every length that is left of it', async () => {
  for (const options of [{}, { type: 'ecdsa', format: 'PEM' }] as const) {
    const lines = (await make(options)).privateKey.trimEnd().split('\n')
    const body = lines.slice(1, -1).join('')
    for (let length = 4; length < body.length - 4; length += 12) {
      const text = [lines[0], body.slice(0, length), lines.at(-1)].join('\n')
      expect(refusal(text)).toMatchObject({
        code: 'usage',
        message: 'destination-ssh-key holds a private key that is cut or damaged',
      })
    }
  }
})

it('never repeats any of the key', async () => {
  const { privateKey } = await make({ passphrase: 'secret' })
  const secret = privateKey.split('\n')[3]!
  const cut = privateKey.replace(secret, '').replace(/-----END[^]*/, '')
  for (const text of [cut, privateKey, privateKey.replace('OPENSSH', 'RSA'), secret]) {
    const error = refusal(text)
    const shown = JSON.stringify([error.message, error.hint, error.serverText, String(error.cause)])
    for (const line of privateKey.split('\n').filter((line) => !line.startsWith('-----') && line !== '')) {
      expect(shown).not.toContain(line)
    }
  }
})

function encrypted(key: KeyObject, passphrase: string): string {
  return key.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }) as string
}

function pem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }) as string
}

describe('the cipher of an OpenSSH key', () => {
  it.each(['aes128-ctr', 'aes192-cbc', 'aes256-gcm@openssh.com'])('%s is opened', async (cipher) => {
    const { path } = await make({ passphrase: 'secret' })
    await run('ssh-keygen', ['-q', '-p', '-P', 'secret', '-N', 'secret', '-Z', cipher, '-f', path])
    expect(read(await readFile(path, 'utf8'), 'secret').passphrase).toBe('secret')
  })

  it('chacha20-poly1305 is not, and the remedy works', async () => {
    const { path } = await make({ passphrase: 'secret' })
    const chacha = 'chacha20-poly1305@openssh.com'
    await run('ssh-keygen', ['-q', '-p', '-P', 'secret', '-N', 'secret', '-Z', chacha, '-f', path])
    const error = refusal(await readFile(path, 'utf8'), 'secret')
    expect(error).toMatchObject({
      code: 'usage',
      message: `destination-ssh-key holds a key that is encrypted with ${chacha}, which cannot be opened`,
      hint: expect.stringContaining('ssh-keygen -p -Z aes256-ctr'),
    })
    await run('ssh-keygen', ['-q', '-p', '-P', 'secret', '-N', 'secret', '-Z', 'aes256-ctr', '-f', path])
    expect(read(await readFile(path, 'utf8'), 'secret').type).toBe('ssh-ed25519')
  })
})
