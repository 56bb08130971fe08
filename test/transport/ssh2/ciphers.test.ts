import { createHash, randomBytes } from 'node:crypto'
import { connect, Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { decryptsToCopies, speedUpCiphers } from '../../../src/transport/ssh2/ciphers.ts'
import { startRawServer } from '../../support/raw-server.ts'
import { sshOptions, sshRemote, uploadPack } from '../../support/sshd-remote.ts'
import { sshdMissing, startSshd } from '../../support/sshd.ts'

/** Sizes of slices that leave every remainder of a block of 16 bytes, and larger ones. */
const SIZES = [...Array.from({ length: 33 }, (_, index) => index + 1), 32_768, 32_769, 65_515, 300_000]
const ROUNDS = 20

describe.skipIf(sshdMissing())('an ssh connection', () => {
  it.each([
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'chacha20-poly1305@openssh.com',
  ])('carries bytes unchanged both ways with %s, through many changes of keys', async (cipher) => {
    // A new key after each megabyte: some forty of them.
    await using sshd = await startSshd({
      forceCommand: 'cat',
      config: [`Ciphers ${cipher}`, 'RekeyLimit 1M', 'LogLevel DEBUG1'],
    })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    const slices = SIZES.map((size) => randomBytes(size))
    const sent = createHash('sha1')
    const body = async function* (): AsyncGenerator<readonly Uint8Array[]> {
      for (let round = 0; round < ROUNDS; round++) {
        for (const slice of slices) sent.update(slice)
        yield slices
      }
    }
    const answer = await connection.turn(body())
    const total = ROUNDS * SIZES.reduce((sum, size) => sum + size, 0)
    const received = createHash('sha1')
    for (let left = total; left > 0;) {
      const part = await answer.readSome(left)
      expect(part).toBeDefined()
      received.update(part!)
      left -= part!.length
    }
    expect(received.digest('hex')).toBe(sent.digest('hex'))
    expect(await connection.close()).toMatchObject({ exitCode: 0 })
    await remote.dispose()
    const log = await sshd.log()
    expect(log).toContain(`cipher: ${cipher}`)
    expect(log.split('SSH2_MSG_NEWKEYS received').length).toBeGreaterThan(10)
  })
})

describe.skipIf(sshdMissing())('an ssh connection that is read in pieces of any size', () => {
  it.each(['aes128-gcm@openssh.com', 'aes128-ctr', 'chacha20-poly1305@openssh.com'])(
    'carries bytes unchanged with %s',
    async (cipher) => {
      const bytes = randomBytes(100_000)
      await using sshd = await startSshd({ forceCommand: 'cat', config: [`Ciphers ${cipher}`] })
      await using relay = await startRawServer((socket) => {
        const server = connect(sshd.port, sshd.host)
        server.on('error', () => socket.destroy())
        server.once('close', () => socket.destroy())
        socket.once('close', () => server.destroy())
        socket.setNoDelay(true)
        socket.pipe(server)
        void dribble(server, socket)
      })
      const remote = sshRemote(sshd, { ...sshOptions(sshd, relay.port), port: relay.port })
      const connection = await remote.open(uploadPack())
      const answer = await connection.turn(bytes)
      expect(Buffer.from((await answer.read(bytes.length))!).equals(bytes)).toBe(true)
      await connection.close()
      await remote.dispose()
    },
  )

  /** Cuts what comes wherever a packet, its MAC or its length may be. */
  async function dribble(from: Socket, to: Socket): Promise<void> {
    let count = 0
    const chunks: Buffer[] = []
    from.on('data', (chunk: Buffer) => chunks.push(chunk))
    while (!to.destroyed) {
      const chunk = chunks.shift() ?? Buffer.alloc(0)
      for (let at = 0; at < chunk.length;) {
        const length = 1 + ((count++ * 37) % 1_511)
        to.write(chunk.subarray(at, at + length))
        at += length
        await new Promise((resolve) => setImmediate(resolve))
      }
      if (chunks.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
})

describe('speedUpCiphers', () => {
  it('leaves a library without the fields that it uses as it is', () => {
    const channelData = (): void => undefined
    const client = {
      _protocol: { channelData, _packetRW: { write: { allocStart: 5 } }, _cipher: { _encKey: 'other' } },
    }
    for (const other of [undefined, {}, { _protocol: {} }, client]) speedUpCiphers(other, new Socket())
    expect(client._protocol).toEqual({
      channelData,
      _packetRW: { write: { allocStart: 5 } },
      _cipher: { _encKey: 'other' },
    })
  })
})

describe('decryptsToCopies', () => {
  it('is certain of the library’s own decryption alone', () => {
    expect(decryptsToCopies({ _protocol: { _decipher: { _decipherSSLName: 'aes-128-gcm' } } })).toBe(true)
    expect(decryptsToCopies({ _protocol: { _decipher: { _decKeyMain: Buffer.alloc(32) } } })).toBe(false)
    expect(decryptsToCopies({ _protocol: { _decipher: { _instance: {} } } })).toBe(false)
    for (const other of [undefined, {}, { _protocol: {} }]) expect(decryptsToCopies(other)).toBe(false)
  })
})
