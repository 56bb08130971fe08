import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBareRepository } from '../git.ts'
import { canConnect, findFreePort, startProcess } from '../servers/process.ts'
import { makeKey } from '../sshd-keys.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'
import { type Endpoint, gitEndpoint, httpEndpoint, scanHostKeys, sshEndpoint } from './endpoint.ts'

export type GogitTransport = 'http' | 'ssh' | 'git'

/**
 * A server made of go-git's own backend, over three transports. Everybody may write who gives any name and
 * password over http, or has the one key over ssh.
 */
export interface GogitServer extends AsyncDisposable {
  /** Folder of the repositories. */
  readonly root: string
  /** A new empty bare repository `name.git`, over one of the transports. */
  create(name: string, transport: GogitTransport): Promise<Endpoint>
  /** What the server has written. */
  output(): string
}

/** Starts go-git on three ports of 127.0.0.1. */
export async function startGogit(): Promise<GogitServer> {
  const program = join(findBuilt('go-git'), 'server')
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    const root = stack.use(await makeTempFolder()).path
    const key = await makeKey(folder, 'client')
    const authorized = join(folder, 'authorized_keys')
    await writeFile(authorized, `${key.publicKey}\n`)
    const [http, git, ssh] = [await findFreePort(), await findFreePort(), await findFreePort()]
    const listen = { http, git, ssh }
    const server = stack.use(
      await startProcess({
        program,
        args: [
          ...Object.entries(listen).flatMap(([name, port]) => [`-${name}`, `127.0.0.1:${port}`]),
          '-root',
          root,
          '-authorized',
          authorized,
          '-hostpub',
          join(folder, 'host.pub'),
        ],
        env: { PATH: process.env['PATH'], HOME: folder },
        cwd: folder,
        ready: async () => (await Promise.all([http, git, ssh].map(canConnect))).every(Boolean),
      }),
    )
    const knownHosts = await scanHostKeys(ssh, join(folder, 'known_hosts'))
    const owned = stack.move()
    return {
      root,
      async create(name, transport) {
        const { path } = await makeBareRepository({ parent: root, name: `${name}.git` })
        if (transport === 'http') {
          const login = { username: 'somebody', password: 'anything' }
          return httpEndpoint(`http://127.0.0.1:${http}/${name}.git`, login, path)
        }
        if (transport === 'git') return gitEndpoint(`git://127.0.0.1:${git}/${name}.git`, path)
        return sshEndpoint(`ssh://git@127.0.0.1:${ssh}/${name}.git`, { key, knownHosts }, path)
      },
      output: () => server.output(),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
