import { MirrorError } from '../../base/errors.ts'
import type { Host } from '../ssh-keys/check-host-key.ts'
import { hostForm } from '../ssh-keys/known-hosts.ts'
import type { ConnectionEnd, Service } from '../connection/connection.ts'

/** What the ssh library puts on its errors. */
export interface SshLibraryError extends Error {
  readonly level?: string
  /** A system error's name, or the number of the server's reason to disconnect (RFC 4253, section 11.1). */
  readonly code?: string | number
}

export interface SessionPlace extends Host {
  /** Milliseconds. */
  readonly limits: { readonly handshake: number; readonly idle: number }
}

/** The error for a server that lets us wait during the login or for the start of a program. */
export function lateSession(at: SessionPlace): MirrorError {
  return silentServer(at, at.limits.handshake)
}

function silentServer(at: SessionPlace, limit: number): MirrorError {
  return new MirrorError(`${printServer(at)} did not answer within ${limit / 1000} seconds`, {
    code: 'timeout',
    retryable: true,
  })
}

/** The error for a connection that ended without a word. */
export function brokenSession(at: Host, cause?: unknown): MirrorError {
  return new MirrorError(`${printServer(at)} closed the connection`, { code: 'cut', retryable: true, cause })
}

/** The error for a server that hung up at once: that is how one with too many connections says it to ssh. */
export function turnedAway(at: Host, cause: MirrorError): MirrorError {
  return new MirrorError(`${printServer(at)} closed the connection before it said anything`, {
    code: 'cut',
    retryable: true,
    advice: 'ssh-turned-away',
    cause,
  })
}

/** The error for a server of another kind. `head`: what it said first. */
export function notSsh(at: Host, head: string): MirrorError {
  return new MirrorError(`${hostForm(at.host, at.port)} does not speak ssh`, {
    code: 'protocol',
    hint: 'Check host and port of the address.',
    serverText: head,
  })
}

function printServer(at: Host): string {
  return `the ssh server ${hostForm(at.host, at.port)}`
}

/** The error for a connection that the library gave up, before or after the login. `withoutStrict`: fewer ciphers were offered. */
export function sessionError(error: SshLibraryError, at: SessionPlace, withoutStrict = false): MirrorError {
  const server = printServer(at)
  const { message, level, code } = error
  if (level === 'client-timeout') return silentServer(at, at.limits.idle)
  if (/no matching/i.test(message)) {
    return new MirrorError(`${server} shares no algorithm with us: ${message}`, {
      code: 'connect',
      hint: withoutStrict
        ? 'The server lacks the strict key exchange that chacha20-poly1305 and the etm MACs need to be safe: update it, or let it take aes128-gcm@openssh.com.'
        : 'The server is too old or too strict; its host key types, key exchanges and ciphers are in its sshd_config. Host keys that sign with SHA-1 are not taken.',
    })
  }
  if (typeof code === 'number') {
    return new MirrorError(`${server} ended the connection`, {
      code: 'cut',
      retryable: true,
      serverText: message,
    })
  }
  return new MirrorError(`the connection to ${server} broke: ${message}`, {
    code: 'cut',
    retryable: true,
    cause: error,
  })
}

export interface LoginPlace extends Host {
  readonly user: string
  /** Fingerprint and type of each key that was offered. */
  readonly offered: readonly string[]
  /** Text the server sent before the login. */
  readonly banner: string
  /** The server knew one of the keys, and asked for its signature. */
  readonly known: boolean
  /** The methods that it takes, as it said when it refused the keys. */
  readonly methods: readonly string[] | undefined
}

export function loginError(at: LoginPlace): MirrorError {
  const account = `${at.user}@${hostForm(at.host, at.port)}`
  const details = { code: 'auth', ...(at.banner === '' ? {} : { serverText: at.banner }) } as const
  const keys = at.offered.length === 0 ? 'no key: the ssh agent holds none' : at.offered.join(', ')
  if (at.known) {
    return new MirrorError(`${account} knows the ssh key (${keys}), and still refuses the login`, {
      ...details,
      hint: 'The account may be locked, or need a second proof, which cannot be given here.',
    })
  }
  const { methods } = at
  if (methods !== undefined && !methods.includes('publickey')) {
    const offered = methods.length === 0 ? 'no method of login' : methods.map(printMethod).join(', ')
    return new MirrorError(`${account} takes no ssh keys: the server offers ${offered}`, {
      ...details,
      advice: 'ssh-no-key-login',
      hint: 'A key is the one login that is spoken here: the server has to allow it (PubkeyAuthentication in sshd_config), or use its https address.',
    })
  }
  return new MirrorError(`${account} does not accept the ssh key (offered: ${keys})`, {
    ...details,
    advice: 'ssh-key-refused',
    hint:
      'Add the public key to the account or the repository at that host (a deploy key, with write access at a destination); ' +
      'ssh-keygen -y prints the public half of a private key.',
  })
}

/** A server's words, cut to what methods are called (RFC 4252, section 5). */
function printMethod(method: string): string {
  return method.replace(/[^\w@.-]/g, '').slice(0, 64)
}

export function agentError(cause: Error): MirrorError {
  return new MirrorError('the ssh agent at SSH_AUTH_SOCK does not answer', {
    code: 'auth',
    hint: 'Start it (eval "$(ssh-agent)"; ssh-add), or give the private key.',
    cause,
  })
}

export function noKeyError(keyName: string): MirrorError {
  return new MirrorError(`an ssh address needs a key: ${keyName} is empty, and there is no ssh agent`, {
    code: 'auth',
    hint: `Give the private key in ${keyName}, or start an agent (SSH_AUTH_SOCK). A secret that does not exist is an empty text.`,
  })
}

/** The error for a channel or a program that the server did not start. */
export function refusedChannel(cause: Error, at: Host): MirrorError {
  return new MirrorError(
    `the ssh server ${hostForm(at.host, at.port)} does not start a program for this account`,
    {
      code: 'server',
      advice: 'no-shell',
      hint: 'The account has to be allowed to run git-upload-pack and git-receive-pack.',
      serverText: cause.message,
    },
  )
}

const NO_REPOSITORY =
  /(repositor|project)\w*.* (not|n.t) (be )?found|not appear to be a git repository|not a git repository|no such (project|repo)|could(n.t| not) be found|does(n.t| not) exist/i

/** Reads the words of a program that ended before its first byte; undefined when there is nothing to read. */
export function describeSilentEnd(
  end: ConnectionEnd,
  at: Host & { readonly service: Service },
): MirrorError | undefined {
  const text = end.text.trim()
  const silent = text === '' && end.exitSignal === undefined && (end.exitCode ?? 255) === 255
  if (end.exitCode === 0 || silent) return undefined
  const server = hostForm(at.host, at.port)
  const details = { serverText: end.text }
  // A login banner can contain anything, so only phrases that git or the hosts print are matched.
  if (end.exitCode === 127 || new RegExp(`${at.service}\\b.*not (found|recognized)`).test(text)) {
    return new MirrorError(`${server} has no program ${at.service}`, {
      ...details,
      code: 'server',
      hint: 'Install git there, in a folder that PATH names for a login without terminal.',
    })
  }
  if (NO_REPOSITORY.test(text)) {
    return new MirrorError(`${server} has no repository at that path, or none that this key may see`, {
      ...details,
      code: 'not-found',
      hint: 'Check the path, and that the key is added to the repository or to an account that may see it.',
    })
  }
  if (/denied|not allowed|read[- ]only|unauthori[sz]ed|forbidden|permission|not authori[sz]ed/i.test(text)) {
    return new MirrorError(`${server} does not let this key run ${at.service} there`, {
      ...details,
      code: 'auth',
      advice: at.service === 'git-receive-pack' ? 'no-write-permission' : 'no-read-permission',
      hint: 'Give the key the rights it needs: to read at a source, to write at a destination.',
    })
  }
  return new MirrorError(`${at.service} at ${server} ended ${printStatus(end)} before it said anything`, {
    ...details,
    code: 'server',
  })
}

function printStatus({ exitCode, exitSignal }: ConnectionEnd): string {
  if (exitSignal !== undefined) return `by ${exitSignal}`
  return exitCode === undefined ? 'without a status' : `with status ${exitCode}`
}
