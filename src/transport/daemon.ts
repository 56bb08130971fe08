import { encodePacket } from '../protocol/pkt-line.ts'
import { connectDuplex, type ProgramEnd } from './connection/duplex.ts'
import type { RemoteOptions } from './connection/remote-options.ts'
import { printUrl, type RemoteUrl } from './address/remote-url.ts'
import { readChunks } from './connection/stream-chunks.ts'
import { connectTcp } from './connection/tcp.ts'
import type { Connection, OpenOptions, Remote, Service } from './connection/connection.ts'

export const DAEMON_PORT = 9418

export type DaemonUrl = Extract<RemoteUrl, { scheme: 'git' }>

/** A repository behind `git daemon` (gitprotocol-pack, "Git Transport"). No credential, no encryption. */
export function createDaemonRemote(url: DaemonUrl, options: Pick<RemoteOptions, 'limits'>): Remote {
  return {
    label: printUrl(url),
    open: (open) => openDaemon(url, options.limits.connect, open),
    dispose: async () => {},
  }
}

async function openDaemon(url: DaemonUrl, limit: number, options: OpenOptions): Promise<Connection> {
  const { service, version, signal, onActivity } = options
  const socket = await connectTcp({ host: url.host, port: url.port, limit, signal })
  const ended = new Promise<ProgramEnd>((resolve) => {
    socket.once('close', () => resolve({}))
  })
  const connection = connectDuplex({
    readable: readChunks(socket),
    writable: socket,
    ended,
    text: () => '',
    kill: () => socket.destroy(),
    onActivity,
    signal,
  })
  await connection.turn(encodeRequest(url, service, version))
  return connection
}

function encodeRequest(url: DaemonUrl, service: Service, version: 2 | undefined): Uint8Array {
  const host = url.host.includes(':') ? `[${url.host}]` : url.host
  const port = url.port === DAEMON_PORT ? '' : `:${url.port}`
  const extra = version === undefined ? '' : `\0version=${version}\0`
  return encodePacket(`${service} ${url.path}\0host=${host}${port}\0${extra}`)
}
