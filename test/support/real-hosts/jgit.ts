import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBareRepository, type RepositoryOptions } from '../git.ts'
import { findFreePort, startProcess } from '../servers/process.ts'
import { makeKey } from '../sshd-keys.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'
import { type Endpoint, gitEndpoint, httpEndpoint, scanHostKeys, sshEndpoint } from './endpoint.ts'

export type JgitTransport = 'http' | 'ssh' | 'git'
/** 6.10.1 with Jetty 10, 7.1.0 with Jetty 12. */
export type JgitVersion = '6' | '7'

/**
 * JGit's own servers in one Java process: its servlet, its daemon, and Apache MINA's ssh server with its Git
 * commands. Users are `writer` and `reader`, with the password `secret` over http and a key each over ssh.
 * Refs with `/locked` in their name are refused by a hook: `this ref is locked by policy`.
 */
export interface JgitServer extends AsyncDisposable {
  /** Folder of the repositories. */
  readonly root: string
  /** A new empty bare repository `name.git`, over one of the transports. */
  create(name: string, transport: JgitTransport, options?: JgitAccess): Promise<Endpoint>
  /** A repository that may or may not be there. */
  endpoint(name: string, transport: JgitTransport, user?: JgitUser): Endpoint
  /** What the server has written. */
  output(): string
}

export type JgitUser = 'writer' | 'reader'

export interface JgitAccess extends Omit<RepositoryOptions, 'parent' | 'name'> {
  /** Default: writer. */
  readonly user?: JgitUser | undefined
}

/** Starts JGit on three ports of 127.0.0.1; it takes about two seconds. */
export async function startJgit(version: JgitVersion): Promise<JgitServer> {
  const built = findBuilt(`jgit-${version}`)
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    const root = stack.use(await makeTempFolder()).path
    const keys = { writer: await makeKey(folder, 'writer'), reader: await makeKey(folder, 'reader') }
    const authorized = join(folder, 'authorized_keys')
    const lines = Object.entries(keys).map(([user, { publicKey }]) => `${publicKey} ${user}\n`)
    await writeFile(authorized, lines.join(''))
    const [http, git, ssh] = [await findFreePort(), await findFreePort(), await findFreePort()]
    const classes = `${join(built, 'classes')}:${join(built, 'lib')}/*`
    const quick = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
    const server = stack.use(
      await startProcess({
        program: 'java',
        args: [...quick, '-cp', classes, 'GitServer', root, `${http}`, `${git}`, `${ssh}`, authorized],
        env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8' },
        cwd: folder,
        holdInput: true,
        limit: 60_000,
        ready: async (output) => /^ready$/m.test(output),
      }),
    )
    const knownHosts = await scanHostKeys(ssh, join(folder, 'known_hosts'))
    const owned = stack.move()

    const endpoint: JgitServer['endpoint'] = (name, transport, user = 'writer') => {
      const path = join(root, `${name}.git`)
      if (transport === 'git') return gitEndpoint(`git://127.0.0.1:${git}/${name}.git`, path)
      if (transport === 'http') {
        const login = { username: user, password: 'secret' }
        return httpEndpoint(`http://127.0.0.1:${http}/git/${name}.git`, login, path)
      }
      const url = `ssh://${user}@127.0.0.1:${ssh}/${name}.git`
      return sshEndpoint(url, { key: keys[user], knownHosts }, path)
    }
    return {
      root,
      endpoint,
      async create(name, transport, { user, ...options } = {}) {
        await makeBareRepository({ ...options, parent: root, name: `${name}.git` })
        return endpoint(name, transport, user)
      },
      output: () => server.output(),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
