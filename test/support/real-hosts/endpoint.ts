import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gitWith } from '../git.ts'
import { type ActionOptions, type ActionResult, runAction } from '../runner.ts'
import type { KeyPair } from '../sshd-keys.ts'

const run = promisify(execFile)

export type Side = 'source' | 'destination'

/** One repository at one address, with what lets the action in and what lets real git in. */
export interface Endpoint {
  readonly url: string
  /** The bare repository on the disk of this machine, where the host keeps one. */
  readonly path?: string | undefined
  /** Inputs of the action for the side where the repository stands. */
  inputs(side: Side): Readonly<Record<string, string>>
  /** Lines for `ssh-known-hosts`. */
  readonly knownHosts: string
  /** Variables for real git. */
  readonly gitEnv: NodeJS.ProcessEnv
}

export interface Login {
  readonly username: string
  readonly password: string
}

/** A repository without a server. `gitEnv`: for one that this machine's git cannot read. */
export function fileEndpoint(path: string, gitEnv: NodeJS.ProcessEnv = {}): Endpoint {
  return { url: path, path, inputs: () => ({}), knownHosts: '', gitEnv }
}

/** A repository over git://. */
export function gitEndpoint(url: string, path?: string): Endpoint {
  return { url, path, inputs: () => ({}), knownHosts: '', gitEnv: {} }
}

/** A repository over http, with HTTP Basic where `login` is given. */
export function httpEndpoint(url: string, login?: Login, path?: string): Endpoint {
  if (login === undefined) return { url, path, inputs: () => ({}), knownHosts: '', gitEnv: {} }
  const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  return {
    url,
    path,
    inputs: (side) => ({ [`${side}-username`]: login.username, [`${side}-token`]: login.password }),
    knownHosts: '',
    gitEnv: {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    },
  }
}

export interface SshAccess {
  readonly key: KeyPair
  readonly knownHosts: KnownHosts
}

/** A repository over ssh. */
export function sshEndpoint(url: string, { key, knownHosts }: SshAccess, path?: string): Endpoint {
  const options = [
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'BatchMode=yes',
    `UserKnownHostsFile=${knownHosts.path}`,
    'StrictHostKeyChecking=yes',
    // The default one takes a tenth of a second of the processor for each connection.
    'KexAlgorithms=^curve25519-sha256',
  ]
  const ssh = ['ssh', '-F', 'none', '-i', key.path, ...options.flatMap((option) => ['-o', option])]
  return {
    url,
    path,
    inputs: (side) => ({ [`${side}-ssh-key`]: key.privateKey }),
    knownHosts: knownHosts.text,
    gitEnv: { GIT_SSH_COMMAND: ssh.join(' '), GIT_SSH_VARIANT: 'ssh' },
  }
}

/** The host keys of a server, as lines and as a file for OpenSSH. */
export interface KnownHosts {
  readonly text: string
  readonly path: string
}

/** Asks the ssh server on a port of 127.0.0.1 for its host keys, and writes them to `path`. */
export async function scanHostKeys(port: number, path: string): Promise<KnownHosts> {
  const { stdout } = await run('ssh-keyscan', ['-T', '30', '-p', `${port}`, '127.0.0.1'])
  if (stdout === '') throw new Error(`the ssh server on port ${port} shows no host key`)
  await writeFile(path, stdout)
  return { text: stdout, path }
}

/** Real git at an endpoint: `args` with the address in place of `URL`. @throws Error with git's stderr. */
export async function gitAt(endpoint: Endpoint, dir: string, args: readonly string[]): Promise<string> {
  const given = args.map((arg) => (arg === 'URL' ? endpoint.url : arg))
  return await gitWith({ env: endpoint.gitEnv }, dir, ...given)
}

/** What `git ls-remote` shows of branches and tags, peeled tags included, in the order of the names. */
export async function listRefs(endpoint: Endpoint): Promise<Map<string, string>> {
  const text = await gitAt(endpoint, '.', ['ls-remote', '--', 'URL'])
  const lines = text.split('\n').filter((line) => /\trefs\/(heads|tags)\//.test(line))
  const pairs = lines.map((line) => line.split('\t').toReversed() as [string, string])
  return new Map(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Makes the branches and tags of an endpoint those of the local repository `dir`, by real git. */
export async function publish(endpoint: Endpoint, dir: string): Promise<void> {
  const refspecs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*']
  await gitAt(endpoint, dir, ['push', '-q', '--prune', 'URL', ...refspecs])
}

/** Runs the action from one endpoint to the other. */
export async function mirror(
  source: Endpoint,
  destination: Endpoint,
  inputs: Readonly<Record<string, string>> = {},
  options: Omit<ActionOptions, 'inputs'> = {},
): Promise<ActionResult> {
  const known = `${source.knownHosts}${destination.knownHosts}`
  return await runAction({
    ...options,
    inputs: {
      source: source.url,
      destination: destination.url,
      'source-token': '',
      ...source.inputs('source'),
      ...destination.inputs('destination'),
      ...(known === '' ? {} : { 'ssh-known-hosts': known }),
      ...inputs,
    },
  })
}
