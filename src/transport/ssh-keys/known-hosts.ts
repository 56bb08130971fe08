import { loadCrypto } from '../../base/crypto.ts'
import { MirrorError } from '../../base/errors.ts'
import { publicKeyType } from './wire.ts'

/** One line of known_hosts (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker: 'cert-authority' | 'revoked' | undefined
  /** Comma-separated patterns, or one hashed name. */
  readonly hosts: string
  readonly type: string
  readonly key: Buffer
  /** The input or file it stands in. */
  readonly source: string
  /** From 1. */
  readonly line: number
}

const MARKERS = { '@cert-authority': 'cert-authority', '@revoked': 'revoked' } as const

export interface ParseOptions {
  /** The input or file, for errors. */
  readonly name: string
  /** A line that is none is an error instead of being passed over, as ssh does. */
  readonly strict: boolean
}

/** @throws MirrorError `usage` that names input and line, when strict. */
export function parseKnownHosts(text: string, options: ParseOptions): readonly KnownHost[] {
  const entries: KnownHost[] = []
  const lines = text.includes('\n') ? text.split(/\r?\n/) : text.split(/\r|\\n/)
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const entry = parseLine(trimmed)
    if (typeof entry !== 'string') entries.push({ ...entry, source: options.name, line: index + 1 })
    else if (options.strict) throw lineError(options.name, index + 1, entry)
  }
  return entries
}

function parseLine(line: string): Omit<KnownHost, 'source' | 'line'> | string {
  const fields = line.split(/[ \t]+/)
  const first = fields[0]!
  let marker: KnownHost['marker']
  if (first.startsWith('@')) {
    marker = MARKERS[first as keyof typeof MARKERS]
    if (!marker) return 'its marker is neither @cert-authority nor @revoked'
    fields.shift()
  }
  const [hosts, type, base64] = fields
  if (hosts !== undefined && /^(ssh-|ecdsa-|sk-)/.test(hosts) && type?.startsWith('AAAA')) {
    return 'it begins with the key: the host name is missing before it'
  }
  if (hosts === undefined || type === undefined || base64 === undefined) {
    return 'it is not "host type key"'
  }
  const key = Buffer.from(base64, 'base64')
  if (publicKeyType(key) !== type) return `its third field is not a key of the type in the second`
  return { marker, hosts, type, key }
}

function lineError(name: string, line: number, what: string): MirrorError {
  return new MirrorError(`${name}, line ${line}, cannot be used: ${what}`, {
    code: 'usage',
    hint: 'Each line is "host type key", as ssh-keyscan prints it.',
  })
}

/** The name of a host as known_hosts has it: `host`, or `[host]:port` beside port 22. */
export function hostForm(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`
}

/** Whether the patterns of an entry name this host, given in the form of `hostForm`. */
export function matchesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return matchesHash(hosts, name)
  let matched = false
  for (const pattern of hosts.toLowerCase().split(',')) {
    const negated = pattern.startsWith('!')
    if (!matchesPattern(negated ? pattern.slice(1) : pattern, name)) continue
    if (negated) return false
    matched = true
  }
  return matched
}

function matchesHash(hosts: string, name: string): boolean {
  const [, version, salt, hash] = hosts.split('|')
  if (version !== '1' || salt === undefined || hash === undefined) return false
  const wanted = Buffer.from(hash, 'base64')
  const { createHmac, timingSafeEqual } = loadCrypto()
  const found = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  return wanted.length === found.length && timingSafeEqual(wanted, found)
}

// Two indexes and one point to fall back to: a pattern of many stars takes no longer than its length times the name's.
function matchesPattern(pattern: string, name: string): boolean {
  let at = 0
  let star = -1
  let resume = 0
  let index = 0
  while (index < name.length) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at++
      resume = index
    } else if (wanted === '?' || wanted === name[index]) {
      at++
      index++
    } else if (star >= 0) {
      at = star + 1
      index = ++resume
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
