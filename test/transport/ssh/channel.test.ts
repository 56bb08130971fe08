import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { sshRemote, uploadPack, waitUntil } from '../../support/sshd-remote.ts'
import { sshdMissing, startSshd } from '../../support/sshd.ts'

describe.skipIf(sshdMissing())('a program at the other side', () => {
  it('passes on what it says beside the protocol, and how it ended', async () => {
    await using sshd = await startSshd({
      banner: 'Authorized use only\n',
      forceCommand: `sh -c 'echo warning >&2; echo bytes; head -c 20000 /dev/zero | tr "\\0" x >&2; exit 128'`,
    })
    const remote = sshRemote(sshd)
    let text = ''
    const connection = await remote.open(uploadPack({ onText: (part) => (text += part) }))
    expect(toText(await connection.greeting.readAll(100))).toBe('bytes\n')
    expect(await connection.close()).toEqual({ exitCode: 128, text: 'x'.repeat(8_192) })
    expect(text).toBe(`Authorized use only\nwarning\n${'x'.repeat(20_000)}`)
    await remote.dispose()
  })

  it('tells the signal that ended it', async () => {
    await using sshd = await startSshd({ forceCommand: `sh -c 'echo bytes; kill -TERM $$'` })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    expect(toText(await connection.greeting.readAll(100))).toBe('bytes\n')
    expect(await connection.close()).toMatchObject({ exitSignal: 'SIGTERM' })
    await remote.dispose()
  })

  it('[G5] answers while a long body is on its way', async () => {
    await using sshd = await startSshd({ forceCommand: 'cat' })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    const slice = Buffer.alloc(65_515, 'slice ')
    const count = 500
    const body = async function* (): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < count; index++) yield slice
    }
    const answer = await connection.turn(body())
    for (let index = 0; index < count; index++) {
      if (!slice.equals((await answer.read(slice.length))!))
        throw new Error(`slice ${index} came back changed`)
    }
    expect(await connection.close()).toEqual({ exitCode: 0, text: '' })
    expect(answer.consumed).toBe(slice.length * count)
    await remote.dispose()
  })

  it('[G4] stops a body that nobody reads any more, and its report can be read', async () => {
    await using sshd = await startSshd({
      forceCommand: `sh -c 'head -c 1000000 >/dev/null; echo too large; exit 1'`,
    })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    let returned = false
    const body = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(65_515)
      } finally {
        returned = true
      }
    }
    const answer = await connection.turn(body())
    expect(toText(await answer.readAll(100))).toBe('too large\n')
    await waitUntil(() => returned)
    expect(await connection.close()).toMatchObject({ exitCode: 1 })
    await remote.dispose()
  })

  it('does not read ahead without end for a slow reader', async () => {
    await using sshd = await startSshd({ forceCommand: 'head -c 200000000 /dev/zero' })
    const remote = sshRemote(sshd)
    let activity = 0
    const connection = await remote.open(uploadPack({ onActivity: () => activity++ }))
    await connection.greeting.readSome(1)
    let before = -1
    // The server has filled the window when nothing more arrives.
    await waitUntil(async () => {
      before = activity
      await new Promise((resolve) => setTimeout(resolve, 300))
      return before === activity
    })
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(100_000_000)
    await connection.greeting.drain()
    expect(connection.greeting.consumed).toBe(200_000_000)
    await connection.close()
    await remote.dispose()
  })

  it('lets in no more than a reader takes that goes on slowly', async () => {
    const limit = 400_000_000
    await using sshd = await startSshd({ forceCommand: `head -c ${limit} /dev/zero` })
    const remote = sshRemote(sshd)
    const abort = new AbortController()
    let received = 0
    const connection = await remote.open(uploadPack({ signal: abort.signal }))
    const before = process.memoryUsage().arrayBuffers
    // So slow that the server could send many times as much.
    while (received < 30_000_000) {
      received += (await connection.greeting.readSome(64 * 1024))!.length
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(limit / 4)
    abort.abort(new Error('seen enough'))
    await connection.close().catch(() => undefined)
    await remote.dispose()
  })
})
