import { execFile } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { encodeOpenSshKey } from '../../../src/transport/ssh-keys/encode-key.ts'
import { makeTempFolder } from '../../support/temp.ts'

const run = promisify(execFile)

const KEYS: readonly (readonly [string, () => KeyObject])[] = [
  ['Ed25519', () => generateKeyPairSync('ed25519').privateKey],
  ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
  ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
  ['P-521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey],
]

it.each(KEYS)('encodes %s as ssh-keygen reads it, both halves', async (_, make) => {
  await using folder = await makeTempFolder()
  const encoded = encodeOpenSshKey(make())
  if (typeof encoded === 'string') throw new Error(encoded)
  const path = join(folder.path, 'key')
  await writeFile(path, encoded.text, { mode: 0o600 })
  const half = (await run('ssh-keygen', ['-y', '-P', '', '-f', path])).stdout.split(' ')[1]!
  expect(half.trim()).toBe(encoded.publicKey.toString('base64'))
  // ssh-keygen proves the private half when it signs.
  await writeFile(join(folder.path, 'text'), 'text')
  await run('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'file', '-f', path, join(folder.path, 'text')])
  const check = run('ssh-keygen', [
    '-Y',
    'check-novalidate',
    '-n',
    'file',
    '-s',
    join(folder.path, 'text.sig'),
  ])
  check.child.stdin!.end('text')
  expect((await check).stdout).toContain('Good "file" signature')
})

it('names what ssh has no form for', () => {
  const x25519 = generateKeyPairSync('x25519').privateKey
  expect(encodeOpenSshKey(x25519)).toBe('a key of type x25519')
})
