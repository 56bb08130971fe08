import { hostForm, matchesHost, type KnownHost } from './known-hosts.ts'
import { publicKeyType } from './wire.ts'

/** What the known hosts say of a key. */
export type HostKeyVerdict =
  | { readonly kind: 'known' }
  /** No line names the host. */
  | { readonly kind: 'unknown' }
  /** Lines name the host, with keys of other types only. */
  | { readonly kind: 'other-type'; readonly known: readonly KnownHost[] }
  /** Lines name the host, with another key of this type. */
  | { readonly kind: 'changed'; readonly known: readonly KnownHost[] }
  | { readonly kind: 'revoked'; readonly known: readonly KnownHost[] }
  /** Only a certificate authority is known for the host, and certificates cannot be checked here. */
  | { readonly kind: 'authority'; readonly known: readonly KnownHost[] }

export interface Host {
  readonly host: string
  readonly port: number
}

/** Types of host keys in the order of OpenSSH's preference, each with the signatures it is asked to make. */
const SIGNATURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  // Not `ssh-rsa`, which signs with SHA-1 (RFC 8332).
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
])

export function judgeHostKey(entries: readonly KnownHost[], at: Host, key: Uint8Array): HostKeyVerdict {
  const type = publicKeyType(key)
  const isSame = (entry: KnownHost): boolean => entry.type === type && entry.key.equals(key)
  const exact = entries.filter((entry) => matchesHost(entry.hosts, hostForm(at.host, at.port)))
  const bare = entries.filter((entry) => matchesHost(entry.hosts, hostForm(at.host, 22)))
  const revoked = [...new Set([...exact, ...bare])].filter(
    (entry) => entry.marker === 'revoked' && isSame(entry),
  )
  if (revoked.length > 0) return { kind: 'revoked', known: revoked }
  const plain = exact.filter(isPlain)
  if (plain.some(isSame)) return { kind: 'known' }
  const changed = plain.filter((entry) => entry.type === type)
  if (changed.length > 0) return { kind: 'changed', known: changed }
  if (plain.length > 0) return { kind: 'other-type', known: plain }
  // As ssh does: where nothing is known of the port, the name alone may vouch for the key.
  if (bare.some((entry) => isPlain(entry) && isSame(entry))) return { kind: 'known' }
  const authorities = exact.filter((entry) => entry.marker === 'cert-authority')
  return authorities.length > 0 ? { kind: 'authority', known: authorities } : { kind: 'unknown' }
}

/**
 * The host key algorithms to offer, those of the known keys first: a server that has several keys then shows
 * one that can be checked. Sources that come first count first, so that a line of today overrules an older one.
 */
export function orderHostKeyAlgorithms(entries: readonly KnownHost[], at: Host): readonly string[] {
  const named = (name: string): readonly KnownHost[] =>
    entries.filter((entry) => isPlain(entry) && matchesHost(entry.hosts, name))
  const exact = named(hostForm(at.host, at.port))
  const known = exact.length > 0 ? exact : named(hostForm(at.host, 22))
  const types = new Set<string>()
  for (const source of new Set(known.map((entry) => entry.source))) {
    for (const type of SIGNATURES.keys()) {
      if (known.some((entry) => entry.source === source && entry.type === type)) types.add(type)
    }
  }
  for (const type of SIGNATURES.keys()) types.add(type)
  return [...types].flatMap((type) => SIGNATURES.get(type) ?? [])
}

function isPlain(entry: KnownHost): boolean {
  return entry.marker === undefined
}
