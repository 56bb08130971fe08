import { connect, type LookupFunction, type OnReadOpts, type Socket } from 'node:net'
import { MirrorError } from '../../base/errors.ts'

export interface TcpOptions {
  readonly host: string
  readonly port: number
  /** Milliseconds for the name and the connection. */
  readonly limit: number
  readonly signal: AbortSignal
  /** Where it reads to, in place of new memory for each piece; such a socket is paused until it is resumed. */
  readonly onread?: OnReadOpts | undefined
  /** Finds the addresses of a name, in place of the system's way. Its MirrorErrors are passed on. */
  readonly lookup?: LookupFunction | undefined
}

/**
 * A connected socket that sends small packets at once. Half-closing it leaves its reading side open.
 * @throws MirrorError `connect`, retryable unless the name does not exist; `timeout`, retryable; the signal's reason.
 */
export function connectTcp(options: TcpOptions): Promise<Socket> {
  const { host, port, limit, signal, onread, lookup } = options
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      noDelay: true,
      keepAlive: true,
      ...(onread && { onread }),
      ...(lookup && { lookup }),
    })
    if (onread) socket.pause()
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      act()
    }
    const refuse = (error: unknown): void =>
      settle(() => {
        socket.destroy()
        reject(error)
      })
    const onAbort = (): void => refuse(signal.reason)
    const timer = setTimeout(() => refuse(lateError(options)), limit)
    signal.addEventListener('abort', onAbort, { once: true })
    // Stays for good: an error after `destroy` has nowhere else to go.
    socket.on('error', (cause) => refuse(connectError(options, cause)))
    socket.once('connect', () => settle(() => resolve(socket)))
  })
}

function lateError({ host, port, limit }: TcpOptions): MirrorError {
  return new MirrorError(`no connection to ${host}, port ${port}, within ${limit / 1000} seconds`, {
    code: 'timeout',
    retryable: true,
    hint: 'Check the address, and that a firewall lets this machine through.',
  })
}

function connectError({ host, port }: TcpOptions, cause: NodeJS.ErrnoException): MirrorError {
  if (cause instanceof MirrorError) return cause
  if (cause.code === 'ENOTFOUND') {
    return new MirrorError(`there is no host named ${host}`, {
      code: 'connect',
      advice: 'unknown-host',
      hint: 'Check the spelling of the address, and the DNS of this machine.',
      cause,
    })
  }
  // One error for each address of the host has no message of its own.
  const why = cause.message === '' ? (cause.code ?? 'no address answered') : cause.message
  return new MirrorError(`no connection to ${host}, port ${port}: ${why}`, {
    code: 'connect',
    retryable: true,
    advice: cause.code === 'EAI_AGAIN' ? 'unknown-host' : undefined,
    hint: 'Check that the server runs and that a firewall lets this machine through.',
    cause,
  })
}
