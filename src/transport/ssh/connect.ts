import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectTcp } from '../connection/tcp.ts'
import { createReading, type Reading } from '../ssh2/large-reads.ts'
import type { SshLibrary } from '../ssh2/library.ts'
import { keyAgent, type Offer, type Signer, type SshAuth, systemAgent } from './signer.ts'

/** Milliseconds in which a near server is connected to. */
const NEAR_CONNECT_MS = 5

export interface ConnectTo {
  readonly host: string
  readonly port: number
  readonly auth: SshAuth
  /** Milliseconds for the name and the connection. */
  readonly limit: number
  readonly signal: AbortSignal
}

/** A connected socket, and what is needed to log in on it. */
export interface Connected extends Signer {
  readonly socket: Socket
  readonly reading: Reading
  readonly ssh2: SshLibrary
}

/**
 * Connects to a server while the library and the key are loaded.
 * @throws MirrorError `connect`, `timeout`; `usage` for a key or its passphrase; the signal's reason.
 */
export async function connectToLogIn(to: ConnectTo, offer: Offer): Promise<Connected> {
  const { host, port, auth, limit, signal } = to
  const reading = createReading()
  // A key that its passphrase does not open is not worth a connection.
  const isLocked = auth.kind === 'key' && auth.key.passphrase !== undefined
  const opened = isLocked ? await loadSigner(auth, offer) : undefined
  const connecting = connectTcp({ host, port, limit, signal, onread: reading.onread })
  const signing = opened ?? loadBeside(connecting, auth, offer)
  const [signer, socket] = await both(signing, connecting)
  reading.start(socket)
  return { ...signer, socket, reading }
}

type LoadedSigner = Signer & { readonly ssh2: SshLibrary }

/** As `Promise.all`; a socket that nobody gets is closed. */
async function both<T>(made: T | Promise<T>, connecting: Promise<Socket>): Promise<[T, Socket]> {
  try {
    return await Promise.all([made, connecting])
  } catch (error) {
    connecting.then((socket) => socket.destroy()).catch(() => undefined)
    throw error
  }
}

/** Loads the library while a far server is connected to: both take about as long. */
async function loadBeside(connecting: Promise<Socket>, auth: SshAuth, offer: Offer): Promise<LoadedSigner> {
  // Node compiles at once what is imported: all connections that are to be made should be on their way.
  await Promise.race([connecting, sleep(NEAR_CONNECT_MS, undefined, { ref: false })])
  return await loadSigner(auth, offer)
}

async function loadSigner(auth: SshAuth, offer: Offer): Promise<LoadedSigner> {
  const ssh2 = await loadLibrary()
  return { ssh2, ...(auth.kind === 'key' ? keyAgent(ssh2, auth, offer) : systemAgent(ssh2, auth, offer)) }
}

let library: Promise<SshLibrary> | undefined

function loadLibrary(): Promise<SshLibrary> {
  library ??= import('../ssh2/library.ts').then(({ sshLibrary }) => sshLibrary)
  return library
}
