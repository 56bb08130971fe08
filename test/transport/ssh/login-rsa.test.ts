import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { type KeyPair, makeKey } from '../../support/sshd-keys.ts'
import { LIMITS, uploadPack } from '../../support/sshd-remote.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { createSshRemote } from '../../../src/transport/ssh/ssh-remote.ts'

/** What the library's own types do not show of a connection's key exchange. */
interface Exchange {
  remoteExtInfoEnabled: boolean
}

/** A server that never sends EXT_INFO (RFC 8308), and takes signatures with `hashes` alone. */
async function startSilentServer(hostKey: KeyPair, hashes: readonly string[]) {
  const tried: string[] = []
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (client) => {
    silence((client as unknown as { readonly _protocol: { _kex: Exchange | undefined } })._protocol)
    client.on('error', () => {})
    client.on('authentication', (context) => {
      if (context.method !== 'publickey') return context.reject(['publickey'])
      // The library's types leave it out.
      const hash = (context as { readonly hashAlgo?: string }).hashAlgo ?? 'sha1'
      tried.push(hash)
      if (!hashes.includes(hash)) return context.reject(['publickey'])
      if (context.signature === undefined) return context.accept()
      const key = ssh2.utils.parseKey(context.key.data)
      if (key instanceof Error) return context.reject()
      return key.verify(context.blob!, context.signature, hash) ? context.accept() : context.reject()
    })
    client.on('session', (accept) => {
      accept().on('exec', (acceptProgram) => {
        const channel = acceptProgram()
        channel.write('in\n')
        channel.exit(0)
        channel.end()
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, tried, close: () => server.close() }
}

function silence(protocol: { _kex: Exchange | undefined }): void {
  let exchange = protocol._kex
  Object.defineProperty(protocol, '_kex', {
    get: () => exchange,
    set: (next: Exchange | undefined) => {
      if (next) Object.defineProperty(next, 'remoteExtInfoEnabled', { get: () => false, set: () => {} })
      exchange = next
    },
  })
}

describe('an RSA key at a server that does not announce signatures', () => {
  it.each([
    // The first one is sent with its signature, the others are asked about before.
    [['sha256', 'sha512'], ['sha256']],
    [['sha512'], ['sha256', 'sha512', 'sha512']],
    // Servers from before RFC 8332 know nothing else.
    [['sha1'], ['sha256', 'sha512', 'sha1', 'sha1']],
  ])('signs with what it takes: %j', async (hashes, tried) => {
    await using folder = await makeTempFolder()
    const hostKey = await makeKey(folder.path, 'host')
    const key = await makeKey(folder.path, 'user', { type: 'rsa' })
    const server = await startSilentServer(hostKey, hashes)
    const knownHosts = `[127.0.0.1]:${server.port} ${hostKey.publicKey}`
    const url = { scheme: 'ssh', host: '127.0.0.1', port: server.port, user: 'git', path: '/x' } as const
    const credentials = { sshKey: key.privateKey, knownHosts }
    const remote = createSshRemote(url, { credentials, env: {}, limits: LIMITS })
    const connection = await remote.open(uploadPack())
    expect(toText(await connection.greeting.readAll(100))).toBe('in\n')
    expect(server.tried).toEqual(tried)
    await connection.close()
    await remote.dispose()
    server.close()
  })
})
