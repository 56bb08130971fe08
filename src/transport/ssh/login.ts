import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { MirrorError } from '../../base/errors.ts'
import { connectTcp } from '../connection/tcp.ts'
import { decryptsToCopies, speedUpCiphers } from '../ssh2/ciphers.ts'
import { signFirstRequest } from '../ssh2/first-signature.ts'
import { createReading } from '../ssh2/large-reads.ts'
import { agentError, loginError, sessionError, type SshLibraryError } from './ssh-errors.ts'
import type { AuthHandlerMiddleware, ServerHostKeyAlgorithm, SshLibrary } from '../ssh2/library.ts'
import { startSession, type SshSession } from './session.ts'
import { type SshAuth, type Offer, type Signer, keyAgent, systemAgent } from './signer.ts'

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
    return (await import('../ssh2/library.ts')).sshLibrary
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

type LoadedSigner = Signer & { readonly ssh2: SshLibrary }
