import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface SshKeys {
  readonly clientKey: { readonly path: string; readonly privateKey: string }
  readonly knownHosts: string
}

/** What makes git's own ssh use a test server's keys, and nothing of this machine's. */
export async function gitSshEnv(
  folder: string,
  { clientKey, knownHosts }: SshKeys,
): Promise<NodeJS.ProcessEnv> {
  const file = join(folder, 'known_hosts')
  await writeFile(file, knownHosts)
  const options = ['BatchMode=yes', 'IdentitiesOnly=yes', `UserKnownHostsFile=${file}`]
  const words = ['ssh', '-F', 'none', '-i', clientKey.path, ...options.flatMap((option) => ['-o', option])]
  return { GIT_SSH_COMMAND: words.join(' ') }
}

/** The same for the command line under test. */
export async function sshArgs(folder: string, servers: readonly SshKeys[]): Promise<readonly string[]> {
  const file = join(folder, 'servers')
  await writeFile(file, servers.map(({ knownHosts }) => knownHosts).join(''))
  return ['--ssh-known-hosts-file', file]
}

/** Its key for one side, as a variable. */
export function sshEnv(side: 'source' | 'destination', { clientKey }: SshKeys): NodeJS.ProcessEnv {
  return { [`KALANDRA_${side.toUpperCase()}_SSH_KEY`]: clientKey.privateKey }
}
