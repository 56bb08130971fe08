import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import type { Credentials } from '../../../src/transport/address/credentials.ts'
import type { Remote } from '../../../src/transport/connection/connection.ts'
import { type KeyOptions, makeKey, readFingerprint } from '../../support/sshd-keys.ts'
import {
  LIMITS,
  type RemoteParts,
  sshOptions,
  sshRemote,
  uploadPack,
  waitUntil,
} from '../../support/sshd-remote.ts'
import { createSshRemote } from '../../../src/transport/ssh/ssh-remote.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { type Sshd, sshdMissing, startSshd } from '../../support/sshd.ts'

async function readGreeting(remote: Remote): Promise<string> {
  try {
    const connection = await remote.open(uploadPack())
    const text = toText(await connection.greeting.readAll(1_000))
    await connection.close()
    return text
  } finally {
    await remote.dispose()
  }
}

async function refusal(remote: Remote): Promise<unknown> {
  return readGreeting(remote).then(
    (text) => new Error(`let in: ${text}`),
    (error: unknown) => error,
  )
}

const KEYS: readonly KeyOptions[] = [
  { type: 'ed25519' },
  { type: 'ecdsa', bits: 256 },
  { type: 'ecdsa', bits: 384 },
  { type: 'ecdsa', bits: 521 },
  { type: 'rsa' },
  { type: 'ed25519', passphrase: 'correct horse' },
  { type: 'rsa', format: 'PKCS8', passphrase: 'correct horse' },
]

describe.skipIf(sshdMissing())('the login at a real sshd', () => {
  let sshd: Sshd
  beforeAll(async () => {
    sshd = await startSshd({ hostKeyTypes: ['ed25519', 'ecdsa', 'rsa'], forceCommand: 'echo in' })
  })
  afterAll(() => sshd[Symbol.asyncDispose]())

  const remoteWith = (credentials: Partial<Credentials>, parts: RemoteParts = {}): Remote =>
    sshRemote(sshd, { ...parts, credentials: { ...sshOptions(sshd).credentials, ...credentials } })

  it.each(KEYS)('is let in with a key of %o', async (options) => {
    const name = `user-${JSON.stringify(options).replace(/\W/g, '')}`
    const key = await makeKey(sshd.folder, name, options)
    await using server = await startSshd({ authorizedKeys: [key.publicKey], forceCommand: 'echo in' })
    const { knownHosts } = server
    const { passphrase: sshPassphrase } = options
    const credentials = { sshKey: key.privateKey, knownHosts, ...(sshPassphrase ? { sshPassphrase } : {}) }
    expect(await readGreeting(sshRemote(server, { credentials }))).toBe('in\n')
  })

  it('names the input when the passphrase of an OpenSSH key is wrong, and connects to nobody', async () => {
    const key = await makeKey(sshd.folder, 'locked', { passphrase: 'correct horse' })
    const before = sshd.connections()
    const inputNames = { sshKey: 'source-ssh-key', sshPassphrase: 'source-ssh-passphrase', knownHosts: 'x' }
    expect(
      await refusal(remoteWith({ sshKey: key.privateKey, sshPassphrase: 'wrong' }, { inputNames })),
    ).toMatchObject({
      code: 'usage',
      message: 'source-ssh-passphrase does not open the key in source-ssh-key',
    })
    expect(sshd.connections()).toBe(before)
  })

  it('says which key was not accepted, and what to do', async () => {
    const key = await makeKey(sshd.folder, 'stranger', { type: 'rsa' })
    expect(await refusal(remoteWith({ sshKey: key.privateKey }))).toMatchObject({
      code: 'auth',
      retryable: false,
      message: `${sshd.user}@[127.0.0.1]:${sshd.port} does not accept the ssh key (offered: ssh-rsa ${await readFingerprint(key)})`,
      hint: expect.stringContaining('Add the public key'),
    })
  })

  it('keeps the banner for a login that failed', async () => {
    const key = await makeKey(sshd.folder, 'suspended')
    await using server = await startSshd({ banner: 'This account is suspended.\n' })
    const credentials = { sshKey: key.privateKey, knownHosts: server.knownHosts }
    expect(await refusal(sshRemote(server, { credentials }))).toMatchObject({
      code: 'auth',
      serverText: 'This account is suspended.\n',
    })
  })

  it('says that the key is known and the login refused', async () => {
    await using server = await startSshd({ config: ['AuthenticationMethods publickey,publickey'] })
    expect(await refusal(sshRemote(server))).toMatchObject({
      code: 'auth',
      message: expect.stringMatching(
        /knows the ssh key \(ssh-ed25519 SHA256:\S+\), and still refuses the login$/,
      ),
    })
  })

  it('asks the agent when there is no key, for every kind of key that it holds', async () => {
    await using agent = await startAgent(sshd)
    for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
      const key = await makeKey(sshd.folder, `agent-${type}`, { type })
      await agent.add(key.path)
      await using server = await startSshd({ authorizedKeys: [key.publicKey], forceCommand: 'echo in' })
      const parts = { credentials: { knownHosts: server.knownHosts }, env: agent.env }
      expect(await readGreeting(sshRemote(server, parts))).toBe('in\n')
    }
    expect(await refusal(remoteWith({ sshKey: '' }, { env: agent.env }))).toMatchObject({
      code: 'auth',
      message: expect.stringMatching(
        /offered: ssh-ed25519 SHA256:\S+, ecdsa-sha2-nistp256 SHA256:\S+, ssh-rsa SHA256:/,
      ),
    })
  })

  it('reads a server that has enough of an agent’s keys as one that knows none', async () => {
    await using agent = await startAgent(sshd)
    for (const name of ['first', 'second', 'third']) await agent.add((await makeKey(sshd.folder, name)).path)
    await using server = await startSshd({ config: ['MaxAuthTries 2'] })
    const parts = { credentials: { knownHosts: server.knownHosts }, env: agent.env }
    expect(await refusal(sshRemote(server, parts))).toMatchObject({ code: 'auth', retryable: false })
  })

  it('says that there is neither key nor agent, or that the agent is dead or empty', async () => {
    expect(await refusal(remoteWith({ sshKey: '' }))).toMatchObject({
      code: 'auth',
      message: 'an ssh address needs a key: the ssh key is empty, and there is no ssh agent',
    })
    const env = { SSH_AUTH_SOCK: join(sshd.folder, 'no-agent') }
    expect(await refusal(remoteWith({ sshKey: '' }, { env }))).toMatchObject({
      code: 'auth',
      message: 'the ssh agent at SSH_AUTH_SOCK does not answer',
    })
    await using agent = await startAgent(sshd)
    expect(await refusal(remoteWith({ sshKey: '' }, { env: agent.env }))).toMatchObject({
      code: 'auth',
      message: expect.stringContaining('the ssh agent holds none'),
    })
  })
})

describe('a server that is no sshd', () => {
  const parts: RemoteParts = { limits: { ...LIMITS, handshake: 300, connect: 300 } }

  it('is refused where nobody listens', async () => {
    const server = await listen(() => {})
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    expect(await refusal(await strangerAt(port))).toMatchObject({ code: 'connect', retryable: true })
  })

  it('is given up when it says nothing', async () => {
    const server = await listen(() => {})
    expect(await refusal(await strangerAt((server.address() as AddressInfo).port, parts))).toMatchObject({
      code: 'timeout',
      retryable: true,
      message: expect.stringContaining('did not answer within 0.3 seconds'),
    })
    server.close()
  })

  it('is named when it speaks another protocol, whether it hangs up or waits', async () => {
    for (const answer of ['HTTP/1.1 400 Bad Request\r\n\r\n', '220 smtp.example ESMTP\r\n', '\0\0\0\u0001']) {
      for (const hangUp of [true, false]) {
        const server = await listen((socket) => (hangUp ? socket.end(answer) : socket.write(answer)))
        const { port } = server.address() as AddressInfo
        expect(await refusal(await strangerAt(port, parts))).toMatchObject({
          code: 'protocol',
          message: `[127.0.0.1]:${port} does not speak ssh`,
          serverText: answer,
        })
        server.close()
      }
    }
  })

  it('is left at once when the signal says so', async () => {
    const server = await listen(() => {})
    const sockets: { readonly destroyed: boolean }[] = []
    server.on('connection', (socket) =>
      sockets.push(socket.on('data', () => {}).on('end', () => socket.destroy())),
    )
    const remote = await strangerAt((server.address() as AddressInfo).port)
    const controller = new AbortController()
    const opening = remote.open(uploadPack({ signal: controller.signal }))
    await waitUntil(() => sockets.length === 1)
    controller.abort(new Error('cancelled by a test'))
    await expect(opening).rejects.toThrow('cancelled by a test')
    await waitUntil(() => sockets[0]!.destroyed)
    await remote.dispose()
    server.close()
  })
})

async function strangerAt(port: number, more: RemoteParts = {}): Promise<Remote> {
  await using sshd = await startSshd()
  return sshRemote(sshd, { ...more, port })
}

async function listen(serve: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => serve(socket.on('error', () => {})))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function startAgent(sshd: Sshd) {
  const socket = join(sshd.folder, `agent-${process.hrtime.bigint()}`)
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(agent, 'exit')
  await once(agent.stdout, 'data')
  const env = { ...process.env, SSH_AUTH_SOCK: socket }
  return {
    env,
    async add(path: string): Promise<void> {
      const child = spawn('ssh-add', ['-q', path], { env, stdio: 'ignore' })
      const [code] = (await once(child, 'exit')) as [number]
      if (code !== 0) throw new Error(`ssh-add ended with ${code}`)
    },
    async [Symbol.asyncDispose]() {
      agent.kill('SIGKILL')
      await ended
    },
  }
}

describe.skipIf(sshdMissing())('a server without logins by key', () => {
  it.each([
    [['PubkeyAuthentication no', 'PasswordAuthentication yes'], 'the server offers password'],
    [['AuthenticationMethods password', 'PasswordAuthentication yes'], 'the server offers password'],
    [
      [
        'PubkeyAuthentication no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication yes',
        'UsePAM yes',
      ],
      'takes no ssh keys',
    ],
  ])('is told what it takes: %j', async (config, words) => {
    await using sshd = await startSshd({ forceCommand: 'echo in', config })
    expect(await refusal(sshRemote(sshd))).toMatchObject({
      code: 'auth',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('PubkeyAuthentication'),
    })
  })

  it('is not mistaken for one that does not know the key', async () => {
    await using folder = await makeTempFolder()
    const other = await makeKey(folder.path, 'other')
    await using sshd = await startSshd({ forceCommand: 'echo in', config: ['PasswordAuthentication yes'] })
    const credentials = { ...sshOptions(sshd).credentials, sshKey: other.privateKey }
    expect(await refusal(sshRemote(sshd, { credentials }))).toMatchObject({
      message: expect.stringContaining('does not accept the ssh key'),
    })
  })
})

describe.skipIf(sshdMissing())('an address whose path begins with a number', () => {
  it('is shown how to give a port, where it leads to nothing', async () => {
    await using sshd = await startSshd()
    const hint = expect.stringContaining(`write ssh://${sshd.user}@127.0.0.1:2224/x.git`)
    expect(await refusal(sshRemote(sshd, { path: '/2224/x.git' }))).not.toMatchObject({ hint })
    const remote = createSshRemote(
      { scheme: 'ssh', host: sshd.host, port: sshd.port, user: sshd.user, path: '2224/x.git' },
      sshOptions(sshd),
    )
    expect(await refusal(remote)).toMatchObject({ code: 'not-found', hint })
  })
})

describe.skipIf(sshdMissing())('the algorithms', () => {
  it('take no host key that signs with SHA-1', async () => {
    await using sshd = await startSshd({
      hostKeyTypes: ['rsa'],
      forceCommand: 'echo in',
      config: ['HostKeyAlgorithms ssh-rsa'],
    })
    expect(await refusal(sshRemote(sshd))).toMatchObject({
      code: 'connect',
      hint: expect.stringContaining('SHA-1'),
    })
  })

  it('compress nothing, whatever the server would like', async () => {
    await using sshd = await startSshd({
      forceCommand: 'echo in',
      config: ['Compression yes', 'LogLevel DEBUG1'],
    })
    expect(await readGreeting(sshRemote(sshd))).toBe('in\n')
    const log = await sshd.log()
    expect(log).toContain('compression: none')
    expect(log).not.toMatch(/compression: zlib/)
  })
})
