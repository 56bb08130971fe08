import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findFreePort, startProcess } from '../servers/process.ts'
import { type KeyPair, makeKey } from '../sshd-keys.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'
import { type Endpoint, httpEndpoint, type KnownHosts, sshEndpoint } from './endpoint.ts'

const run = promisify(execFile)

/** An account, with a token of all scopes and an ssh key that belongs to it. */
export interface GiteaUser {
  readonly name: string
  readonly password: string
  readonly token: string
  readonly key: KeyPair
}

export interface GiteaAnswer {
  readonly status: number
  /** Parsed, or undefined where the answer is empty. */
  readonly body: unknown
}

export interface GiteaRepositoryOptions {
  /** Default: the administrator. */
  readonly owner?: GiteaUser | undefined
  /** Default: false. */
  readonly private?: boolean | undefined
  /** Of HEAD while there is no branch. Default: main. */
  readonly defaultBranch?: string | undefined
}

/**
 * A real Gitea with its own ssh server, its API, LFS, and an administrator `keeper`. Repositories are named
 * `OWNER/NAME`. A push runs one hook process a ref (about 0.15 s each): tests keep their refs few.
 */
export interface Gitea extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string
  readonly sshPort: number
  readonly knownHosts: KnownHosts
  readonly admin: GiteaUser
  /**
   * One call of the API: `path` is what follows `/api/v1`.
   * @throws Error with method, path, status and answer when the status is not one of success
   */
  api<T = unknown>(method: string, path: string, body?: object, user?: GiteaUser): Promise<T>
  /** As `api`, for calls that are to be refused: gives the status with the answer. */
  ask(method: string, path: string, body?: object, user?: GiteaUser): Promise<GiteaAnswer>
  /** A new account without rights of its own. */
  createUser(name: string): Promise<GiteaUser>
  /** A new empty repository. Gives its full name, `OWNER/NAME`. */
  create(name: string, options?: GiteaRepositoryOptions): Promise<string>
  /** A key that opens one repository; without `write` it only reads. */
  createDeployKey(repository: string, options: { readonly write: boolean }): Promise<KeyPair>
  /** A repository, there or not, over one transport, as one of the users. Default: the administrator. */
  endpoint(repository: string, transport: 'http' | 'ssh', user?: GiteaUser): Endpoint
  /** A repository over ssh by any key, such as a deploy key. */
  sshEndpoint(repository: string, key: KeyPair): Endpoint
  /** The bare repository on the disk. */
  path(repository: string): string
  /** What the server has written. */
  output(): string
}

export interface GiteaOptions {
  /** More of app.ini: lines by section, such as `{ repository: ['ENABLE_PUSH_CREATE_USER = true'] }`. */
  readonly config?: Readonly<Record<string, readonly string[]>> | undefined
}

/** Starts a Gitea with an empty database on two ports of 127.0.0.1; it takes about four seconds. */
export async function startGitea(options: GiteaOptions = {}): Promise<Gitea> {
  const built = findBuilt('gitea')
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    const [port, sshPort] = [await findFreePort(), await findFreePort()]
    const hostKey = await makeKey(folder, 'host')
    const ini = join(folder, 'app.ini')
    await writeFile(ini, makeConfig({ folder, port, sshPort, hostKey, built, config: options.config ?? {} }))
    const program = join(built, 'gitea')
    const env = {
      PATH: process.env['PATH'],
      HOME: join(folder, 'home'),
      USER: userInfo().username,
      LC_ALL: 'C',
      // Its hooks start it once for each ref, and a third of such a start is Go that clears away what fits in memory.
      GOGC: 'off',
      GOMEMLIMIT: '400MiB',
    }
    await mkdir(env.HOME)
    const admin = { name: 'keeper', password: 'keeper-pass-1' }
    const tool = async (...args: readonly string[]): Promise<void> => {
      await run(program, [...args, '--config', ini], { env, cwd: folder })
    }
    await tool('migrate')
    const account = [
      '--username',
      admin.name,
      '--password',
      admin.password,
      '--email',
      `${admin.name}@example.com`,
    ]
    await tool('admin', 'user', 'create', '--admin', '--must-change-password=false', ...account)
    const url = `http://127.0.0.1:${port}`
    const server = stack.use(
      await startProcess({
        program,
        args: ['web', '--config', ini],
        env,
        cwd: folder,
        limit: 60_000,
        ready: async () => (await fetch(`${url}/api/v1/version`).catch(() => undefined))?.ok === true,
      }),
    )
    const knownHosts = {
      text: `[127.0.0.1]:${sshPort} ${hostKey.publicKey}\n`,
      path: join(folder, 'known_hosts'),
    }
    await writeFile(knownHosts.path, knownHosts.text)
    const keeper = await openAccount(url, folder, admin)
    const owned = stack.move()
    return {
      ...makeGitea({ url, folder, sshPort, knownHosts, admin: keeper }),
      output: () => server.output(),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

interface GiteaParts {
  readonly url: string
  readonly folder: string
  readonly sshPort: number
  readonly knownHosts: KnownHosts
  readonly admin: GiteaUser
}

function makeGitea(parts: GiteaParts): Omit<Gitea, 'output' | typeof Symbol.asyncDispose> {
  const { url, folder, sshPort, knownHosts, admin } = parts
  const ask: Gitea['ask'] = (method, path, body, user = admin) =>
    call(url, { method, path, body, authorization: `token ${user.token}` })
  const api: Gitea['api'] = async <T>(method: string, path: string, body?: object, user?: GiteaUser) =>
    expectSuccess(method, path, await ask(method, path, body, user)) as T
  const path = (repository: string): string => join(folder, 'repositories', `${repository.toLowerCase()}.git`)
  const bySsh = (repository: string, key: KeyPair): Endpoint =>
    sshEndpoint(`ssh://git@127.0.0.1:${sshPort}/${repository}.git`, { key, knownHosts }, path(repository))
  return {
    url,
    sshPort,
    knownHosts,
    admin,
    ask,
    api,
    path,
    sshEndpoint: bySsh,
    async createUser(name) {
      const password = `${name}-pass-1`
      const account = { username: name, email: `${name}@example.com`, password, must_change_password: false }
      await api('POST', '/admin/users', account)
      return await openAccount(url, folder, { name, password })
    },
    async create(name, { owner = admin, private: hidden = false, defaultBranch = 'main' } = {}) {
      await api('POST', '/user/repos', { name, private: hidden, default_branch: defaultBranch }, owner)
      return `${owner.name}/${name}`
    },
    async createDeployKey(repository, { write }) {
      const title = `${repository.replace('/', '-')}-${write ? 'write' : 'read'}`
      const key = await makeKey(folder, title)
      await api('POST', `/repos/${repository}/keys`, { title, key: key.publicKey, read_only: !write })
      return key
    },
    endpoint(repository, transport, user = admin) {
      if (transport === 'ssh') return bySsh(repository, user.key)
      const login = { username: user.name, password: user.token }
      return httpEndpoint(`${url}/${repository}.git`, login, path(repository))
    },
  }
}

interface Call {
  readonly method: string
  readonly path: string
  readonly body?: object | undefined
  readonly authorization: string
}

async function call(url: string, { method, path, body, authorization }: Call): Promise<GiteaAnswer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function expectSuccess(method: string, path: string, { status, body }: GiteaAnswer): unknown {
  if (status < 300) return body
  throw new Error(`Gitea answers ${method} ${path} with ${status}: ${JSON.stringify(body)}`)
}

/** A token and a key for an account that is there. */
async function openAccount(
  url: string,
  folder: string,
  account: { readonly name: string; readonly password: string },
): Promise<GiteaUser> {
  const { name, password } = account
  const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
  const post = async (path: string, body: object): Promise<unknown> =>
    expectSuccess('POST', path, await call(url, { method: 'POST', path, body, authorization }))
  const token = await post(`/users/${name}/tokens`, { name: 'tests', scopes: ['all'] })
  const key = await makeKey(folder, `user-${name}`)
  await post('/user/keys', { title: 'tests', key: key.publicKey })
  return { name, password, token: (token as { sha1: string }).sha1, key }
}

function makeConfig(parts: {
  readonly folder: string
  readonly port: number
  readonly sshPort: number
  readonly hostKey: KeyPair
  readonly built: string
  readonly config: Readonly<Record<string, readonly string[]>>
}): string {
  const { folder, port, sshPort, hostKey, built, config } = parts
  const sections: Readonly<Record<string, readonly string[]>> = {
    server: [
      `APP_DATA_PATH = ${folder}/data`,
      `STATIC_ROOT_PATH = ${built}/static`,
      'HTTP_ADDR = 127.0.0.1',
      `HTTP_PORT = ${port}`,
      `ROOT_URL = http://127.0.0.1:${port}/`,
      'OFFLINE_MODE = true',
      'START_SSH_SERVER = true',
      'BUILTIN_SSH_SERVER_USER = git',
      'SSH_DOMAIN = 127.0.0.1',
      'SSH_LISTEN_HOST = 127.0.0.1',
      `SSH_LISTEN_PORT = ${sshPort}`,
      `SSH_PORT = ${sshPort}`,
      `SSH_SERVER_HOST_KEYS = ${hostKey.path}`,
      `SSH_ROOT_PATH = ${folder}/ssh`,
      'LFS_START_SERVER = true',
      'LFS_JWT_SECRET = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ],
    database: ['DB_TYPE = sqlite3', `PATH = ${folder}/gitea.db`, 'SQLITE_JOURNAL_MODE = WAL'],
    security: [
      'INSTALL_LOCK = true',
      'SECRET_KEY = a-key-of-this-test',
      // Its checks of passwords are slow on purpose.
      'PASSWORD_HASH_ALGO = pbkdf2$1000$50',
    ],
    repository: [`ROOT = ${folder}/repositories`],
    git: [`HOME_PATH = ${folder}/git-home`],
    log: [`ROOT_PATH = ${folder}/log`, 'MODE = console', 'LEVEL = Info'],
    indexer: ['ISSUE_INDEXER_TYPE = db'],
    service: ['DISABLE_REGISTRATION = true'],
    'cron.update_checker': ['ENABLED = false'],
    oauth2: ['ENABLED = false'],
    actions: ['ENABLED = false'],
  }
  const names = [...new Set([...Object.keys(sections), ...Object.keys(config)])]
  const text = names.map((name) =>
    // The last of two values counts.
    [`[${name}]`, ...(sections[name] ?? []), ...(config[name] ?? [])].join('\n'),
  )
  return [
    `APP_NAME = Gitea of a test`,
    `RUN_USER = ${userInfo().username}`,
    `WORK_PATH = ${folder}`,
    ...(process.getuid?.() === 0 ? ['I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true'] : []),
    ...text,
    '',
  ].join('\n')
}
