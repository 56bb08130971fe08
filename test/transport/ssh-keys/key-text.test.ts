import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { findArmor } from '../../../src/transport/ssh-keys/key-text.ts'
import { makeKey } from '../../support/sshd-keys.ts'
import { makeTempFolder, type TempFolder } from '../../support/temp.ts'

let folder: TempFolder
let openssh: string
let locked: string
beforeAll(async () => {
  folder = await makeTempFolder()
  openssh = (await makeKey(folder.path, 'openssh')).privateKey
  locked = (await makeKey(folder.path, 'locked', { type: 'rsa', format: 'PEM', passphrase: 'secret' }))
    .privateKey
})
afterAll(() => folder[Symbol.asyncDispose]())

const MANGLED: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['with CR alone', (text) => text.replaceAll('\n', '\r')],
  ['without the last newline', (text) => text.trimEnd()],
  ['with literal \\n', (text) => text.replaceAll('\n', '\\n')],
  ['with literal \\r\\n', (text) => text.replaceAll('\n', '\\r\\n')],
  ['in quotes', (text) => JSON.stringify(text)],
  ['flattened to spaces', (text) => text.replaceAll('\n', ' ')],
  ['with blank lines and indents', (text) => `\n\n  ${text.replaceAll('\n', '\n\n   ')}\n`],
  ['as base64', (text) => Buffer.from(text).toString('base64')],
  ['as base64 in lines', (text) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n')],
  ['as base64 of CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n')).toString('base64')],
  ['after a byte order mark', (text) => `\uFEFF${text}`],
  ['between other lines', (text) => `# my key\n${text}# end`],
]

it.each(MANGLED)('finds an OpenSSH key %s', (_, mangle) => {
  expect(findArmor(mangle(openssh), 'key')).toEqual(findArmor(openssh, 'key'))
})

it.each(MANGLED)('finds a PEM key with headers %s', (_, mangle) => {
  const armor = findArmor(mangle(locked), 'key')
  expect(armor).toMatchObject({ label: 'RSA PRIVATE KEY', encrypted: true })
  expect(armor.text).toBe(locked)
})

function refusal(text: string): MirrorError {
  try {
    findArmor(text, 'source-ssh-key')
  } catch (error) {
    if (error instanceof MirrorError) return error
    throw error
  }
  throw new Error('a key was found')
}

it.each([
  ['', 'is empty'],
  [' \n ', 'is empty'],
  ['~/.ssh/id_ed25519', 'holds the name of a file'],
  ['/home/ann/.ssh/id_rsa', 'holds the name of a file'],
  ['./keys/mirror', 'holds the name of a file'],
  ['C:\\Users\\ann\\.ssh\\id_rsa', 'holds the name of a file'],
  ['$HOME/.ssh/id_rsa', 'holds the name of a file'],
  ['id_ed25519', 'holds the name of a file'],
  ['deploy.pem', 'holds the name of a file'],
  ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMq ann@example.com', 'holds a public key'],
  ['ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNo', 'holds a public key'],
  ['-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----', 'holds a public key'],
  ['---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----', 'holds a public key'],
  ['PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none', 'holds a PuTTY key, which is not supported'],
  ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'holds no private key'],
  ['hunter2', 'holds no private key'],
  ['aGVsbG8gd29ybGQ=', 'holds no private key'],
])('says of %j that it %s', (text, what) => {
  expect(refusal(text)).toMatchObject({ code: 'usage', message: `source-ssh-key ${what}` })
  expect(refusal(text).hint).toMatch(/^(Give|Convert)/)
})

it('says that the END line is missing', () => {
  expect(refusal(openssh.split('\n').slice(0, 4).join('\n')).message).toBe(
    'source-ssh-key holds a private key without its END line',
  )
})

it('says that something else stands between the lines', () => {
  const lines = openssh.split('\n')
  lines[2] = '*** masked ***'
  expect(refusal(lines.join('\n')).message).toContain('is damaged between its BEGIN and END lines')
})

it('does not take long over a long text that is none', () => {
  expect(refusal('-----BEGIN '.repeat(50_000)).message).toBe('source-ssh-key holds no private key')
  expect(refusal('A'.repeat(1_000_000)).message).toBe('source-ssh-key holds no private key')
})

it('says of a certificate what it is', async () => {
  const key = await makeKey(folder.path, 'certified')
  const authority = await makeKey(folder.path, 'authority')
  await promisify(execFile)('ssh-keygen', [
    '-q',
    '-s',
    authority.path,
    '-I',
    'me',
    '-n',
    'git',
    `${key.path}.pub`,
  ])
  const text = await readFile(`${key.path}-cert.pub`, 'utf8')
  expect(text).toMatch(/^ssh-ed25519-cert-v01@openssh\.com /)
  expect(refusal(text)).toMatchObject({
    message: 'source-ssh-key holds a user certificate, and certificates are not supported',
    hint: expect.stringContaining('Give the private key'),
  })
  // Beside its key it is no hindrance.
  expect(findArmor(`${text}\n${key.privateKey}`, 'key')).toEqual(findArmor(key.privateKey, 'key'))
})
