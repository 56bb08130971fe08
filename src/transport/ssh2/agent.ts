import type { SshLibrary } from './library.ts'
import type { BaseAgent, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2'

export type Hash = 'sha256' | 'sha512'

export interface Identity {
  readonly key: ParsedKey
  /** For RSA: what to sign with (RFC 8332); undefined: what the library makes of it, SHA-1 at worst. */
  readonly hash?: Hash | undefined
}

export interface IdentitySource {
  readonly list: (callback: (error: Error | undefined, identities?: readonly Identity[]) => void) => void
  readonly sign: (
    key: ParsedKey,
    data: Buffer,
    hash: SigningRequestOptions['hash'],
    callback: SignCallback,
  ) => void
}

/**
 * An agent for the library that says of RSA keys themselves which signature they make. Left alone, the library
 * signs with SHA-1 unless the server announced something better (RFC 8308), which not every server does.
 */
export function createAgent(ssh2: SshLibrary, source: IdentitySource): BaseAgent {
  const identities = new Map<unknown, Identity>()
  class Agent extends ssh2.BaseAgent<ParsedKey> {
    override getIdentities(callback: IdentityCallback<ParsedKey>): void {
      source.list((error, found = []) => {
        if (error) return callback(error)
        const keys = found.map((identity) => {
          const named = nameSignature(identity)
          identities.set(named, identity)
          return named
        })
        callback(undefined, keys)
      })
    }

    override sign(key: ParsedKey, data: Buffer, ...rest: unknown[]): void {
      const callback = rest.at(-1) as SignCallback
      const identity = identities.get(key)
      const asked = (rest.length > 1 ? rest[0] : {}) as SigningRequestOptions
      source.sign(identity?.key ?? key, data, identity?.hash ?? asked.hash, callback)
    }
  }
  return new Agent() as BaseAgent
}

export function nameSignature({ key, hash }: Identity): ParsedKey {
  if (hash === undefined) return key
  const type = hash === 'sha256' ? 'rsa-sha2-256' : 'rsa-sha2-512'
  return Object.create(key, { type: { value: type, enumerable: true } }) as ParsedKey
}
