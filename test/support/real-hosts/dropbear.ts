import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeBareRepository } from '../git.ts'
import { findFreePort, canConnect, startProcess } from '../servers/process.ts'
import { findProgram } from '../servers/require-server.ts'
import { makeKey } from '../sshd-keys.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'
import { type Endpoint, scanHostKeys, sshEndpoint } from './endpoint.ts'

const run = promisify(execFile)

/** A dropbear that runs real git for one account, `git`. It takes no variables: Git's protocol v0 alone. */
export interface Dropbear extends AsyncDisposable {
  /** A new empty bare repository `name.git`. */
  create(name: string): Promise<Endpoint>
  /** What the server has written. */
  output(): string
}

/** Starts dropbear on a port of 127.0.0.1. */
export async function startDropbear(): Promise<Dropbear> {
  const stack = new AsyncDisposableStack()
  try {
    const home = stack.use(await makeTempFolder()).path
    const key = await makeKey(home, 'client')
    await mkdir(join(home, '.ssh'), { mode: 0o700 })
    await writeFile(join(home, '.ssh/authorized_keys'), `${key.publicKey}\n`, { mode: 0o600 })
    const hostKey = join(home, 'host')
    await run('dropbearkey', ['-t', 'ed25519', '-f', hostKey])
    const port = await findFreePort()
    const server = stack.use(
      await startProcess({
        program: findProgram('dropbear')!,
        args: ['-F', '-E', '-s', '-m', '-r', hostKey, '-P', join(home, 'pid'), '-p', `127.0.0.1:${port}`],
        env: { PATH: process.env['PATH'], ...(await makeAccount(home)) },
        cwd: home,
        ready: () => canConnect(port),
      }),
    )
    const knownHosts = await scanHostKeys(port, join(home, 'known_hosts'))
    const owned = stack.move()
    return {
      async create(name) {
        const { path } = await makeBareRepository({ parent: home, name: `${name}.git` })
        return sshEndpoint(`ssh://git@127.0.0.1:${port}${path}`, { key, knownHosts }, path)
      },
      output: () => server.output(),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

/** Variables that make `git` an account of this process's own number with that home: dropbear reads keys there alone. */
async function makeAccount(home: string): Promise<NodeJS.ProcessEnv> {
  const [passwd, group] = [join(home, 'passwd'), join(home, 'group')]
  const [uid, gid] = [process.getuid!(), process.getgid!()]
  await writeFile(passwd, `git:x:${uid}:${gid}:git:${home}:/bin/sh\n`)
  await writeFile(group, `git:x:${gid}:\n`)
  const folder = findBuilt('libnss-wrapper', 'files/usr/lib')
  const files = await readdir(folder, { recursive: true })
  const library = files.find((file) => file.endsWith('libnss_wrapper.so'))
  if (library === undefined) throw new Error(`no libnss_wrapper.so below ${folder}`)
  return { LD_PRELOAD: join(folder, library), NSS_WRAPPER_PASSWD: passwd, NSS_WRAPPER_GROUP: group }
}
