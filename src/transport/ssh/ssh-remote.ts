import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { MirrorError, withDetails } from '../../base/errors.ts'
import { connectDuplex } from '../connection/duplex.ts'
import { builtinKnownHosts } from '../ssh-keys/builtin-hosts.ts'
import { judgeHostKey, orderHostKeyAlgorithms } from '../ssh-keys/check-host-key.ts'
import { type KnownHost, parseKnownHosts } from '../ssh-keys/known-hosts.ts'
import type { RemoteOptions, SshInputNames } from '../connection/remote-options.ts'
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

export type SshRemoteOptions = Pick<
  RemoteOptions,
  'credentials' | 'env' | 'limits' | 'knownHostsFiles' | 'inputNames' | 'connections'
>

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
      try {
        return await openSsh(url, await pool, open)
      } catch (error) {
        throw error instanceof MirrorError ? noteLikelyPort(url, error) : error
      }
    },
    async dispose() {
      const held = await pool?.catch(() => undefined)
      pool = undefined
      await held?.release()
    },
  }
}

/** `git@host:2224/x` names the path `2224/x` to git, whatever its writer meant. */
function noteLikelyPort(url: SshUrl, error: MirrorError): MirrorError {
  const port = /^(\d{1,5})\//.exec(url.path)?.[1]
  if (port === undefined || error.code === 'cancelled') return error
  const path = url.path.slice(port.length)
  const host = url.host.includes(':') ? `[${url.host}]` : url.host
  const note = `In this form of address ${port} is a part of the path: if it is the port, write ssh://${url.user}@${host}:${port}${path}.`
  return withDetails(error, { hint: error.hint === undefined ? note : `${error.hint} ${note}` })
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
    describeEnd: (end) => {
      if (channel.received() > 0 || channel.broken()) return undefined
      const error = describeSilentEnd(end, { host: url.host, port: url.port, service })
      return error && noteLikelyPort(url, error)
    },
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
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  // Held once more, for as long as the round lasts.
  options.connections?.share(`ssh ${key}`, () => {
    const held = holdPool(key, login)
    return { dispose: () => held.release() }
  })
  return holdPool(key, login)
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
