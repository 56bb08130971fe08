import {
  damagedKey,
  isCertificate,
  type SshKey,
  type SshKeyInput,
  wrongPassphrase,
} from '../ssh-keys/private-key.ts'
import type { BaseAgent, ParsedKey, SshLibrary } from '../ssh2/library.ts'
import { fingerprint } from '../ssh-keys/wire.ts'
import { type Hash, createAgent } from '../ssh2/agent.ts'

export type SshAuth =
  | { readonly kind: 'key'; readonly key: SshKey; readonly input: SshKeyInput }
  | { readonly kind: 'agent'; readonly socketPath: string }

/** What the server was offered, for the error. */
export interface Offer {
  readonly keys: string[]
  /** It asked for a signature, which servers do for keys that they know. */
  known: boolean
  /** The methods of login that it takes, once it refused one. */
  methods: readonly string[] | undefined
}

export interface Signer {
  readonly agent: BaseAgent
  /** The signature of the one key there is. */
  readonly signFirst?: (data: Buffer) => Buffer | Error
}

/** An agent that holds the one key that was given. */
export function keyAgent(ssh2: SshLibrary, auth: Extract<SshAuth, { kind: 'key' }>, offer: Offer): Signer {
  const key = ssh2.parseKey(auth.key.text, auth.key.passphrase)
  if (key instanceof Error) {
    throw auth.key.passphrase === undefined ? damagedKey(auth.input, key) : wrongPassphrase(auth.input)
  }
  offer.keys.push(`${auth.key.type} ${auth.key.fingerprint}`)
  const hashes: readonly (Hash | undefined)[] =
    key.type === 'ssh-rsa' ? ['sha256', 'sha512', undefined] : [undefined]
  // One alone comes twice: what was signed unasked is asked about when it was refused, for the error.
  const identities = (hashes.length === 1 ? [...hashes, ...hashes] : hashes).map((hash) => ({ key, hash }))
  const agent = createAgent(ssh2, {
    list: (callback) => callback(undefined, identities),
    sign: (identity, data, hash, callback) => {
      offer.known = true
      // The library's types leave out that it returns an error instead of throwing it.
      const signature: Buffer | Error = identity.sign(data, hash)
      if (signature instanceof Error) callback(signature)
      else callback(undefined, signature)
    },
  })
  return { agent, signFirst: (data) => key.sign(data, hashes[0]) }
}

/** The user's ssh-agent. */
export function systemAgent(
  ssh2: SshLibrary,
  auth: Extract<SshAuth, { kind: 'agent' }>,
  offer: Offer,
): Signer {
  const system = ssh2.createAgent(auth.socketPath)
  const agent = createAgent(ssh2, {
    list: (callback) =>
      system.getIdentities((error, keys) => {
        if (error) return callback(error)
        // A certificate is another name of a key that the agent lists too, and the library cannot offer it.
        const identities = (keys ?? [])
          .map((key) => ({ key: key as ParsedKey }))
          .filter(({ key }) => !isCertificate(key.type))
        offer.keys.push(...identities.map(({ key }) => `${key.type} ${fingerprint(key.getPublicSSH())}`))
        // One signature a key: servers count each offer, and an agent may hold many keys.
        callback(
          undefined,
          identities.map(({ key }) => ({ key, hash: key.type === 'ssh-rsa' ? 'sha256' : undefined })),
        )
      }),
    sign: (identity, data, hash, callback) => {
      offer.known = true
      system.sign(identity, data, hash === undefined ? {} : { hash }, callback)
    },
  })
  return { agent }
}
