import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import ssh2 from 'ssh2'
import { type KeyPair, makeKey } from '../sshd-keys.ts'
import { makeTempFolder } from '../temp.ts'
import type { Asked, Dialect, Service } from './dialect.ts'
import { serveDuplex } from './duplex-host.ts'
import type { GitCall } from './git-child.ts'

export interface SshHostOptions {
  readonly root: string
  readonly dialect: Dialect
  /** The service and the folder below `root` that a command names; a text: what stderr says before the end. */
  readonly parse: (command: string) => { readonly service: Service; readonly path: string } | string
  /** Closes the channel with the last byte and tells no exit status. */
  readonly leavesSilently?: boolean
}

export interface SshHost extends AsyncDisposable {
  readonly port: number
  readonly knownHosts: string
  /** A key that is let in, as all are. */
  readonly clientKey: KeyPair
  readonly asked: readonly Asked[]
  readonly commands: readonly string[]
}

/** An ssh server that speaks as `dialect` says. For what OpenSSH with a forced command cannot be made to do. */
export async function startSshHost(options: SshHostOptions): Promise<SshHost> {
  const folder = await makeTempFolder()
  const hostKey = await makeKey(folder.path, 'host', { type: 'rsa' })
  const clientKey = await makeKey(folder.path, 'client')
  const children = new Set<ChildProcess>()
  const asked: Asked[] = []
  const commands: string[] = []
  const clients = new Set<ssh2.Connection>()

  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (client) => {
    clients.add(client)
    client.once('close', () => clients.delete(client))
    client.on('error', () => undefined)
    client.on('authentication', (context) =>
      context.method === 'publickey' ? context.accept() : context.reject(['publickey']),
    )
    client.on('session', (accept) => {
      let protocol: string | undefined
      const session = accept()
      session.on('env', (acceptEnv, _reject, { key, val }) => {
        if (key === 'GIT_PROTOCOL') protocol = val
        acceptEnv?.()
      })
      session.on('exec', (acceptExec, _reject, { command }) => {
        commands.push(command)
        runCommand(acceptExec(), command, protocol).catch(() => client.end())
      })
    })
  })

  async function runCommand(
    channel: ssh2.ServerChannel,
    command: string,
    protocol: string | undefined,
  ): Promise<void> {
    const parsed = options.parse(command)
    channel.on('error', () => undefined)
    if (typeof parsed === 'string') {
      channel.stderr.write(`${parsed}\n`)
      channel.exit(1)
      channel.end()
      return
    }
    const git: GitCall = {
      dialect: options.dialect,
      service: parsed.service,
      repository: join(options.root, parsed.path),
      protocol,
    }
    const exit = await serveDuplex({
      git,
      input: channel,
      output: channel,
      errors: channel.stderr,
      children,
      onAsked: (one) => asked.push(one),
    })
    if (exit !== undefined && !options.leavesSilently) channel.exit(exit)
    channel.end()
    channel.close()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    knownHosts: `[127.0.0.1]:${port} ${hostKey.publicKey}\n`,
    clientKey,
    asked,
    commands,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const client of clients) client.end()
      for (const child of children) child.kill('SIGKILL')
      await closed
      await folder[Symbol.asyncDispose]()
    },
  }
}
