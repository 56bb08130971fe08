import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type HttpBackend, startHttpBackend } from '../test/support/http-backend.ts'
import { startNginx } from '../test/support/servers/nginx.ts'
import { startSshd } from '../test/support/sshd.ts'
import { type Counts, type Proxy, startProxy } from './proxy.ts'

/** Milliseconds of round trip of the far servers. */
export const FAR = 50

export const OVERS = ['file', 'http', 'ssh', 'http@50', 'ssh@50'] as const
/** How both repositories are reached; `@50`: 50 ms of round trip away. */
export type Over = (typeof OVERS)[number]
export type Side = 'source' | 'destination'

/** What passed on one side. `body`: bytes of the bodies of pushes, without the envelope of http. */
export interface Traffic extends Counts {
  readonly body: number | undefined
}

export interface Servers extends AsyncDisposable {
  /** Address of a repository below the root. `counted`: by a road that counts, which may be slower. */
  url(over: Over, side: Side, path: string, counted: boolean): string
  /** What passed on counted roads, and on far ones, since the last call. */
  takeTraffic(over: Over, side: Side): Traffic | undefined
  readonly ssh: { readonly key: string; readonly knownHosts: string; readonly config: string }
  /** A home folder in which the key and the known hosts lie where programs look for them. */
  readonly home: string
}

type Road = `${'http' | 'ssh'} ${'near' | 'far'} ${Side}`

/**
 * Loopback servers for the repositories below `root`: nginx with fcgiwrap and git http-backend, sshd, and for each
 * side of each a proxy that counts and a proxy that delays too. Counted near http goes to a http-backend that
 * tells bodies from headers.
 */
export async function startServers(root: string): Promise<Servers> {
  const stack = new AsyncDisposableStack()
  try {
    const nginx = stack.use(await startNginx(root))
    const sshd = stack.use(await startSshd())
    const proxies = new Map<Road, Proxy>()
    const backends = new Map<Side, HttpBackend>()
    for (const side of ['source', 'destination'] as const) {
      const backend = stack.use(await startHttpBackend({ root }))
      backends.set(side, backend)
      const start = async (road: Road, port: number, delay: number): Promise<void> => {
        proxies.set(road, stack.use(await startProxy({ target: () => port, delay })))
      }
      await start(`http near ${side}`, backend.port, 0)
      await start(`http far ${side}`, nginx.port, FAR)
      await start(`ssh near ${side}`, sshd.port, 0)
      await start(`ssh far ${side}`, sshd.port, FAR)
    }
    const ports = [sshd.port, ...[...proxies.values()].map(({ port }) => port)]
    const keys = ports.flatMap((port) =>
      sshd.hostKeys.map(({ publicKey }) => `[127.0.0.1]:${port} ${publicKey}\n`),
    )
    const home = join(sshd.folder, 'home')
    const ssh = await writeHome(home, sshd.clientKey.privateKey, keys.join(''))
    const bodies = new Map<Side, number>()
    const owned = stack.move()
    return {
      ssh,
      home,
      url(over, side, path, counted) {
        const [kind, distance] = roadOf(over)
        if (kind === 'file') return path
        const proxy = counted || distance === 'far' ? proxies.get(`${kind} ${distance} ${side}`) : undefined
        if (kind === 'ssh') return `ssh://${sshd.user}@127.0.0.1:${proxy?.port ?? sshd.port}${path}`
        const below = path.slice(root.length)
        if (!proxy) return nginx.url('plain', below)
        return `http://127.0.0.1:${proxy.port}${distance === 'far' ? '/plain' : ''}${below}`
      },
      takeTraffic(over, side) {
        const [kind, distance] = roadOf(over)
        if (kind === 'file') return undefined
        const counts = proxies.get(`${kind} ${distance} ${side}`)!.takeCounts()
        if (counts.sent === 0) return undefined
        if (kind !== 'http' || distance === 'far') return { ...counts, body: undefined }
        const whole = sumPushes(backends.get(side)!)
        const body = whole - (bodies.get(side) ?? 0)
        bodies.set(side, whole)
        return { ...counts, body }
      },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

function roadOf(over: Over): readonly ['file' | 'http' | 'ssh', 'near' | 'far'] {
  const [kind, distance] = over.split('@') as ['file' | 'http' | 'ssh', string | undefined]
  return [kind, distance === undefined ? 'near' : 'far']
}

/** Without the flush packets that ask whether a push would be let in. */
function sumPushes({ requests }: HttpBackend): number {
  const pushes = requests.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/git-receive-pack'),
  )
  return pushes.reduce((sum, { received }) => sum + (received > 4 ? received : 0), 0)
}

/** A home folder with a key and known hosts, where programs look for them. */
export async function writeHome(home: string, privateKey: string, hosts: string): Promise<Servers['ssh']> {
  const folder = join(home, '.ssh')
  const key = join(folder, 'id_ed25519')
  const knownHosts = join(folder, 'known_hosts')
  const config = join(folder, 'config')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await mkdir(join(home, 'bin'))
  await writeFile(key, privateKey, { mode: 0o600 })
  await writeFile(knownHosts, hosts)
  const lines = [
    `IdentityFile ${key}`,
    'IdentitiesOnly yes',
    `UserKnownHostsFile ${knownHosts}`,
    'StrictHostKeyChecking yes',
    'UpdateHostKeys no',
    'BatchMode yes',
    'LogLevel ERROR',
  ]
  await writeFile(config, `${lines.join('\n')}\n`)
  // OpenSSH takes the home folder from the user database: who can't name a configuration finds this one on the path.
  const program = `#!/bin/sh\nPATH=\${PATH#*:}\nexec ssh -F '${config}' "$@"\n`
  await writeFile(join(home, 'bin', 'ssh'), program, { mode: 0o755 })
  return { key, knownHosts, config }
}
