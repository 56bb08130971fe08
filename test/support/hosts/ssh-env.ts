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
