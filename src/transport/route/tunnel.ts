import type { Socket } from 'node:net'
import { MirrorError, withDetails } from '../../base/errors.ts'
import type { Proxy } from './proxy.ts'

/** Bytes of a proxy's answer. */
const MOST_HEAD_BYTES = 16 * 1024

/**
 * Asks an HTTP proxy, on a connection to it, for a tunnel to `authority` (`host:port`), and resolves when the
 * socket speaks with the server itself (RFC 9110, CONNECT).
 * @throws MirrorError `connect` with the proxy's status; retryable for 5xx and when the proxy hangs up.
 */
export async function openTunnel(socket: Socket, proxy: Proxy, authority: string): Promise<void> {
  const login = proxy.authorization === undefined ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${login}\r\n`, 'latin1')
  const head = await readHead(socket, proxy)
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1])
  if (status >= 200 && status < 300) return
  throw refusedByProxy(proxy, Number.isNaN(status) ? undefined : status)
}

/** The error for a status that a proxy, not the server behind it, gave. */
export function refusedByProxy(proxy: Proxy, status: number | undefined): MirrorError {
  const name = `the proxy ${proxy.url.host}`
  if (status === undefined) {
    return new MirrorError(`${name} does not answer as an HTTP proxy`, {
      code: 'connect',
      advice: 'proxy-unreachable',
      hint: proxyHint(proxy),
    })
  }
  if (status === 407) {
    return new MirrorError(`${name} asks for a login (HTTP 407)`, {
      code: 'connect',
      status,
      hint: `Put the proxy's user and password into ${proxy.variable}: http://user:password@host:port.`,
    })
  }
  return new MirrorError(`${name} refused the connection (HTTP ${status})`, {
    code: 'connect',
    status,
    retryable: status >= 500 || status === 429,
    hint: proxyHint(proxy),
  })
}

/** Makes an error of the way to a proxy say that it is the proxy's, and which variable names it. */
export function blameProxy(proxy: Proxy | undefined): (thrown: unknown) => never {
  return (thrown) => {
    if (!proxy || !(thrown instanceof MirrorError)) throw thrown
    const message = `the proxy ${proxy.url.host} cannot be used: ${thrown.message}`
    const hint = `${proxyHint(proxy)} Check that it runs, and its address.`
    throw withDetails(thrown, { hint, advice: thrown.advice ?? 'proxy-unreachable' }, message)
  }
}

/** What to do when the proxy itself is in the way. */
export function proxyHint(proxy: Proxy): string {
  return `${proxy.variable} names this proxy; list the server in NO_PROXY if it needs none.`
}

function readHead(socket: Socket, proxy: Proxy): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const settle = (act: () => void): void => {
      socket.off('readable', onReadable)
      socket.off('close', onClose)
      socket.off('end', onClose)
      act()
    }
    const onClose = (): void =>
      settle(() =>
        reject(
          new MirrorError(`the proxy ${proxy.url.host} hung up`, {
            code: 'connect',
            retryable: true,
            advice: 'proxy-unreachable',
            hint: proxyHint(proxy),
          }),
        ),
      )
    const onReadable = (): void => {
      for (let chunk = socket.read() as Buffer | null; chunk; chunk = socket.read() as Buffer | null) {
        head = Buffer.concat([head, chunk])
      }
      const end = head.indexOf('\r\n\r\n')
      if (end < 0 && head.length < MOST_HEAD_BYTES) return
      settle(() => {
        if (end >= 0 && end + 4 < head.length) socket.unshift(head.subarray(end + 4))
        resolve(head.toString('latin1', 0, end < 0 ? MOST_HEAD_BYTES : end))
      })
    }
    socket.on('readable', onReadable)
    socket.once('close', onClose)
    socket.once('end', onClose)
  })
}
