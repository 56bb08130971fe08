import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { makeKey, readFingerprint } from '../../support/sshd-keys.ts'
import { sshOptions, type RemoteParts, sshRemote, uploadPack } from '../../support/sshd-remote.ts'
import { type Sshd, sshdMissing, startSshd } from '../../support/sshd.ts'

const run = promisify(execFile)

describe.skipIf(sshdMissing())('the host key of a real sshd', () => {
  let sshd: Sshd
  beforeAll(async () => {
    sshd = await startSshd({ hostKeyTypes: ['ed25519', 'ecdsa', 'rsa'], forceCommand: 'echo in' })
  })
  afterAll(() => sshd[Symbol.asyncDispose]())

  /** Undefined: let in. */
  async function tryWith(knownHosts: string, parts: RemoteParts = {}): Promise<MirrorError | undefined> {
    const credentials = { ...sshOptions(sshd).credentials, knownHosts }
    const remote = sshRemote(sshd, { ...parts, credentials })
    try {
      const connection = await remote.open(uploadPack())
      await connection.close()
      return undefined
    } catch (error) {
      if (error instanceof MirrorError) return error
      throw error
    } finally {
      await remote.dispose()
    }
  }

  const name = () => `[127.0.0.1]:${sshd.port}`

  it('is refused when nobody knows it, with the line that lets it in', async () => {
    const error = await tryWith('')
    const { publicKey } = sshd.hostKeys[0]!
    const fingerprint = await readFingerprint(sshd.hostKeys[0]!)
    expect(error).toMatchObject({
      code: 'host-key',
      retryable: false,
      message: `the host key of ${name()} is not known (ssh-ed25519 ${fingerprint})`,
    })
    const line = /add this line to ssh-known-hosts: (.*)$/.exec(error!.hint!)![1]!
    expect(line).toBe(`${name()} ${publicKey}`)
    expect(await tryWith(line)).toBeUndefined()
  })

  it('is let in by a line for each of its keys alone, whichever comes first at the server', async () => {
    for (const { publicKey } of sshd.hostKeys)
      expect(await tryWith(`${name()} ${publicKey}\n`)).toBeUndefined()
  })

  it('is let in by hashed names, by patterns, and by the name without the port', async () => {
    const { publicKey } = sshd.hostKeys[2]!
    const path = join(sshd.folder, 'hashed')
    await writeFile(path, `${name()} ${publicKey}\n`)
    await run('ssh-keygen', ['-q', '-H', '-f', path])
    const hashed = await readFile(path, 'utf8')
    expect(hashed).toMatch(/^\|1\|/)
    for (const lines of [hashed, `[127.0.0.*]:* ${publicKey}`, `* ${publicKey}`, `127.0.0.1 ${publicKey}`]) {
      expect(await tryWith(lines)).toBeUndefined()
    }
    expect(await tryWith(`*,!${name()},!127.0.0.1 ${publicKey}`)).toMatchObject({ code: 'host-key' })
  })

  it('is refused when it is not the known one, until its line is added', async () => {
    const other = await makeKey(sshd.folder, 'other')
    const stale = `# a comment\n${name()} ${other.publicKey}\n`
    const { publicKey } = sshd.hostKeys[0]!
    const fingerprint = await readFingerprint(sshd.hostKeys[0]!)
    expect(await tryWith(stale)).toMatchObject({
      code: 'host-key',
      retryable: false,
      message: `THE HOST KEY OF ${name()} HAS CHANGED: it shows ssh-ed25519 ${fingerprint}, known is another (ssh-known-hosts, line 2); someone may be in between`,
      hint: expect.stringContaining(`${name()} ${publicKey}`),
    })
    expect(await tryWith(`${stale}${name()} ${publicKey}\n`)).toBeUndefined()
  })

  it('is refused when only a key of a type that it lacks is known', async () => {
    const other = await makeKey(sshd.folder, 'p384', { type: 'ecdsa', bits: 384 })
    expect(await tryWith(`${name()} ${other.publicKey}`)).toMatchObject({
      code: 'host-key',
      message: expect.stringContaining('is of another type than the known ones (ssh-known-hosts, line 1)'),
    })
  })

  it('is refused when it is revoked, whatever else is said of it', async () => {
    const { publicKey } = sshd.hostKeys[0]!
    expect(await tryWith(`${name()} ${publicKey}\n@revoked * ${publicKey}\n`)).toMatchObject({
      code: 'host-key',
      message: expect.stringContaining('is revoked (ssh-known-hosts, line 2)'),
    })
  })

  it('is refused when only an authority is known', async () => {
    const { publicKey } = sshd.hostKeys[0]!
    expect(await tryWith(`@cert-authority * ${publicKey}\n`)).toMatchObject({
      code: 'host-key',
      message: expect.stringContaining('host certificates cannot be checked here'),
      hint: expect.stringContaining(`${name()} ${publicKey}`),
    })
  })

  it('is let in by a file of known hosts, and files that are not there or damaged do no harm', async () => {
    const path = join(sshd.folder, 'user-known-hosts')
    await writeFile(path, `damaged\n1 2 3 4\n${name()} ${sshd.hostKeys[1]!.publicKey}\n`)
    expect(await tryWith('', { knownHostsFiles: [join(sshd.folder, 'missing'), path] })).toBeUndefined()
    expect(await tryWith('', { knownHostsFiles: [join(sshd.folder, 'missing')] })).toMatchObject({
      code: 'host-key',
    })
  })

  it('lets a line of the input overrule a file', async () => {
    const other = await makeKey(sshd.folder, 'overruled')
    const path = join(sshd.folder, 'stale-known-hosts')
    await writeFile(path, `${name()} ${other.publicKey}\n`)
    const files = { knownHostsFiles: [path] }
    expect(await tryWith('', files)).toMatchObject({ message: expect.stringContaining('HAS CHANGED') })
    expect(await tryWith(`${name()} ${sshd.hostKeys[2]!.publicKey}`, files)).toBeUndefined()
  })

  it('refuses lines of the input that cannot be used, before it connects', async () => {
    const before = sshd.connections()
    expect(await tryWith(`${sshd.hostKeys[0]!.publicKey}\n`)).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('ssh-known-hosts, line 1, cannot be used'),
    })
    expect(sshd.connections()).toBe(before)
  })
})
