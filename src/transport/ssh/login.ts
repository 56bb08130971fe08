import { readClock } from '../../base/clock.ts'
import { MirrorError } from '../../base/errors.ts'
import type { Algorithms, AuthHandlerMiddleware, BaseAgent, ServerHostKeyAlgorithm } from '../ssh2/library.ts'
import { chooseTuning } from '../ssh2/tuning.ts'
import { connectToLogIn } from './connect.ts'
import { awaitLogin, type SshSession } from './session.ts'
import type { Offer, SshAuth } from './signer.ts'
import { watchSocket } from './socket-watch.ts'
import { agentError, loginError, sessionError, type SshLibraryError } from './ssh-errors.ts'

/** The end of a server's banner that an error quotes, in characters. */
const BANNER_LENGTH = 8_192

/** Milliseconds between two keepalives, at most. */
const LONGEST_KEEPALIVE_MS = 30_000

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

/**
 * Connects and logs in. HTTP proxies are not used, and ~/.ssh/config is not read.
 * @throws MirrorError: `connect`, `timeout`, `cut`, `protocol`, `host-key`, `auth`, `usage` for a passphrase; the
 * signal's reason.
 */
export async function openSession(login: SshLogin, options: ConnectOptions): Promise<SshSession> {
  try {
    return await logIn(login, options, 'any')
  } catch (error) {
    if (error !== NEEDS_STRICT) throw error
    return await logIn(login, options, 'safe-without-strict')
  }
}

/**
 * Which ciphers are offered. `safe-without-strict` leaves out those under which packets at the start can be cut out
 * unseen, unless both sides keep to a strict key exchange (CVE-2023-48795).
 */
type Ciphers = 'any' | 'safe-without-strict'

const CHACHA = 'chacha20-poly1305@openssh.com'
const ETM_MACS = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha1-etm@openssh.com',
] as const

/** Never leaves this file. */
const NEEDS_STRICT = new MirrorError('the key exchange is not strict', { code: 'protocol' })

/** What the library tells of a key exchange. */
interface Negotiated {
  readonly cs: { readonly cipher: string; readonly mac: string }
  readonly sc: { readonly cipher: string; readonly mac: string }
}

async function logIn(login: SshLogin, options: ConnectOptions, ciphers: Ciphers): Promise<SshSession> {
  const { host, port, user, auth, limits } = login
  const { signal } = options
  signal.throwIfAborted()
  const offer: Offer = { keys: [], known: false, methods: undefined }
  const connected = await connectToLogIn({ host, port, auth, limit: limits.connect, signal }, offer)
  const { ssh2, agent, signFirst, socket, reading } = connected
  const tuning = chooseTuning(ssh2)
  const client = new ssh2.Client()
  const watch = watchSocket(socket, login)
  const heard = hearBanner(options.onText)
  const handshake = createHandshake(login)
  const refused = (): MirrorError => refusedKeys(login, heard.banner(), offer)
  const onRefused = (): void => watch.expectEnd(refused())
  const authentication = createAuthentication({ user, agent, offer, onRefused })

  client.on('error', (error: SshLibraryError) =>
    watch.fail(handshake.failure() ?? explainLibrary(error, { login, refused, ciphers })),
  )
  // The library asks for the login service at once, which servers answer without a thought.
  client.once('handshake', authentication.start)
  client.on('handshake', (negotiated) => {
    if (needsStrict(negotiated) && !tuning.isStrict(client)) return watch.fail(NEEDS_STRICT)
    tuning.speedUpCiphers(client, socket)
    if (tuning.decryptsToCopies(client)) reading.reuse()
  })
  client.on('greeting', heard.hear)
  client.on('banner', heard.hear)
  try {
    client.connect({
      sock: socket,
      username: user,
      authHandler: authentication.handler,
      hostVerifier: handshake.verify,
      algorithms: chooseAlgorithms(login, ciphers),
      ...chooseKeepalives(limits.idle),
      readyTimeout: 0,
    })
  } catch (cause) {
    watch.fail(sessionError(cause as Error, login))
  }
  watch.readAlong()
  if (signFirst) {
    tuning.signFirstRequest(client, { sign: signFirst, onAccepted: () => (offer.known = true) })
  }
  const { roundTrip } = authentication
  return await awaitLogin({ client, socket, watch, tuning, place: login, roundTrip }, signal)
}

function chooseAlgorithms(login: SshLogin, ciphers: Ciphers): Algorithms {
  const without = <T>(names: readonly T[]): { append: T[]; prepend: T[]; remove: T[] } => ({
    append: [],
    prepend: [],
    remove: [...names],
  })
  return {
    serverHostKey: [...login.hostKeyAlgorithms] as ServerHostKeyAlgorithm[],
    // Packs are compressed already.
    compress: ['none'],
    ...(ciphers === 'safe-without-strict' && { cipher: without([CHACHA]), hmac: without(ETM_MACS) }),
  }
}

function needsStrict({ cs, sc }: Negotiated): boolean {
  return [cs, sc].some(({ cipher, mac }) => cipher === CHACHA || /-etm@/.test(mac))
}

/** The connection is given up one interval after the last of these stayed unanswered. */
function chooseKeepalives(idle: number): { keepaliveInterval: number; keepaliveCountMax: number } {
  const keepaliveInterval = Math.max(10, Math.min(LONGEST_KEEPALIVE_MS, idle / 4))
  return { keepaliveInterval, keepaliveCountMax: Math.max(1, Math.round(idle / keepaliveInterval) - 1) }
}

interface Banner {
  hear(text: string): void
  /** The end of what was heard. */
  banner(): string
}

function hearBanner(onText: ((text: string) => void) | undefined): Banner {
  let banner = ''
  return {
    hear(text) {
      banner = (banner + text).slice(-BANNER_LENGTH)
      onText?.(text)
    },
    banner: () => banner,
  }
}

interface Handshake {
  verify(key: Buffer): boolean
  /** Why the host key was refused. */
  failure(): MirrorError | undefined
}

function createHandshake(login: SshLogin): Handshake {
  let failure: MirrorError | undefined
  return {
    verify(key) {
      failure = login.checkHostKey(key)
      return failure === undefined
    },
    failure: () => failure,
  }
}

interface Authentication {
  readonly handler: AuthHandlerMiddleware
  /** The login was just asked for. */
  start(): void
  /** Milliseconds that the server took to answer that. */
  roundTrip(): number | undefined
}

/** An agent that holds what is to be tried; once it is refused, the question what else there is. */
function createAuthentication(options: {
  readonly user: string
  readonly agent: BaseAgent
  readonly offer: Offer
  /** The keys were refused: if the connection ends now, it is for that. */
  readonly onRefused: () => void
}): Authentication {
  const { user, agent, offer } = options
  let asked: number | undefined
  let roundTrip: number | undefined
  let attempts = 0
  return {
    handler(methods, _partial, next) {
      attempts++
      if (attempts === 1) {
        if (asked !== undefined) roundTrip = readClock() - asked
        return next({ type: 'agent', username: user, agent })
      }
      if (attempts === 2) {
        options.onRefused()
        // Asked for the methods that there are, which the library does not tell when an agent's keys are refused.
        return next({ type: 'none', username: user })
      }
      offer.methods = methods ?? undefined
      // The library's types leave out that false ends the attempts.
      next(false as never)
    },
    start() {
      asked = readClock()
    },
    roundTrip: () => roundTrip,
  }
}

function explainLibrary(
  error: SshLibraryError,
  at: {
    readonly login: SshLogin
    readonly refused: () => MirrorError
    readonly ciphers: Ciphers
  },
): MirrorError {
  if (error.level === 'agent') return agentError(error)
  const tooMany = typeof error.code === 'number' && /authentication failures/i.test(error.message)
  if (error.level === 'client-authentication' || tooMany) return at.refused()
  return sessionError(error, at.login, at.ciphers === 'safe-without-strict')
}

function refusedKeys({ host, port, user }: SshLogin, banner: string, offer: Offer): MirrorError {
  const { keys: offered, known, methods } = offer
  return loginError({ host, port, user, banner, offered, known, methods })
}
