import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { git } from '../git.ts'
import { findFreePort, startProcess } from '../servers/process.ts'
import { type KeyPair, makeKey } from '../sshd-keys.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'
import { type Endpoint, httpEndpoint, scanHostKeys, sshEndpoint } from './endpoint.ts'

const run = promisify(execFile)

/** The one account; Gerrit makes it itself. */
const ADMIN = { username: 'admin', password: 'secret' }
/** What somebody needs who mirrors a project: the log of a denied push names the others. */
const RIGHTS = [
  'create',
  'createTag',
  'delete',
  'forgeAuthor',
  'forgeCommitter',
  'push',
  'pushMerge',
] as const

/** A real Gerrit with one administrator, who may do everything a mirror needs in every project. */
export interface Gerrit extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string
  /** A call of its REST API as the administrator: `path` is what follows `/a`. @throws Error with the answer */
  api<T = unknown>(method: string, path: string, body?: object | string): Promise<T>
  /** A new project without a commit, over one of the transports. */
  create(name: string, transport: 'http' | 'ssh'): Promise<Endpoint>
  /** What the server has written. */
  output(): string
}

/** Starts Gerrit with an empty site on two ports of 127.0.0.1; it takes 20 to 60 seconds and 900 MB. */
export async function startGerrit(): Promise<Gerrit> {
  const built = findBuilt('gerrit')
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    const site = join(folder, 'site')
    const key = await makeKey(folder, 'admin')
    const env = { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8' }
    const java = (heap: string, ...args: readonly string[]): readonly string[] => {
      const classes = `${join(built, 'classes')}:${join(built, 'lib')}/*`
      return [`-Xmx${heap}`, '-XX:TieredStopAtLevel=1', '-cp', classes, 'GerritMain', ...args, '-d', site]
    }
    const init = ['init', '--batch', '--dev', '--no-auto-start', '--skip-all-downloads', '--skip-plugins']
    await run('java', java('512m', ...init), { env, cwd: folder })
    const [http, ssh] = [await findFreePort(), await findFreePort()]
    const url = `http://127.0.0.1:${http}`
    const config = {
      'gerrit.canonicalWebUrl': `${url}/`,
      'httpd.listenUrl': `${url}/`,
      'sshd.listenAddress': `127.0.0.1:${ssh}`,
      'sendemail.enable': 'false',
    }
    for (const [name, value] of Object.entries(config))
      await git(folder, 'config', '-f', join(site, 'etc/gerrit.config'), name, value)
    const server = stack.use(
      await startProcess({
        program: 'java',
        args: java('900m', 'daemon', '--console-log'),
        env,
        cwd: folder,
        limit: 170_000,
        ready: async (output) => / ready$/m.test(output),
      }),
    )
    const knownHosts = await scanHostKeys(ssh, join(folder, 'known_hosts'))
    const api = makeApi(url)
    await letIn(api, key)
    const owned = stack.move()
    return {
      url,
      api,
      async create(name, transport) {
        await api('PUT', `/projects/${encodeURIComponent(name)}`, {
          create_empty_commit: false,
          branches: ['main'],
        })
        const path = join(site, 'git', `${name}.git`)
        return transport === 'http'
          ? httpEndpoint(`${url}/a/${name}`, ADMIN, path)
          : sshEndpoint(`ssh://${ADMIN.username}@127.0.0.1:${ssh}/${name}`, { key, knownHosts }, path)
      },
      output: () => server.output(),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

function makeApi(url: string): Gerrit['api'] {
  const authorization = `Basic ${Buffer.from(`${ADMIN.username}:${ADMIN.password}`).toString('base64')}`
  return async <T>(method: string, path: string, body?: object | string) => {
    const type = typeof body === 'string' ? 'text/plain' : 'application/json'
    const answer = await fetch(`${url}/a${path}`, {
      method,
      headers: { authorization, 'content-type': type },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`Gerrit answers ${method} ${path} with ${answer.status}: ${text}`)
    // Its JSON begins with a line that no script can load.
    return (text === '' ? undefined : JSON.parse(text.replace(/^\)\]\}'\n/, ''))) as T
  }
}

async function letIn(api: Gerrit['api'], key: KeyPair): Promise<void> {
  await api('POST', '/accounts/self/sshkeys', key.publicKey)
  const { id } = await api<{ id: string }>('GET', '/groups/Administrators')
  const permissions = Object.fromEntries(
    RIGHTS.map((right) => [right, { rules: { [id]: { action: 'ALLOW', force: right === 'push' } } }]),
  )
  await api('POST', '/projects/All-Projects/access', { add: { 'refs/*': { permissions } } })
}
