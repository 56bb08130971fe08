import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, closeSync, constants, openSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { type KeyPair, type KeyType, makeKey } from './sshd-keys.ts'
import { makeTempFolder } from './temp.ts'

export interface SshdOptions {
  /** `AcceptEnv GIT_PROTOCOL`. Default: true. */
  readonly acceptGitProtocol?: boolean | undefined
  /** What every login runs instead of its command (`ForceCommand`). */
  readonly forceCommand?: string | undefined
  /** Printed by the login before every command, on standard output. */
  readonly noise?: string | undefined
  /** Shown before the login. */
  readonly banner?: string | undefined
  /** One host key of each. Default: ed25519. */
  readonly hostKeyTypes?: readonly KeyType[] | undefined
  /** Public keys that are let in beside the server's own client key. */
  readonly authorizedKeys?: readonly string[] | undefined
  /** Programs that one connection may run at once. */
  readonly maxSessions?: number | undefined
  /** Set for what runs on the server. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Further lines of sshd_config. */
  readonly config?: readonly string[] | undefined
}

/** A real OpenSSH server on a port of 127.0.0.1. */
export interface Sshd extends AsyncDisposable {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly user: string
  /** Lines that name this server's host keys. */
  readonly knownHosts: string
  readonly hostKeys: readonly KeyPair[]
  /** A key that is let in. */
  readonly clientKey: KeyPair
  /** Folder for keys and the like; it goes with the server. */
  readonly folder: string
  /** How many connections came so far. */
  readonly connections: () => number
  /** Processes that serve connections, programs that they run included. */
  readonly pids: () => Promise<readonly number[]>
  /** Ends them without a word. */
  readonly kill: () => Promise<void>
  /** Address of a repository on this server. */
  readonly url: (path: string) => string
  readonly log: () => Promise<string>
}

/** Why there is no sshd on this machine, and how to get it; undefined where there is one. */
export function sshdMissing(): string | undefined {
  if (process.platform === 'win32') return 'the fixture hands sockets to sshd, which Windows cannot'
  if (findSshd() !== undefined) return undefined
  return 'there is no sshd: install the OpenSSH server (apt-get install openssh-server, dnf install openssh-server)'
}

// Full path: sshd refuses to run by a relative one.
function findSshd(): string | undefined {
  const folders = ['/usr/sbin', '/usr/local/sbin', '/sbin', ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders
    .map((folder) => join(folder, 'sshd'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/**
 * Starts a server that lives until it is disposed of. Connections are taken here and handed to `sshd -i`, one
 * process each: a daemon would run itself again for each, and some machines do not let it.
 */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const missing = sshdMissing()
  if (missing) throw new Error(missing)
  const temp = await makeTempFolder()
  const folder = temp.path
  const hostKeys: KeyPair[] = []
  for (const type of options.hostKeyTypes ?? ['ed25519'])
    hostKeys.push(await makeKey(folder, `host-${type}`, { type }))
  const clientKey = await makeKey(folder, 'client')
  const config = await writeConfig(folder, options, { hostKeys, clientKey })
  // Where sshd keeps apart what may be attacked; root's sshd wants it, and packages make it only at boot.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })

  const logFile = join(folder, 'log')
  const log = openSync(logFile, 'a')
  const children = new Set<ChildProcess>()
  let connections = 0
  const server = createServer({ pauseOnConnect: true }, (socket: Socket) => {
    connections++
    const child = spawn(findSshd()!, ['-i', '-e', '-f', config], { stdio: [socket, socket, log] })
    children.add(child)
    child.once('exit', () => children.delete(child))
    child.once('error', () => children.delete(child))
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const pids = (): Promise<readonly number[]> =>
    findDescendants([...children].flatMap(({ pid }) => pid ?? []))
  const kill = async (): Promise<void> => {
    const ended = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)))
    for (const pid of await pids()) endProcess(pid)
    await Promise.all(ended)
  }
  return {
    host: '127.0.0.1',
    port,
    user: userInfo().username,
    knownHosts: hostKeys.map(({ publicKey }) => `[127.0.0.1]:${port} ${publicKey}\n`).join(''),
    hostKeys,
    clientKey,
    folder,
    connections: () => connections,
    pids,
    kill,
    url: (path) => `ssh://${userInfo().username}@127.0.0.1:${port}${path}`,
    log: () => readFile(logFile, 'utf8'),
    async [Symbol.asyncDispose]() {
      server.close()
      await kill()
      closeSync(log)
      await temp[Symbol.asyncDispose]()
    },
  }
}

async function writeConfig(
  folder: string,
  options: SshdOptions,
  keys: { readonly hostKeys: readonly KeyPair[]; readonly clientKey: KeyPair },
): Promise<string> {
  const authorized = [keys.clientKey.publicKey, ...(options.authorizedKeys ?? [])]
  await writeFile(join(folder, 'authorized_keys'), authorized.map((key) => `${key}\n`).join(''))
  await writeFile(join(folder, 'banner'), options.banner ?? '')
  await writeFile(join(folder, 'noise'), options.noise ?? '')
  const noisy = `cat '${join(folder, 'noise')}'; exec sh -c "$SSH_ORIGINAL_COMMAND"`
  const force = options.forceCommand ?? (options.noise === undefined ? undefined : noisy)
  const env = {
    PATH: process.env['PATH'] ?? '',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    // Else bash reads the user's ~/.bashrc for each command, which may take longer than the command.
    SHLVL: '2',
    ...options.env,
  }
  const lines = [
    // sshd takes the first of two values.
    ...(options.config ?? []),
    ...keys.hostKeys.map(({ path }) => `HostKey ${path}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'UseDNS no',
    'PrintMotd no',
    'PrintLastLog no',
    'PidFile none',
    'LogLevel VERBOSE',
    ...(options.acceptGitProtocol === false ? [] : ['AcceptEnv GIT_PROTOCOL']),
    ...(options.banner === undefined ? [] : [`Banner ${join(folder, 'banner')}`]),
    ...(options.maxSessions === undefined ? [] : [`MaxSessions ${options.maxSessions}`]),
    ...(force === undefined ? [] : [`ForceCommand ${force}`]),
    `SetEnv ${Object.entries(env)
      .map(([name, value]) => `"${name}=${value}"`)
      .join(' ')}`,
  ]
  const path = join(folder, 'sshd_config')
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** The processes and everything that they started, where /proc tells; else themselves alone. */
async function findDescendants(roots: readonly number[]): Promise<readonly number[]> {
  const entries = await readdir('/proc').catch(() => [])
  const parents = new Map<number, number>()
  for (const entry of entries.filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '')
    // The name in parentheses may hold anything; the parent is the second field behind it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (parent > 0) parents.set(Number(entry), parent)
  }
  const found = new Set(roots)
  for (let size = -1; size !== found.size;) {
    size = found.size
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid)
  }
  return [...found]
}
