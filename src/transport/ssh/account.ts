import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { builtinKnownHosts } from '../ssh-keys/builtin-hosts.ts'
import { judgeHostKey, orderHostKeyAlgorithms } from '../ssh-keys/check-host-key.ts'
import { hostKeyError } from '../ssh-keys/host-key-error.ts'
import { type KnownHost, parseKnownHosts } from '../ssh-keys/known-hosts.ts'
import { readSshKey } from '../ssh-keys/private-key.ts'
import type { RemoteUrl } from '../address/remote-url.ts'
import type { RemoteOptions, SshInputNames } from '../connection/remote-options.ts'
import type { SshLogin } from './login.ts'
import { MissingPrograms } from './missing-programs.ts'
import { holdPool, type SshPool } from './pool.ts'
import type { SshAuth } from './signer.ts'
import { noKeyError } from './ssh-errors.ts'

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

/** The way into one ssh server for all that is run there. */
export interface SshAccount {
  /** Held from the first call on. @throws MirrorError for keys and files that cannot be read. */
  pool(): Promise<SshPool>
  /** Shared by all who hold the pool in a round. @throws as `pool` */
  missing(): Promise<MissingPrograms>
  /** Never throws. */
  dispose(): Promise<void>
}

export function createSshAccount(url: SshUrl, options: SshRemoteOptions): SshAccount {
  let joined: Promise<Joined> | undefined
  const join = (): Promise<Joined> =>
    (joined ??= joinPool(url, options).catch((error: unknown) => {
      joined = undefined
      throw error
    }))
  return {
    pool: async () => (await join()).pool,
    missing: async () => (await join()).missing,
    async dispose() {
      const held = await joined?.catch(() => undefined)
      joined = undefined
      await held?.pool.release()
    },
  }
}

interface Joined {
  readonly pool: SshPool
  readonly missing: MissingPrograms
}

async function joinPool(url: SshUrl, options: SshRemoteOptions): Promise<Joined> {
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
  const missing = new MissingPrograms()
  // Held once more, for as long as the round lasts.
  const shared = options.connections?.share(`ssh ${key}`, () => {
    const held = holdPool(key, login)
    return { missing, dispose: () => held.release() }
  })
  return { pool: holdPool(key, login), missing: shared?.missing ?? missing }
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
