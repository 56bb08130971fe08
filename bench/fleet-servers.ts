import { makeCertificate } from '../test/support/certificate.ts'
import { GIT_ENV } from '../test/support/git.ts'
import { startNginx } from '../test/support/servers/nginx.ts'
import { findFreePort } from '../test/support/servers/process.ts'
import { startSshd } from '../test/support/sshd.ts'
import { type Proxy, startProxy } from './proxy.ts'
import { FAR, writeHome } from './servers.ts'

export const FLEET_OVERS = ['https@50', 'ssh@50'] as const
export type FleetOver = (typeof FLEET_OVERS)[number]

/** Two addresses of the loopback device: two hosts to whoever counts by host. */
export const FLEET_HOSTS = ['127.0.0.1', '127.0.0.2'] as const
export type FleetHost = (typeof FLEET_HOSTS)[number]

/** Of each host, as many as of git's programs at once. */
export const MIRRORS_AT_ONCE = 8

/** Bytes a second of the slow road. */
export const SLOW_RATE = 3_000_000

export interface FleetServers extends AsyncDisposable {
  /** Address of a repository below the root. */
  url(over: FleetOver, host: FleetHost, path: string): string
  /** The same over https, by a slow road to the first host. */
  slowUrl(path: string): string
  /** Connections that were opened since the last call. */
  takeConnections(): number
  /** For git and for Kalandra alike. */
  readonly env: NodeJS.ProcessEnv
  /** The `hosts` of a config, each with its limit. */
  readonly hosts: string
  /** The same without it. */
  readonly usualHosts: string
}

/** One nginx and one sshd for the repositories below `root`, behind a far proxy for each host. */
export async function startFleetServers(root: string): Promise<FleetServers> {
  const stack = new AsyncDisposableStack()
  try {
    const certificate = stack.use(await makeCertificate(FLEET_HOSTS.map((host) => `IP:${host}`)))
    const tls = { ...certificate, port: await findFreePort() }
    stack.use(await startNginx(root, tls))
    const sshd = stack.use(await startSshd())
    const proxies = new Map<string, Proxy>()
    for (const host of FLEET_HOSTS) {
      for (const [over, port] of [
        ['https@50', tls.port],
        ['ssh@50', sshd.port],
      ] as const) {
        const proxy = stack.use(await startProxy({ target: () => port, delay: FAR, host }))
        proxies.set(`${over} ${host}`, proxy)
      }
    }
    const [slowHost] = FLEET_HOSTS
    const slow = stack.use(
      await startProxy({ target: () => tls.port, delay: FAR, host: slowHost, rate: SLOW_RATE }),
    )
    const knownHosts = FLEET_HOSTS.flatMap((host) =>
      sshd.hostKeys.map(({ publicKey }) => `[${host}]:${proxies.get(`ssh@50 ${host}`)!.port} ${publicKey}\n`),
    ).join('')
    const home = `${sshd.folder}/home`
    const ssh = await writeHome(home, sshd.clientKey.privateKey, knownHosts)
    const owned = stack.move()
    const hostsOf = (limit: string): string => {
      const entries = FLEET_HOSTS.map(
        (host) => `  ${host}: { ${limit}ssh-key: '\${BENCH_KEY}', known-hosts: '\${BENCH_KNOWN_HOSTS}' }\n`,
      )
      return `hosts:\n${entries.join('')}`
    }
    return {
      url(over, host, path) {
        const { port } = proxies.get(`${over} ${host}`)!
        if (over === 'ssh@50') return `ssh://${sshd.user}@${host}:${port}${path}`
        return `https://${host}:${port}/plain${path.slice(root.length)}`
      },
      slowUrl: (path) => `https://${slowHost}:${slow.port}/plain${path.slice(root.length)}`,
      takeConnections: () =>
        [...proxies.values()].reduce((sum, proxy) => sum + proxy.takeCounts().connections, 0),
      env: {
        ...GIT_ENV,
        HOME: home,
        GIT_SSH_COMMAND: `ssh -F '${ssh.config}'`,
        GIT_SSL_CAINFO: certificate.path,
        BENCH_KEY: sshd.clientKey.privateKey,
        BENCH_KNOWN_HOSTS: knownHosts,
      },
      hosts: hostsOf(`mirrors-at-once: ${MIRRORS_AT_ONCE}, `),
      usualHosts: hostsOf(''),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
