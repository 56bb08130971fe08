import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { MirrorError } from '../errors.ts'
import { connectTcp } from './tcp.ts'
import { decryptsToCopies, speedUpCiphers } from './ssh-cipher.ts'
import { signFirstRequest } from './ssh-first-signature.ts'
import { createReading } from './ssh-reading.ts'
import { agentError, loginError, sessionError, type SshLibraryError } from './ssh-errors.ts'
import { damagedKey, type SshKey, type SshKeyInput, wrongPassphrase } from './ssh-key.ts'
import type { SshLibrary } from './ssh-library.ts'
import { startSession, type SshSession } from './ssh-session.ts'
import { fingerprint } from './ssh-wire.ts'
import type {
  AuthHandlerMiddleware,
  BaseAgent,
  IdentityCallback,
  ParsedKey,
  ServerHostKeyAlgorithm,
  SignCallback,
  SigningRequestOptions,
} from 'ssh2'

export type SshAuth =
  | { readonly kind: 'key'; readonly key: SshKey; readonly input: SshKeyInput }
  | { readonly kind: 'agent'; readonly socketPath: string }

export interface SshLogin {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly auth: SshAuth
  readonly hostKeyAlgorithms: readonly string[]
  /** The error for a host key that is not to be trusted. */
  readonly checkHostKey: (key: Uint8Array) => MirrorError | undefined
  /** Milliseconds. */
  readonly limits: { readonly connect: number; readonly handshake: number; readonly idle: number }
}

export interface ConnectOptions {
  readonly signal: AbortSignal
  /** The server's banner, and what it says before the protocol begins. */
  readonly onText?: ((text: string) => void) | undefined
}

let library: Promise<SshLibrary> | undefined

function loadLibrary(): Promise<SshLibrary> {
  library ??= (async () => {
    // Its WASM glue reads `__dirname`, which a bundle of ES modules lacks.
    Object.assign(globalThis, { __dirname: import.meta.dirname })
    return (await import('./ssh-library.ts')).sshLibrary
  })()
  return library
}

/**
 * Connects and logs in. HTTP proxies are not used, and ~/.ssh/config is not read.
 * @throws MirrorError: `connect`, `timeout`, `cut`, `protocol`, `host-key`, `auth`, `usage` for a passphrase; the
 * signal's reason.
 */
export async function openSession(login: SshLogin, options: ConnectOptions): Promise<SshSession> {
  const { host, port, user, limits } = login
  options.signal.throwIfAborted()
  const offer: Offer = { keys: [], known: false }
  const reading = createReading()
  const { onread } = reading
  // A key that its passphrase does not open is not worth a connection.
  const isLocked = login.auth.kind === 'key' && login.auth.key.passphrase !== undefined
  const opened = isLocked ? await loadSigner(login.auth, offer) : undefined
  const connecting = connectTcp({ host, port, limit: limits.connect, signal: options.signal, onread })
  const signing = opened ?? loadBeside(connecting, login.auth, offer)
  const [{ ssh2, agent, signFirst }, socket] = await both(signing, connecting)
  reading.start(socket)
  const client = new ssh2.Client()
  const session = startSession(client, socket, login)
  let hostKeyFailure: MirrorError | undefined
  let asked = Infinity
  let banner = ''
  const hear = (text: string): void => {
    banner = (banner + text).slice(-8192)
    options.onText?.(text)
  }

  const translate = (error: SshLibraryError): MirrorError => {
    if (hostKeyFailure) return hostKeyFailure
    if (error.level === 'agent') return agentError(error)
    const tooMany = typeof error.code === 'number' && /authentication failures/i.test(error.message)
    if (error.level === 'client-authentication' || tooMany) {
      return loginError({ host, port, user, banner, offered: offer.keys, known: offer.known })
    }
    return sessionError(error, login)
  }
  const authHandler: AuthHandlerMiddleware = (() => {
    let tried = false
    return (_left, _partial, next) => {
      if (!tried) session.setRoundTrip(performance.now() - asked)
      const method = tried ? (false as never) : ({ type: 'agent', username: user, agent } as const)
      tried = true
      next(method)
    }
  })()

  client.on('error', (error) => session.fail(translate(error)))
  // The library asks for the login service at once, which servers answer without a thought.
  client.once('handshake', () => (asked = performance.now()))
  client.on('handshake', () => {
    speedUpCiphers(client, socket)
    if (decryptsToCopies(client)) reading.reuse()
  })
  client.on('greeting', hear)
  client.on('banner', hear)
  const interval = Math.max(10, Math.min(30_000, limits.idle / 4))
  try {
    client.connect({
      sock: socket,
      username: user,
      authHandler,
      hostVerifier: (key: Buffer) => {
        hostKeyFailure = login.checkHostKey(key)
        return hostKeyFailure === undefined
      },
      algorithms: { serverHostKey: [...login.hostKeyAlgorithms] as ServerHostKeyAlgorithm[] },
      keepaliveInterval: interval,
      // The connection is given up one interval after the last of these stayed unanswered.
      keepaliveCountMax: Math.max(1, Math.round(limits.idle / interval) - 1),
      readyTimeout: 0,
    })
  } catch (cause) {
    session.fail(sessionError(cause as Error, login))
  }
  session.watch()
  if (signFirst) signFirstRequest(client, { sign: signFirst, onAccepted: () => (offer.known = true) })
  await session.ready(options.signal)
  return session
}

/** As `Promise.all`; a socket that nobody gets is closed. */
async function both<T>(made: T | Promise<T>, connecting: Promise<Socket>): Promise<[T, Socket]> {
  try {
    return await Promise.all([made, connecting])
  } catch (error) {
    connecting.then((socket) => socket.destroy()).catch(() => undefined)
    throw error
  }
}

/** Milliseconds in which a near server is connected to. */
const NEAR = 5

/** Loads the library while a far server is connected to: both take about as long. */
async function loadBeside(connecting: Promise<Socket>, auth: SshAuth, offer: Offer): Promise<LoadedSigner> {
  // Node compiles at once what is imported: all connections that are to be made should be on their way.
  await Promise.race([connecting, sleep(NEAR, undefined, { ref: false })])
  return await loadSigner(auth, offer)
}

async function loadSigner(auth: SshAuth, offer: Offer): Promise<LoadedSigner> {
  const ssh2 = await loadLibrary()
  return { ssh2, ...(auth.kind === 'key' ? keyAgent(ssh2, auth, offer) : systemAgent(ssh2, auth, offer)) }
}

/** What the server was offered, for the error. */
interface Offer {
  readonly keys: string[]
  /** It asked for a signature, which servers do for keys that they know. */
  known: boolean
}

interface Signer {
  readonly agent: BaseAgent
  /** The signature of the one key there is. */
  readonly signFirst?: (data: Buffer) => Buffer | Error
}

type LoadedSigner = Signer & { readonly ssh2: SshLibrary }

/** An agent that holds the one key that was given. */
function keyAgent(ssh2: SshLibrary, auth: Extract<SshAuth, { kind: 'key' }>, offer: Offer): Signer {
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
function systemAgent(ssh2: SshLibrary, auth: Extract<SshAuth, { kind: 'agent' }>, offer: Offer): Signer {
  const system = ssh2.createAgent(auth.socketPath)
  const agent = createAgent(ssh2, {
    list: (callback) =>
      system.getIdentities((error, keys) => {
        if (error) return callback(error)
        const identities = (keys ?? []).map((key) => ({ key: key as ParsedKey }))
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

type Hash = 'sha256' | 'sha512'

interface Identity {
  readonly key: ParsedKey
  /** For RSA: what to sign with (RFC 8332); undefined: what the library makes of it, SHA-1 at worst. */
  readonly hash?: Hash | undefined
}

interface IdentitySource {
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
function createAgent(ssh2: SshLibrary, source: IdentitySource): BaseAgent {
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

function nameSignature({ key, hash }: Identity): ParsedKey {
  if (hash === undefined) return key
  const type = hash === 'sha256' ? 'rsa-sha2-256' : 'rsa-sha2-512'
  return Object.create(key, { type: { value: type, enumerable: true } }) as ParsedKey
}
