import { expect, it, vi } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { sshRemote, uploadPack } from '../../support/sshd-remote.ts'
import { sshdMissing, startSshd } from '../../support/sshd.ts'

// Every OpenSSH that can be had keeps to a strict key exchange by now: here, its word for it is not heard.
vi.mock('../../../src/transport/ssh2/strict-kex.ts', () => ({ isStrict: () => false }))

it.skipIf(sshdMissing()).each([
  ['aes128-gcm@openssh.com', 1, 'aes128-gcm@openssh.com MAC: <implicit>'],
  ['aes256-ctr', 2, 'aes256-ctr MAC: hmac-sha2-256 '],
  ['chacha20-poly1305@openssh.com,aes256-ctr', 2, 'aes256-ctr MAC: hmac-sha2-256 '],
])(
  'a server without a strict key exchange is not spoken to in what needs one: %s',
  async (ciphers, logins, used) => {
    await using sshd = await startSshd({
      forceCommand: 'echo in',
      config: [`Ciphers ${ciphers}`, 'LogLevel DEBUG1'],
    })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    expect(toText(await connection.greeting.readAll(100))).toBe('in\n')
    await connection.close()
    await remote.dispose()
    expect(sshd.connections()).toBe(logins)
    expect((await sshd.log()).split('kex: client->server cipher: ').at(-1)).toContain(used)
  },
)

it.skipIf(sshdMissing())('a server that takes nothing else is refused, with what it lacks', async () => {
  await using sshd = await startSshd({
    forceCommand: 'echo in',
    config: ['Ciphers chacha20-poly1305@openssh.com'],
  })
  const remote = sshRemote(sshd)
  await expect(remote.open(uploadPack())).rejects.toMatchObject({
    code: 'connect',
    message: expect.stringContaining('shares no algorithm with us'),
    hint: expect.stringContaining('strict key exchange'),
  })
  await remote.dispose()
})
