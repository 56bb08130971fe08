import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCertificate } from '../certificate.ts'
import { startHttpBackend } from '../http-backend.ts'
import { startGitDaemon } from '../servers/git-daemon.ts'
import { type Sshd, startSshd } from '../sshd.ts'
import { makeTempFolder } from '../temp.ts'
import { makeWindowsFolder, toWindowsPath } from './wine.ts'

export type Scheme = 'http' | 'https' | 'ssh' | 'git'

/** Real servers on this machine for one folder of repositories. */
export interface Servers extends AsyncDisposable {
  /** The folder, on this machine. */
  readonly root: string
  /** Address of the repository with that path below the folder. */
  url(scheme: Scheme, name: string): string
  readonly sshd: Sshd
  /** Folder on drive C, by its path on this machine, with `key`, `known_hosts` and `ca.pem`. */
  readonly drive: string
  /** A file in that folder, as `C:\…`. */
  path(name: string): string
  /** Inputs of the action that let it in everywhere. */
  readonly inputs: Readonly<Record<string, string>>
  /** Variables that make it believe the https server. */
  readonly env: Readonly<Record<string, string>>
}

export async function startServers(): Promise<Servers> {
  const stack = new AsyncDisposableStack()
  try {
    const root = stack.use(await makeTempFolder()).path
    const drive = stack.use(await makeWindowsFolder()).path
    const certificate = stack.use(await makeCertificate())
    const http = stack.use(await startHttpBackend({ root }))
    const https = stack.use(await startHttpBackend({ root, tls: certificate }))
    const daemon = stack.use(await startGitDaemon(root))
    const sshd = stack.use(await startSshd())
    await writeFile(join(drive, 'key'), sshd.clientKey.privateKey)
    await writeFile(join(drive, 'known_hosts'), sshd.knownHosts)
    await writeFile(join(drive, 'ca.pem'), certificate.cert)
    const path = (name: string): string => toWindowsPath(join(drive, name))
    const owned = stack.move()
    return {
      root,
      url: (scheme, name) =>
        ({
          http: `${http.url}/${name}`,
          https: `${https.url}/${name}`,
          ssh: sshd.url(join(root, name)),
          git: daemon.url(name),
        })[scheme],
      sshd,
      drive,
      path,
      inputs: {
        'source-token': '',
        'source-ssh-key': sshd.clientKey.privateKey,
        'destination-ssh-key': sshd.clientKey.privateKey,
        'ssh-known-hosts': sshd.knownHosts,
      },
      env: { NODE_EXTRA_CA_CERTS: path('ca.pem') },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
