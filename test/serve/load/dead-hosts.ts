import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'

/** Hosts that are dead in two ways: some hang up on everybody, and one refuses every login. */
export interface DeadHosts extends AsyncDisposable {
  /** `hosts` and `mirrors` of a config: m0 and so on. */
  readonly config: string
  /** Connections to the dead host that got the most. */
  mostConnections(): number
  /** Logins with the one credential. */
  mostLogins(): number
  /** What the circuit allows: three refusals, and what was under way by then. */
  readonly loginLimit: number
}

/** Names of this machine: each is a host of its own to whoever counts by host. */
const NAMES = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']
const LOGIN_HOST = '127.0.0.9'
/** Every so many mirrors, one that is refused. */
const REFUSED_SHARE = 5
const REFUSALS_ALLOWED = 3
const AT_ONCE = 4

export async function startDeadHosts(mirrors: number): Promise<DeadHosts> {
  const connections = new Map<string, number>()
  let logins = 0
  const dead = createServer((socket) => {
    const host = socket.localAddress ?? ''
    connections.set(host, (connections.get(host) ?? 0) + 1)
    socket.on('error', () => undefined)
    socket.resetAndDestroy()
  })
  const refusing = createHttpServer((request, response) => {
    if (request.headers.authorization !== undefined) logins++
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end('who are you?')
  })
  const listenAt = async (server: typeof dead | typeof refusing): Promise<number> => {
    await new Promise<void>((resolve) => {
      server.listen(0, '0.0.0.0', resolve)
    })
    return (server.address() as AddressInfo).port
  }
  const [deadPort, loginPort] = [await listenAt(dead), await listenAt(refusing)]
  const list = Array.from({ length: mirrors }, (_, index) => {
    const isRefused = index % REFUSED_SHARE === 0
    const host = isRefused ? `${LOGIN_HOST}:${loginPort}` : `${NAMES[index % NAMES.length]}:${deadPort}`
    return `  - { name: m${index}, source: 'http://${host}/s/m${index}.git', destination: 'http://${host}/d/m${index}.git', schedule: every 1h }\n`
  })
  return {
    config: `hosts: { ${LOGIN_HOST}: { token: '\${HOST_TOKEN}' } }\nmirrors:\n${list.join('')}`,
    mostConnections: () => Math.max(0, ...connections.values()),
    mostLogins: () => logins,
    // Source and destination of each mirror are asked at once.
    loginLimit: (REFUSALS_ALLOWED + AT_ONCE) * 2,
    async [Symbol.asyncDispose]() {
      refusing.closeAllConnections()
      for (const server of [dead, refusing]) {
        await new Promise((resolve) => {
          server.close(resolve)
        })
      }
    },
  }
}
