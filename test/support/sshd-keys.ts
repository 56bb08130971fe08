import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa'

export interface KeyPair {
  /** Of the private key; the public one is beside it, with `.pub`. */
  readonly path: string
  readonly privateKey: string
  /** Type and base64, without a comment. */
  readonly publicKey: string
}

export interface KeyOptions {
  readonly type?: KeyType | undefined
  /** Of RSA: 2048; of ECDSA: 256, 384 or 521. */
  readonly bits?: number | undefined
  readonly passphrase?: string | undefined
  /** How ssh-keygen writes the private key. Default: OpenSSH's own format. */
  readonly format?: 'PEM' | 'PKCS8' | undefined
}

/** A new key pair in `folder`, made by ssh-keygen. */
export async function makeKey(folder: string, name: string, options: KeyOptions = {}): Promise<KeyPair> {
  const { type = 'ed25519', passphrase = '', format } = options
  const path = join(folder, name)
  const bits = options.bits ?? { ed25519: 256, ecdsa: 256, rsa: 2048 }[type]
  const shape = format === undefined ? [] : ['-m', format]
  await run('ssh-keygen', [
    '-q',
    '-t',
    type,
    '-b',
    `${bits}`,
    '-N',
    passphrase,
    '-C',
    '',
    ...shape,
    '-f',
    path,
  ])
  const [privateKey, publicFile] = await Promise.all([
    readFile(path, 'utf8'),
    readFile(`${path}.pub`, 'utf8'),
  ])
  return { path, privateKey, publicKey: publicFile.trim().split(' ').slice(0, 2).join(' ') }
}

/** `SHA256:…`, as ssh-keygen prints it. */
export async function readFingerprint({ path }: Pick<KeyPair, 'path'>): Promise<string> {
  const { stdout } = await run('ssh-keygen', ['-l', '-f', `${path}.pub`])
  return stdout.split(' ')[1]!
}
