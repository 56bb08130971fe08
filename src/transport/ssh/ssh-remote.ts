import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { connectDuplex } from '../connection/duplex.ts'
import { builtinKnownHosts } from '../ssh-keys/builtin-hosts.ts'
import { judgeHostKey, orderHostKeyAlgorithms } from '../ssh-keys/check-host-key.ts'
import { type KnownHost, parseKnownHosts } from '../ssh-keys/known-hosts.ts'
import type { RemoteOptions } from '../connection/remote-options.ts'
import { printUrl, type RemoteUrl } from '../address/remote-url.ts'
import type { SshAuth } from './signer.ts'
import type { SshLogin } from './login.ts'
import { buildCommand } from './command.ts'
import { describeSilentEnd, noKeyError } from './ssh-errors.ts'
import { hostKeyError } from '../ssh-keys/host-key-error.ts'
import { readSshKey } from '../ssh-keys/private-key.ts'
import { holdPool, type SshPool } from './pool.ts'
import { createTextTail } from '../connection/text-tail.ts'
import type { Connection, OpenOptions, Remote } from '../connection/connection.ts'

export type SshUrl = Extract<RemoteUrl, { scheme: 'ssh' }>

export interface SshRemoteOptions extends Pick<RemoteOptions, 'credentials' | 'env' | 'limits'> {
  /** Files of known hosts beside the input's lines and the built-in keys. Read when ssh first connects; one that is not there is passed over. */
  readonly knownHostsFiles?: readonly string[] | undefined
  /** What the inputs are called, for errors. */
  readonly inputNames?: SshInputNames | undefined
}

export interface SshInputNames {
  readonly sshKey: string
  readonly sshPassphrase: string
  readonly knownHosts: string
}

const INPUT_NAMES: SshInputNames = {
  sshKey: 'the ssh key',
  sshPassphrase: 'the ssh passphrase',
  knownHosts: 'ssh-known-hosts',
}

/**
 * A repository behind ssh. The server's key is always verified. Without a key, the agent at SSH_AUTH_SOCK is asked.
 * HTTP proxies are not used, and ~/.ssh/config is not read.
 */
export function createSshRemote(url: SshUrl, options: SshRemoteOptions): Remote {
  let pool: Promise<SshPool> | undefined
  return {
    label: printUrl(url),
    async open(open) {
      open.signal.throwIfAborted()
      pool ??= joinPool(url, options).catch((error: unknown) => {
        pool = undefined
        throw error
      })
      return await openSsh(url, await pool, open)
    },
    async dispose() {
      const held = await pool?.catch(() => undefined)
      pool = undefined
      await held?.release()
    },
  }
}

async function openSsh(url: SshUrl, pool: SshPool, options: OpenOptions): Promise<Connection> {
  const { service, version, signal, onText, onActivity } = options
  const tail = createTextTail(onText)
  const channel = await pool.open({
    command: buildCommand(service, url.path),
    // Sent without asking for a reply: a server that refuses it answers with an older version (E1).
    env: version === undefined ? {} : { GIT_PROTOCOL: `version=${version}` },
    signal,
    onText: tail.write,
    onBanner: onText,
    onActivity,
  })
  return connectDuplex({
    readable: channel.readable,
    writable: channel.writable,
    ended: channel.ended,
    text: tail.text,
    leave: channel.leave,
    kill: () => (service === 'git-receive-pack' ? channel.giveUp() : channel.close()),
    onActivity,
    signal,
    describeEnd: (end) =>
      channel.received() > 0 || channel.broken()
        ? undefined
        : describeSilentEnd(end, { host: url.host, port: url.port, service }),
  })
}

async function joinPool(url: SshUrl, options: SshRemoteOptions): Promise<SshPool> {
  const { host, port, user } = url
  const { credentials, env, limits, knownHostsFiles = [] } = options
  const names = options.inputNames ?? INPUT_NAMES
  const auth = chooseAuth(options, names)
  const knownHosts = [
    ...parseKnownHosts(credentials.knownHosts ?? '', { name: names.knownHosts, strict: true }),
    ...(await readFiles(knownHostsFiles)),
    ...builtinKnownHosts(),
  ]
  const login: SshLogin = {
    host,
    port,
    user,
    auth,
    limits,
    hostKeyAlgorithms: orderHostKeyAlgorithms(knownHosts, { host, port }),
    checkHostKey: (key) =>
      hostKeyError(judgeHostKey(knownHosts, { host, port }, key), {
        host,
        port,
        key,
        inputName: names.knownHosts,
      }),
  }
  const { sshKey, sshPassphrase } = credentials
  const identity = auth.kind === 'key' ? [sshKey, sshPassphrase] : [env['SSH_AUTH_SOCK']]
  const parts = [host, port, user, auth.kind, identity, credentials.knownHosts, knownHostsFiles, limits]
  return holdPool(createHash('sha256').update(JSON.stringify(parts)).digest('hex'), login)
}

function chooseAuth({ credentials, env }: SshRemoteOptions, names: SshInputNames): SshAuth {
  const { sshKey, sshPassphrase } = credentials
  if (sshKey) {
    const input = {
      text: sshKey,
      passphrase: sshPassphrase,
      inputName: names.sshKey,
      passphraseName: names.sshPassphrase,
    }
    return { kind: 'key', key: readSshKey(input), input }
  }
  const socketPath = env['SSH_AUTH_SOCK']
  if (!socketPath) throw noKeyError(names.sshKey)
  return { kind: 'agent', socketPath }
}

async function readFiles(paths: readonly string[]): Promise<readonly KnownHost[]> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')))
  return texts.flatMap((text, index) => parseKnownHosts(text, { name: paths[index]!, strict: false }))
}
