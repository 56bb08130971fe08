import { generateKeyPairSync } from 'node:crypto'
import { encodeString } from '../../../src/transport/ssh-keys/wire.ts'
import { encodeOpenSshKey } from '../../../src/transport/ssh-keys/encode-key.ts'
import { type KnownHost, matchesHost, parseKnownHosts } from '../../../src/transport/ssh-keys/known-hosts.ts'
import { readSshKey } from '../../../src/transport/ssh-keys/private-key.ts'
import type { Random } from '../random.ts'
import { changeBytes } from '../change.ts'
import type { Target } from '../target.ts'
import { textOf } from './texts.ts'

const ED25519 = Buffer.concat([encodeString('ssh-ed25519'), encodeString(Buffer.alloc(32, 7))]).toString(
  'base64',
)
const RSA = Buffer.concat([encodeString('ssh-rsa'), encodeString(Buffer.from([1, 0, 1]))]).toString('base64')

const HOSTS: Target = {
  name: 'known-hosts',
  isStream: false,
  words: [
    '@revoked ',
    '@cert-authority ',
    '*',
    '?',
    '!',
    ',',
    '|1|',
    '#',
    '[host]:2222',
    'ssh-ed25519 ',
    ED25519,
    '\r\n',
    '\\n',
  ],
  seeds: [
    `example.com ssh-ed25519 ${ED25519}\n`,
    `# comment\n@revoked * ssh-rsa ${RSA} who\n@cert-authority *.example.com,!bad.example.com ssh-ed25519 ${ED25519}\n`,
    `|1|AAAAAAAAAAAAAAAAAAAAAAAAAAA=|AAAAAAAAAAAAAAAAAAAAAAAAAAA= ssh-ed25519 ${ED25519}\n`,
  ].map((text) => Buffer.from(text)),
  async parse(chunks) {
    const text = textOf(chunks)
    const told = parseKnownHosts(text, { name: 'ssh-known-hosts', strict: false })
    const strict = parseKnownHosts(text, { name: 'ssh-known-hosts', strict: true })
    return [told, strict].map((found) => found.map(plainEntry))
  },
  encode: (found) => Buffer.from((found as PlainEntry[][])[0]!.map(lineOf).join('')),
}

/** Without the number of its line, which changes when comments go. */
type PlainEntry = ReturnType<typeof plainEntry>

function plainEntry({ marker, hosts, type, key }: KnownHost) {
  const matches = ['example.com', '[host]:2222'].map((name) => matchesHost(hosts, name))
  return { marker, hosts, type, key: key.toString('base64'), matches }
}

function lineOf({ marker, hosts, type, key }: PlainEntry): string {
  return `${marker === undefined ? '' : `@${marker} `}${hosts} ${type} ${key}\n`
}

/** Made when the tests run: no key lies in the repository. */
function makeKeys(): readonly string[] {
  const ed25519 = generateKeyPairSync('ed25519').privateKey
  const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const encoded = encodeOpenSshKey(ed25519)
  if (typeof encoded === 'string') throw new Error(encoded)
  const pkcs8 = [ed25519, rsa, ec('P-256'), ec('P-521'), ec('secp256k1')].map((key) =>
    key.export({ type: 'pkcs8', format: 'pem' }),
  )
  const old = rsa.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'word' })
  const sec1 = ec('P-384').export({ type: 'sec1', format: 'pem' })
  return [encoded.text, ...pkcs8, sec1, old].map(String)
}

const WORDS = [
  '-----BEGIN ',
  '-----END ',
  'PRIVATE KEY-----',
  'OPENSSH ',
  'RSA ',
  'EC ',
  'DSA ',
  'ENCRYPTED ',
  'Proc-Type: 4,ENCRYPTED\n',
  'DEK-Info: AES-128-CBC,00\n',
  '\\n',
  '\r',
  '\ufeff',
  '"',
  'ssh-ed25519 AAAA',
]

/** Changes the bytes below the base64, so that the armour stays one. */
function changeKey(bytes: Uint8Array, random: Random): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  const found = /^(-----BEGIN [^-]*-----\n(?:.*: .*\n)*\n?)([^-]*)(-----END [^]*)$/.exec(text)
  if (found === null) return changeBytes(bytes, { words: WORDS, others: [bytes], random })
  const inner = Buffer.from(found[2]!, 'base64')
  const words = ['ssh-rsa', 'sk-ssh-ed25519@openssh.com', 'aes256-ctr', 'none', 'openssh-key-v1\0']
  const changed = changeBytes(inner, { words, others: [inner], random })
  return Buffer.from(`${found[1]}${Buffer.from(changed).toString('base64')}\n${found[3]}`)
}

const KEY: Target = {
  name: 'private-key',
  isStream: false,
  words: WORDS,
  seeds: makeKeys().map((text) => Buffer.from(text)),
  change: changeKey,
  async parse(chunks) {
    const names = { inputName: 'source-ssh-key', passphraseName: 'source-ssh-passphrase' }
    const { type, fingerprint, text, passphrase } = readSshKey({
      ...names,
      text: textOf(chunks),
      passphrase: 'word',
    })
    const again = readSshKey({ ...names, text, passphrase })
    const [one, other] = [text, again.text].map((lines) => lines.replace(/\s/g, ''))
    if (again.type !== type || again.fingerprint !== fingerprint || one !== other) {
      throw new Error('the key is another one when its text is read again')
    }
    return { type, fingerprint }
  },
}

export const SSH_TARGETS: readonly Target[] = [HOSTS, KEY]
