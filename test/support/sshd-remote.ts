import { parseRemoteUrl } from '../../src/transport/address/remote-url.ts'
import type { SshRemoteOptions, SshUrl } from '../../src/transport/ssh/account.ts'
import { createSshRemote } from '../../src/transport/ssh/ssh-remote.ts'
import type { OpenOptions, Remote } from '../../src/transport/connection/connection.ts'
import type { Sshd } from './sshd.ts'

/** Generous: what is waited for on a loaded machine must not run into them. */
export const LIMITS = { connect: 20_000, handshake: 20_000, idle: 60_000 }

export interface RemoteParts extends Partial<SshRemoteOptions> {
  /** Default: `/nowhere`, for servers that run something else than git. */
  readonly path?: string
  /** Default: the server's own. */
  readonly port?: number
}

/** A remote on a test server, with what it needs to get in. */
export function sshRemote(sshd: Sshd, parts: RemoteParts = {}): Remote {
  const { path = '/nowhere', port = sshd.port, ...options } = parts
  const url = parseRemoteUrl(sshd.url(path), 'source') as SshUrl
  return createSshRemote({ ...url, port }, { ...sshOptions(sshd, port), ...options })
}

export function sshOptions(sshd: Sshd, port = sshd.port): SshRemoteOptions {
  const knownHosts = sshd.hostKeys.map(({ publicKey }) => `[127.0.0.1]:${port} ${publicKey}\n`).join('')
  return { credentials: { sshKey: sshd.clientKey.privateKey, knownHosts }, env: {}, limits: LIMITS }
}

export function uploadPack(options: Partial<OpenOptions> = {}): OpenOptions {
  return { service: 'git-upload-pack', signal: new AbortController().signal, ...options }
}

/** Waits until `condition` holds. @throws Error after 20 seconds. */
export async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never came true: ${condition.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
