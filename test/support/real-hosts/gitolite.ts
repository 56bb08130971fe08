import { execFile } from 'node:child_process'
import { appendFile, mkdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { GIT_ENV } from '../git.ts'
import { startSshd } from '../sshd.ts'
import { type KeyPair, makeKey } from '../sshd-keys.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'
import { type Endpoint, type KnownHosts, scanHostKeys, sshEndpoint } from './endpoint.ts'

const run = promisify(execFile)

export type GitoliteUser = 'keeper' | 'writer' | 'reader'

/** A real gitolite3 behind OpenSSH: forced commands, access rules by user and ref, real git at the end. */
export interface Gitolite extends AsyncDisposable {
  /** A new empty repository with rules such as `RW+ = keeper` or `- refs/heads/x = writer`. Default: all to keeper. */
  create(name: string, rules?: readonly string[], user?: GitoliteUser): Promise<Endpoint>
  /** A repository, there or not, as one of the users. Default: keeper. */
  endpoint(name: string, user?: GitoliteUser): Endpoint
}

/** Sets gitolite up in a home of its own, and starts sshd on a port of 127.0.0.1. */
export async function startGitolite(): Promise<Gitolite> {
  const bin = findBuilt('gitolite3', 'files/usr/bin')
  const stack = new AsyncDisposableStack()
  try {
    const home = stack.use(await makeTempFolder()).path
    const PATH = `${bin}${delimiter}${process.env['PATH']}`
    const env = { ...GIT_ENV, PATH, HOME: home, USER: 'keeper' }
    const gitolite = async (...args: readonly string[]): Promise<void> => {
      await run('gitolite', args, { env, cwd: home })
    }
    const keys: Record<GitoliteUser, KeyPair> = {
      keeper: await makeKey(home, 'keeper'),
      writer: await makeKey(home, 'writer'),
      reader: await makeKey(home, 'reader'),
    }
    await gitolite('setup', '-pk', `${keys.keeper.path}.pub`)
    const folder = join(home, '.gitolite')
    await mkdir(join(folder, 'keydir'), { recursive: true })
    for (const user of ['writer', 'reader'] as const)
      await appendFile(join(folder, 'keydir', `${user}.pub`), `${keys[user].publicKey}\n`)
    await gitolite('setup')
    const sshd = stack.use(
      await startSshd({
        config: [`AuthorizedKeysFile ${join(home, '.ssh/authorized_keys')}`],
        env: { PATH, HOME: home },
      }),
    )
    const knownHosts: KnownHosts = await scanHostKeys(sshd.port, join(home, 'known_hosts'))
    const owned = stack.move()
    const endpoint: Gitolite['endpoint'] = (name, user = 'keeper') => {
      const path = join(home, 'repositories', `${name}.git`)
      return sshEndpoint(sshd.url(`/${name}`), { key: keys[user], knownHosts }, path)
    }
    return {
      endpoint,
      async create(name, rules = ['RW+ = keeper'], user = 'keeper') {
        const text = [`repo ${name}`, ...rules.map((rule) => `  ${rule}`), '', ''].join('\n')
        await appendFile(join(folder, 'conf/gitolite.conf'), text)
        await gitolite('setup')
        return endpoint(name, user)
      },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
